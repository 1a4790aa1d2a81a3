"""The same measure at the end of each year: small maps with one legend."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from components.figures.map_figure import frame, legend
from components.figures.map_scale import Scale, make_scale
from components.figures.shapes import geometry_address
from components.figures.theme import ABSENT, INK, QUIET
from components.i18n import formats
from components.i18n.translate import Translator
from data_access.contract.model import Indicator
from data_access.domain.class_breaks import class_of
from data_access.domain.comparison import Cell
from data_access.domain.confidentiality import Availability
from data_access.domain.geometry import hatch
from data_access.services.geometry import get_geometry
from data_access.services.territory import Territory
from data_access.services.territory_choices import View

COLUMNS, ROW = 4, 215  # maps in a row; pixels of a row
HATCH_KM = 0.9  # wider apart than on the large map
TITLE = 0.12  # of a row, for the period


def map_years_height(territory: Territory) -> int:
    """Pixels for all rows and the legend."""
    return ROW * -(-len(territory.years) // COLUMNS) + 40


def map_years_figure(territory: Territory, definition: Indicator, t: Translator) -> dict[str, Any]:
    """``data`` and ``layout`` for ``make_graph``: levels only, in the classes of the large map."""
    scale = make_scale(territory, definition)
    rows = -(-len(territory.years) // COLUMNS)
    data: list[dict[str, Any]] = []
    layout: dict[str, Any] = {"annotations": [], "margin": {"l": 0, "r": 0, "t": 0, "b": 34}}
    for i, (_, cells) in enumerate(territory.years):
        name = "geo" if i == 0 else f"geo{i + 1}"
        left, top = (i % COLUMNS) / COLUMNS, 1 - (i // COLUMNS) / rows
        height = 1 / rows
        domain = {
            "x": [left + 0.005, left + 1 / COLUMNS - 0.005],
            "y": [top - height, top - TITLE * height],
        }
        layout[name] = {**frame(0.2, 0.2), "domain": domain}
        layout["annotations"].append(_title(left + 0.5 / COLUMNS, top, period_text(territory, i, t)))
        data += _maps(cells, scale, name, t)
    data += legend(territory, scale, t)
    layout |= {
        "showlegend": True,
        "hovermode": False,
        "legend": {
            "orientation": "h",
            "x": 0,
            "y": 0,
            "yanchor": "top",
            "font": {"size": 12, "color": INK},
            "itemclick": False,
            "itemdoubleclick": False,
        },
    }
    return {"data": data, "layout": layout}


def period_text(territory: Territory, index: int, t: Translator) -> str:
    """The period of a small map; unclosed cohorts are marked."""
    period = territory.years[index][0]
    text = formats.period(period, t.language)
    return t("map.years.immature", period=text) if period in territory.immature else text


def _title(x: float, y: float, text: str) -> dict[str, Any]:
    place = {"x": x, "y": y, "xref": "paper", "yref": "paper", "xanchor": "center", "yanchor": "top"}
    return {"text": text, **place, "showarrow": False, "font": {"size": 13, "color": INK}}


def _maps(cells: Mapping[str, Cell], scale: Scale, geo: str, t: Translator) -> list[dict[str, Any]]:
    groups: dict[int | None, list[str]] = {}
    for nis, cell in cells.items():
        groups.setdefault(_class(cell, scale), []).append(nis)
    names = scale.names(t)
    traces = [
        _filled(
            members,
            ABSENT if i is None else scale.colours[i],
            t("map.absent") if i is None else names[i],
            geo,
        )
        for i, members in groups.items()
    ]
    hidden = [nis for nis, cell in cells.items() if cell.availability is Availability.HIDDEN]
    return [*traces, _hatched(hidden, geo)] if hidden else traces


def _class(cell: Cell, scale: Scale) -> int | None:
    return None if cell.value is None else class_of(cell.value, scale.breaks)


def _filled(members: list[str], colour: str, name: str, geo: str) -> dict[str, Any]:
    return {
        "type": "choropleth",
        "geojson": geometry_address(),
        "locationmode": "geojson-id",
        "geo": geo,
        "locations": members,
        "z": [0] * len(members),
        "colorscale": [[0, colour], [1, colour]],
        "showscale": False,
        "marker": {"line": {"color": "#fff", "width": 0.6}},
        "name": name,
        "hoverinfo": "skip",
        "showlegend": False,
    }


def _hatched(members: list[str], geo: str) -> dict[str, Any]:
    shapes = get_geometry().shapes
    lon: list[float | None] = []
    lat: list[float | None] = []
    for nis in members:
        for (x1, y1), (x2, y2) in hatch(shapes[nis], HATCH_KM):
            lon += [round(x1, 3), round(x2, 3), None]
            lat += [round(y1, 3), round(y2, 3), None]
    return {
        "type": "scattergeo",
        "mode": "lines",
        "geo": geo,
        "lon": lon,
        "lat": lat,
        "line": {"color": QUIET, "width": 1},
        "hoverinfo": "skip",
        "showlegend": False,
    }


def has_years(territory: Territory) -> bool:
    """Whether small maps say more than the large one: levels of several years."""
    return len(territory.years) > 1 and territory.selection.view is View.LEVEL


def map_years_alt_text(territory: Territory, definition: Indicator, t: Translator) -> str:
    """Measure, first and last period; the numbers stand in the table of each period."""
    return t(
        "map.years.alt",
        title=definition.title.in_(t.language),
        first=period_text(territory, 0, t),
        last=period_text(territory, len(territory.years) - 1, t),
    )
