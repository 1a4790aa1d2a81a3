"""A stage must be one of its funnel's."""

from __future__ import annotations

from collections.abc import Iterable

from data_access.contract.model import Contract
from data_access.imports.report import Problem
from data_access.imports.table import Table


def check_known_stage(table: Table, contract: Contract) -> Iterable[Problem]:
    """A stage that its funnel does not have."""
    for funnel in contract.funnels:
        stages = tuple(stage.code for stage in funnel.stages)
        stray = ~table.is_empty("stage") & ~table.holds("stage", stages)
        yield from table.problems(
            table.holds("funnel", {funnel.code}) & stray, "unknown_stage", "stage", ", ".join(stages)
        )
