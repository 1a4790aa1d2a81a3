"""An action serves a commitment of the contract, by itself or through its project."""

from __future__ import annotations

from collections.abc import Iterable

import numpy as np

from data_access.contract.model import Contract
from data_access.imports.governance_columns import ACTION, PROJECT
from data_access.imports.report import Problem, Severity
from data_access.imports.table import Table


def check_plan_commitment(table: Table, contract: Contract) -> Iterable[Problem]:
    """An action that neither names a commitment nor belongs to a project that does (warning)."""
    columns = [table.frame[name] for name in ("action", "parent", "year", "level", "commitments")]
    rows = list(zip(*columns, strict=True))
    linked = {(code, year) for code, _, year, level, codes in rows if level == PROJECT and codes}
    alone = [
        level == ACTION and not codes and (parent, year) not in linked
        for _, parent, year, level, codes in rows
    ]
    yield from table.problems(
        np.array(alone, dtype=bool),
        "action_without_commitment",
        "commitments",
        "OS1-E1 OS2-E2",
        severity=Severity.WARNING,
    )
