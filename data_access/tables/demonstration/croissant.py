"""The gap between the croissant pauvre and the rest of the Region, from the rates of the communes."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import numpy as np

from data_access.contract.model import Contract
from data_access.tables.demonstration.cell import Cell
from data_access.tables.demonstration.series import Kind, Series
from data_access.tables.demonstration.streams import Floats


def make_gap(contract: Contract, rates: Mapping[Cell, Series]) -> dict[Cell, Series]:
    """The gap in percentage points, croissant minus rest: total, and whatever the communes are crossed with.

    Args:
        contract: gives the default definition of the croissant.
        rates: series of the exit rate, communes included.
    """
    inside = next(set(d.communes) for d in contract.croissants if d.default)
    groups: dict[Cell, list[tuple[bool, Series]]] = {}
    for cell, series in rates.items():
        if cell.ref_area != "BRU":
            home = cell._replace(ref_area="BRU")
            groups.setdefault(home, []).append((cell.ref_area in inside, series))
    return {home: _gap(members) for home, members in groups.items()}


def _gap(members: Sequence[tuple[bool, Series]]) -> Series:
    ours = _pooled([series for is_inside, series in members if is_inside])
    rest = _pooled([series for is_inside, series in members if not is_inside])
    return Series(members[0][1].when, Kind.LEVEL, level=100.0 * (ours - rest))


def _pooled(series: Sequence[Series]) -> Floats:
    """Exit rate of several communes together."""
    numerator = np.sum([s.counts for s in series], axis=0)
    cases = np.sum([s.sizes for s in series], axis=0)
    return np.asarray(numerator / np.maximum(cases, 1), dtype=np.float64)
