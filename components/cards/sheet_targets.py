"""The history of a target: every version with its decision, and which one is in force."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from dash import html
from dash.development.base_component import Component

from components.attributes import aria
from components.cards.sheet_part import make_head, make_part, make_table
from components.i18n import formats
from components.i18n.translate import Translator
from components.values import goal_text
from data_access.contract.model import Indicator
from data_access.domain.target import Goal, TargetPath
from data_access.services.sheet import Sheet

YEAR_END = (12, 31)


def make_target_history(sheet: Sheet, definition: Indicator, t: Translator) -> Component:
    """Every version of the target, the newest first; without any, why there is none."""
    paths = sorted(sheet.row.paths, key=_order, reverse=True)
    if not paths:
        return make_part("targets", t, *_none(definition, t))
    years = sorted({goal.due.year for path in paths for goal in path.milestones})
    head = make_head(
        [
            t("sheet.targets.valid_from"),
            t("sheet.targets.baseline"),
            *(t("sheet.targets.milestone", year=year) for year in years),
            t("sheet.targets.target"),
            t("sheet.targets.decision"),
            t("sheet.targets.reason"),
        ]
    )
    rows = [_version(path, sheet.row.assessment.path, years, definition, t) for path in paths]
    sentence = html.P(t.plural("sheet.targets.sentence", len(paths)), className="quiet")
    return make_part(
        "targets", t, sentence, make_table(t("sheet.targets"), head, rows, className="plain targets")
    )


def _order(path: TargetPath) -> tuple[object, ...]:
    return path.valid_from, path.decided_on


def _none(definition: Indicator, t: Translator) -> list[Component]:
    """«Cible non fixée» is a normal state; a measure that is not judged expects no target at all."""
    key = "sheet.targets.none" if definition.scored else "sheet.targets.not_scored"
    return [html.P(html.Strong(t("goal.none"))), html.P(t(key))]


def _version(
    path: TargetPath, in_force: TargetPath | None, years: Sequence[int], definition: Indicator, t: Translator
) -> Component:
    first: list[Component | str] = [
        formats.day(path.valid_from, t.language),
        html.Small(t(f"sheet.targets.{standing(path, in_force)}"), className="standing"),
    ]
    milestones = [[goal for goal in _ahead(path) if goal.due.year == year] for year in years]
    return html.Tr(
        [
            html.Th(first, scope="row"),
            html.Td(_goals([path.baseline] if path.baseline else [], definition, t, dated=True)),
            *(html.Td(_goals(goals, definition, t), className="milestone") for goals in milestones),
            html.Td(_goals([path.target], definition, t, dated=True)),
            html.Td(_decision(path, t)),
            html.Td(t(f"sheet.targets.reason.{path.reason}")),
        ],
        className=f"target-{standing(path, in_force)}",
    )


def _ahead(path: TargetPath) -> list[Goal]:
    """The milestones after the baseline: a version that starts anew leaves the earlier ones behind."""
    start = path.baseline.due if path.baseline else date.min
    return [goal for goal in path.milestones if goal.due > start]


def standing(path: TargetPath, in_force: TargetPath | None) -> str:
    """``in_force``, ``superseded`` by it, or ``not_yet`` in force, on the reporting date."""
    if path == in_force:
        return "in_force"
    return "superseded" if in_force is not None and _order(path) < _order(in_force) else "not_yet"


def _goals(goals: Sequence[Goal], definition: Indicator, t: Translator, *, dated: bool = False) -> Component:
    """Values, with their day where it is not the end of the column's year."""
    if not goals:
        none = html.Span(t("sheet.targets.blank"), className="visually-hidden")
        return html.Div([html.Span("—", **aria(hidden="true")), none], className="value-missing")
    return html.Div([_goal(goal, definition, t, dated=dated) for goal in goals])


def _goal(goal: Goal, definition: Indicator, t: Translator, *, dated: bool) -> Component:
    told = dated or (goal.due.month, goal.due.day) != YEAR_END
    day = html.Small(formats.short_day(goal.due, t.language), className="period") if told else None
    return html.Div([html.Span(goal_text(goal, definition, t.language), className="value"), day])


def _decision(path: TargetPath, t: Translator) -> list[Component | str]:
    """When and by whom, then the reference as the decision bears it."""
    day = formats.day(path.decided_on, t.language)
    by = t("sheet.targets.decided", day=day, body=path.deciding_body)
    return [by, html.Small(path.decision_ref, className="reference")]
