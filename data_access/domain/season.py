"""A series without its season: against the same period a year before, or over twelve months."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import date
from enum import StrEnum
from math import fsum

from data_access.domain.confidentiality import Availability
from data_access.domain.interval import wilson_half_width
from data_access.domain.period import PERIODS_PER_YEAR, Freq, Period
from data_access.domain.reading import Reading


class Season(StrEnum):
    """How the season is taken out of a series, chosen by its definition."""

    NONE = "none"
    YEAR_ON_YEAR = "year_on_year"
    SUM_12_MONTHS = "sum_12_months"
    MEAN_12_MONTHS = "mean_12_months"


def deseason(readings: Sequence[Reading], season: Season, breaks: Sequence[date] = ()) -> list[Reading]:
    """The readings of a series without their season, in the same order.

    A value needs every period of its window: the period and the same one a year before, or the 12 months
    (4 quarters, 2 semesters) that end with it. Where one is not available, or a break parts the window,
    there is no reading. A mean of rates whose numerators and denominators are all known is the ratio of
    the sums, with the Wilson interval of the sums; any other mean is the plain one, and no other value
    has an interval: those of one series are not independent.

    Args:
        readings: of one series; annual ones hold every season and come back as they are.
        season: how to take it out.
        breaks: days on which the series starts afresh, named by the definition or marked in the data.

    Returns:
        Readings in the unit of the values (a difference in points for rates), provisional, estimated or
        demonstration as soon as one part is, delivered by the load of the last period.
    """
    if season is Season.NONE:
        return list(readings)
    known = {r.period: r for r in readings if r.availability is Availability.AVAILABLE}
    return [found for r in readings if (found := _without_season(r, known, season, breaks)) is not None]


def _without_season(
    reading: Reading, known: Mapping[Period, Reading], season: Season, breaks: Sequence[date]
) -> Reading | None:
    if reading.period.freq is Freq.ANNUAL:
        return reading
    parts = _parts(reading.period, known, season)
    if not parts or any(parts[0].period.start < day <= reading.period.end for day in breaks):
        return None
    joined = Reading(
        period=reading.period,
        value=_value(parts, season),
        provisional=any(r.provisional for r in parts),
        estimated=any(r.estimated for r in parts),
        demonstration=any(r.demonstration for r in parts),
        origin_batch=reading.origin_batch,
    )
    return _pooled(joined, parts) if season is Season.MEAN_12_MONTHS else joined


def _parts(period: Period, known: Mapping[Period, Reading], season: Season) -> list[Reading]:
    """The readings of the window, oldest first; none unless all are known."""
    if season is Season.YEAR_ON_YEAR:
        window = [period.year_before, period]
    else:
        window = [period.shift(-back) for back in reversed(range(PERIODS_PER_YEAR[period.freq]))]
    parts = [known[p] for p in window if p in known]
    return parts if len(parts) == len(window) else []


def _value(parts: Sequence[Reading], season: Season) -> float:
    values = [r.value for r in parts if r.value is not None]
    assert len(values) == len(parts), "what is available has a value"
    if season is Season.YEAR_ON_YEAR:
        return values[-1] - values[0]
    return fsum(values) / (len(values) if season is Season.MEAN_12_MONTHS else 1)


def _pooled(mean: Reading, parts: Sequence[Reading]) -> Reading:
    """The ratio of the sums, when every numerator and denominator is known.

    The value is the mean weighted by the denominators: that is the ratio in whatever unit the values are
    (per cent, days per file).
    """
    rates = [
        (r.value, r.numerator, r.denominator)
        for r in parts
        if r.value is not None and r.numerator is not None and r.denominator is not None
    ]
    if len(rates) < len(parts) or any(denominator <= 0 for _, _, denominator in rates):
        return mean
    numerator = fsum(numerator for _, numerator, _ in rates)
    denominator = fsum(denominator for _, _, denominator in rates)
    value = fsum(value * weight for value, _, weight in rates) / denominator
    proportion = all(r.half_width is not None for r in parts)
    return replace(
        mean,
        value=value,
        numerator=numerator,
        denominator=denominator,
        half_width=100 * wilson_half_width(numerator, denominator) if proportion else None,
    )
