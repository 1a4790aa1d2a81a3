"""A value must be the one that its numerator and denominator give."""

from __future__ import annotations

from collections.abc import Iterable

import numpy as np

from data_access.contract.model import Contract
from data_access.imports.derive import derived_values
from data_access.imports.report import Problem
from data_access.imports.table import Table

_NOISE = 1e-9  # of floating point, in the unit of the value


def check_value_agrees(table: Table, contract: Contract) -> Iterable[Problem]:
    """A value further from its counts than half a unit of the definition's last decimal."""
    derived, value = derived_values(table, contract), table.numbers("obs_value")
    decimals = table.lookup("indicator", {i.code: i.decimals for i in contract.indicators}, 0)
    wrong = np.abs(value - derived) > 0.5 * 10.0**-decimals + _NOISE
    yield from table.problems(
        wrong, "value_disagrees", "obs_value", lambda at: f"{derived[at]:.{int(decimals[at]) + 1}f}"
    )
