"""Decisions of the Comité: where each stands on a day, accepted deviations, and what a series did since.

Nothing here says that a decision caused what came after it: two values of a series are compared, no more.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from data_access.domain.change import Change, change_between
from data_access.domain.confidentiality import Availability
from data_access.domain.polarity import Polarity
from data_access.domain.reading import Reading

OTHER_SIGNAL = "other"  # beside the reasons of ``concern.AttentionReason``


class DecisionKind(StrEnum):
    """What was decided: something to do, or to accept a deviation for a time."""

    DECISION = "decision"
    DEVIATION = "deviation"


class Closing(StrEnum):
    """What was written down of a decision: it goes on, was carried out, or was given up."""

    OPEN = "open"
    DONE = "done"
    DROPPED = "dropped"


class Standing(StrEnum):
    """Where a decision stands on a day, in the order of a list."""

    LATE = "late"
    OPEN = "open"
    IN_FORCE = "in_force"
    ENDED = "ended"
    DONE = "done"
    DROPPED = "dropped"


PENDING = frozenset({Standing.LATE, Standing.OPEN})


@dataclass(frozen=True)
class Term:
    """What decides where a decision stands.

    Attributes:
        meeting: the day on which it was taken.
        due: deadline of a decision, last day of an accepted deviation; None for a decision without one.
        closing, closed_on: what was written down, and the day of it; None while it is open.
    """

    kind: DecisionKind
    meeting: date
    due: date | None
    closing: Closing = Closing.OPEN
    closed_on: date | None = None


def standing_on(day: date, term: Term) -> Standing:
    """Where a decision taken by then stands on a day; its last day is still in time.

    A deviation ends after its last day, or on the day on which it was closed before.
    """
    closed = term.closed_on is not None and term.closed_on <= day
    over = term.due is not None and term.due < day
    if term.kind is DecisionKind.DEVIATION:
        return Standing.ENDED if closed or over else Standing.IN_FORCE
    if closed:
        return Standing(term.closing.value)
    return Standing.LATE if over else Standing.OPEN


@dataclass(frozen=True)
class Acceptance:
    """An accepted deviation of an indicator, as a day sees it.

    Attributes:
        code: of the decision.
        meeting: the day on which it was accepted.
        until: its last day; once it is over, the day on which it ended.
        in_force: whether it still holds.
    """

    code: str
    meeting: date
    until: date
    in_force: bool


def acceptance_on(day: date, deviations: Iterable[tuple[str, Term]]) -> Acceptance | None:
    """What has been accepted of one indicator: the deviation in force, else the one that ended last.

    Of several in force, the one that lasts longest; None when none was accepted by then.

    Args:
        day: the day asked about.
        deviations: code and term of each.
    """
    found = [
        _acceptance(day, code, term)
        for code, term in deviations
        if term.kind is DecisionKind.DEVIATION and term.meeting <= day
    ]
    return max(found, key=lambda each: (each.in_force, each.until, each.meeting, each.code), default=None)


def _acceptance(day: date, code: str, term: Term) -> Acceptance:
    in_force = standing_on(day, term) is Standing.IN_FORCE
    ends = [each for each in (term.due, term.closed_on) if each is not None]
    planned = term.due or date.max
    return Acceptance(code, term.meeting, planned if in_force else min(ends), in_force)


class Unchanged(StrEnum):
    """Why nothing can be said of what a series did after a meeting."""

    NO_VALUE_BEFORE = "no_value_before"
    NO_NEWER_PERIOD = "no_newer_period"


@dataclass(frozen=True)
class NoChange:
    """Nothing to compare, and the value known at the meeting where there is one."""

    reason: Unchanged
    before: Reading | None


def change_since(
    readings: Sequence[Reading],
    meeting: date,
    *,
    polarity: Polarity,
    breaks: Sequence[date] = (),
    decimals: int = 1,
) -> Change | NoChange:
    """From the last period that was over at a meeting to the newest one.

    Only available values count: hidden and missing ones are passed over. Of an immature cohort nothing is
    said either: the caller leaves it out.

    Args:
        readings: of one series, oldest first.
        meeting: a period that ends on that day is over.
        polarity: of the indicator.
        breaks: days of series breaks; a change across one is not comparable.
        decimals: with which values are shown.
    """
    known = [r for r in readings if r.availability is Availability.AVAILABLE and r.value is not None]
    before = next((r for r in reversed(known) if r.period.end <= meeting), None)
    if before is None:
        return NoChange(Unchanged.NO_VALUE_BEFORE, None)
    newest = known[-1]
    if newest.period.end <= before.period.end:
        return NoChange(Unchanged.NO_NEWER_PERIOD, before)
    return change_between(before, newest, polarity=polarity, breaks=breaks, decimals=decimals)
