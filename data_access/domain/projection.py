"""Where a straight trend leads, how unsure that is, and how likely it reaches the target.

The trend is the least-squares line through the points; the intervals are those of a new value under
Student's t with n - 2 degrees of freedom,

    ŷ(x) ± t * s * √(1 + 1/n + (x - x̄)² / Σ(xi - x̄)²)

(any textbook of regression, for instance Draper & Smith, Applied Regression Analysis, §1.4; the tests
compare with statsmodels). They hold when what scatters around the line one year does not carry over to the
next; where it does, the truth is less sure than drawn. The line knows no natural limits: whoever draws a
share cuts at 0 and 100 %.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from scipy.special import stdtr, stdtrit  # type: ignore[import-untyped]

from data_access.domain.cohort import add_months
from data_access.domain.line import MIN_POINTS, Line, fit_line
from data_access.domain.methods.check import Refusal
from data_access.domain.points import Point

__all__ = ["MIN_POINTS", "NoProjection", "Projection", "Step", "project"]

INNER, OUTER = 0.80, 0.95  # of the two bands of the fan


@dataclass(frozen=True)
class Step:
    """One day of the fan; a new value lies between the bounds in 80 and 95 cases of a hundred."""

    at: date
    value: float
    low80: float
    high80: float
    low95: float
    high95: float


@dataclass(frozen=True)
class Projection:
    """A line prolonged.

    Attributes:
        points: those it was fitted to, oldest first.
        slope: a year, in the unit of the points.
        scatter: standard deviation of the points around the line (n - 2 degrees of freedom).
        steps: the fan, from the last point (the line's own value there) by years to the last day.
        probability: of a value at or beyond the target on the last day, between 0 and 1; None without a
            target, and None where the points lie exactly on a line: the interval is then as thin as the
            line, which tells that nothing has scattered yet and not that nothing will.
    """

    points: tuple[Point, ...]
    slope: float
    scatter: float
    steps: tuple[Step, ...]
    probability: float | None


@dataclass(frozen=True)
class NoProjection:
    """Why nothing is projected: too few points, or a day that has been reached already."""

    reason: Refusal
    points: int


def project(
    points: Sequence[Point], to: date, *, target: float | None = None, higher_is_better: bool | None = None
) -> Projection | NoProjection:
    """Prolong the trend of at least five points to a day after the last one.

    Args:
        points: of ``fit_points``, oldest first.
        to: the last day of the fan.
        target: the value to be reached on that day.
        higher_is_better: on which side of the target the good values are; None gives no probability.
    """
    if len(points) < MIN_POINTS:
        return NoProjection(Refusal.TOO_FEW_POINTS, len(points))
    if to <= points[-1].at:
        return NoProjection(Refusal.TARGET_DUE, len(points))
    line = fit_line(points)
    return Projection(
        points=tuple(points),
        slope=line.slope,
        scatter=line.scatter,
        steps=tuple(_step(line, day) for day in _days(points[-1].at, to)),
        probability=_probability(line, to, target, higher_is_better),
    )


def _days(first: date, last: date) -> list[date]:
    """The first day, each anniversary before the last day, and the last day."""
    days = [first]
    while (following := add_months(first, 12 * len(days))) < last:
        days.append(following)
    return [*days, last]


def _step(line: Line, day: date) -> Step:
    value, spread = line.at(day), line.spread(day)
    inner, outer = (float(stdtrit(line.freedom, (1 + level) / 2)) * spread for level in (INNER, OUTER))
    return Step(day, value, value - inner, value + inner, value - outer, value + outer)


def _probability(line: Line, day: date, target: float | None, higher_is_better: bool | None) -> float | None:
    if target is None or higher_is_better is None or line.scatter == 0:
        return None
    better = line.at(day) - target if higher_is_better else target - line.at(day)
    return float(stdtr(line.freedom, better / line.spread(day)))
