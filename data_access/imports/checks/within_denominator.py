"""A part cannot exceed its whole, where the definition makes it a part."""

from __future__ import annotations

from collections.abc import Iterable

from data_access.contract.model import Contract
from data_access.imports.report import Problem
from data_access.imports.table import Table, plain


def check_within_denominator(table: Table, contract: Contract) -> Iterable[Problem]:
    """A numerator above its denominator where the definition forbids it."""
    parts = {i.code for i in contract.indicators if i.numerator_within_denominator}
    denominator = table.numbers("denominator")
    above = table.holds("indicator", parts) & (table.numbers("numerator") > denominator)
    yield from table.problems(
        above, "numerator_above_denominator", "numerator", lambda at: f"≤ {plain(denominator[at])}"
    )
