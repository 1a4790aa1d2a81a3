"""The days of a decision follow each other, and it is closed on a day exactly when it is not open."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

import numpy as np

from data_access.contract.model import Contract
from data_access.imports.report import Problem
from data_access.imports.table import Mask, Table


def check_decision_days(table: Table, contract: Contract) -> Iterable[Problem]:
    """A deadline or a closing before the meeting; a state that its day of closing contradicts."""
    meeting = table.frame["meeting"]

    def from_meeting(at: int) -> str:
        return f"≥ {meeting.iloc[at].isoformat()}"

    yield from table.problems(_before_meeting(table, "due"), "due_before_meeting", "due", from_meeting)
    early = _before_meeting(table, "closed_on")
    yield from table.problems(early, "closed_before_meeting", "closed_on", from_meeting)
    given = ~table.raw["closed_on"].isna().to_numpy()
    closed = table.holds("state", {"done", "dropped"})
    yield from table.problems(closed & ~given, "closing_without_day", "closed_on", "2027-03-12")
    is_open = table.holds("state", {"open"})
    yield from table.problems(is_open & given, "day_without_closing", "closed_on", "STATE = done | dropped")


def _before_meeting(table: Table, column: str) -> Mask:
    days = zip(table.frame[column], table.frame["meeting"], strict=True)
    return np.array([_is_before(day, meeting) for day, meeting in days], dtype=bool)


def _is_before(day: object, meeting: object) -> bool:
    return isinstance(day, date) and isinstance(meeting, date) and day < meeting
