"""The state of an obligation on a day: what was done, or, where nothing was, what the dates make of it.

« To come » and « late » are never written down. A day that was only proposed makes late too: whoever shows
the state says how the day is known.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum

HORIZON = timedelta(days=90)
"""What is due within it is shown first."""


class ObligationState(StrEnum):
    """Where an obligation stands, in the order in which the states follow each other."""

    LATE = "late"
    TO_COME = "to_come"
    PREPARATION = "preparation"
    TRANSMITTED = "transmitted"
    EXAMINED = "examined"
    CLOSED = "closed"
    NOT_APPLICABLE = "not_applicable"
    CONTINUOUS = "continuous"  # no day to be late on


_DELIVERED = (
    ObligationState.PREPARATION,
    ObligationState.TRANSMITTED,
    ObligationState.EXAMINED,
    ObligationState.CLOSED,
    ObligationState.NOT_APPLICABLE,
)
DONE = frozenset(_DELIVERED[1:])
"""States in which nothing more is asked of whoever owes the obligation."""


@dataclass(frozen=True)
class Step:
    """A state that an obligation reached, and the day on which it did."""

    state: ObligationState
    day: date


@dataclass(frozen=True)
class Term:
    """When an obligation is to be fulfilled.

    Attributes:
        due: last day; None when it is continuous.
        opens: first day of the period, where there is one.
        occurs: the day itself brings it about.
    """

    due: date | None
    opens: date | None = None
    occurs: bool = False


def state_on(today: date, term: Term, steps: Sequence[Step]) -> ObligationState:
    """The state of an obligation at the end of a day.

    Args:
        today: the day; a step that comes later has not been taken yet.
        term: when it is to be fulfilled; on its last day it is not late.
        steps: what is known to have happened, in any order.

    Returns:
        The last state reached. Late when the last day is over and nothing was transmitted, nor the
        obligation set aside; without a last day it is never late, but ``CONTINUOUS`` until a step is known.
    """
    last = last_step(today, steps)
    if last is not None and last.state in DONE:
        return last.state
    if term.due is None:
        return last.state if last is not None else ObligationState.CONTINUOUS
    if term.occurs:
        return ObligationState.CLOSED if today >= term.due else ObligationState.TO_COME
    if today > term.due:
        return ObligationState.LATE
    return last.state if last is not None else ObligationState.TO_COME


def last_step(today: date, steps: Sequence[Step]) -> Step | None:
    """The newest step taken by a day; of two on the same day, the one further on."""
    taken = [step for step in steps if step.day <= today]
    return max(taken, key=lambda step: (step.day, _DELIVERED.index(step.state)), default=None)


def next_day(today: date, term: Term) -> date | None:
    """The next day that matters: the opening of a period, up to that day, else the last day, past or not."""
    return term.opens if term.opens is not None and today <= term.opens else term.due


def is_open(today: date, term: Term) -> bool:
    """Whether a period in which an obligation is to be fulfilled is running; both its days belong to it."""
    return term.opens is not None and term.due is not None and term.opens <= today <= term.due


def is_pressing(today: date, term: Term, state: ObligationState) -> bool:
    """Whether it is late, or not done and its next day comes within ``HORIZON``, that day included."""
    if state is ObligationState.LATE:
        return True
    day = next_day(today, term)
    return state not in DONE and day is not None and today <= day <= today + HORIZON
