"""A key may stand once in a file, whatever the sheet."""

from __future__ import annotations

from collections.abc import Iterable

import numpy as np

from data_access.contract.model import Contract
from data_access.db.tables import (
    COHORT_KEY,
    DECISION_KEY,
    GOVERNANCE_KEY,
    OBSERVATION_KEY,
    PLAN_KEY,
    REMARK_KEY,
    TARGET_KEY,
)
from data_access.imports.report import Facts, Problem
from data_access.imports.table import Table

# The frequency follows from the period.
KEYS = {
    "observation": tuple(name for name in OBSERVATION_KEY if name != "freq"),
    "cohort": COHORT_KEY,
    "target": TARGET_KEY,
    "remark": REMARK_KEY,
    "governance": GOVERNANCE_KEY,
    "plan": PLAN_KEY,
    "decision": DECISION_KEY,
}
SHOWN = {
    "observation": "time_period",
    "cohort": "stage",
    "target": "due",
    "remark": "day",
    "governance": "state",
    "plan": "action",
    "decision": "decision",
}


def check_duplicate_key(table: Table, contract: Contract) -> Iterable[Problem]:
    """The second and later rows of a key, each naming the row that has it first."""
    key = table.groups(KEYS[table.kind])
    _, first, place = np.unique(key, return_index=True, return_inverse=True)
    original = first[place]

    def facts(at: int) -> Facts:
        there = original[at]
        return {"first_row": int(table.rows[there]), "first_sheet": str(table.sheets[there])}

    later = original != np.arange(len(table))
    yield from table.problems(later, "duplicate_key", SHOWN[table.kind], facts=facts)
