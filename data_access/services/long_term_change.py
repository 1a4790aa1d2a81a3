"""What a series of long-term unemployment did: up, down, or not to be said because it broke."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from data_access.domain.confidentiality import Availability
from data_access.domain.period import Period


class Origin(StrEnum):
    """Where a value comes from; the later, the less it weighs where several tables hold a month."""

    OFFICIAL = "official"
    PUBLISHED = "published"
    DEMONSTRATION = "demonstration"


@dataclass(frozen=True)
class Point:
    """One value of one period.

    Attributes:
        value: None unless ``availability`` is available.
        derived: deduced from what its source says, not read there.
    """

    period: Period
    value: float | None
    availability: Availability = Availability.AVAILABLE
    origin: Origin = Origin.PUBLISHED
    derived: bool = False


class Move(StrEnum):
    """What may be said of the newest value."""

    RISING = "rising"
    FALLING = "falling"
    LEVEL = "level"
    BROKEN = "broken"  # a series break lies between it and the value before: no rise and no fall
    ALONE = "alone"  # no earlier value of the same month
    MISSING = "missing"
    HIDDEN = "hidden"


@dataclass(frozen=True)
class Movement:
    """The newest value beside an earlier one.

    Attributes:
        before: the newest earlier value of the same month; across a break without one, the value before.
        day: of the break that parts the two.
    """

    move: Move
    latest: Point | None = None
    before: Point | None = None
    day: date | None = None

    @property
    def difference(self) -> float | None:
        """Newest minus earlier, in the unit of the series; None where the two do not compare."""
        if self.move not in {Move.RISING, Move.FALLING, Move.LEVEL} or not self.latest or not self.before:
            return None
        return (self.latest.value or 0.0) - (self.before.value or 0.0)


def real_first(points: Sequence[Point]) -> tuple[Point, ...]:
    """The values that are not fictitious; all of them where every one is."""
    return tuple([p for p in points if p.origin is not Origin.DEMONSTRATION] or points)


def compare(points: Sequence[Point], breaks: Sequence[date], decimals: int = 0) -> Movement:
    """The newest value that may be shown against an earlier one of the same month or quarter.

    The seasons differ too much for two months to be compared; a break between the two forbids it.

    Args:
        points: of one series, oldest first.
        breaks: days of its breaks.
        decimals: to which the values are printed; what looks the same is level.
    """
    shown = [p for p in points if p.value is not None]
    if not shown:
        hidden = any(p.availability is Availability.HIDDEN for p in points)
        return Movement(Move.HIDDEN if hidden else Move.MISSING)
    latest, earlier = shown[-1], shown[:-1]
    season = [p for p in earlier if p.period.number == latest.period.number]
    before = next(reversed(season or earlier), None)
    if before is None:
        return Movement(Move.ALONE, latest)
    if (day := _between(before, latest, breaks)) is not None:
        return Movement(Move.BROKEN, latest, before, day)
    if not season:
        return Movement(Move.ALONE, latest)
    change = round(latest.value or 0.0, decimals) - round(before.value or 0.0, decimals)
    move = Move.LEVEL if change == 0 else Move.RISING if change > 0 else Move.FALLING
    return Movement(move, latest, before)


def compare_before_break(points: Sequence[Point], broken: Movement, decimals: int = 0) -> Movement | None:
    """What the series did until the break of ``broken``; None where it has none or nothing compares."""
    if broken.day is None:
        return None
    found = compare([p for p in points if p.period.end < broken.day], (), decimals)
    return found if found.difference is not None else None


def _between(before: Point, latest: Point, breaks: Sequence[date]) -> date | None:
    parting = [day for day in breaks if before.period.end < day <= latest.period.end]
    return max(parting, default=None)
