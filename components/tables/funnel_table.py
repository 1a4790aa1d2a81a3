"""The table of a funnel: every stage with its people, what became of them, and the rates with intervals."""

from __future__ import annotations

from dash import html
from dash.development.base_component import Component

from components.funnel_words import coded_name, count_text, interval_text, rate_text
from components.i18n import formats
from components.i18n.translate import Translator
from components.tables.plain_table import make_plain_table
from data_access.contract.model import Funnel
from data_access.domain.cohort import Maturity
from data_access.domain.cohort_funnel import Count, Outcome, Stage, is_known
from data_access.domain.funnel_flow import NoRate, Rate
from data_access.services.funnel import CohortView, FunnelSheet


def make_funnel_table(view: CohortView, definition: Funnel, t: Translator) -> Component:
    """Stages in rows; outcomes, step and cumulative rate in columns."""
    assert view.funnel is not None, "only a funnel that can be has a table"
    columns = ("stage", "count", "rate", "cumulative", "maturity")
    before, after = ([t(f"funnel.column.{name}") for name in part] for part in (columns[:2], columns[2:]))
    heads = [*before, *(t(f"funnel.outcome.{o.value}") for o in Outcome), *after]
    rows = [_row(stage, view, definition, t) for stage in view.funnel.stages]
    return make_plain_table(t("funnel.table.caption"), heads, rows)


def _row(stage: Stage, view: CohortView, definition: Funnel, t: Translator) -> Component:
    step = view.step(stage.code)
    numbers = [_count(count, t) for count in (stage.count, *(stage.outcomes[o] for o in Outcome))]
    rates: list[Component] = [html.Td(), html.Td()]
    if step is not None:
        rates = [_rate(rate, t) for rate in (step.rate, step.cumulative)]
    state = "" if step is None else t(f"funnel.step.{view.step_maturity[stage.code].value}")
    beside = step.beside if step is not None else 0
    came = t("funnel.beside", count=count_text(beside, t)) if beside != 0 else ""
    name = [*coded_name(stage.code, definition, t), html.Small(came, className="quiet") if came else ""]
    return html.Tr(
        [
            html.Th(name, scope="row"),
            *numbers,
            *rates,
            html.Td(state),
        ]
    )


def _count(count: Count, t: Translator) -> Component:
    """A number, or in words why there is none: words may take two lines."""
    return html.Td(count_text(count, t), className="number" if is_known(count) else "number words")


def _rate(rate: Rate | NoRate, t: Translator) -> Component:
    if isinstance(rate, NoRate):
        return html.Td(rate_text(rate, t), className="number words")
    small = html.Small(interval_text(rate, t), className="quiet")
    return html.Td([html.Span(rate_text(rate, t)), " ", small], className="number")


def make_cohorts_table(sheet: FunnelSheet, definition: Funnel, t: Translator) -> Component:
    """Cohorts in rows, the step rates of each stage in columns; an open one says so instead of its rate."""
    stages = definition.stages[1:]
    heads = [t("funnel.column.cohort"), t("funnel.column.entered")]
    heads += [s.label.in_(t.language) for s in stages]
    rows = []
    for view in reversed(sheet.cohorts):
        if view.funnel is None:
            continue
        cells = [_cohort_cell(view, stage.code, t) for stage in stages]
        entered = html.Td(count_text(view.funnel.stages[0].count, t), className="number")
        head = html.Th(formats.period(view.cohort, t.language), scope="row")
        rows.append(html.Tr([head, entered, *cells]))
    return make_plain_table(t("funnel.cohorts.caption"), heads, rows)


def _cohort_cell(view: CohortView, stage: str, t: Translator) -> Component:
    step = view.step(stage)
    if view.step_maturity[stage] is not Maturity.MATURE or step is None:
        return html.Td(t("funnel.open"), className="number quiet")
    return html.Td(rate_text(step.rate, t), className="number")
