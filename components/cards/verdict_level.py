"""The first verdict: the judged value against the milestone of its year and against the target."""

from __future__ import annotations

from dash import html
from dash.development.base_component import Component

from components.attributes import aria
from components.cards.verdict_arithmetic import (
    Band,
    Numbers,
    make_bands,
    make_calculation,
    make_formula,
    make_given,
    method_links,
    sentence,
)
from components.i18n import formats
from components.i18n.translate import Translator
from components.values import goal_text
from data_access.contract.model import Indicator
from data_access.domain.level import Level
from data_access.domain.polarity import Polarity
from data_access.domain.reading import Reading
from data_access.domain.target import TargetPath
from data_access.services.sheet import Sheet

MARKS = {True: "✓", False: "✕"}


def make_level(sheet: Sheet, definition: Indicator, t: Translator) -> list[Component | None]:
    """Attained or not and by how much; the target in force; why there is nothing to compare."""
    assessment = sheet.row.assessment
    path, reading = assessment.path, assessment.reading
    if not sheet.levels or reading is None:
        return [
            html.P(html.Strong(t("verdict.level.none")), className="verdict-line"),
            html.P(_why_none(sheet, t)),
            html.P(_decision(path, definition, t)) if path else None,
        ]
    assert path is not None, "compared with a target"
    return [
        *(_verdict(level, reading, definition, t) for level in sheet.levels),
        html.P(_decision(path, definition, t), className="quiet"),
        make_calculation(
            [_given(sheet.levels, reading, definition, t)]
            + [part for level in sheet.levels for part in _arithmetic(level, reading, definition, t)],
            t("verdict.level.source"),
            method_links([("states", t("method.states"))], t),
            t,
        ),
    ]


def _why_none(sheet: Sheet, t: Translator) -> str:
    reason = sheet.row.assessment.reason
    return sentence(t(f"rule.reason.{reason.value}")) if reason else sentence(t("refusal.no_value"))


def goal_name(level: Level, t: Translator) -> str:
    """«jalon 2025» or «cible 2027»."""
    return t(f"verdict.level.{'target' if level.final else 'milestone'}", year=level.goal.due.year)


def _verdict(level: Level, reading: Reading, definition: Indicator, t: Translator) -> Component:
    """One line: the goal, attained or not, then the distance in words."""
    kind = "target" if level.final else "milestone"
    early = level.goal.due > reading.period.end and not level.attained
    word = "attained" if level.attained else "not_yet" if early else "missed"
    return html.Div(
        [
            html.P(
                [
                    html.Span(MARKS[level.attained], className="mark", **aria(hidden="true")),
                    html.Strong(t(f"verdict.level.{kind}.{word}", year=level.goal.due.year)),
                ],
                className=f"verdict-line level-{'attained' if level.attained else 'missed'}",
            ),
            html.P(_distance(level, reading, definition, t)),
        ],
        className="level",
    )


def _distance(level: Level, reading: Reading, definition: Indicator, t: Translator) -> str:
    assert reading.value is not None, "compared with a value"
    numbers = Numbers.fit(definition, t.language)
    band = level.goal.value is None
    side = "above" if level.difference > 1e-9 else "below" if level.difference < -1e-9 else "on"
    if definition.polarity is Polarity.ZERO_GAP and side != "on":
        side = f"gap_{side}"
    if band:
        side = f"band_{side}"
    return t(
        f"verdict.level.{side}",
        value=numbers.shown(reading.value),
        period=formats.period(reading.period, t.language),
        goal=goal_text(level.goal, definition, t.language),
        difference=numbers.amount(level.difference),
        due=formats.short_day(level.goal.due, t.language),
    )


def _decision(path: TargetPath, definition: Indicator, t: Translator) -> str:
    return t(
        "verdict.level.decision",
        target=goal_text(path.target, definition, t.language),
        due=formats.short_day(path.target.due, t.language),
        valid=formats.day(path.valid_from, t.language),
        decided=formats.day(path.decided_on, t.language),
        body=path.deciding_body,
        reference=path.decision_ref,
    )


def _numbers(level: Level, definition: Indicator, t: Translator) -> Numbers:
    return Numbers.fit(definition, t.language, level.difference or None)


def _given(levels: tuple[Level, ...], reading: Reading, definition: Indicator, t: Translator) -> Component:
    assert reading.value is not None, "compared with a value"
    finest = min(levels, key=lambda level: abs(level.difference) or float("inf"))
    value = _numbers(finest, definition, t).value(reading.value)
    goals = [(_symbol(v), goal_name(v, t), goal_text(v.goal, definition, t.language)) for v in levels]
    judged = ("x", t("verdict.given.x", period=formats.period(reading.period, t.language)), value)
    return make_given([judged, *goals])


def _symbol(level: Level) -> str:
    """The target is c, as in every formula; a milestone is j."""
    return "c" if level.final else "j"


def _arithmetic(level: Level, reading: Reading, definition: Indicator, t: Translator) -> list[Component]:
    """The difference with its numbers, and what it means for this measure."""
    symbol = _symbol(level)
    key = "band" if level.goal.value is None else definition.polarity.value
    bands = [
        Band(t(f"verdict.level.word.{word}"), t(f"verdict.level.rule.{key}.{word}", symbol=symbol), applies)
        for word, applies in (("attained", level.attained), ("missed", not level.attained))
    ]
    caption = t(f"verdict.level.{'target' if level.final else 'milestone'}.rule", year=level.goal.due.year)
    return [_formula(level, reading, definition, t), make_bands(caption, bands, t)]


def _formula(level: Level, reading: Reading, definition: Indicator, t: Translator) -> Component:
    """Against the goal, or the nearest edge of a band; inside there is no distance."""
    assert reading.value is not None, "compared with a value"
    numbers, goal, symbol = _numbers(level, definition, t), level.goal, _symbol(level)
    value, signs = reading.value, f"x − {symbol}"
    if goal.value is None and level.difference == 0:
        return make_formula("x", numbers.value(value), t("verdict.level.inside"))
    aim = goal.value if goal.value is not None else goal.high if level.difference > 0 else goal.low
    assert aim is not None, "outside of an edge"
    if definition.polarity is Polarity.ZERO_GAP:
        value, aim, signs = abs(value), abs(aim), f"|x| − |{symbol}|"
    return make_formula(
        signs, f"{numbers.plain(value)} − {numbers.plain(aim)}", numbers.signed(level.difference)
    )
