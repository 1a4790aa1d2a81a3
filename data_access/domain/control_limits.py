"""Limits of what a process usually does: mean and moving range of individual values (XmR)."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise
from math import fsum, isclose

# 3 / d2 and D4 for moving ranges of two values (d2 = 1.128): the constants of every XmR chart.
LIMIT = 2.66
SCREEN = 3.267
# Two of the four rules look at seven points: with fewer, "nothing unusual" would be said untested.
MIN_POINTS = 7
# From here on limits hardly move with the next point; before, they are on trial (Making Data Count).
FIRM_POINTS = 12
# What rounding leaves behind, against the size of the values and against their moving range.
_OF_SIZE, _OF_RANGE = 1e-12, 1e-10


@dataclass(frozen=True)
class Segment:
    """The limits of one stretch of a series, in the unit of its values.

    Attributes:
        start: index of its first value; ``stop`` is the index after its last.
        moving_range: mean of the absolute differences of neighbours, after screening.
        lower: mean - 2.66 moving ranges; ``upper`` likewise.
        near_lower: two thirds of the way to ``lower``; ``near_upper`` likewise.
        trial: fewer than 12 values, so that the limits may still move.
    """

    start: int
    stop: int
    mean: float
    moving_range: float
    lower: float
    upper: float
    near_lower: float
    near_upper: float
    trial: bool

    def side(self, value: float, line: float) -> int:
        """1 above the line, -1 below, 0 on it: differences that only rounding makes are none."""
        return sign_of_difference(value, line, self.moving_range)


def sign_of_difference(a: float, b: float, moving_range: float) -> int:
    """Sign of ``a - b``, 0 when it is lost in rounding for values that vary by ``moving_range``."""
    if isclose(a, b, rel_tol=_OF_SIZE, abs_tol=_OF_RANGE * moving_range):
        return 0
    return 1 if a > b else -1


def find_segment(values: Sequence[float], start: int, stop: int, *, screening: bool) -> Segment | None:
    """The limits of ``values[start:stop]``; None with fewer than seven values or none that vary.

    Screening leaves out, once, moving ranges of 3.267 times their mean and more: a single jump would
    widen the limits for all others. Sources: Nelson (1982), Journal of Quality Technology 14, 172-173;
    NHSRplotthedots, ``ptd_spc_standard``.
    """
    part = values[start:stop]
    if len(part) < MIN_POINTS:
        return None
    mean, usual = _mean(part), _mean_moving_range(part, screening=screening)
    if usual <= _OF_SIZE * max(map(abs, part)):
        return None
    far, near = LIMIT * usual, LIMIT * usual * 2 / 3
    trial = len(part) < FIRM_POINTS
    return Segment(start, stop, mean, usual, mean - far, mean + far, mean - near, mean + near, trial)


def _mean_moving_range(values: Sequence[float], *, screening: bool) -> float:
    ranges = [abs(after - before) for before, after in pairwise(values)]
    kept = [r for r, outlying in zip(ranges, _are_outlying(ranges), strict=True) if not outlying]
    return _mean(kept if screening else ranges)  # never empty: not all can be three times their mean


def _are_outlying(ranges: Sequence[float]) -> list[bool]:
    mean = _mean(ranges)
    return [mean > 0 and sign_of_difference(r, SCREEN * mean, mean) >= 0 for r in ranges]


def autocorrelation(values: Sequence[float]) -> float:
    """How alike neighbours are: the lower of two estimates of the correlation at lag 1.

    The first is the usual ``r(y) = sum (y_t - m)(y_t+1 - m) / sum (y_t - m)^2``. A lasting step or a steady
    trend raises it towards 1 without any autocorrelation, and would hide the very signals a control
    chart is for. So the second comes from the differences, where a trend is a constant and a step one
    outlier, screened as above (it counts as their mean). Their correlation at lag 1 is ``-(1 - phi) / 2``
    for a first-order process, hence ``1 + 2 r(differences)``. Stocks and rolling means are high on both.
    """
    negligible = 1e-20 * fsum(v * v for v in values)
    of_differences = _lag_one(_without_jumps(values), negligible)
    # Differences that are all the same are a straight line: nothing is left that could be correlated.
    without_level = 0.0 if of_differences is None else 1 + 2 * of_differences
    return min(_lag_one(values, negligible) or 0.0, without_level)


def _without_jumps(values: Sequence[float]) -> list[float]:
    differences = [after - before for before, after in pairwise(values)]
    outlying = _are_outlying([abs(d) for d in differences])
    usual = _mean([d for d, jump in zip(differences, outlying, strict=True) if not jump])
    return [usual if jump else d for d, jump in zip(differences, outlying, strict=True)]


def _lag_one(values: Sequence[float], negligible: float) -> float | None:
    """The usual estimate; None where the values do not vary."""
    mean = _mean(values)
    deviations = [v - mean for v in values]
    total = fsum(d * d for d in deviations)
    if total <= negligible:
        return None
    return fsum(a * b for a, b in pairwise(deviations)) / total


def _mean(values: Sequence[float]) -> float:
    return fsum(values) / len(values)
