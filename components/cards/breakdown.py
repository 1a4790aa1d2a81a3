"""The breakdown explorer of an indicator's sheet: its choices, the finding, figure, series and table."""

from __future__ import annotations

from collections.abc import Mapping

import dash_bootstrap_components as dbc
from dash import html
from dash.development.base_component import Component

from components.addresses import address
from components.attributes import data
from components.breakdown_finding import breakdown_finding
from components.exports.menu import make_export_menu
from components.figures.dot_plot import dot_plot_alt_text, dot_plot_figure, dot_plot_height
from components.figures.graph import make_graph
from components.figures.small_multiples import make_small_multiples
from components.group_names import dimension_name, in_reading_order
from components.i18n import formats
from components.i18n.translate import Translator
from components.tables.breakdown_table import (
    facet_scale,
    make_facet_table,
    make_groups_table,
)
from data_access.contract.model import Indicator
from data_access.domain.comparison import Kind
from data_access.services.breakdown import Breakdown
from data_access.services.breakdown_choices import AREA, Choices
from data_access.services.territory_gap import PUBLISHED

NONE = "none"  # a choice that the address does not keep
KEYS = ("by", "then", "period")
MANY = 10  # comparisons from which one is likely to look significant by chance
Options = list[dict[str, str]]


def make_breakdown(
    definition: Indicator,
    choices: Choices,
    breakdown: Breakdown | None,
    t: Translator,
    *,
    kept: Mapping[str, str] | None = None,
) -> Component:
    """The section ``#breakdown``; without data by group it says so.

    Args:
        definition: of the indicator.
        choices: the breakdowns that hold data.
        breakdown: the one asked for; None when there is none.
        t: translator of the page.
        kept: what else the address holds, for the form to keep.
    """
    title = html.H2(t("breakdown.title"))
    if breakdown is None:
        asked = definition.breakdown
        foreseen = (
            html.P(t("breakdown.foreseen", breakdown=asked.in_(t.language)), className="quiet")
            if asked
            else None
        )
        parts: list[Component | None] = [title, html.P(t("breakdown.nothing")), foreseen]
    else:
        body = html.Div(make_breakdown_body(breakdown, definition, t), id="breakdown-body")
        parts = [title, _form(choices, breakdown, t, kept or {}), body]
    parts.append(_elsewhere(definition, choices, t))
    return html.Section(parts, id="breakdown", className="sheet-part breakdown")


def _elsewhere(definition: Indicator, choices: Choices, t: Translator) -> Component | None:
    """To the map of the communes, or of a gap between them to its two rates."""
    if AREA in choices.first:
        href = f"{address('communes', t.language)}?measure={definition.code}"
        return html.P(html.A(t("breakdown.to_map"), href=href), className="screen-only")
    if definition.code in PUBLISHED.values():
        href = address("communes_gap", t.language)
        return html.P(html.A(t("breakdown.to_gap"), href=href), className="screen-only")
    return None


def _form(choices: Choices, breakdown: Breakdown, t: Translator, kept: Mapping[str, str]) -> Component:
    first = [{"value": d, "label": dimension_name(d, t)} for d in choices.first]
    hidden = [
        dbc.Input(type="hidden", name=name, value=value)
        for name, value in sorted(kept.items())
        if name not in KEYS
    ]
    return html.Form(
        [
            *hidden,
            _select("by", first, breakdown.by, t),
            _select("then", then_options(choices, breakdown.by, t), breakdown.then or NONE, t),
            _select("period", period_options(breakdown, t), str(breakdown.period), t),
            html.Button(t("breakdown.show"), type="submit", className="button"),
        ],
        action="#breakdown",
        method="get",
        className="breakdown-form",
        **data(choices="period"),  # the newest is found anew until somebody chooses one
    )


def _select(name: str, options: Options, chosen: str, t: Translator) -> Component:
    select = dbc.Select(id=f"breakdown-{name}", name=name, options=options, value=chosen)
    return html.Label([html.Span(t(f"breakdown.{name}")), select], className="filter")


def then_options(choices: Choices, by: str, t: Translator) -> Options:
    """What may be chosen second; «nothing» only where the first holds data alone."""
    alone = [{"value": NONE, "label": t("breakdown.then.none")}] if by in choices.single else []
    return alone + [{"value": d, "label": dimension_name(d, t)} for d in choices.second(by)]


