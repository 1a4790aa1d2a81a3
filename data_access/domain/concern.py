"""Why an indicator asks for attention, in facts, and in which order one list puts them all."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import ClassVar, TypeVar

from data_access.domain.assessment import Status
from data_access.domain.control_rules import Rule
from data_access.domain.pace import YearlyChange
from data_access.domain.period import Period
from data_access.domain.target import Goal


class AttentionReason(StrEnum):
    """Why a line is on the list; their order is the order of the list.

    What is new comes first, then what would be missed by looking at states alone, then what cannot be
    made good in time, what has been said before, and last what is wrong with the data.
    """

    NEWLY_OFF_TRACK = "newly_off_track"
    SPECIAL_CAUSE = "special_cause"
    INSUFFICIENT_PACE = "insufficient_pace"
    OFF_TRACK = "off_track"
    LATE = "late"
    PROVISIONAL_TOO_LONG = "provisional_too_long"
    NO_TARGET = "no_target"


@dataclass(frozen=True)
class OffTrack:
    """Off track at the reporting date.

    Attributes:
        since: the first judged period of the unbroken run of this state.
        before: the state just before; None when nothing was read before.
        value: judged at ``period``; absolute, as ``expected`` is, for a gap that should close.
        goal: the target in force.
        year_before: value of the same period a year before, when known.
        moving_away: off track because it moved away from its target two years running.
        lag: expected minus observed progress, as a share of the whole way.
    """

    since: Period
    before: Status | None
    period: Period
    value: float
    expected: float | None
    goal: Goal | None
    year_before: float | None
    moving_away: bool
    lag: float

    @property
    def reason(self) -> AttentionReason:
        """New when the run is no longer than the judged period."""
        new = self.since == self.period
        return AttentionReason.NEWLY_OFF_TRACK if new else AttentionReason.OFF_TRACK

    @property
    def size(self) -> float:
        """How far off: the lag."""
        return self.lag


@dataclass(frozen=True)
class SpecialCause:
    """The last point of the control chart is a signal of concern.

    Attributes:
        value, mean, lower, upper: of the series without its season, in its unit.
        rules: those that the point breaks.
        high: on which side, or for a trend which way.
        size: distance from the mean in mean moving ranges.
    """

    reason: ClassVar = AttentionReason.SPECIAL_CAUSE
    period: Period
    value: float
    mean: float
    lower: float
    upper: float
    rules: tuple[Rule, ...]
    high: bool
    size: float

    @property
    def rule(self) -> Rule:
        """The one that decided ``high`` (``control_chart.Variation``): outside, trend, then its side."""
        return min(self.rules, key=(Rule.OUTSIDE, Rule.TREND, Rule.SHIFT, Rule.TWO_OF_THREE).index)


@dataclass(frozen=True)
class InsufficientPace:
    """The target is due soon, and asks for more a year than the series ever did.

    Attributes:
        required: yearly change, with its sign.
        best: the largest one observed that way; None when there never was one.
        since: the earliest period that changes were counted from.
        size: required over best; infinite without best.
    """

    reason: ClassVar = AttentionReason.INSUFFICIENT_PACE
    due: date
    required: float
    best: YearlyChange | None
    since: Period | None
    size: float


@dataclass(frozen=True)
class Late:
    """A period that should have been loaded by now.

    Attributes:
        newest: the newest period loaded; None when there never was one.
        awaited: the period after it, or the first one of the contract.
        due: the last day on which it was not late.
        size: days since.
    """

    reason: ClassVar = AttentionReason.LATE
    newest: Period | None
    awaited: Period
    due: date
    size: float


@dataclass(frozen=True)
class ProvisionalTooLong:
    """The oldest value that is still provisional although nothing is left to wait for.

    Attributes:
        complete: the day from which the value could have been definitive.
        size: days since.
    """

    reason: ClassVar = AttentionReason.PROVISIONAL_TOO_LONG
    period: Period
    complete: date
    size: float


@dataclass(frozen=True)
class NoTarget:
    """No version of a target is in force.

    Attributes:
        period, value: the newest one that could be judged; None where there is none.
    """

    reason: ClassVar = AttentionReason.NO_TARGET
    period: Period | None = None
    value: float | None = None
    size: float = 0.0


Concern = OffTrack | SpecialCause | InsufficientPace | Late | ProvisionalTooLong | NoTarget


def in_order(concerns: Iterable[Concern]) -> tuple[Concern, ...]:
    """The concerns of one indicator, the most pressing first."""
    return tuple(sorted(concerns, key=_urgency))


def _urgency(concern: Concern) -> tuple[int, float]:
    """By reason, then how far off within it (each in its own measure: see ``size``)."""
    return tuple(AttentionReason).index(concern.reason), -concern.size


T = TypeVar("T")


def rank(items: Iterable[T], concerns: Callable[[T], Sequence[Concern]]) -> tuple[T, ...]:
    """Items by their most pressing concern; those that are alike keep their order."""
    return tuple(sorted(items, key=lambda item: _urgency(concerns(item)[0])))
