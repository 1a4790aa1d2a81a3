"""A development plan as a table: a group of rows a project, then its actions; the totals at the end."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from urllib.parse import urlencode

from dash import html
from dash.development.base_component import Component

from components.addresses import address
from components.attributes import aria, data
from components.i18n import formats
from components.i18n.translate import Translator
from components.plan_words import amount_text, progress_text
from components.tables.coverage_table import make_title
from data_access.contract.model import Indicator
from data_access.domain.plan import Amount, total
from data_access.services.plan import DevelopmentPlan, PlanEntry, Project

HEADS = ("action", "owner", "days", "links", "progress", "run", "change", "total")
MONEY = HEADS[-3:]


@dataclass(frozen=True)
class _Setting:
    """What every row needs besides itself: see ``make_plan_table``."""

    year: str
    definitions: Mapping[str, Indicator]
    today: date
    t: Translator


def make_plan_table(
    plan: DevelopmentPlan, definitions: Mapping[str, Indicator], caption: str, today: date, t: Translator
) -> Component:
    """The projects of a plan with their actions; the totals are those of the rows shown.

    Args:
        plan: what is shown of it.
        definitions: of the indicators, by code.
        caption: what the table is called.
        today: the reader's day; what should have been done by then says so.
        t: the translator.
    """
    setting = _Setting(plan.year, definitions, today, t)
    heads = [html.Th(t(f"plan.column.{name}"), scope="col", className=f"col-{name}") for name in HEADS]
    bodies = [_project(project, setting) for project in plan.projects]
    said = html.Caption(caption, className="visually-hidden")
    foot = html.Tfoot(html.Tr([_foot_title(t), *_money(plan.run, plan.change, t)]))
    return html.Table([said, html.Thead(html.Tr(heads)), *bodies, foot], className="ledger plan")


def _foot_title(t: Translator) -> Component:
    return html.Th(t("plan.total"), scope="row", colSpan=str(len(HEADS) - len(MONEY)))


def _project(project: Project, setting: _Setting) -> Component:
    """A project and its actions; its row heads the others."""
    cells = _cells(project.entry, project.progress, project.run, project.change, setting)
    head = html.Tr([_title(project.entry, "rowgroup", setting.t), *cells], className="group project")
    return html.Tbody([head, *(_action(action, setting) for action in project.actions)])


def _action(action: PlanEntry, setting: _Setting) -> Component:
    cells = _cells(action, action.progress, total([action.run]), total([action.change]), setting)
    return html.Tr([_title(action, "row", setting.t), *cells], className="action")


def _title(entry: PlanEntry, scope: str, t: Translator) -> Component:
    return html.Th([html.Span(entry.code, className="code"), *make_title(entry, t)], scope=scope)


def _cells(
    entry: PlanEntry, progress: float | None, run: Amount, change: Amount, setting: _Setting
) -> list[Component]:
    t = setting.t
    return [
        _cell("owner", entry.owner.in_(t.language), t),
        _cell("days", _days(entry, setting.today, t), t),
        _cell("links", _links(entry, setting), t),
        _cell("progress", make_progress(progress, t), t),
        *_money(run, change, t),
    ]


def _cell(name: str, content: list[Component | str] | Component | str, t: Translator) -> Component:
    return html.Td(content, className=f"col-{name}", **data(label=t(f"plan.column.{name}")))


def _days(entry: PlanEntry, today: date, t: Translator) -> list[Component | str]:
    """From when until when; a last day that is over before the whole is done is said."""
    days = [
        html.Time(formats.short_day(day, t.language), dateTime=day.isoformat())
        for day in (entry.starts_on, entry.ends_on)
    ]
    late = html.Small(["■ ", t("plan.overdue")], className="overdue")
    shown: list[Component | str] = [html.Span([days[0], " – ", days[1]])]
    return [*shown, late] if entry.is_overdue(today) else shown


def _links(entry: PlanEntry, setting: _Setting) -> list[Component | str]:
    """The commitments, each narrowing the plan to what serves it, and the indicators, each to its sheet."""
    t, here = setting.t, address("governance_plan", setting.t.language)
    commitments = [
        html.A(
            code,
            href=f"{here}?{urlencode({'year': setting.year, 'commitment': code})}",
            **aria(label=t("plan.narrow", commitment=code)),
        )
        for code in entry.commitments
    ]
    indicators = [
        html.A(
            code,
            href=address("indicator", t.language, code=code),
            title=setting.definitions[code].title.in_(t.language),
        )
        for code in entry.indicators
    ]
    return [html.Span(_spaced(items), className="codes") for items in (commitments, indicators) if items]


def _spaced(items: Sequence[Component]) -> list[Component | str]:
    return [piece for item in items for piece in (item, " ")][:-1]


def make_progress(progress: float | None, t: Translator) -> Component:
    """A bar as long as the progress, which its number says too."""
    words = progress_text(progress, t)
    if progress is None:
        return html.Span(words, className="nothing")
    bar = html.Span(html.Span(style={"width": f"{progress:g}%"}), className="bar", **aria(hidden="true"))
    return html.Span([bar, html.Span(words)], className="progress")


def _money(run: Amount, change: Amount, t: Translator) -> list[Component]:
    """What goes on, what is new, and both together."""
    amounts = zip(MONEY, (run, change, run + change), strict=True)
    return [_amount(name, amount, t) for name, amount in amounts]


def _amount(name: str, amount: Amount, t: Translator) -> Component:
    some = amount.unknown and not amount.is_unknown
    missing = html.Small(t.plural("plan.amount.missing", amount.unknown)) if some else None
    known = html.Span(amount_text(amount, t), className="nothing" if amount.is_unknown else "amount")
    return html.Td([known, missing], className=f"number col-{name}", **data(label=t(f"plan.column.{name}")))
