"""The same measure at the end of each year: small maps that the server draws, with one legend."""

from __future__ import annotations

from dash import html
from dash.development.base_component import Component

from components.attributes import aria
from components.figures.map_scale import Scale, make_scale
from components.figures.map_svg import year_map_svg
from components.figures.sparkline import data_uri
from components.figures.theme import ABSENT
from components.group_names import group_name
from components.i18n import formats
from components.i18n.translate import Translator
from data_access.contract.model import Indicator
from data_access.domain.comparison import Cell
from data_access.domain.confidentiality import Availability
from data_access.services.breakdown_choices import AREA
from data_access.services.territory_choices import View
from data_access.services.territory_model import Territory


def has_years(territory: Territory) -> bool:
    """Whether small maps say more than the large one: levels of several years."""
    return len(territory.years) > 1 and territory.selection.view is View.LEVEL


def make_year_maps(territory: Territory, definition: Indicator, t: Translator) -> Component:
    """A map a year in the classes of the large one, and their legend once."""
    scale = make_scale(territory, definition)
    maps = [
        html.Figure(
            [
                html.Img(
                    src=data_uri(year_map_svg(cells, scale.breaks, scale.colours)),
                    alt=year_alt_text(territory, i, definition, t),
                ),
                html.Figcaption(formats.period(period, t.language)),
            ]
        )
        for i, (period, cells) in enumerate(territory.years)
    ]
    return html.Div([html.Div(maps, className="year-maps"), _legend(scale, t)])


def _legend(scale: Scale, t: Translator) -> Component:
    entries = [(colour, name) for colour, name in zip(scale.colours, scale.names(t), strict=True)]
    items = [
        _entry({"background": colour}, "", name) for colour, name in (*entries, (ABSENT, t("map.absent")))
    ]
    items.append(_entry({}, "swatch-hidden", t("map.hidden")))
    return html.Ul(items, className="map-legend quiet")


def _entry(style: dict[str, str], kind: str, name: str) -> Component:
    swatch = html.Span(style=style, className=f"swatch {kind}".strip(), **aria(hidden="true"))
    return html.Li([swatch, html.Span(name)])


def year_alt_text(territory: Territory, index: int, definition: Indicator, t: Translator) -> str:
    """Period, lowest and highest commune, how many are hidden; all values are in the table that follows."""
    at, cells = territory.years[index]
    shown = {nis: cell.value for nis, cell in cells.items() if cell.value is not None}
    period = formats.period(at, t.language)
    if not shown:
        return t("map.years.alt_empty", period=period)
    low, high = min(shown, key=lambda nis: shown[nis]), max(shown, key=lambda nis: shown[nis])
    said = t(
        "map.years.alt",
        period=period,
        low=_value(cells[low], definition, t),
        low_name=group_name(AREA, low, t),
        high=_value(cells[high], definition, t),
        high_name=group_name(AREA, high, t),
    )
    hidden = sum(cell.availability is Availability.HIDDEN for cell in cells.values())
    return f"{said} {t.plural('map.alt.hidden', hidden)}" if hidden else said


def _value(cell: Cell, definition: Indicator, t: Translator) -> str:
    assert cell.value is not None, "only communes with a value are named"
    return formats.measure(cell.value, definition.unit, definition.decimals, t.language)
