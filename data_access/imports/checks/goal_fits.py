"""A band where the definition asks for a band, a value where it asks for a value."""

from __future__ import annotations

from collections.abc import Iterable

from data_access.contract.model import Contract
from data_access.domain.polarity import Polarity
from data_access.imports.report import Problem
from data_access.imports.table import Table


def check_goal_fits(table: Table, contract: Contract) -> Iterable[Problem]:
    """A milestone or target of the wrong kind: it could not be judged."""
    banded = {i.code for i in contract.indicators if i.polarity is Polarity.BAND}
    valued = {i.code for i in contract.indicators} - banded
    value = ~table.raw["value"].isna().to_numpy()
    low, high = (~table.raw[edge].isna().to_numpy() for edge in ("low", "high"))
    aims = table.holds("kind", {"milestone", "target"})
    in_band = aims & table.holds("indicator", banded)
    yield from table.problems(in_band & value & ~low & ~high, "band_expected", "value", "LOW, HIGH")
    by_value = aims & table.holds("indicator", valued) & ~value
    yield from table.problems(by_value & low, "value_expected", "low", "VALUE")
    yield from table.problems(by_value & high & ~low, "value_expected", "high", "VALUE")
