"""A remark says something in at least one language; the other may follow."""

from __future__ import annotations

from collections.abc import Iterable

from data_access.contract.model import Contract
from data_access.imports.report import Problem
from data_access.imports.table import Table

EITHER = "TEXT_FR | TEXT_NL"


def check_text_given(table: Table, contract: Contract) -> Iterable[Problem]:
    """A remark without any text."""
    silent = (table.raw["text_fr"].isna() & table.raw["text_nl"].isna()).to_numpy()
    column = "text_fr" if "text_fr" in table.labels else "text_nl"
    yield from table.problems(silent, "text_missing", column, EITHER)
