"""A development plan as a table: a group of rows a project, then its actions; the totals at the end."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
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
    heads = [html.Th(t(f"plan.column.{name}"), scope="col", className=f"col-{name}") for name in HEADS]
    bodies = [_project(project, definitions, today, t) for project in plan.projects]
    said = html.Caption(caption, className="visually-hidden")
    foot = html.Tfoot(html.Tr([_foot_title(t), *_money(plan.run, plan.change, t)]))
    return html.Table([said, html.Thead(html.Tr(heads)), *bodies, foot], className="ledger plan")


def _foot_title(t: Translator) -> Component:
    return html.Th(t("plan.total"), scope="row", colSpan=str(len(HEADS) - len(MONEY)))


def _project(project: Project, definitions: Mapping[str, Indicator], today: date, t: Translator) -> Component:
    amounts = (project.run, project.change)
    head = _row(project.entry, project.progress, amounts, definitions, today, t, className="group project")
    actions = [
        _row(a, a.progress, (total([a.run]), total([a.change])), definitions, today, t, className="action")
        for a in project.actions
    ]
    return html.Tbody([head, *actions])


def _row(
    entry: PlanEntry,
    progress: float | None,
    amounts: tuple[Amount, Amount],
    definitions: Mapping[str, Indicator],
    today: date,
    t: Translator,
    *,
    className: str,  # noqa: N803  as Dash names it
) -> Component:
    title = [html.Span(entry.code, className="code"), *make_title(entry, t)]
    return html.Tr(
        [
            html.Th(title, scope="rowgroup" if className != "action" else "row"),
            _cell("owner", entry.owner.in_(t.language), t),
            _cell("days", _days(entry, today, t), t),
            _cell("links", _links(entry, definitions, t), t),
            _cell("progress", make_progress(progress, t), t),
            *_money(*amounts, t),
        ],
        className=className,
    )


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


def _links(entry: PlanEntry, definitions: Mapping[str, Indicator], t: Translator) -> list[Component | str]:
    """The commitments, each narrowing the plan to what serves it, and the indicators, each to its sheet."""
    here = address("governance_plan", t.language)
    commitments = [
        html.A(
            code,
            href=f"{here}?{urlencode({'commitment': code})}",
            **aria(label=t("plan.narrow", commitment=code)),
        )
        for code in entry.commitments
    ]
    indicators = [
        html.A(
            code,
            href=address("indicator", t.language, code=code),
            title=definitions[code].title.in_(t.language),
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
