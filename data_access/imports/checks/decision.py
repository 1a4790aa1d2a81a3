"""A target holds no earlier than it was decided."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

import numpy as np

from data_access.contract.model import Contract
from data_access.imports.report import Problem, Severity
from data_access.imports.table import Table


def check_decision(table: Table, contract: Contract) -> Iterable[Problem]:
    """A target that holds before its decision (warning)."""
    days = zip(table.frame["valid_from"], table.frame["decided_on"], strict=True)
    early = np.array([_is_before(valid, decided) for valid, decided in days], dtype=bool)
    decided = table.frame["decided_on"]
    yield from table.problems(
        early,
        "valid_before_decision",
        "valid_from",
        lambda at: decided.iloc[at].isoformat(),
        severity=Severity.WARNING,
    )


def _is_before(valid: object, decided: object) -> bool:
    return isinstance(valid, date) and isinstance(decided, date) and valid < decided
