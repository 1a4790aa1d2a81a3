"""The second verdict: progress against what was expected by now, and its formulas."""

from __future__ import annotations

from itertools import pairwise

from dash import html
from dash.development.base_component import Component

from components.cards.rules import percent, percent_number
from components.cards.verdict_arithmetic import (
    Band,
    Numbers,
    bracketed,
    make_bands,
    make_calculation,
    make_formula,
    make_given,
    method_links,
    sentence,
)
from components.cards.verdict_outlook import make_outlook, outlook_arithmetic
from components.i18n import formats
from components.i18n.translate import Translator
from components.status import make_assessment, make_status
from data_access.contract.model import Indicator
from data_access.domain.assessment import Assessment, Note, Status, Thresholds
from data_access.domain.judgement import EPSILON
from data_access.domain.polarity import Polarity
from data_access.domain.target import TargetPath
from data_access.services.sheet import Sheet

JUDGED = (Status.ATTAINED, Status.ON_TRACK, Status.TO_WATCH, Status.OFF_TRACK)


def make_trajectory(
    sheet: Sheet, definition: Indicator, thresholds: Thresholds, t: Translator
) -> list[Component | None]:
    """The state with its numbers and reservations, the required pace, the projection."""
    found = sheet.row.assessment
    links = [("thresholds", t("rule.thresholds")), ("projection", t("methods.projection.title"))]
    return [
        html.P(make_assessment(found, t), className="verdict-line"),
        *(html.P(text) for text in _sentences(found, definition, t)),
        _notes(found, thresholds, t),
        *make_outlook(sheet, definition, t),
        make_calculation(
            [*_arithmetic(found, definition, thresholds, t), *outlook_arithmetic(sheet, definition, t)],
            t("verdict.trajectory.source"),
            method_links(links, t),
            t,
        ),
    ]


def _sentences(found: Assessment, definition: Indicator, t: Translator) -> list[str]:
    """Observed and expected value, then progress and lag; or the reason for no state."""
    numbers = Numbers.fit(definition, t.language)
    said = [sentence(t(f"rule.reason.{found.reason.value}"))] if found.reason else []
    if found.reading is None or found.reading.value is None:
        return said
    period = formats.period(found.reading.period, t.language)
    value = numbers.shown(found.reading.value)
    if found.expected is not None:
        key = "gap" if definition.polarity is Polarity.ZERO_GAP else "values"
        expected = numbers.shown(found.expected)
        said.append(t(f"verdict.trajectory.{key}", value=value, period=period, expected=expected))
    elif found.status in JUDGED:
        said.append(t("verdict.trajectory.value", value=value, period=period))
    if found.progress is not None and found.expected_progress is not None:
        said.append(_lag(found.progress, found.expected_progress, numbers, t))
    return said


def _lag(progress: float, expected: float, numbers: Numbers, t: Translator) -> str:
    lag = expected - progress
    side = "behind" if lag > 0.0005 else "ahead" if lag < -0.0005 else "level"
    return t(
        f"verdict.trajectory.{side}",
        progress=numbers.share(progress),
        expected=numbers.share(expected),
        lag=numbers.share(abs(lag)),
    )


def _notes(found: Assessment, thresholds: Thresholds, t: Translator) -> Component | None:
    facts = {"tolerance": percent(thresholds.tolerance, t.language)}
    items = [html.Li(t(f"verdict.note.{note.value}", **facts)) for note in found.notes]
    return html.Ul(items, className="notes") if items else None


def _arithmetic(
    found: Assessment, definition: Indicator, thresholds: Thresholds, t: Translator
) -> list[Component]:
    """The formulas of the difference rule, as far as they were used, and its thresholds."""
    path, reading = found.path, found.reading
    formulas: list[Component] = []
    if path is not None and reading is not None and reading.value is not None:
        if definition.polarity is Polarity.BAND:
            formulas = _of_band(found, definition, t)
        elif found.expected is not None and path.baseline is not None:
            formulas = _of_values(found, path, definition, thresholds, t)
    if found.progress is not None and found.expected_progress is not None:
        numbers = Numbers.fit(definition, t.language)
        p, q = numbers.share(found.progress), numbers.share(found.expected_progress)
        lag = numbers.share(found.expected_progress - found.progress)
        formulas += [make_formula("q − p", f"{q} − {bracketed(p)}", lag)]
    return [*formulas, _thresholds(found, thresholds, t)] if found.status in JUDGED else formulas


