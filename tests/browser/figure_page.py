"""``python -m tests.browser.figure_page [stock]``: the application, with one figure of each kind as a page.

It answers at the address of the method page, in both languages. ``stock`` serves the stock plotly.js, as
where our own was not built.
"""

from __future__ import annotations

import os
import sys
from pathlib import Path
from typing import Any

from dash import html

from app import create_app, serve, warm_up
from components.figures.bundle import serve as bundle
from components.figures.graph import make_graph
from components.page import BUILDERS, Content, Visit
from data_access.settings import Settings

HEIGHT = 320
_SQUARES = {
    "type": "FeatureCollection",
    "features": [
        {
            "type": "Feature",
            "id": str(n),
            "properties": {},
            "geometry": {
                "type": "Polygon",
                "coordinates": [[[n, 50], [n, 51], [n + 1, 51], [n + 1, 50], [n, 50]]],
            },
        }
        for n in (4, 5)
    ],
}
FIGURES: dict[str, dict[str, Any]] = {
    "line": {
        "data": [{"type": "scatter", "x": ["2026-01-01", "2026-02-01"], "y": [67216.7, 70000]}],
        "layout": {
            "xaxis": {"tickvals": ["2026-02-01"], "tickformat": "%B %Y"},
            "yaxis": {"tickvals": [67216.7]},
        },
    },
    "bar": {"data": [{"type": "bar", "x": ["a", "b"], "y": [1, 2]}]},
    "funnel": {"data": [{"type": "funnel", "y": ["a", "b"], "x": [3, 2]}]},
    "sankey": {
        "data": [
            {
                "type": "sankey",
                "node": {"label": ["a", "b"]},
                "link": {"source": [0], "target": [1], "value": [1]},
            }
        ]
    },
    "heatmap": {"data": [{"type": "heatmap", "z": [[1, 2], [3, 4]]}]},
    "map": {
        "data": [
            {
                "type": "choropleth",
                "geojson": _SQUARES,
                "locations": ["4", "5"],
                "z": [1, 2],
                "showscale": False,
            }
        ],
        "layout": {"geo": {"visible": False, "fitbounds": "geojson"}},
    },
}


def build(visit: Visit) -> Content:
    """A page that holds every kind of figure that our bundle draws."""
    graphs = [
        make_graph(figure, id=name, alt=f"{name} alt", height=HEIGHT, language=visit.language)
        for name, figure in FIGURES.items()
    ]
    return Content([html.H1("Figures"), *graphs, html.P("under", id="under")], demonstration=False)


def main() -> None:
    """Serve until stopped."""
    settings = Settings.from_env(os.environ)
    if "stock" in sys.argv:
        bundle.built_file = lambda: Path("/nowhere")
    app = create_app(settings)
    BUILDERS["method"] = build
    warm_up(app)
    serve(app, settings)


if __name__ == "__main__":
    main()
