"""A number must be a number and a day a day; what is doubtful is asked, never guessed."""

from __future__ import annotations

from collections.abc import Iterable

import numpy as np

from data_access.contract.model import Contract
from data_access.imports.column import Kind
from data_access.imports.columns import TABLES
from data_access.imports.report import Problem
from data_access.imports.table import Table

EXPECTED = {
    "unreadable_number": "1234.5, 1234,5, 1 234,5",
    "ambiguous_number": "1234, 1234.0, 1234,0",
    "unreadable_date": "2027-12-31, 31/12/2027",
    "not_whole": "0, 1, 2 … 2147483647",
}
_LARGEST = 2**31 - 1  # that the database can hold


def check_readable(table: Table, contract: Contract) -> Iterable[Problem]:
    """No number, no day, a number that could be two numbers, a fraction where people are counted."""
    for column, problems in table.unread.items():
        for code in sorted({str(found) for found in problems if found is not None}):
            where = problems == code
            yield from table.problems(where, code, column, EXPECTED.get(code, ""))
    for each in TABLES[table.kind]:
        if each.kind is Kind.WHOLE:
            numbers = table.numbers(each.field)
            yield from table.problems(
                (np.mod(numbers, 1) > 0) | (numbers > _LARGEST),
                "not_whole",
                each.field,
                EXPECTED["not_whole"],
            )
