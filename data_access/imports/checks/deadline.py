"""Only an action has a deadline, and not before the day it was written."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

import numpy as np

from data_access.contract.model import Contract
from data_access.imports.report import Problem, Severity
from data_access.imports.table import Table


def check_deadline(table: Table, contract: Contract) -> Iterable[Problem]:
    """A deadline of what is no action; one that had passed when the action was written (warning)."""
    given = ~table.raw["due"].isna().to_numpy()
    other = table.holds("kind", {"finding", "cause", "annotation"})
    yield from table.problems(given & other, "due_without_action", "due", "KIND = action")
    days = zip(table.frame["due"], table.frame["day"], strict=True)
    late = np.array([_is_before(due, day) for due, day in days], dtype=bool)
    written = table.frame["day"]
    yield from table.problems(
        late & ~other,
        "due_before_day",
        "due",
        lambda at: f"≥ {written.iloc[at].isoformat()}",
        severity=Severity.WARNING,
    )


def _is_before(due: object, day: object) -> bool:
    return isinstance(due, date) and isinstance(day, date) and due < day
