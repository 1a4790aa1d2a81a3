"""Whether yearly proportions go anywhere: the chi-square test for slope."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from itertools import takewhile
from math import fsum

from scipy.special import chdtrc  # type: ignore[import-untyped]

from data_access.domain.confidentiality import Availability
from data_access.domain.period import Freq, Period
from data_access.domain.reading import Reading

# Two points are a comparison, not a slope.
MIN_POINTS = 3
# The last five years: long enough to be a trend, short enough to be of today (OHID Fingertips).
YEARS = 5


class Direction(StrEnum):
    """Where the proportions go, whichever way is better."""

    UP = "up"
    DOWN = "down"
    FLAT = "flat"


class NoTrend(StrEnum):
    """Why there is no test."""

    NOT_YEARLY = "not_yearly"
    TOO_FEW = "too_few"
    BREAK = "break"
    NO_COUNTS = "no_counts"
    NO_PROPORTION = "no_proportion"
    NO_VARIATION = "no_variation"


@dataclass(frozen=True)
class SlopeTest:
    """A test of no slope, with one degree of freedom.

    Attributes:
        statistic: chi-square.
        p_value: chance of at least this much slope when there is none, two-sided.
        direction: of the fitted slope, significant or not; flat only when it is zero.
    """

    statistic: float
    p_value: float
    direction: Direction


@dataclass(frozen=True)
class YearlyTrend:
    """The test of the last five years.

    Attributes:
        significant: the p-value is below the level asked for.
        first: year tested; ``last`` likewise.
        provisional: at least one of the years is.
    """

    test: SlopeTest
    significant: bool
    first: Period
    last: Period
    provisional: bool

    @property
    def direction(self) -> Direction:
        """Flat unless significant."""
        return self.test.direction if self.significant else Direction.FLAT


def slope_of_proportions(numerators: Sequence[float], denominators: Sequence[float]) -> SlopeTest | NoTrend:
    """Chi-square test for slope of proportions a step apart (Cochran-Armitage, scores 1, 2, 3, ...).

    With p the proportion of all points together and m the mean score weighted by the denominators:
    ``(sum (x - n p)(t - m))^2 / (p (1 - p) sum n (t - m)^2)``. Sources: Armitage (1955), Biometrics 11,
    375-386; R, ``prop.trend.test``.

    Returns:
        The test, or why there is none: fewer than three points (``TOO_FEW``), a denominator of zero
        (``NO_COUNTS``), a numerator outside its denominator (``NO_PROPORTION``), or numerators that are all
        zero or all full (``NO_VARIATION``).

    Raises:
        ValueError: not as many numerators as denominators.
    """
    points = list(zip(numerators, denominators, strict=True))
    if len(points) < MIN_POINTS:
        return NoTrend.TOO_FEW
    if any(n == 0 for _, n in points):
        return NoTrend.NO_COUNTS
    if any(not 0 <= x <= n for x, n in points):
        return NoTrend.NO_PROPORTION
    total = fsum(n for _, n in points)
    share = fsum(x for x, _ in points) / total
    if all(x == 0 for x, _ in points) or all(x == n for x, n in points):
        return NoTrend.NO_VARIATION
    middle = fsum(t * n for t, (_, n) in enumerate(points)) / total
    slope = fsum((x - n * share) * (t - middle) for t, (x, n) in enumerate(points))
    variance = share * (1 - share) * fsum(n * (t - middle) ** 2 for t, (_, n) in enumerate(points))
    return _test(slope, variance)


def _test(slope: float, variance: float) -> SlopeTest:
    statistic = slope * slope / variance
    if statistic < 1e-18:  # what rounding leaves of a slope of zero
        return SlopeTest(0.0, 1.0, Direction.FLAT)
    direction = Direction.UP if slope > 0 else Direction.DOWN
    return SlopeTest(statistic, float(chdtrc(1, statistic)), direction)


def yearly_trend(
    readings: Sequence[Reading], breaks: Sequence[date] = (), significance: float = 0.05
) -> YearlyTrend | NoTrend:
    """The slope of the last five years in a row, as OHID Fingertips marks recent trends.

    The years must be independent: other cases in each, no rolling means, no stock of much the same people.
    That the caller knows from the definition.

    Args:
        readings: of one annual series, with numerators and denominators, oldest first.
        breaks: days on which the series starts afresh; none may lie between the five years.
        significance: level of the test.

    Returns:
        The trend up to the last year available, or why there is none (``slope_of_proportions`` has the
        reasons that lie in the counts; ``NO_COUNTS`` also when one is not known).
    """
    known = [r for r in readings if r.availability is Availability.AVAILABLE]
    if any(r.period.freq is not Freq.ANNUAL for r in known):
        return NoTrend.NOT_YEARLY
    years = _last_in_a_row(known)
    if len(years) < YEARS:
        return NoTrend.TOO_FEW
    first, last = years[0].period, years[-1].period
    if any(first.start < day <= last.end for day in breaks):
        return NoTrend.BREAK
    numerators = [r.numerator for r in years if r.numerator is not None]
    denominators = [r.denominator for r in years if r.denominator is not None]
    if len(numerators) < YEARS or len(denominators) < YEARS:
        return NoTrend.NO_COUNTS
    test = slope_of_proportions(numerators, denominators)
    if isinstance(test, NoTrend):
        return test
    return YearlyTrend(test, test.p_value < significance, first, last, any(r.provisional for r in years))


def _last_in_a_row(known: Sequence[Reading]) -> list[Reading]:
    """Up to five readings that end with the last, without a year between them missing."""
    by_period = {r.period: r for r in known}
    if not by_period:
        return []
    last = max(by_period)
    wanted = [last.shift(-back) for back in range(YEARS)]
    return [by_period[period] for period in reversed(list(takewhile(by_period.__contains__, wanted)))]
