"""An action does not end before it starts."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

import numpy as np

from data_access.contract.model import Contract
from data_access.imports.report import Problem
from data_access.imports.table import Table


def check_plan_days(table: Table, contract: Contract) -> Iterable[Problem]:
    """A last day before the first one."""
    starts = table.frame["starts_on"]
    days = zip(starts, table.frame["ends_on"], strict=True)
    wrong = np.array([_is_before(end, start) for start, end in days], dtype=bool)
    yield from table.problems(
        wrong, "ends_before_start", "ends_on", lambda at: f"≥ {starts.iloc[at].isoformat()}"
    )


def _is_before(end: object, start: object) -> bool:
    return isinstance(end, date) and isinstance(start, date) and end < start
