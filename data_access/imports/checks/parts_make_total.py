"""A total should be the sum of its parts, where all parts are there."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from data_access.contract.model import Contract, Measure, Unit
from data_access.db.tables import DIMENSIONS
from data_access.imports.checks.duplicate_key import KEYS
from data_access.imports.columns import REGION, TOTAL
from data_access.imports.report import Problem, Severity
from data_access.imports.table import Mask, Table, plain

_UNKNOWN = "_U"
_NOISE = 1e-6


def check_parts_make_total(table: Table, contract: Contract) -> Iterable[Problem]:
    """A warning on each total that differs from the sum over the parts of one dimension.

    Counts are compared by their value, everything else by its numerator. Parts are the items that do not
    overlap; the unknown and the sensitive ones are added when they are there, and not waited for.
    """
    counts = {i.code for i in contract.indicators if i.unit is Unit.COUNT}
    others = {i.code for i in contract.indicators} - counts
    for column, total, needed, optional in _dimensions(contract):
        for measure, codes in (("obs_value", counts), ("numerator", others)):
            rows = table.holds("indicator", codes) & ~np.isnan(table.numbers(measure))
            yield from _compare(table, contract, rows, column, measure, total, needed, optional)


def _dimensions(contract: Contract) -> Iterator[tuple[str, str, set[str], set[str]]]:
    """Column, its total, the parts that must all be there, those that may."""
    yield "ref_area", REGION, {c.nis for c in contract.communes}, set()
    for column in DIMENSIONS:
        parts = [i for i in contract.codelists if i.dimension == column.upper() and i.part_of_total]
        optional = {i.code for i in parts if i.sensitive or i.code == _UNKNOWN}
        needed = {i.code for i in parts} - optional
        if needed:
            yield column, TOTAL, needed, optional


def _compare(
    table: Table,
    contract: Contract,
    rows: Mask,
    column: str,
    measure: str,
    total: str,
    needed: set[str],
    optional: set[str],
) -> Iterator[Problem]:
    parts = np.flatnonzero(rows & table.holds(column, needed | optional))
    totals = np.flatnonzero(rows & table.holds(column, {total}))
    if not len(parts) or not len(totals):
        return
    group = table.groups([name for name in KEYS["observation"] if name != column])
    waited = pd.Series(table.holds(column, needed)[parts]).groupby(group[parts]).sum()
    sums = pd.Series(table.numbers(measure)[parts]).groupby(group[parts]).sum()[waited == len(needed)]
    expected = sums.reindex(group[totals]).to_numpy()
    allowed = _tolerance(table, contract, len(needed | optional))[totals]
    wrong = np.abs(table.numbers(measure)[totals] - expected) > allowed
    found = dict(zip(totals[wrong].tolist(), expected[wrong].tolist(), strict=True))
    where = np.zeros(len(table), dtype=bool)
    where[totals[wrong]] = True
    yield from table.problems(
        where,
        "total_differs",
        measure,
        lambda at: plain(found[at]),
        severity=Severity.WARNING,
        facts=lambda _: {"dimension": column.upper()},
    )


def _tolerance(table: Table, contract: Contract, parts: int) -> NDArray[np.float64]:
    """Stocks and flows add up exactly; means were each rounded, the total too."""
    rounded = {
        i.code: 0.5 * (parts + 1) * 10.0**-i.decimals
        for i in contract.indicators
        if i.measure is Measure.MEAN
    }
    allowed: NDArray[np.float64] = np.maximum(table.lookup("indicator", rounded, 0.0), _NOISE)
    return allowed
