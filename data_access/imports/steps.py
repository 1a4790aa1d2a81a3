"""The steps of each cohort from stage to stage, as the cohort checks compare them."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import pairwise

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from data_access.contract.model import Contract, FunnelStage
from data_access.db.tables import COHORT_KEY
from data_access.imports.columns import TOTAL
from data_access.imports.report import Problem
from data_access.imports.table import Mask, Table, plain

Floats = NDArray[np.float64]
GROUP = tuple(name for name in COHORT_KEY if name not in {"stage", "outcome", "month", "obstacle"})


@dataclass(frozen=True)
class Step:
    """A stage and the one that holds its cases, in each cohort and group that has the stage.

    Attributes:
        stage: the later stage.
        holder: code of the stage that holds all its cases: the one before, or the one it names.
        first: position of its first row.
        size: the sum of its outcomes; NaN where a count is kept back, in the others too.
        held: the sum of the holder's outcomes; NaN where the holder is absent.
        passed: those whom the stage before passed on to it; NaN where that outcome is absent.
    """

    stage: FunnelStage
    holder: str
    first: NDArray[np.int_]
    size: Floats
    held: Floats
    passed: Floats

    def problems(
        self, table: Table, wrong: Mask, code: str, expected: Floats, sign: str = ""
    ) -> Iterator[Problem]:
        """One problem for each wrong group, on the first row of its stage."""
        at_row = dict(zip(self.first[wrong].tolist(), np.flatnonzero(wrong).tolist(), strict=True))
        where = np.zeros(len(table), dtype=bool)
        where[self.first[wrong]] = True
        yield from table.problems(
            where,
            code,
            "stage",
            lambda at: sign + plain(float(expected[at_row[at]])),
            facts=lambda at: {"size": plain(float(self.size[at_row[at]])), "holder": self.holder},
        )


def is_whole(table: Table) -> Mask:
    """The rows that count every case of a stage and outcome."""
    return table.holds("month", {TOTAL}) & table.holds("obstacle", {TOTAL})


def steps(table: Table, contract: Contract) -> Iterator[Step]:
    """Every stage but the first, funnel by funnel; rows by month or obstacle speak of the same cases."""
    group = table.groups(GROUP)
    whole = is_whole(table)
    for funnel in contract.funnels:
        rows = table.holds("funnel", {funnel.code}) & whole
        if rows.any():
            for before, stage in pairwise(funnel.stages):
                yield _step(table, group, rows, before.code, stage)


def _step(table: Table, group: NDArray[np.intp], rows: Mask, before: str, stage: FunnelStage) -> Step:
    here = np.flatnonzero(rows & table.holds("stage", {stage.code}))
    holder = stage.within or before
    passed = rows & table.holds("stage", {before}) & table.holds("outcome", {"next"})
    size = _sums(table, group, here)
    first = pd.Series(here).groupby(group[here]).min().reindex(size.index)
    held = _sums(table, group, np.flatnonzero(rows & table.holds("stage", {holder})))
    return Step(
        stage,
        holder,
        first.to_numpy(dtype=np.int_),
        _floats(size),
        _floats(held.reindex(size.index)),
        _floats(_sums(table, group, np.flatnonzero(passed)).reindex(size.index)),
    )


def _sums(table: Table, group: NDArray[np.intp], positions: NDArray[np.intp]) -> pd.Series[float]:
    counts = pd.Series(table.numbers("count")[positions])
    return counts.groupby(group[positions]).sum(skipna=False)


def _floats(values: pd.Series[float]) -> Floats:
    return np.asarray(values, dtype=np.float64)
