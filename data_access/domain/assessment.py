"""What can be said of an indicator: six states, the reasons for none, the reservations beside one."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum

from data_access.domain.reading import Reading
from data_access.domain.target import Goal, TargetPath


class Status(StrEnum):
    """The six states, from the best to the one that says nothing."""

    ATTAINED = "attained"
    ON_TRACK = "on_track"
    TO_WATCH = "to_watch"
    OFF_TRACK = "off_track"
    NOT_ASSESSABLE = "not_assessable"
    CONTEXT = "context"


class Reason(StrEnum):
    """Why no state can be given."""

    NO_TARGET = "no_target"
    MISSING = "missing"
    IMMATURE_COHORT = "immature_cohort"
    SERIES_BREAK = "series_break"
    TOO_FEW = "too_few"
    BEING_DEFINED = "being_defined"
    NO_BASELINE = "no_baseline"


class Note(StrEnum):
    """What the screen must say beside a state."""

    PROVISIONAL = "provisional"
    NO_MILESTONE = "no_milestone"
    EQUAL_BASELINE = "equal_baseline"
    TARGET_CHANGED = "target_changed"
    MOVING_AWAY = "moving_away"
    REBASED = "rebased"


@dataclass(frozen=True)
class Thresholds:
    """What the Comité may adopt.

    Attributes:
        on_track: progress may lag the expected by this share of the whole way.
        to_watch: and by this one before it is off track.
        tolerance: where baseline equals target, the share of the target taken for the whole way.
    """

    on_track: float = 0.05
    to_watch: float = 0.20
    tolerance: float = 0.10


@dataclass(frozen=True)
class Assessment:
    """A state and everything it rests on.

    Attributes:
        reading: the reading judged; the newest mature one.
        year_before: the same period a year before.
        expected: value of the path at the end of the judged period.
        progress: share of the way covered; expected_progress: share expected by then.
        gap: value minus expected in the unit, positive when better than expected.
    """

    status: Status
    reason: Reason | None = None
    reading: Reading | None = None
    year_before: Reading | None = None
    path: TargetPath | None = None
    milestone: Goal | None = None
    expected: float | None = None
    progress: float | None = None
    expected_progress: float | None = None
    gap: float | None = None
    notes: tuple[Note, ...] = ()


def distribution(statuses: Iterable[Status]) -> dict[Status, int]:
    """How many of each state, in a fixed order, absent ones at zero; never an average."""
    counted = list(statuses)
    return {status: counted.count(status) for status in Status}


def share_not_assessable(statuses: Iterable[Status]) -> float | None:
    """Share of the scored indicators that cannot be assessed; None when none is scored."""
    scored = [s for s in statuses if s is not Status.CONTEXT]
    return scored.count(Status.NOT_ASSESSABLE) / len(scored) if scored else None
