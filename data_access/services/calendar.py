"""The governance calendar: which obligations of the contract come next. What was done: ``governance.py``."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date

from data_access.contract.load import contract
from data_access.contract.model import Obligation


@dataclass(frozen=True)
class Deadline:
    """A day of the calendar: the obligation due on it, or whose window opens on it."""

    day: date
    obligation: Obligation
    opens: bool


def get_next_deadlines(
    today: date, count: int = 5, done: Collection[str] = frozenset()
) -> tuple[Deadline, ...]:
    """The next days from ``today`` on, soonest first; a window that has not opened yet shows its opening.

    Args:
        today: the reader's day.
        count: how many at most.
        done: codes of obligations of which nothing more is asked.
    """
    asked = [o for o in contract().obligations if o.code not in done]
    coming = [d for o in asked if (d := _next(o, today)) is not None]
    return tuple(sorted(coming, key=lambda d: (d.day, d.obligation.code))[:count])


def _next(obligation: Obligation, today: date) -> Deadline | None:
    if obligation.opens is not None and obligation.opens >= today:
        return Deadline(obligation.opens, obligation, opens=True)
    if obligation.day is not None and obligation.day >= today:
        return Deadline(obligation.day, obligation, opens=False)
    return None
