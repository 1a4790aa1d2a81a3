"""Nothing can be divided by zero: among nobody, there is no rate."""

from __future__ import annotations

from collections.abc import Iterable

import numpy as np

from data_access.contract.model import Contract
from data_access.imports.report import Problem
from data_access.imports.table import Table


def check_zero_denominator(table: Table, contract: Contract) -> Iterable[Problem]:
    """A denominator of zero under a value or under a numerator that is not zero."""
    value, numerator = table.numbers("obs_value"), np.nan_to_num(table.numbers("numerator"))
    wrong = (table.numbers("denominator") == 0) & (~np.isnan(value) | (numerator != 0))
    yield from table.problems(wrong, "zero_denominator", "denominator", "> 0")
