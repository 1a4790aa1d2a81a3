"""What was transmitted has a name."""

from __future__ import annotations

from collections.abc import Iterable

from data_access.contract.model import Contract
from data_access.imports.report import Problem, Severity
from data_access.imports.table import Table


def check_document_given(table: Table, contract: Contract) -> Iterable[Problem]:
    """A transmission that names no document in either language (warning)."""
    silent = (table.raw["document_fr"].isna() & table.raw["document_nl"].isna()).to_numpy()
    yield from table.problems(
        silent & table.holds("state", {"transmitted"}),
        "document_missing",
        "document_fr",
        "DOCUMENT_FR | DOCUMENT_NL",
        severity=Severity.WARNING,
    )
