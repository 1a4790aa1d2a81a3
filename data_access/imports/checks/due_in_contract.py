"""Milestones and targets fall due during the contract."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

import numpy as np

from data_access.contract.model import Contract
from data_access.imports.report import Problem, Severity
from data_access.imports.table import Table


def check_due_in_contract(table: Table, contract: Contract) -> Iterable[Problem]:
    """A milestone or target due outside the contract (warning: an amendment may prolong it)."""
    outside = np.array(
        [isinstance(due, date) and not contract.start <= due <= contract.end for due in table.frame["due"]],
        dtype=bool,
    )
    expected = f"{contract.start.isoformat()} … {contract.end.isoformat()}"
    aims = table.holds("kind", {"milestone", "target"})
    yield from table.problems(
        aims & outside, "due_outside_contract", "due", expected, severity=Severity.WARNING
    )
