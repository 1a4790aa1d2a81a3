"""How long it takes to make a large table safe and to attack it: ``python -m bench.confidentiality``."""

from __future__ import annotations

import json
from itertools import product
from time import perf_counter

import numpy as np

from data_access.contract.load import contract
from data_access.domain.confidentiality.audit import audit_disclosure
from data_access.domain.confidentiality.cells import Cell, ConfStatus, Table
from data_access.domain.confidentiality.relations import Key, Partition, make_table
from data_access.domain.confidentiality.rows import Measure
from data_access.domain.confidentiality.secondary import suppress

TOTAL, REGION, SIDES = "_T", "BRU", ("IN", "OUT")
OTHERS = (("F", "M"), ("Y_LT25", "Y25T29", "Y30T49", "Y_GE50"), ("D1", "D2", "D3", "D4", "D5"))
MEANS = (5, 20, 80)  # persons to a cell of the finest partition: from a table of few to one of many


def measure_confidentiality() -> dict[str, float]:
    """Suppress and audit 19 communes × 2 × 4 × 5 with all margins, both sides of the croissant included.

    Returns:
        seconds: of the slowest of several tables; cells: of each; leaks: found after suppression, none.
    """
    slowest, leaks, cells = 0.0, 0, 0
    for mean in MEANS:
        table = make(mean)
        start = perf_counter()
        audit = audit_disclosure(suppress(table, [(Measure.COUNT, REGION, *(TOTAL for _ in OTHERS))]).table)
        slowest = max(slowest, perf_counter() - start)
        leaks, cells = leaks + len(audit.leaks), len(table.cells)
    return {"seconds": round(slowest, 1), "cells": cells, "leaks": leaks}


def make(mean: float, seed: int = 2027) -> Table[Key]:
    """A table of persons (Poisson), communes and groups of unequal size, with its primary cells hidden."""
    communes = tuple(commune.nis for commune in contract().communes)
    inside = next(croissant.communes for croissant in contract().croissants if croissant.default)
    outside = tuple(nis for nis in communes if nis not in inside)
    random = np.random.default_rng(seed)
    sizes = np.ones(())
    for count in (len(communes), *map(len, OTHERS)):
        sizes = np.multiply.outer(sizes, random.gamma(1.5, size=count))
    counts = random.poisson(mean * sizes / sizes.mean())
    for axis in range(1, counts.ndim):
        counts = np.concatenate([counts.sum(axis=axis, keepdims=True), counts], axis=axis)
    rows = [
        counts.sum(axis=0),
        *(counts[[communes.index(n) for n in s]].sum(axis=0) for s in (inside, outside)),
    ]
    every = np.concatenate([np.stack(rows), counts])
    names = ((REGION, *SIDES, *communes), *((TOTAL, *items) for items in OTHERS))
    cells = {
        (Measure.COUNT, *items): Cell(int(n), ConfStatus.CONFIDENTIAL if 0 < n < 4 else ConfStatus.FREE)
        for items, n in zip(product(*names), every.flatten(), strict=True)
    }
    areas = [(REGION, communes), (SIDES[0], inside), (SIDES[1], outside), (REGION, SIDES)]
    partitions = [Partition(1, whole, tuple(parts)) for whole, parts in areas]
    partitions += [Partition(axis, TOTAL, items) for axis, items in enumerate(OTHERS, start=2)]
    return make_table(cells, partitions)


if __name__ == "__main__":
    print(json.dumps(measure_confidentiality()))
