"""Whether the last value of a series says anything, or is the noise it always had: an XmR chart."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum
from itertools import pairwise

from data_access.domain.control_limits import (
    MIN_POINTS,
    Segment,
    autocorrelation,
    find_segment,
    sign_of_difference,
)
from data_access.domain.control_rules import RUN, ControlPoint, Rule, judge_points
from data_access.domain.polarity import Polarity

# Above this, a chart of pure noise would nearly always show signals (simulated: AR(1) of 0.5, 87 % of
# series of 36 to 48 months). A convention of this project.
MAX_AUTOCORRELATION = 0.4
_ROUNDING = 1e-9


class Variation(StrEnum):
    """What the last point is, and on which side; the icons of Making Data Count."""

    COMMON = "common"
    IMPROVEMENT_HIGH = "improvement_high"
    IMPROVEMENT_LOW = "improvement_low"
    CONCERN_HIGH = "concern_high"
    CONCERN_LOW = "concern_low"
    NEUTRAL_HIGH = "neutral_high"
    NEUTRAL_LOW = "neutral_low"


class Assurance(StrEnum):
    """What the process will do about its target if nothing changes."""

    PASS = "pass"  # noqa: S105 - a verdict
    FAIL = "fail"
    HIT_OR_MISS = "hit_or_miss"


class NoChart(StrEnum):
    """Why there are no limits and no verdict."""

    STOCK = "stock"
    OVERLAPPING = "overlapping"
    TOO_FEW = "too_few"
    CONSTANT = "constant"
    AUTOCORRELATED = "autocorrelated"


@dataclass(frozen=True)
class ControlChart:
    """Limits, signals and verdicts, or the reason why there are none.

    Attributes:
        segments: with limits, oldest first; an early stretch too short or too still for limits is not
            among them.
        points: one for each value.
        variation: of the last point; None with a refusal.
        assurance: None with a refusal, without a target, or when no direction is better.
        refusal: None when there is a chart; otherwise segments and points are empty.
        autocorrelation: of the last segment (``control_limits.autocorrelation``); None where refused before.
        screened: whether outlying moving ranges were to be left out of the limits.
    """

    segments: tuple[Segment, ...] = ()
    points: tuple[ControlPoint, ...] = ()
    variation: Variation | None = None
    assurance: Assurance | None = None
    refusal: NoChart | None = None
    autocorrelation: float | None = None
    screened: bool = False


def control_chart(
    values: Sequence[float],
    *,
    polarity: Polarity,
    stock: bool = False,
    overlapping: bool = False,
    target: float | None = None,
    rebase_at: Sequence[int] = (),
    screening: bool = False,
) -> ControlChart:
    """The XmR chart of successive values, with the rules and icons of the NHS (NHSRplotthedots).

    The last segment decides whether there is a chart: it needs seven values (twelve for firm limits),
    some variation, and an autocorrelation of at most 0.4.

    Args:
        values: oldest first, one for each period, without season and without gaps.
        polarity: which way is better; neutral and band have no better side.
        stock: of people or things that stay from one period to the next: refused, as each value holds
            most of the one before.
        overlapping: sums or means over twelve months, one for each shorter period: refused, as neighbours
            share all but one of their parts, which a short series does not betray by its numbers.
        target: in the unit of the values.
        rebase_at: indices at which a documented break begins a new segment; those outside the series
            have no effect.
        screening: leave outlying moving ranges out of the limits.
    """
    cuts = sorted({0, len(values), *(i for i in rebase_at if 0 < i < len(values))})
    found = [find_segment(values, a, b, screening=screening) for a, b in pairwise(cuts)]
    segments = tuple(segment for segment in found if segment is not None)
    last = values[cuts[-2] :] if values else ()
    refusal, alike = _refusal_of_kind(stock=stock, overlapping=overlapping), None
    if refusal is None:
        refusal, alike = _refusal(last, constant=not found or found[-1] is None)
    if refusal is not None:
        return ControlChart(refusal=refusal, autocorrelation=alike, screened=screening)
    points = _points(values, segments)
    return ControlChart(
        segments=segments,
        points=points,
        variation=_variation(values, points[-1], segments[-1], polarity),
        assurance=_assurance(target, segments[-1], polarity),
        autocorrelation=alike,
        screened=screening,
    )


def _refusal_of_kind(*, stock: bool, overlapping: bool) -> NoChart | None:
    if stock:
        return NoChart.STOCK
    return NoChart.OVERLAPPING if overlapping else None


def _refusal(last: Sequence[float], *, constant: bool) -> tuple[NoChart | None, float | None]:
    """The first reason against a chart of the last segment, and its autocorrelation where it was asked."""
    if len(last) < MIN_POINTS:
        return NoChart.TOO_FEW, None
    if constant:
        return NoChart.CONSTANT, None
    alike = autocorrelation(last)
    return (NoChart.AUTOCORRELATED if alike > MAX_AUTOCORRELATION + _ROUNDING else None), alike


def _points(values: Sequence[float], segments: Sequence[Segment]) -> tuple[ControlPoint, ...]:
    judged = {p.index: p for segment in segments for p in judge_points(values, segment)}
    return tuple(judged.get(i, ControlPoint(i)) for i in range(len(values)))


def _variation(
    values: Sequence[float], point: ControlPoint, segment: Segment, polarity: Polarity
) -> Variation:
    """The verdict on the last point, by its first rule that holds: outside, trend, then its side.

    A trend goes where it goes, whichever side of the mean it has reached; every other signal is on a side
    (``ptd_special_cause_type``).
    """
    if not point.rules:
        return Variation.COMMON
    last = values[point.index]
    by_trend = Rule.TREND in point.rules and Rule.OUTSIDE not in point.rules
    reference = values[point.index - RUN + 1] if by_trend else segment.mean
    better = _better(last, reference, polarity, segment)
    verdict = {1: "improvement", 0: "neutral", -1: "concern"}[better]
    return Variation(f"{verdict}_{'high' if last > reference else 'low'}")


def _better(last: float, reference: float, polarity: Polarity, segment: Segment) -> int:
    """1 when the last value is better than the reference, -1 when worse, 0 when neither.

    A gap is better when it is nearer to zero than the reference, from whichever side.
    """
    if polarity is Polarity.ZERO_GAP:
        return sign_of_difference(abs(reference), abs(last), segment.moving_range)
    sign = segment.side(last, reference)
    return {Polarity.HIGHER: sign, Polarity.LOWER: -sign}.get(polarity, 0)


def _assurance(target: float | None, segment: Segment, polarity: Polarity) -> Assurance | None:
    """A target on a limit is inside: it may be missed."""
    if target is None or polarity not in {Polarity.HIGHER, Polarity.LOWER}:
        return None
    above, below = segment.side(target, segment.upper) > 0, segment.side(target, segment.lower) < 0
    if not (above or below):
        return Assurance.HIT_OR_MISS
    return Assurance.PASS if below is (polarity is Polarity.HIGHER) else Assurance.FAIL
