"""The page of the communes: its choices, the map and the plots beside it, the table, the small maps."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

import dash_bootstrap_components as dbc
from dash import dcc, html
from dash.development.base_component import Component

from components.addresses import address
from components.attributes import data
from components.exports.menu import make_export_menu
from components.figures.area_dots import HEIGHT as DOTS_HEIGHT
from components.figures.funnel_plot import HEIGHT as FUNNEL_HEIGHT
from components.figures.graph import Figure, make_graph
from components.figures.map_figure import HEIGHT as MAP_HEIGHT
from components.figures.map_svg import territory_svg
from components.figures.map_years import has_years, make_year_maps
from components.figures.sparkline import data_uri
from components.group_names import group_name
from components.i18n import formats
from components.i18n.translate import Translator
from components.map_finding import croissant_name, map_finding, map_notes, map_subtitle
from components.tables.territory_table import make_territory_table, make_years_table
from data_access.contract.load import contract
from data_access.contract.model import Indicator
from data_access.services.geometry import get_geometry
from data_access.services.indicator_rows import TOTAL
from data_access.services.territory_choices import MapSeries, Selection
from data_access.services.territory_model import Territory

Options = list[dict[str, str]]
FILES = {"map": "map", "dots": "dots", "funnel": "funnel-plot"}  # what the addresses call the figures
CONTROLS = ("measure", "view", "sex", "age", "croissant", "period")


def query_of(selection: Selection) -> dict[str, str]:
    """The choices as the address keeps them; what is the usual choice is left out."""
    asked = {
        "measure": selection.series.key,
        "view": selection.view.value if selection.view is not selection.series.views[0] else "",
        "sex": selection.sex if selection.sex != TOTAL else "",
        "age": selection.age if selection.age != TOTAL else "",
        "croissant": selection.croissant,
        "period": selection.period,
    }
    return {name: value for name, value in asked.items() if value}


def control_options(
    territory: Territory, series: tuple[MapSeries, ...], croissants: Iterable[str], t: Translator
) -> dict[str, Options]:
    """What can be chosen in each control, given what is chosen in the others."""
    chosen, own = territory.selection, territory.series
    return {
        "measure": [{"value": s.key, "label": series_name(s, t)} for s in series],
        "view": [{"value": v.value, "label": t(f"map.view.{v.value}")} for v in own.views],
        "sex": [_item("SEX", i, t) for i in own.sexes if own.has(i, chosen.age)],
        "age": [_item("AGE", i, t) for i in own.ages if own.has(chosen.sex, i)],
        "croissant": [{"value": code, "label": croissant_name(code, t)} for code in croissants],
        "period": [{"value": str(p), "label": _period(p, territory, t)} for p in territory.periods],
    }


def _period(period: object, territory: Territory, t: Translator) -> str:
    text = formats.period(period, t.language)  # type: ignore[arg-type]
    return t("breakdown.period.immature", period=text) if period in territory.immature else text


def _item(dimension: str, item: str, t: Translator) -> dict[str, str]:
    return {"value": item, "label": group_name(dimension, item, t)}


def series_name(series: MapSeries, t: Translator) -> str:
    """Code, title and operator of a series, short enough for a list."""
    title = contract().indicator(series.code).title.in_(t.language)
    operator = f" ({group_name('OPERATOR', series.operator, t)})" if series.operator != TOTAL else ""
    text = f"{series.code} – {title}"
    return (text if len(text) <= 88 else f"{text[:87].rstrip()}…") + operator


def control_values(territory: Territory) -> dict[str, str]:
    """What is chosen in each control."""
    chosen = territory.selection
    return {
        "measure": chosen.series.key,
        "view": chosen.view.value,
        "sex": chosen.sex,
        "age": chosen.age,
        "croissant": chosen.croissant,
        "period": str(territory.period or ""),
    }


def make_controls(options: Mapping[str, Options], values: Mapping[str, str], t: Translator) -> Component:
    """The form; it works by itself (GET), and acts at once where scripts run."""
    controls = [
        html.Label(
            [
                html.Span(t(f"map.control.{name}")),
                dbc.Select(id=f"map-{name}", name=name, options=options[name], value=values[name]),
            ],
            className=f"filter filter-{name}",
        )
        for name in CONTROLS
    ]
    slider = html.Div(
        id="map-slider",
        className="map-slider",
        **data(play=t("map.play"), pause=t("map.pause"), label=t("map.control.period")),
    )
    button = html.Button(t("breakdown.show"), type="submit", className="button")
    return html.Form([*controls, slider, button], method="get", className="map-controls")


def make_headline(territory: Territory, definition: Indicator, t: Translator) -> list[Component]:
    """Title, finding and subtitle."""
    finding = map_finding(territory, definition, t)
    return [
        html.H1(t("map.title", title=definition.title.in_(t.language))),
        html.P(finding[:1].upper() + finding[1:], className="finding"),
        html.P(map_subtitle(territory, definition, t), className="quiet"),
    ]


def make_figures(
    figures: Mapping[str, Figure],
    alts: Mapping[str, str],
    territory: Territory,
    definition: Indicator,
    t: Translator,
) -> Component:
    """The map beside the dots, the funnel beside what must be known to read them."""

    def graph(name: str, height: int, paper: tuple[int, int], meanwhile: str | None = None) -> Component:
        return make_graph(
            figures[name],
            id=f"map-{name}",
            alt=alts[name],
            height=height,
            language=t.language,
            meanwhile=meanwhile,
            paper=paper,
        )

    files = {name: html.Div(menu, id=f"map-files-{name}") for name, menu in make_menus(territory, t).items()}
    dots = html.Section(
        [html.H2(t("map.dots.title")), graph("dots", DOTS_HEIGHT, (450, 430)), files["dots"]],
        className="map-part",
    )
    funnel = html.Section(
        [
            html.H2(t("map.funnel.title")),
            html.P(t("map.funnel.key"), className="quiet"),
            graph("funnel", FUNNEL_HEIGHT, (520, 330)),
            files["funnel"],
        ],
        id="map-funnel-part",
        className="map-part",
        hidden=territory.funnel is None,
    )
    notes = html.Section(make_notes(territory, t), id="map-notes", className="map-part")
    attribution = get_geometry().attribution.in_(t.language)
    chart = html.Section(
        [
            html.H2(t("map.map.title")),
            graph("map", MAP_HEIGHT, (560, 430), data_uri(territory_svg(territory, definition, t))),
            html.P(t("map.key"), className="quiet"),
            html.P(attribution, className="quiet attribution"),
            files["map"],
        ],
        className="map-part map-main",
    )
    return html.Div([chart, dots, funnel, notes], className="map-figures")


def make_notes(territory: Territory, t: Translator) -> list[Component]:
    """What the reader must know before concluding."""
    notes = html.Ul([html.Li(note) for note in map_notes(territory, t)], className="quiet map-notes")
    return [html.H2(t("map.notes")), notes]


def make_details(territory: Territory, definition: Indicator, t: Translator) -> list[Component]:
    """The table under its title."""
    return [html.H2(t("map.table.title")), make_territory_table(territory, definition, t)]


def make_menus(territory: Territory, t: Translator) -> dict[str, Component]:
    """The files of each figure for what is shown, by the name of the figure."""
    asked = query_of(territory.selection)
    return {
        figure: make_export_menu(name, asked, t(f"map.{figure}.title"), t) for figure, name in FILES.items()
    }


def make_years(territory: Territory, definition: Indicator, t: Translator) -> list[Component]:
    """The small maps and their table; nothing where there is one year only."""
    if not has_years(territory):
        return []
    table = make_years_table(territory, definition, t)
    return [
        html.H2(t("map.years.title")),
        html.P(t("map.years.key"), className="quiet"),
        make_year_maps(territory, definition, t),
        make_export_menu("map-years", query_of(territory.selection), t("map.years.title"), t),
        html.Details([html.Summary(t("map.years.open")), table], className="map-years-table"),
    ]


def make_map_page(
    territory: Territory,
    definition: Indicator,
    figures: Mapping[str, Figure],
    alts: Mapping[str, str],
    options: Mapping[str, Options],
    shown: Mapping[str, object],
    t: Translator,
) -> list[Component]:
    """The whole page for what is chosen."""
    gap = html.A(t("map.to_gap"), href=address("communes_gap", t.language))
    return [
        html.Div(make_headline(territory, definition, t), id="map-text", lang=t.language),
        make_controls(options, control_values(territory), t),
        dcc.Store(id="map-shown", data=dict(shown)),
        html.Div(
            make_figures(figures, alts, territory, definition, t),
            className="map-root",
            **data(profile=address("communes_profile", t.language, nis="NIS")),
        ),
        html.P(gap),
        html.Section(make_details(territory, definition, t), id="map-details", className="map-details"),
        html.Section(make_years(territory, definition, t), id="map-years", className="map-years"),
    ]
