"""A straight line through points by ordinary least squares, with what Student's t says about it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from itertools import pairwise
from math import sqrt

from scipy.special import stdtr  # type: ignore[import-untyped]

from data_access.domain.points import Point, years_between

MIN_POINTS = 5  # three degrees of freedom: with fewer, an interval of 95 % is wider than any series
DUST = 1e-12  # of the largest value: a scatter this small is rounding


@dataclass(frozen=True)
class Line:
    """A fitted line.

    Attributes:
        origin: the day of the last point, where time is zero.
        level: the line on that day, in the unit of the points.
        slope: a year.
        scatter: standard deviation of the points around the line (n - 2); zero when they lie on it.
        count: number of points n.
        centre: mean time of the points, in years from the origin.
        square: sum of squared times around it.
    """

    origin: date
    level: float
    slope: float
    scatter: float
    count: int
    centre: float
    square: float

    @property
    def freedom(self) -> int:
        """Degrees of freedom."""
        return self.count - 2

    def at(self, day: date) -> float:
        """The line on a day."""
        return self.level + self.slope * years_between(self.origin, day)

    def spread(self, day: date) -> float:
        """Standard error of a new value on a day: scatter, and doubt about the line itself."""
        away = years_between(self.origin, day) - self.centre
        return self.scatter * sqrt(1 + 1 / self.count + away**2 / self.square)

    @property
    def t(self) -> float | None:
        """The slope over its standard error; None when the points lie on the line."""
        return self.slope * sqrt(self.square) / self.scatter if self.scatter else None

    @property
    def p_value(self) -> float:
        """Chance of such a slope, or a steeper one either way, in a series that goes nowhere.

        Points that lie exactly on a line have p 0, or 1 when the line is level.
        """
        if self.t is None:
            return 0.0 if self.slope else 1.0
        return float(2 * stdtr(self.freedom, -abs(self.t)))


def fit_line(points: Sequence[Point]) -> Line:
    """Fit a line to at least five points, oldest first.

    Raises:
        ValueError: fewer points, or points that are not at different days in order.
    """
    if len(points) < MIN_POINTS or any(a.at >= b.at for a, b in pairwise(points)):
        raise ValueError(f"no line through {points}")
    origin, last = points[-1].at, points[-1].value
    times = [years_between(origin, p.at) for p in points]
    values = [p.value - last for p in points]  # so that a constant series has a slope of exactly zero
    centre, mean = sum(times) / len(times), sum(values) / len(values)
    square = sum((t - centre) ** 2 for t in times)
    slope = sum((t - centre) * (v - mean) for t, v in zip(times, values, strict=True)) / square
    residuals = [v - mean - slope * (t - centre) for t, v in zip(times, values, strict=True)]
    scatter = sqrt(sum(r * r for r in residuals) / (len(points) - 2))
    if scatter <= DUST * max(abs(p.value) for p in points):
        scatter = 0.0
    return Line(origin, last + mean - slope * centre, slope, scatter, len(points), centre, square)
