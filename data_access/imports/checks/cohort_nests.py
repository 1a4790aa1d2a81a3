"""People move forward through a funnel: no stage holds more than the one that its cases come from."""

from __future__ import annotations

from collections.abc import Iterable

from data_access.contract.model import Contract
from data_access.imports.report import Problem
from data_access.imports.steps import steps
from data_access.imports.table import Table


def check_cohort_nests(table: Table, contract: Contract) -> Iterable[Problem]:
    """A stage larger than the one that holds its cases, on its first row."""
    for step in steps(table, contract):
        yield from step.problems(table, step.size > step.held, "stage_exceeds", step.held, "≤ ")
