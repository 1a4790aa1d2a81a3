"""An obligation is prepared, transmitted, examined and closed in that order."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

import numpy as np

from data_access.contract.model import Contract
from data_access.imports.report import Problem, Severity
from data_access.imports.table import Table

ORDER = ("preparation", "transmitted", "examined", "closed")


def check_state_order(table: Table, contract: Contract) -> Iterable[Problem]:
    """A state reached before one that precedes it, as far as the file tells (warning)."""
    rows = list(zip(*(table.frame[name] for name in ("obligation", "state", "day")), strict=True))
    days = {(code, state): day for code, state, day in rows if isinstance(day, date)}
    after = [_latest_before(days, code, state) for code, state, _ in rows]
    wrong = np.array(
        [_is_before(day, at) for at, (_, _, day) in zip(after, rows, strict=True)], dtype=np.bool_
    )
    yield from table.problems(
        wrong, "state_out_of_order", "day", lambda at: f"≥ {after[at]}", severity=Severity.WARNING
    )


def _is_before(day: object, earliest: date | None) -> bool:
    return isinstance(day, date) and earliest is not None and day < earliest


def _latest_before(days: dict[tuple[object, object], date], code: object, state: object) -> date | None:
    """The last day on which the obligation reached a state that precedes this one."""
    earlier = ORDER[: ORDER.index(str(state))] if state in ORDER else ()
    return max((days[code, each] for each in earlier if (code, each) in days), default=None)
