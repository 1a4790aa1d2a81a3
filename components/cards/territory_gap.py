"""The page of the gap between the croissant and the rest of the Region."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import dash_bootstrap_components as dbc
from dash import html
from dash.development.base_component import Component

from components.addresses import address
from components.cards.gap_parts import make_composition, make_regional
from components.cards.territory import Options, series_name
from components.exports.menu import make_export_menu
from components.figures.gap_figures import HEIGHT, gap_lines_alt_text, gap_lines_figure
from components.figures.gap_points import GAP_HEIGHT, gap_points_alt_text, gap_points_figure
from components.figures.graph import make_graph
from components.gap_finding import gap_finding, gap_notes, gap_subtitle, published_sentence
from components.i18n import formats
from components.i18n.translate import Translator
from components.map_finding import croissant_name
from components.tables.gap_table import make_overview_table, make_periods_table
from data_access.contract.load import contract
from data_access.contract.model import Indicator
from data_access.services.gap_model import GapLine, GapSheet, RegionalChange
from data_access.services.territory_choices import MapSeries
from data_access.services.territory_gap import PUBLISHED

CONTROLS = ("measure", "croissant", "period", "with")


def make_gap_page(
    sheet: GapSheet,
    lines: Sequence[GapLine],
    series: tuple[MapSeries, ...],
    croissants: Mapping[str, object],
    t: Translator,
) -> list[Component]:
    """The whole page for what is chosen.

    Args:
        sheet: the gap of the chosen series.
        lines: the newest gap of every series, for the overview.
        series: of ``gap_series``.
        croissants: the definitions that can be chosen, by code.
    """
    definition = contract().indicator(sheet.selection.series.code)
    return [
        *_headline(sheet, definition, t),
        _controls(sheet, series, croissants, t),
        _over_time(sheet, definition, t),
        make_composition(sheet, definition, _values(sheet), t),
        make_regional(sheet, definition, _values(sheet), t),
        _overview(sheet, lines, t),
        html.H2(t("map.notes")),
        html.Ul([html.Li(note) for note in gap_notes(sheet, t)], className="quiet map-notes gap-notes"),
        html.P(html.A(t("gap.to_map"), href=address("communes", t.language))),
    ]


def _headline(sheet: GapSheet, definition: Indicator, t: Translator) -> list[Component]:
    finding = gap_finding(sheet, definition, t)
    parts: list[Component] = [
        html.H1(t("gap.title", title=definition.title.in_(t.language))),
        html.P(finding[:1].upper() + finding[1:], className="finding"),
        *([html.P(t("territory.caution.reform"), className="gap-text")] if sheet.meets_reform else []),
        html.P(gap_subtitle(sheet, definition, t), className="quiet gap-subtitle"),
    ]
    if said := published_sentence(sheet, t):
        code = PUBLISHED[definition.code]
        href = address("indicator", t.language, code=code)
        parts.append(
            html.P(
                [said, " ", html.A(t("gap.to_sheet", code=code), href=href)], className="quiet gap-subtitle"
            )
        )
    return parts


def _controls(
    sheet: GapSheet, series: tuple[MapSeries, ...], croissants: Mapping[str, object], t: Translator
) -> Component:
    """A form that needs no script: the address holds what is chosen."""
    options, values = _options(sheet, series, croissants, t), _values(sheet)
    fields = [
        html.Label(
            [
                html.Span(t(f"gap.control.{name}")),
                dbc.Select(id=f"gap-{name}", name=name, options=options[name], value=values[name]),
            ],
            className=f"filter filter-{name}",
        )
        for name in CONTROLS
    ]
    button = html.Button(t("breakdown.show"), type="submit", className="button")
    action = address("communes_gap", t.language)
    return html.Form([*fields, button], method="get", action=action, className="gap-controls")


def _options(
    sheet: GapSheet, series: tuple[MapSeries, ...], croissants: Mapping[str, object], t: Translator
) -> dict[str, Options]:
    usual = sheet.point.period.year_before if sheet.point else None
    starts = [str(p) for p in sheet.starts if p != usual]
    year_ago = t("gap.control.with.usual")
    if usual is not None:
        year_ago = t("gap.control.with.year", period=formats.period(usual, t.language))
    written = {str(p.period): formats.period(p.period, t.language) for p in sheet.points}
    immature = {str(p.period) for p in sheet.points if not p.mature}
    return {
        "measure": [{"value": s.key, "label": _measure(s, t)} for s in series],
        "croissant": [{"value": code, "label": croissant_name(code, t)} for code in croissants],
        "period": [
            {"value": p, "label": t("breakdown.period.immature", period=said) if p in immature else said}
            for p, said in reversed(written.items())
        ],
        "with": [{"value": "year", "label": year_ago}]
        + [{"value": p, "label": written[p]} for p in reversed(starts)],
    }


def _measure(series: MapSeries, t: Translator) -> str:
    """The contract's own gap bears its code before that of the rate."""
    code = PUBLISHED.get(series.code)
    return f"{code} = {series_name(series, t)}" if code else series_name(series, t)


def _values(sheet: GapSheet) -> dict[str, str]:
    regional, point = sheet.regional, sheet.point
    start = "year"
    if isinstance(regional, RegionalChange) and point and regional.start != point.period.year_before:
        start = str(regional.start)
    return {
        "measure": sheet.selection.series.key,
        "croissant": sheet.selection.croissant,
        "period": str(point.period) if point else "",
        "with": start,
    }


def _over_time(sheet: GapSheet, definition: Indicator, t: Translator) -> Component:
    """Two lines and their band, under them the gap around zero, and the table of both."""
    parts: list[Component] = [html.H2(t("gap.time.title"))]
    if any(p.gap is not None for p in sheet.points):
        parts += [
            html.P(t("gap.time.key"), className="quiet"),
            html.Div(_lines(sheet, definition, t), className="sheet-figure"),
            make_export_menu("gap-lines", _values(sheet), t("gap.time.title"), t),
            html.H3(t("gap.points.title")),
            html.P(t("gap.points.key"), className="quiet"),
            make_graph(
                gap_points_figure(sheet, t),
                id="gap-points",
                alt=gap_points_alt_text(sheet, t),
                height=GAP_HEIGHT,
                language=t.language,
            ),
            make_export_menu("gap-points", _values(sheet), t("gap.points.title"), t),
        ]
    else:
        parts.append(html.P(t("gap.time.nothing"), className="nothing-to-draw"))
    if sheet.points:
        table = make_periods_table(sheet, definition, t)
        parts.append(html.Details([html.Summary(t("gap.time.open")), table], className="gap-twin"))
    return html.Section(parts, className="gap-time")


def _lines(sheet: GapSheet, definition: Indicator, t: Translator) -> Component:
    return make_graph(
        gap_lines_figure(sheet, definition, t),
        id="gap-lines",
        alt=gap_lines_alt_text(sheet, definition, t),
        height=HEIGHT,
        language=t.language,
        paper=(1030, 330),  # on the page of the finding
    )


def _overview(sheet: GapSheet, lines: Sequence[GapLine], t: Translator) -> Component:
    name = croissant_name(sheet.selection.croissant, t)
    return html.Section(
        [
            html.H2(t("gap.overview.title")),
            html.P(t("gap.overview.key", name=name), className="quiet"),
            make_export_menu("gap-all", _values(sheet), t("gap.overview.title"), t, table=True),
            make_overview_table(lines, sheet.selection.croissant, t),
        ],
        className="gap-all",
    )
