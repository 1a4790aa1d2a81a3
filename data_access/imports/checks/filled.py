"""Some cells may not be empty; a target without its decision is no target."""

from __future__ import annotations

from collections.abc import Iterable

from data_access.contract.model import Contract
from data_access.imports.columns import TABLES
from data_access.imports.report import Problem
from data_access.imports.table import Table


def check_filled(table: Table, contract: Contract) -> Iterable[Problem]:
    """An empty cell in a column that must be filled."""
    for column in TABLES[table.kind]:
        if column.required or (column.whole and column.field in table.labels):
            empty = table.raw[column.field].isna().to_numpy()
            yield from table.problems(empty, column.empty, column.field, column.example)
