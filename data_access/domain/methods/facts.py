"""What every method starts from: baseline, judged value, target and yearly points, with a direction."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date

from data_access.domain.assessment import Assessment, Reason, Status
from data_access.domain.judgement import EPSILON
from data_access.domain.methods.check import Refusal, Term, Terms
from data_access.domain.points import Point, yearly_points
from data_access.domain.polarity import Polarity
from data_access.domain.reading import Reading
from data_access.domain.target import Goal, TargetPath

_REFUSED = {
    Reason.BEING_DEFINED: Refusal.BEING_DEFINED,
    Reason.MISSING: Refusal.NO_VALUE,
    Reason.IMMATURE_COHORT: Refusal.NO_VALUE,
    Reason.TOO_FEW: Refusal.NO_VALUE,
    Reason.SERIES_BREAK: Refusal.SERIES_BREAK,
}


@dataclass(frozen=True)
class Facts:
    """A series and its target in one direction.

    Attributes:
        sign: +1 where more is better, -1 where less is.
        now: the judged reading.
        base: the baseline of the target; None without one before the target's day.
        goal: the target; of a band, its edge nearest to the judged value.
        points: the judged reading and the same period of the years before, oldest first.
        ceiling: the highest value possible, where more is better.
    """

    sign: float
    now: Point
    base: Point | None
    goal: Point | None
    points: tuple[Point, ...]
    ceiling: float | None = None

    @property
    def is_met(self) -> bool:
        """At or beyond the target now."""
        return self.goal is not None and self.sign * (self.now.value - self.goal.value) >= -EPSILON

    @property
    def known(self) -> Terms:
        """Baseline, judged value and target, as far as there are."""
        named = [
            (self.base, Term.BASE_VALUE, Term.BASE_DATE),
            (self.now, Term.VALUE, Term.DATE),
            (self.goal, Term.TARGET, Term.TARGET_DATE),
        ]
        pairs = [
            pair for point, value, at in named if point for pair in ((value, point.value), (at, point.at))
        ]
        return (*pairs, (Term.DIRECTION, int(self.sign)))


def gather(
    readings: Sequence[Reading],
    assessment: Assessment,
    *,
    polarity: Polarity,
    breaks: Sequence[date],
    limit: float | None = None,
) -> Facts | Refusal:
    """The facts of an assessment, or why no method may speak.

    Where the house refuses because of the data (no fresh value, a break between baseline and reading that
    the target did not know, a definition not settled) every method does; where it lacks only a target or
    a baseline, some can go on.
    """
    reading = assessment.reading
    refusal = _refusal(assessment, polarity)
    if refusal is not None or reading is None or reading.value is None:
        return refusal or Refusal.NO_VALUE
    size: Callable[[float], float] = abs if polarity is Polarity.ZERO_GAP else float
    now = Point(reading.period.end, size(reading.value))
    sign, goal = _aim(assessment.path, polarity, now.value, size)
    if polarity is Polarity.BAND and goal is None:
        return Refusal.NO_TARGET
    return Facts(
        sign=sign,
        now=now,
        base=_base(assessment.path, size),
        goal=goal,
        points=tuple(Point(p.at, size(p.value)) for p in yearly_points(readings, reading, breaks)),
        ceiling=limit if polarity is Polarity.HIGHER else None,
    )


def _refusal(assessment: Assessment, polarity: Polarity) -> Refusal | None:
    if polarity is Polarity.NEUTRAL:
        return Refusal.NEUTRAL
    if assessment.status is Status.CONTEXT:
        return Refusal.CONTEXT
    return _REFUSED.get(assessment.reason) if assessment.reason else None


def _aim(
    path: TargetPath | None, polarity: Polarity, value: float, size: Callable[[float], float]
) -> tuple[float, Point | None]:
    """The direction, and the point to reach: of a band, the nearest edge, seen from inside or outside."""
    sign = 1.0 if polarity is Polarity.HIGHER else -1.0
    if path is None:
        return sign, None
    target = path.target
    if polarity is Polarity.BAND:
        return _nearest_edge(target, value)
    return sign, None if target.value is None else Point(target.due, size(target.value))


def _nearest_edge(band: Goal, value: float) -> tuple[float, Point | None]:
    edges = [(sign, edge) for sign, edge in ((1.0, band.low), (-1.0, band.high)) if edge is not None]
    if not edges:
        return 1.0, None
    sign, edge = min(edges, key=lambda side: abs(side[1] - value))
    return sign, Point(band.due, edge)


def _base(path: TargetPath | None, size: Callable[[float], float]) -> Point | None:
    """The baseline; one that does not come before the target leaves no time and counts as none."""
    if path is None or path.baseline is None or path.baseline.value is None:
        return None
    if path.baseline.due >= path.target.due:
        return None
    return Point(path.baseline.due, size(path.baseline.value))


def no_way(facts: Facts) -> Refusal | None:
    """Why there is no way from baseline to target of which a share could be covered by now."""
    if facts.goal is None:
        return Refusal.NO_TARGET
    if facts.base is None:
        return Refusal.NO_BASELINE
    if abs(facts.goal.value - facts.base.value) <= EPSILON:
        return Refusal.EQUAL_BASELINE
    return Refusal.TOO_FEW_POINTS if facts.now.at <= facts.base.at else None
