"""How many were still waiting each month, and what became of the others: what time-to-event methods read."""

from __future__ import annotations

from collections.abc import Hashable, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import Generic, TypeVar

Cause = TypeVar("Cause", bound=Hashable)


class NoTime(StrEnum):
    """Why nothing can be said about the time to an event."""

    NO_ROWS = "no_rows"
    NEGATIVE = "negative"
    NOBODY_AT_RISK = "nobody_at_risk"
    EVENTS_ABOVE_RISK = "events_above_risk"  # more left than there were, censored included
    NOT_IN_ORDER = "not_in_order"  # months repeat or go back
    AT_RISK_DISAGREES = "at_risk_disagrees"  # not those of the month before less those who left


@dataclass(frozen=True)
class Month(Generic[Cause]):
    """One month of a group since its entry.

    Attributes:
        month: months since entry.
        at_risk: those still followed, without event, at its start.
        events: by cause, those whose event came in it.
        censored: those whose follow-up ended in it without an event; they count as at risk for its events.
    """

    month: int
    at_risk: int
    events: Mapping[Cause, int]
    censored: int = 0

    @property
    def event_count(self) -> int:
        """Events of all causes."""
        return sum(self.events.values())


def refuse_table(rows: Sequence[Month[Cause]]) -> NoTime | None:
    """What makes a table impossible, if anything.

    Months in which nothing happens may be left out: nobody leaves in them.
    """
    if not rows:
        return NoTime.NO_ROWS
    for before, row in zip((None, *rows), rows, strict=False):
        if row.month < 0 or row.at_risk < 0 or row.censored < 0 or any(n < 0 for n in row.events.values()):
            return NoTime.NEGATIVE
        if row.at_risk == 0:
            return NoTime.NOBODY_AT_RISK
        if row.event_count + row.censored > row.at_risk:
            return NoTime.EVENTS_ABOVE_RISK
        if before is not None and row.month <= before.month:
            return NoTime.NOT_IN_ORDER
        if before is not None and row.at_risk != before.at_risk - before.event_count - before.censored:
            return NoTime.AT_RISK_DISAGREES
    return None
