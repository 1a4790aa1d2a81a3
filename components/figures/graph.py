"""An interactive figure in its frame: final size from the first byte, alternative text, house manners."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from dash import dcc, html
from dash.development.base_component import Component

from components.attributes import aria, data
from components.figures.plotly_locale import locale
from components.figures.theme import ACCENT, HAIRLINE, INK, QUIET
from components.i18n.translate import translator

Figure = Mapping[str, Any]

# What the plotly.js of components/figures/bundle draws; the stock one would draw more, and hide a mistake.
TRACES = {"scatter", "bar", "funnel", "sankey", "choropleth", "scattergeo", "heatmap"}
# The letters of assets/style.css.
FONT = '"Segoe UI", -apple-system, "Helvetica Neue", "Liberation Sans", Arial, system-ui, sans-serif'
_AXIS = {
    "gridcolor": "#e6eaed",
    "linecolor": HAIRLINE,
    "zerolinecolor": HAIRLINE,
    "tickcolor": HAIRLINE,
    "tickfont": {"color": QUIET},
    "automargin": True,
    "exponentformat": "none",
}
TEMPLATE: dict[str, Any] = {
    "layout": {
        "font": {"family": FONT, "size": 13, "color": INK},
        "colorway": [ACCENT],
        "paper_bgcolor": "#fff",
        "plot_bgcolor": "#fff",
        "margin": {"l": 8, "r": 8, "t": 8, "b": 8},
        "showlegend": False,
        "hoverlabel": {"bgcolor": "#fff", "bordercolor": HAIRLINE, "font": {"family": FONT, "color": INK}},
        # A finger that scrolls past a figure must not zoom it; a figure that is to be zoomed says so.
        "dragmode": False,
        "xaxis": _AXIS,
        # Numbers as in the tables; a horizontal axis may hold years.
        "yaxis": {**_AXIS, "separatethousands": True},
    }
}
_CONFIG: dict[str, Any] = {
    "displayModeBar": False,
    "displaylogo": False,
    "showSendToCloud": False,
    "showTips": False,
    "scrollZoom": False,
    "doubleClick": "reset",
    "responsive": True,
}


def make_graph(
    figure: Figure,
    *,
    id: str,  # noqa: A002  the name that Dash gives it
    alt: str,
    height: int,
    language: str,
    config: Mapping[str, Any] | None = None,
    meanwhile: str | None = None,
    paper: tuple[int, int] | None = None,
) -> Component:
    """A figure that plotly.js draws, in a frame that has its final height before and after.

    Until it is drawn (and where scripts are off) the frame says that the table of the figure holds the
    same values: whoever shows a figure shows that table under it.

    Args:
        figure: ``data`` and ``layout`` as plain values, never a ``go.Figure``: what is cached and sent
            is a tenth of the size. Traces are of the kinds in ``TRACES``. ``layout`` goes over the house
            template (``dragmode`` is off, say); its width and height are those of the frame.
        id: of the ``dcc.Graph``, for callbacks; unique on the page. The frame, whose ``aria-label`` is the
            alternative text, is ``{id}-frame``.
        alt: the alternative text, made from the values of the figure.
        height: of the frame, in pixels; the width is the one of the page.
        language: ``fr`` or ``nl``, for the numbers and dates that plotly.js writes.
        config: what differs from the house configuration.
        meanwhile: address of an image of the same figure, shown instead of the sentence until plotly.js has
            drawn, and where there are no scripts.
        paper: width and height in pixels on paper, where they are not those of the page.
    """
    foreign = {trace.get("type", "scatter") for trace in figure["data"]} - TRACES
    assert not foreign, f"add to components/figures/bundle/entry.js: {foreign}"
    return html.Div(
        [
            html.Img(src=meanwhile, alt=alt, className="figure-waiting figure-meanwhile")
            if meanwhile
            else html.P(translator(language)("figure.table_below"), className="figure-waiting"),
            dcc.Graph(
                id=id,
                figure={**figure, "layout": _layout(figure.get("layout", {}))},
                config=_config(language, config or {}),
                responsive=True,
                style={"height": "100%"},
            ),
        ],
        id=f"{id}-frame",
        className="figure-frame",
        role="img",
        style=frame_style(height, paper[1] if paper else None),
        **aria(label=alt),
        **(data(paper=str(paper[0])) if paper else {}),
    )


def frame_style(height: int, paper: int | None = None) -> dict[str, str]:
    """The style of a frame: its height in pixels on the screen, and on paper where that is another."""
    return {"height": f"{height}px"} | ({"--paper-height": f"{paper}px"} if paper else {})


def _config(language: str, changes: Mapping[str, Any]) -> Any:
    return {**_CONFIG, "locale": language, "locales": {language: locale(language)}, **changes}


def _layout(layout: Mapping[str, Any]) -> dict[str, Any]:
    sized = {"width", "height"} & layout.keys()
    assert not sized, f"the frame gives the size, not the figure: {sized}"
    return {"template": TEMPLATE, **layout}
