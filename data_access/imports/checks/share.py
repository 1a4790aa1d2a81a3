"""A percentage is written 12.5, not 0.125: a cell that a spreadsheet shows as 12.5 % holds 0.125."""

from __future__ import annotations

from collections.abc import Iterable

import numpy as np
import pandas as pd

from data_access.contract.model import Contract, Unit
from data_access.imports.report import Problem, Severity
from data_access.imports.table import Table


def check_share(table: Table, contract: Contract) -> Iterable[Problem]:
    """A percentage of which every value of the file lies between 0 and 1, on its first row (warning)."""
    percent = {i.code for i in contract.indicators if i.unit is Unit.PERCENT}
    value, indicator = table.numbers("obs_value"), table.groups(["indicator"])
    rows = np.flatnonzero(table.holds("indicator", percent) & ~np.isnan(value))
    largest = pd.Series(value[rows]).groupby(indicator[rows]).transform("max").to_numpy()
    inside = rows[(largest > 0) & (largest < 1)]
    where = np.zeros(len(table), dtype=bool)
    where[inside[np.unique(indicator[inside], return_index=True)[1]]] = True
    yield from table.problems(where, "looks_like_share", "obs_value", "12.5", severity=Severity.WARNING)
