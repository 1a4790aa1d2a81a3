"""Codes must stand in their list: indicators, areas, dimension items, statuses, reasons."""

from __future__ import annotations

from collections.abc import Iterable

from data_access.contract.model import Contract
from data_access.imports.column import Kind
from data_access.imports.columns import TABLES, items_of
from data_access.imports.report import Problem
from data_access.imports.table import Table

_SHOWN = 20  # items named in a message; docs/tables.md says where they all are


def check_known_codes(table: Table, contract: Contract) -> Iterable[Problem]:
    """A code that its list does not have."""
    for column in TABLES[table.kind]:
        items = items_of(column, contract) if column.kind is Kind.CODE else ()
        if items:
            known = items if column.default is None else (*items, column.default)  # an empty cell means it
            stray = ~table.is_empty(column.field) & ~table.holds(column.field, known)
            yield from table.problems(stray, column.unknown, column.field, _some(items))


def _some(items: tuple[str, ...]) -> str:
    return ", ".join(items[:_SHOWN]) + (" …" if len(items) > _SHOWN else "")