def period_options(breakdown: Breakdown, t: Translator) -> Options:
    """The periods, newest first; unclosed cohorts are named as such."""
    labels = {p: formats.period(p, t.language) for p in breakdown.periods}
    labels |= {p: t("breakdown.period.immature", period=labels[p]) for p in breakdown.immature}
    return [{"value": str(p), "label": labels[p]} for p in breakdown.periods]


def make_breakdown_body(breakdown: Breakdown, definition: Indicator, t: Translator) -> list[Component]:
    """What changes with the choices: finding, figure, series, table and notes."""
    sentence = breakdown_finding(breakdown, definition, t)
    # A month begins with a small letter in both languages, a sentence does not.
    finding = html.P(sentence[:1].upper() + sentence[1:], className="breakdown-finding")
    inside = _facets if breakdown.then else _groups
    asked = {"code": breakdown.code, "by": breakdown.by, "then": breakdown.then or ""}
    menu = make_export_menu(
        "breakdown",
        asked | {"period": str(breakdown.period or "")},
        t("breakdown.title"),
        t,
        table=breakdown.then is not None,
    )
    return [finding, *inside(breakdown, definition, t), menu, _notes(breakdown, t)]


def _groups(breakdown: Breakdown, definition: Indicator, t: Translator) -> list[Component]:
    multiples = make_small_multiples(breakdown, definition, t)
    table = html.Details(
        [html.Summary(t("breakdown.table.open")), make_groups_table(breakdown, definition, t)],
        className="breakdown-twin",
        open=True,
    )
    pair = html.Div([_plot(breakdown, definition, t), table], className="breakdown-pair")
    return [html.P(_key(breakdown, t), className="quiet"), pair, *([multiples] if multiples else [])]


def _plot(breakdown: Breakdown, definition: Indicator, t: Translator) -> Component:
    return make_graph(
        dot_plot_figure(breakdown, definition, t),
        id="breakdown-figure",
        alt=dot_plot_alt_text(breakdown, definition, t),
        height=dot_plot_height(breakdown),
        language=t.language,
    )


def _facets(breakdown: Breakdown, definition: Indicator, t: Translator) -> list[Component]:
    scale = facet_scale(breakdown.facets, breakdown.kind)
    by_item = {facet.item: facet for facet in breakdown.facets}
    tables = [
        make_facet_table(by_item[item], scale, breakdown, definition, t)
        for item in in_reading_order(breakdown.by, by_item, t)
    ]
    return [html.P(_key(breakdown, t), className="quiet"), html.Div(tables, className="facets")]


def _key(breakdown: Breakdown, t: Translator) -> str:
    if any(group.gap for group in breakdown.groups):
        return t("breakdown.key.gap")
    return t("breakdown.key.interval" if breakdown.kind is Kind.SHARE else "breakdown.key.value")


def _notes(breakdown: Breakdown, t: Translator) -> Component:
    """What the comparison is made with, and what the reader must not conclude."""
    notes = [_reference_note(breakdown, t)]
    compared = sum(group.gap is not None for group in breakdown.groups)
    if compared >= MANY:
        notes.append(t("breakdown.note.many", n=compared))
    if AREA in {breakdown.by, breakdown.then}:
        notes.append(t("breakdown.note.no_ranking"))
    if breakdown.croissant is not None:
        definition = breakdown.croissant
        name, rule = definition.name.in_(t.language), definition.rule.in_(t.language)
        notes.append(t("breakdown.note.croissant", name=name, rule=rule))
    if any(group.cell.availability.value == "hidden" for group in breakdown.groups):
        notes.append(t("breakdown.note.hidden"))
    return html.Ul([html.Li(note) for note in notes], className="quiet breakdown-notes")


def _reference_note(breakdown: Breakdown, t: Translator) -> str:
    if not breakdown.is_mature:
        return t("breakdown.note.immature")
    if breakdown.kind is Kind.COUNT:
        return t("breakdown.note.count")
    if breakdown.kind is not Kind.SHARE:
        return t("breakdown.note.no_share")
    return t(f"breakdown.note.{breakdown.reference.value}")
