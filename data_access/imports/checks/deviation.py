"""An accepted deviation says of which indicator, why, and until when."""

from __future__ import annotations

from collections.abc import Iterable

from data_access.contract.model import Contract
from data_access.imports.report import Problem
from data_access.imports.table import Table


def check_deviation(table: Table, contract: Contract) -> Iterable[Problem]:
    """A deviation without its indicator, its reason in a language, or its last day."""
    accepted = table.holds("kind", {"deviation"})
    empty = {
        name: table.raw[name].isna().to_numpy() for name in ("indicator", "reason_fr", "reason_nl", "due")
    }
    yield from table.problems(accepted & empty["indicator"], "deviation_indicator", "indicator", "OS2.03")
    silent = empty["reason_fr"] & empty["reason_nl"]
    column = "reason_fr" if "reason_fr" in table.labels else "reason_nl"
    yield from table.problems(accepted & silent, "deviation_reason", column, "REASON_FR | REASON_NL")
    yield from table.problems(accepted & empty["due"], "deviation_due", "due", "2027-03-31")
