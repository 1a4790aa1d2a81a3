"""The progress of an action is a percentage of the whole."""

from __future__ import annotations

from collections.abc import Iterable

from data_access.contract.model import Contract
from data_access.imports.report import Problem
from data_access.imports.table import Table


def check_plan_progress(table: Table, contract: Contract) -> Iterable[Problem]:
    """A progress below 0 or above 100."""
    progress = table.numbers("progress")
    yield from table.problems(
        (progress < 0) | (progress > 100), "percentage_out_of_range", "progress", "0 … 100"
    )
