"""The percentage of a part cannot pass a hundred."""

from __future__ import annotations

from collections.abc import Iterable

from data_access.contract.model import Contract, Measure, Unit
from data_access.imports.report import Problem
from data_access.imports.table import Table

COLUMNS = {"observation": ("obs_value",), "target": ("value", "low", "high")}


def check_percentage(table: Table, contract: Contract) -> Iterable[Problem]:
    """A percentage above 100 where the numerator is a part of the denominator; a target below 0."""
    percent = {
        i.code
        for i in contract.indicators
        if i.unit is Unit.PERCENT and i.measure is not Measure.GAP and i.numerator_within_denominator
    }
    shares = table.holds("indicator", percent)
    for column in COLUMNS[table.kind]:
        value = table.numbers(column)
        # The negative values of observations are the business of check_not_negative.
        low = (value < 0) & (table.kind == "target")
        yield from table.problems(
            shares & ((value > 100) | low), "percentage_out_of_range", column, "0 … 100"
        )
