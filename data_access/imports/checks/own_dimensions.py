"""A breakdown that the definition does not name is loaded, with a warning."""

from __future__ import annotations

from collections.abc import Iterable

from data_access.contract.model import Contract
from data_access.db.tables import DIMENSIONS
from data_access.imports.columns import REGION, TOTAL
from data_access.imports.report import Problem, Severity
from data_access.imports.table import Table


def check_own_dimensions(table: Table, contract: Contract) -> Iterable[Problem]:
    """An item other than the total in a dimension that is not the indicator's."""
    for column, total in {"ref_area": REGION, **dict.fromkeys(DIMENSIONS, TOTAL)}.items():
        foreign = {i.code for i in contract.indicators if column.upper() not in i.dimensions}
        stray = table.holds("indicator", foreign) & ~table.holds(column, {total})
        yield from table.problems(stray, "dimension_not_defined", column, total, severity=Severity.WARNING)
