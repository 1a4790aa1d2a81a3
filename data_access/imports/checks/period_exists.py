"""A period must be one of the calendar's."""

from __future__ import annotations

from collections.abc import Iterable

from data_access.contract.model import Contract
from data_access.imports.derive import periods_of
from data_access.imports.report import Problem
from data_access.imports.table import Table

FORMS = "2024, 2024-S1, 2024-Q3, 2024-03"


def check_period_exists(table: Table, contract: Contract) -> Iterable[Problem]:
    """An impossible period, such as 2024-13 or 2024-Q5."""
    column = "cohort" if table.kind == "cohort" else "time_period"
    stray = ~table.is_empty(column) & ~table.holds(column, set(periods_of(table, column)))
    yield from table.problems(stray, "impossible_period", column, FORMS)
