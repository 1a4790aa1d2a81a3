"""The tables of the ways out: at a few months since entry, and every cohort at the same month."""

from __future__ import annotations

from dash import html
from dash.development.base_component import Component

from components.i18n import formats
from components.i18n.translate import Translator
from components.incidence_words import CAUSES, Shown, absence_text, limits_text, share_text
from components.tables.plain_table import make_plain_table
from data_access.domain.cohort_funnel import Outcome
from data_access.domain.competing_risks import Incidence
from data_access.services.incidence import CohortIncidence, EqualMonths, EqualRow, NoIncidence

AT = (3, 6, 12, 18, 24)


def make_incidence_table(shown: Shown, t: Translator) -> Component:
    """Months in rows; each group's ways out in columns, with their intervals."""
    window = max(found.window for _, found in shown)
    heads = [t("incidence.column.months")]
    heads += [_head(name, cause, len(shown) > 1, t) for name, _ in shown for cause in CAUSES]
    rows = []
    for month in (each for each in AT if each <= window):
        cells = [_cell(found, month, cause, t) for _, found in shown for cause in CAUSES]
        rows.append(html.Tr([html.Th(str(month), scope="row"), *cells]))
    return make_plain_table(t("incidence.table.caption"), heads, rows)


def _head(name: str, cause: Outcome, several: bool, t: Translator) -> str:
    label = t(f"incidence.cause.{cause.value}")
    return f"{name} – {label}" if several else label


def _cell(found: CohortIncidence, month: int, cause: Outcome, t: Translator) -> Component:
    point = found.at(month, cause)
    if point is None:
        return html.Td(absence_text(found, month, t), className="number quiet")
    return html.Td(_point(point, t), className="number")


def _point(point: Incidence, t: Translator) -> list[Component | str]:
    limits = limits_text(point, t)
    parts: list[Component | str] = [share_text(point.share, t)]
    return [*parts, " ", html.Small(limits, className="quiet")] if limits else parts


def make_equal_table(equal: EqualMonths, t: Translator) -> Component:
    """Cohorts in rows, the newest first: who entered, and who had found a job at that month."""
    heads = [t(f"incidence.column.{name}") for name in ("cohort", "entered")]
    heads += [t("incidence.column.job", months=equal.months), t("incidence.column.reform")]
    rows = [_equal_row(row, t) for row in reversed(equal.rows)]
    return make_plain_table(t("incidence.equal.caption", months=equal.months), heads, rows)


def _equal_row(row: EqualRow, t: Translator) -> Component:
    if isinstance(row.found, NoIncidence):
        cell = html.Td(t(f"incidence.cell.{row.found.value}"), className="number quiet")
    else:
        cell = html.Td(_point(row.found, t), className="number")
    entered = "" if row.entered is None else formats.number(row.entered, 0, t.language)
    return html.Tr(
        [
            html.Th(formats.period(row.cohort, t.language), scope="row"),
            html.Td(entered, className="number"),
            cell,
            html.Td(t(f"incidence.reform.{row.reached.value}"), className="number"),
        ]
    )
