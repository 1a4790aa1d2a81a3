"""The budget of a project is that of its actions: given twice, it must be the same."""

from __future__ import annotations

from collections.abc import Iterable

import numpy as np
import pandas as pd

from data_access.contract.model import Contract
from data_access.imports.governance_columns import ACTION, PROJECT
from data_access.imports.report import Problem
from data_access.imports.table import Table, plain

CENT = 0.005  # below it two amounts of money are the same


def check_plan_budget(table: Table, contract: Contract) -> Iterable[Problem]:
    """A project whose budget differs from the sum of its actions; where one has none, nothing is said."""
    for column in ("budget_run", "budget_change"):
        sums = _sums(table, column)
        keys = zip(table.frame["action"], table.frame["year"], strict=True)
        expected = np.array([sums.get(key, np.nan) for key in keys], dtype=np.float64)
        wrong = np.abs(table.numbers(column) - expected) > CENT
        yield from table.problems(
            table.holds("level", {PROJECT}) & wrong,
            "budget_differs",
            column,
            lambda at, expected=expected: plain(float(expected[at])),  # type: ignore[misc]
        )


def _sums(table: Table, column: str) -> dict[object, float]:
    """By project and plan, the sum of its actions; NaN where one of them has no amount."""
    own = table.holds("level", {ACTION})
    keys = [pd.Series(table.frame[name][own].astype(object)) for name in ("parent", "year")]
    amounts = pd.Series(table.numbers(column)[own], index=keys[0].index)
    found = amounts.groupby(keys).agg(lambda each: each.sum(skipna=False))
    return {key: float(value) for key, value in found.items()}
