"""What changed in a year, and how large that is for the series concerned."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from math import hypot
from statistics import median

from data_access.domain.confidentiality import Availability
from data_access.domain.polarity import Polarity
from data_access.domain.reading import Reading

UP, DOWN, STABLE = "up", "down", "stable"
# Fewer yearly changes than this say nothing about what is usual for a series.
MIN_YEARLY_CHANGES = 2


@dataclass(frozen=True)
class Change:
    """The difference between a period and the same period a year before.

    Attributes:
        difference: in the unit of the values (points for percentages).
        direction: ``up``, ``down`` or ``stable`` (inside the noise, or zero once rounded).
        better: by the polarity; None when stable, neutral or not comparable.
        comparable: False when a series break lies between the two periods.
    """

    before: Reading
    after: Reading
    difference: float
    direction: str
    better: bool | None
    comparable: bool


def change_on_year(
    readings: Sequence[Reading], *, polarity: Polarity, breaks: Sequence[date] = (), decimals: int = 1
) -> Change | None:
    """The change of the last reading on the same period a year before; None when either is missing."""
    if not readings:
        return None
    after = readings[-1]
    before = next((r for r in readings if r.period == after.period.year_before), None)
    if before is None or not (_available(before) and _available(after)):
        return None
    return change_between(before, after, polarity=polarity, breaks=breaks, decimals=decimals)


def change_between(
    before: Reading, after: Reading, *, polarity: Polarity, breaks: Sequence[date] = (), decimals: int = 1
) -> Change:
    """The change between two available readings, the earlier one first."""
    assert before.value is not None, "available"
    assert after.value is not None, "available"
    difference = after.value - before.value
    comparable = not any(before.period.end < day <= after.period.end for day in breaks)
    direction = _direction(difference, before, after, decimals)
    better = _is_better(before.value, after.value, polarity) if comparable and direction != STABLE else None
    return Change(before, after, difference, direction, better, comparable)


def _available(reading: Reading) -> bool:
    return reading.availability is Availability.AVAILABLE and reading.value is not None


def _direction(difference: float, before: Reading, after: Reading, decimals: int) -> str:
    """Stable when it rounds to zero or lies inside the interval of the difference.

    The half width of a difference of two independent estimates is the root of the sum of squares
    (Newcombe 1998, method 10, for symmetric half widths).
    """
    noise = 0.0
    if before.half_width is not None and after.half_width is not None:
        noise = hypot(before.half_width, after.half_width)
    if round(difference, decimals) == 0 or abs(difference) <= noise:
        return STABLE
    return UP if difference > 0 else DOWN


def _is_better(before: float, after: float, polarity: Polarity) -> bool | None:
    if polarity is Polarity.HIGHER:
        return after > before
    if polarity is Polarity.LOWER:
        return after < before
    if polarity is Polarity.ZERO_GAP:
        return abs(after) < abs(before)
    return None


def movement(readings: Sequence[Reading], change: Change) -> float | None:
    """How large a change is for its series: difference over the median absolute yearly change.

    Unit-free, so that series of different units can be ranked by what is unusual for each. None when
    fewer than two yearly changes are known or the series never moves.
    """
    values = {r.period: r.value for r in readings if _available(r) and r.value is not None}
    yearly = [
        abs(value - values[period.year_before])
        for period, value in values.items()
        if period.year_before in values
    ]
    if len(yearly) < MIN_YEARLY_CHANGES or (usual := median(yearly)) == 0:
        return None
    return change.difference / usual
