"""The values of a series a year apart, as points in time: what a trend may be read from."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from data_access.domain.cohort import add_months
from data_access.domain.confidentiality import Availability
from data_access.domain.period import Period
from data_access.domain.reading import Reading


@dataclass(frozen=True)
class Point:
    """A value at the end of its period, in the indicator's unit."""

    at: date
    value: float


def years_between(a: date, b: date) -> float:
    """Years from a to b, negative when b comes first.

    Whole calendar years count as whole, so that ends of years lie 1, 2, 3 apart as published methods
    count them; the rest is a share of the days of the year begun.
    """
    if b < a:
        return -years_between(b, a)
    whole = b.year - a.year
    if add_months(a, 12 * whole) > b:
        whole -= 1
    since = add_months(a, 12 * whole)
    return whole + (b - since).days / (add_months(a, 12 * whole + 12) - since).days


def yearly_points(readings: Sequence[Reading], judged: Reading, breaks: Sequence[date]) -> tuple[Point, ...]:
    """The judged reading and the same period of each year before, oldest first, up to the first gap.

    Only available values; none from before the last break. Empty when the judged reading has no value.
    """
    values, first_day = _available(readings), _last_break(judged, breaks)
    found: list[Point] = []
    period = judged.period
    while period in values and period.end >= first_day:
        found.append(Point(period.end, values[period]))
        period = period.year_before
    return tuple(reversed(found))


def fit_points(readings: Sequence[Reading], judged: Reading, breaks: Sequence[date]) -> tuple[Point, ...]:
    """What a line may be fitted to: as ``yearly_points``, but over gaps as well.

    A line needs no equal steps, so a missing year costs one point only. Of a series by month, quarter or
    semester one period a year is taken: its neighbours have another season and hold much of the same
    people or, once summed over twelve months, of the same months; they are no further evidence.
    """
    first_day, judged_period = _last_break(judged, breaks), judged.period
    return tuple(
        Point(period.end, value)
        for period, value in sorted(_available(readings).items())
        if period.freq is judged_period.freq
        and period.number == judged_period.number
        and first_day <= period.end <= judged_period.end
    )


def _available(readings: Sequence[Reading]) -> Mapping[Period, float]:
    return {
        r.period: r.value
        for r in readings
        if r.availability is Availability.AVAILABLE and r.value is not None
    }


def _last_break(judged: Reading, breaks: Sequence[date]) -> date:
    """The last break on or before the end of the judged period.

    A break day separates two periods when the earlier ends before it, so that a year in the middle of
    which the break falls counts with what comes after.
    """
    return max((day for day in breaks if day <= judged.period.end), default=date.min)
