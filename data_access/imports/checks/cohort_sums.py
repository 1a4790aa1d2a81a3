"""The outcomes of a nested stage add up to those whom the stage before passed on."""

from __future__ import annotations

from collections.abc import Iterable

import numpy as np

from data_access.contract.model import Contract
from data_access.imports.report import Problem
from data_access.imports.steps import steps
from data_access.imports.table import Table


def check_cohort_sums(table: Table, contract: Contract) -> Iterable[Problem]:
    """A stage whose outcomes do not sum to those who came; one too large is ``check_cohort_nests``'s."""
    for step in steps(table, contract):
        if step.stage.nested:
            known = ~np.isnan(step.size) & ~np.isnan(step.passed) & ~(step.size > step.held)
            yield from step.problems(
                table, known & (step.size != step.passed), "stage_does_not_nest", step.passed
            )
