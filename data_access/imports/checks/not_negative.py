"""Counts, rates, delays and scores are never negative; a gap may be. A window and a rank begin at one."""

from __future__ import annotations

from collections.abc import Iterable

from data_access.contract.model import Contract, Measure, Unit
from data_access.imports.report import Problem
from data_access.imports.table import Table


def check_not_negative(table: Table, contract: Contract) -> Iterable[Problem]:
    """A negative number where the quantity has no sign."""
    if table.kind == "cohort":
        yield from table.problems(table.numbers("count") < 0, "negative", "count", "≥ 0")
        yield from table.problems(table.numbers("window_months") < 1, "negative", "window_months", "≥ 1")
        return
    if table.kind == "plan":
        for column in ("budget_run", "budget_change"):
            yield from table.problems(table.numbers(column) < 0, "negative", column, "≥ 0")
        return
    if table.kind == "remark":
        yield from table.problems(table.numbers("rank") < 1, "negative", "rank", "≥ 1")
        return
    signed = {i.code for i in contract.indicators if i.measure is Measure.GAP or i.unit is Unit.POINTS}
    unsigned = ~table.holds("indicator", signed)
    for column in ("numerator", "denominator", "obs_value"):
        anyhow = unsigned | (column == "denominator")
        yield from table.problems(anyhow & (table.numbers(column) < 0), "negative", column, "≥ 0")
