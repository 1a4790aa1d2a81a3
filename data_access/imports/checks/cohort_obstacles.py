"""Cases by obstacle: at the stage that records obstacles, over the whole window, none more than its cases.

A case may have several obstacles: they are never asked to add up to anything.
"""

from __future__ import annotations

from collections.abc import Iterable

import numpy as np

from data_access.contract.model import Contract
from data_access.imports.columns import TOTAL
from data_access.imports.report import Problem
from data_access.imports.steps import GROUP, is_whole
from data_access.imports.table import Mask, Table, plain


def check_cohort_obstacles(table: Table, contract: Contract) -> Iterable[Problem]:
    """An obstacle at another stage, or in one month; more cases with it than the stage holds."""
    named = ~table.is_empty("obstacle") & ~table.holds("obstacle", {TOTAL})
    if not named.any():
        return
    for funnel in contract.funnels:
        own = named & table.holds("funnel", {funnel.code})
        elsewhere = {stage.code for stage in funnel.stages if not stage.obstacles}
        there = ", ".join(stage.code for stage in funnel.stages if stage.obstacles) or TOTAL
        yield from table.problems(own & table.holds("stage", elsewhere), "obstacle_elsewhere", "stage", there)
    yield from table.problems(named & ~table.holds("month", {TOTAL}), "obstacle_by_month", "month", TOTAL)
    yield from _too_many(table, named & table.holds("month", {TOTAL}))


def _too_many(table: Table, named: Mask) -> Iterable[Problem]:
    """On each row by obstacle that exceeds its whole; where either count is not known, nothing is said."""
    key = table.groups((*GROUP, "stage", "outcome"))
    counts = table.numbers("count")
    whole = is_whole(table)
    size = int(key.max(initial=-1)) + 1
    told = np.where(np.bincount(key[whole], minlength=size) > 0, 0.0, np.nan)
    told += np.bincount(key[whole], counts[whole], size)
    yield from table.problems(
        named & (counts > told[key]),
        "obstacle_exceeds",
        "count",
        lambda at: f"≤ {plain(float(told[key[at]]))}",
    )