def _of_values(
    found: Assessment, path: TargetPath, definition: Indicator, thresholds: Thresholds, t: Translator
) -> list[Component]:
    """Progress and expected progress of a value; of a gap that should close, of the absolute values."""
    assert found.reading is not None and found.reading.value is not None, "there is a value"  # noqa: PT018
    assert path.baseline is not None and path.baseline.value is not None, "expected from it"  # noqa: PT018
    assert path.target.value is not None and found.expected is not None, "not a band"  # noqa: PT018
    size = abs if definition.polarity is Polarity.ZERO_GAP else float
    x, b, c, e = (
        size(v) for v in (found.reading.value, path.baseline.value, path.target.value, found.expected)
    )
    sign = 1 if definition.polarity is Polarity.HIGHER else -1
    holds = sign * (c - b) <= EPSILON
    way = thresholds.tolerance * (abs(c) or 1.0) if holds else c - b
    numbers = Numbers.fit(definition, t.language, way)
    x_, b_, c_, e_ = map(numbers.plain, (x, b, c, e))
    given = [
        (
            "x",
            t("verdict.given.x", period=formats.period(found.reading.period, t.language)),
            numbers.value(x),
        ),
        ("b", t("verdict.given.b", day=formats.short_day(path.baseline.due, t.language)), numbers.value(b)),
        ("c", t("verdict.given.c", day=formats.short_day(path.target.due, t.language)), numbers.value(c)),
        (
            "e",
            t("verdict.given.e", day=formats.short_day(found.reading.period.end, t.language)),
            numbers.value(e),
        ),
    ]
    assert found.progress is not None and found.expected_progress is not None, "expected"  # noqa: PT018
    p, q = numbers.share(found.progress), numbers.share(found.expected_progress)
    absolute = [html.P(t("verdict.trajectory.absolute"))] if size is abs else []
    if holds:
        given.insert(0, ("τ", t("rule.thresholds.tolerance"), percent(thresholds.tolerance, t.language)))
        return [
            *absolute,
            make_given(given),
            html.P(t("verdict.trajectory.hold")),
            _to_hold(sign, x_, c_, numbers.share(thresholds.tolerance, 2), c, p),
            make_formula("q", q),
        ]
    steps = [f"({a} − {b_}) ÷ ({c_} − {b_})" for a in (x_, e_)]
    return [
        *absolute,
        make_given(given),
        *_expected(path, found, numbers, size),
        make_formula("p = (x − b) ÷ (c − b)", steps[0], p),
        make_formula("q = (e − b) ÷ (c − b)", steps[1], q),
    ]


def _to_hold(sign: int, x: str, c: str, tolerance: str, target: float, p: str) -> Component:
    """Of a level to hold: the tolerance stands for the way (of a target of zero, of one unit)."""
    difference, numbers = ("x − c", f"({x} − {c})") if sign > 0 else ("c − x", f"({c} − {x})")
    way, written = ("(τ × |c|)", f"({tolerance} × |{c}|)") if target else ("τ", tolerance)
    return make_formula(f"p = 1 + ({difference}) ÷ {way}", f"1 + {numbers} ÷ {written}", p)


def _expected(
    path: TargetPath, found: Assessment, numbers: Numbers, size: type[float] | object
) -> list[Component]:
    """The straight piece of the path on which the end of the judged period lies."""
    assert found.reading is not None, "expected at its end"
    day = found.reading.period.end
    goals = [
        goal for goal in (path.baseline, *path.milestones, path.target) if goal and goal.value is not None
    ]
    points = sorted(
        {g.due: abs(g.value) if size is abs else g.value for g in goals if g.value is not None}.items()
    )
    for (start, low), (end, high) in pairwise(points):
        if start < day < end:
            days, whole = (day - start).days, (end - start).days
            low_, high_ = numbers.plain(low), numbers.plain(high)
            steps = f"{low_} + ({high_} − {low_}) × {days} ÷ {whole}"
            assert found.expected is not None, "asked only with one"
            return [make_formula("e", steps, numbers.value(found.expected))]
    return []


def _of_band(found: Assessment, definition: Indicator, t: Translator) -> list[Component]:
    """Inside, no way is left; outside, the distance to the edge against the baseline's or the width."""
    if found.progress is None or found.gap is None or found.expected_progress is None:
        return [html.P(t("verdict.trajectory.in_band"))]
    away = -found.gap
    numbers = Numbers.fit(definition, t.language, away)
    p, q = numbers.share(found.progress), numbers.share(found.expected_progress)
    came_from_outside = found.progress >= 0 and found.expected_progress > 0
    way = away / (1 - found.progress) if came_from_outside else away / -found.progress
    meaning = t(f"verdict.given.{'start' if came_from_outside else 'width'}")
    formula, start = ("p = 1 − o ÷ w", "1 − ") if came_from_outside else ("p = −o ÷ w", formats.MINUS)
    return [
        make_given([("o", t("verdict.given.o"), numbers.amount(away)), ("w", meaning, numbers.amount(way))]),
        make_formula(formula, f"{start}{numbers.plain(away)} ÷ {numbers.plain(way)}", p),
        make_formula("q", q),
    ]


def _thresholds(found: Assessment, thresholds: Thresholds, t: Translator) -> Component:
    facts = {
        "on_track": percent_number(thresholds.on_track, t.language),
        "to_watch": percent_number(thresholds.to_watch, t.language),
    }
    bands = [Band(make_status(s, t), t(f"rule.{s.value}", **facts), s is found.status) for s in JUDGED]
    moved = Note.MOVING_AWAY in found.notes
    return make_bands(t("verdict.trajectory.rule_guard" if moved else "verdict.trajectory.rule"), bands, t)
