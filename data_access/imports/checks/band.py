"""A band has its lower edge below its upper one."""

from __future__ import annotations

from collections.abc import Iterable

from data_access.contract.model import Contract
from data_access.imports.report import Problem
from data_access.imports.table import Table, plain


def check_band(table: Table, contract: Contract) -> Iterable[Problem]:
    """Edges that are crossed."""
    high = table.numbers("high")
    yield from table.problems(
        table.numbers("low") > high, "band_crossed", "low", lambda at: f"≤ {plain(high[at])}"
    )
