"""A score out of ten lies between zero and ten."""

from __future__ import annotations

from collections.abc import Iterable

from data_access.contract.model import Contract, Unit
from data_access.imports.checks.percentage import COLUMNS
from data_access.imports.report import Problem
from data_access.imports.table import Table


def check_score(table: Table, contract: Contract) -> Iterable[Problem]:
    """A score above 10; a target below 0."""
    scores = table.holds("indicator", {i.code for i in contract.indicators if i.unit is Unit.SCORE10})
    for column in COLUMNS[table.kind]:
        value = table.numbers(column)
        low = (value < 0) & (table.kind == "target")
        yield from table.problems(scores & ((value > 10) | low), "score_out_of_range", column, "0 … 10")
