"""Exits by month since entry: those of a whole cohort, within its window, no more than its stages tell of."""

from __future__ import annotations

from collections.abc import Iterable

import numpy as np

from data_access.contract.model import Contract
from data_access.imports.columns import MONTHS
from data_access.imports.report import Problem
from data_access.imports.steps import GROUP, is_whole
from data_access.imports.table import Mask, Table, plain

EXITS = ("employment", "training", "other_exit")


def check_cohort_months(table: Table, contract: Contract) -> Iterable[Problem]:
    """A month of what is no exit, of another stage than the entry, after the window; too many exits."""
    monthly = table.holds("month", MONTHS)
    if not monthly.any():
        return
    no_exit = monthly & ~table.is_empty("outcome") & ~table.holds("outcome", EXITS)
    yield from table.problems(no_exit, "month_of_no_exit", "outcome", ", ".join(EXITS))
    number = table.lookup("month", {text: int(text) for text in MONTHS}, 0)
    for funnel in contract.funnels:
        own = monthly & table.holds("funnel", {funnel.code})
        entry, window = funnel.stages[0].code, funnel.window_months
        inner = own & table.holds("stage", {stage.code for stage in funnel.stages[1:]})
        yield from table.problems(inner, "month_after_entry", "stage", entry)
        yield from table.problems(own & (number > window), "month_after_window", "month", f"≤ {window:02}")
    yield from _too_many(table, monthly)


def _too_many(table: Table, monthly: Mask) -> Iterable[Problem]:
    """On the first row by month of each cohort, group and outcome; unknown counts accuse nobody."""
    key = table.groups((*GROUP, "outcome"))
    counts = table.numbers("count")
    whole = is_whole(table)
    size = int(key.max(initial=-1)) + 1
    by_month = np.bincount(key[monthly], np.nan_to_num(counts[monthly]), size)
    told = np.bincount(key[whole], counts[whole], size)  # NaN where one of them is kept back
    there = np.bincount(key[whole], minlength=size) > 0
    wrong = np.flatnonzero(there & (by_month > told))
    rows = np.flatnonzero(monthly)
    _, first = np.unique(key[rows], return_index=True)
    where = np.zeros(len(table), dtype=bool)
    where[rows[first]] = np.isin(key[rows[first]], wrong)
    yield from table.problems(
        where,
        "months_exceed",
        "outcome",
        lambda at: f"≤ {plain(float(told[key[at]]))}",
        facts=lambda at: {"sum": plain(float(by_month[key[at]]))},
    )
