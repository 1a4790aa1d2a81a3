"""A target is a value or a band."""

from __future__ import annotations

from collections.abc import Iterable

from data_access.contract.model import Contract
from data_access.imports.report import Problem
from data_access.imports.table import Table

EITHER = "VALUE | LOW, HIGH"


def check_goal_given(table: Table, contract: Contract) -> Iterable[Problem]:
    """A target with neither, or with both."""
    value = ~table.raw["value"].isna().to_numpy()
    band = ~(table.raw["low"].isna() & table.raw["high"].isna()).to_numpy()
    yield from table.problems(~value & ~band, "target_without_value", "value", EITHER)
    yield from table.problems(value & band, "value_and_band", "value", EITHER)
