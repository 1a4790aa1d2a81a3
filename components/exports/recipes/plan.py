"""The development plan as a table: projects and actions as rows, amounts as numbers."""

from __future__ import annotations

from components.exports.asked import Asked
from components.exports.exhibit import Cell, Column, Exhibit, Kind, Table
from components.exports.recipes.governance import day_cell
from components.exports.recipes.recipe import exhibit_of, require
from components.i18n.translate import Translator
from components.plan_words import amount_text, plan_name, plan_sentence, progress_text, title_text
from data_access.contract.load import contract
from data_access.domain.errors import UserError
from data_access.domain.plan import Amount, total
from data_access.services.plan import DevelopmentPlan, PlanEntry, choose, get_plans

COLUMNS = {
    "code": Kind.TEXT,
    "level": Kind.TEXT,
    "action": Kind.TEXT,
    "owner": Kind.TEXT,
    "starts_on": Kind.DATE,
    "ends_on": Kind.DATE,
    "commitments": Kind.TEXT,
    "indicators": Kind.TEXT,
    "progress": Kind.PERCENT,
    "run": Kind.NUMBER,
    "change": Kind.NUMBER,
    "total": Kind.NUMBER,
}


def make_plan(asked: Asked) -> Exhibit:
    """The projects and actions of a plan, with the total in the last row."""
    t, plans = asked.t, get_plans(asked.version)
    if not plans:
        raise UserError("export_nothing")
    require(asked, "year", [plan.year for plan in plans])
    require(asked, "commitment", [c.code for o in contract().objectives for c in o.commitments])
    chosen = choose(plans, asked.query)
    if not chosen.shown.projects:
        raise UserError("export_nothing")
    said = plan_sentence(chosen.shown, t)
    columns = tuple(Column(t(f"plan.column.{name}"), kind) for name, kind in COLUMNS.items())
    title = " · ".join(filter(None, (plan_name(chosen.whole.year, t), chosen.commitment)))
    return exhibit_of(
        asked,
        name="plan",
        subject=title,
        title=title,
        subtitle=said,
        source=t("plan.source"),
        notes=[t("plan.rule")],
        demonstration=chosen.shown.demonstration,
        alt=said,
        drawing=None,
        table=Table(columns, tuple(_rows(chosen.shown, t))),
    )


def _rows(plan: DevelopmentPlan, t: Translator) -> list[tuple[Cell, ...]]:
    rows = []
    for project in plan.projects:
        rows.append(_row(project.entry, "project", project.progress, project.run, project.change, t))
        rows += [_row(a, "action", a.progress, total([a.run]), total([a.change]), t) for a in project.actions]
    empty = [Cell("")] * (len(COLUMNS) - 4)
    return [*rows, (Cell(t("plan.total")), *empty, *_money(plan.run, plan.change, t))]


def _row(
    entry: PlanEntry, level: str, progress: float | None, run: Amount, change: Amount, t: Translator
) -> tuple[Cell, ...]:
    return (
        Cell(entry.code),
        Cell(t(f"plan.level.{level}")),
        Cell(title_text(entry, t)),
        Cell(entry.owner.in_(t.language)),
        day_cell(entry.starts_on, t),
        day_cell(entry.ends_on, t),
        Cell(" ".join(entry.commitments)),
        Cell(" ".join(entry.indicators)),
        Cell(progress_text(progress, t), None if progress is None else float(round(progress))),  # as shown
        *_money(run, change, t),
    )


def _money(run: Amount, change: Amount, t: Translator) -> list[Cell]:
    return [_cell(amount, t) for amount in (run, change, run + change)]


def _cell(amount: Amount, t: Translator) -> Cell:
    return Cell(amount_text(amount, t), None if amount.is_unknown else amount.known)
