"""The formulas of the difference rule with the numbers of one series: expected value, p, q and the lag."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from itertools import pairwise

from dash import html
from dash.development.base_component import Component

from components.cards.rules import percent
from components.cards.verdict_arithmetic import Numbers, bracketed, make_formula, make_given
from components.i18n import formats
from components.i18n.translate import Translator
from data_access.contract.model import Indicator
from data_access.domain.assessment import Assessment, Thresholds
from data_access.domain.judgement import EPSILON
from data_access.domain.polarity import Polarity
from data_access.domain.reading import Reading
from data_access.domain.target import Goal, TargetPath


@dataclass(frozen=True)
class _Way:
    """What the rule compared, in the unit; absolute values for a gap that should close.

    Attributes:
        x, b, c, e: judged, baseline, target and expected value.
        sign: +1 where more is better, else -1.
        size: how a value counts.
    """

    reading: Reading
    path: TargetPath
    baseline: Goal
    x: float
    b: float
    c: float
    e: float
    sign: int
    size: Callable[[float], float]

    @property
    def is_to_hold(self) -> bool:
        """The baseline met the target already."""
        return self.sign * (self.c - self.b) <= EPSILON


def make_progress(
    found: Assessment, definition: Indicator, thresholds: Thresholds, t: Translator
) -> list[Component]:
    """What entered the rule, p, q and q - p; nothing where the rule had nothing to compare."""
    reading, path = found.reading, found.path
    if reading is None or reading.value is None or path is None:
        return []
    if definition.polarity is Polarity.BAND:
        formulas = _of_band(found, path, definition, t)
    else:
        way = _way(found, reading, path, definition.polarity)
        formulas = _of_values(found, way, definition, thresholds, t) if way else []
    if found.progress is None or found.expected_progress is None:
        return formulas
    numbers = Numbers.fit(definition, t.language)
    p, q = numbers.share(found.progress), numbers.share(found.expected_progress)
    lag = numbers.share(found.expected_progress - found.progress)
    return [*formulas, make_formula("q − p", f"{q} − {bracketed(p)}", lag)]


def _way(found: Assessment, reading: Reading, path: TargetPath, polarity: Polarity) -> _Way | None:
    baseline, goal, value = path.baseline, path.target.value, reading.value
    if baseline is None or baseline.value is None or goal is None or value is None or found.expected is None:
        return None
    size: Callable[[float], float] = abs if polarity is Polarity.ZERO_GAP else float
    sign = 1 if polarity is Polarity.HIGHER else -1
    x, b, c, e = (size(v) for v in (value, baseline.value, goal, found.expected))
    return _Way(reading, path, baseline, x, b, c, e, sign, size)


def _of_values(
    found: Assessment, way: _Way, definition: Indicator, thresholds: Thresholds, t: Translator
) -> list[Component]:
    """Progress and expected progress along the way, or of a level to hold."""
    whole = thresholds.tolerance * (abs(way.c) or 1.0) if way.is_to_hold else way.c - way.b
    numbers = Numbers.fit(definition, t.language, whole)
    parts = [make_given(_given(way, numbers, t))]
    if definition.polarity is Polarity.ZERO_GAP:
        parts.append(html.P(t("verdict.trajectory.absolute")))
    assert found.progress is not None, "there is a baseline"
    assert found.expected_progress is not None, "there is a baseline"
    p, q = numbers.share(found.progress), numbers.share(found.expected_progress)
    if way.is_to_hold:
        return [*parts, *_to_hold(thresholds, numbers, t), _held(way, thresholds, numbers, p)]
    x, b, c, e = map(numbers.plain, (way.x, way.b, way.c, way.e))
    return [
        *parts,
        *_expected(way, numbers),
        make_formula("p = (x − b) ÷ (c − b)", f"({x} − {b}) ÷ ({c} − {b})", p),
        make_formula("q = (e − b) ÷ (c − b)", f"({e} − {b}) ÷ ({c} − {b})", q),
    ]


def _given(way: _Way, numbers: Numbers, t: Translator) -> list[tuple[str, str, str]]:
    def day(of: Goal) -> str:
        return formats.short_day(of.due, t.language)

    end = formats.short_day(way.reading.period.end, t.language)
    period = formats.period(way.reading.period, t.language)
    return [
        ("x", t("verdict.given.x", period=period), numbers.value(way.x)),
        ("b", t("verdict.given.b", day=day(way.baseline)), numbers.value(way.b)),
        ("c", t("verdict.given.c", day=day(way.path.target)), numbers.value(way.c)),
        ("e", t("verdict.given.e", day=end), numbers.value(way.e)),
    ]


def _to_hold(thresholds: Thresholds, numbers: Numbers, t: Translator) -> list[Component]:
    tolerance = percent(thresholds.tolerance, t.language)
    return [
        html.P(t("verdict.trajectory.hold")),
        make_given([("τ", t("rule.thresholds.tolerance"), tolerance)]),
        make_formula("q", numbers.share(1.0)),
    ]


def _held(way: _Way, thresholds: Thresholds, numbers: Numbers, p: str) -> Component:
    """The tolerance, a share of the target, stands for the way; of a target of zero, a share of one unit."""
    x, c = numbers.plain(way.x), numbers.plain(way.c)
    difference, written = ("x − c", f"{x} − {c}") if way.sign > 0 else ("c − x", f"{c} − {x}")
    share = numbers.share(thresholds.tolerance, 2)
    whole, of = ("(τ × |c|)", f"({share} × |{c}|)") if way.c else ("τ", share)
    return make_formula(f"p = 1 + ({difference}) ÷ {whole}", f"1 + ({written}) ÷ {of}", p)


def _expected(way: _Way, numbers: Numbers) -> list[Component]:
    """The straight piece of the path on which the end of the judged period lies; none at its corners."""
    day = way.reading.period.end
    goals = (way.baseline, *way.path.milestones, way.path.target)
    points = sorted({g.due: way.size(g.value) for g in goals if g.value is not None}.items())
    for (start, low), (end, high) in pairwise(points):
        if start < day < end:
            first, last = numbers.plain(low), numbers.plain(high)
            time = f"{(day - start).days} ÷ {(end - start).days}"
            return [make_formula("e", f"{first} + ({last} − {first}) × {time}", numbers.value(way.e))]
    return []


def _of_band(found: Assessment, path: TargetPath, definition: Indicator, t: Translator) -> list[Component]:
    """Inside, no way is left; outside, the distance to the edge against the baseline's or the width."""
    if found.progress is None or found.expected_progress is None or found.gap is None:
        return [html.P(t("verdict.trajectory.in_band"))]
    away = -found.gap
    numbers = Numbers.fit(definition, t.language, away)
    first = path.baseline.value if path.baseline else None
    start = 0.0 if first is None else _outside(first, path.target)
    whole = start if start > EPSILON else away / -found.progress
    meaning = t(f"verdict.given.{'start' if start > EPSILON else 'width'}")
    before = "1 − " if start > EPSILON else formats.MINUS
    formula = f"p = {before}o ÷ w"
    return [
        make_given(
            [("o", t("verdict.given.o"), numbers.amount(away)), ("w", meaning, numbers.amount(whole))]
        ),
        make_formula(
            formula, f"{before}{numbers.plain(away)} ÷ {numbers.plain(whole)}", numbers.share(found.progress)
        ),
        make_formula("q", numbers.share(found.expected_progress)),
    ]


def _outside(value: float, band: Goal) -> float:
    below = band.low - value if band.low is not None else 0.0
    above = value - band.high if band.high is not None else 0.0
    return max(0.0, below, above)
