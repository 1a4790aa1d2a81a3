"""Whole numbers that add up exactly: a total shared out by the largest-remainder method (Hamilton)."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from data_access.tables.demonstration.streams import Floats

Ints = NDArray[np.int64]


def apportion(totals: Ints, weights: Floats, room: Ints | None = None, starts: Floats | None = None) -> Ints:
    """Share each total among the columns, in proportion to the weights.

    Args:
        totals: shape (periods,), not negative.
        weights: shape (periods, parts), not negative; all zero only where the total is zero.
        room: shape (periods, parts), the most that a part may receive; a row adds up to its total at least.
        starts: shape (periods,), uniform draws in [0, 1). Largest remainders would give many small parts
            nothing, whatever their sum; with draws each receives its remainder on average.

    Returns:
        Shape (periods, parts); every row adds up to its total, no part exceeds its room. Equal
        remainders go to the earlier part.
    """
    quotas = _quotas(totals, weights, room)
    whole = np.floor(quotas).astype(np.int64)
    left = totals - whole.sum(axis=1)
    remainders = quotas - whole
    if starts is not None:
        return whole + _drawn(left, remainders, starts)
    if room is not None:
        remainders = np.where(whole < room, remainders, -1.0)
    order = np.argsort(-remainders, axis=1, kind="stable")
    rank = np.argsort(order, axis=1, kind="stable")
    return np.asarray(whole + (rank < left[:, None]), dtype=np.int64)


def _drawn(left: Ints, remainders: Floats, starts: Floats) -> Ints:
    """Systematic sampling: a unit wherever the remainders, end to end, pass a start plus a whole number."""
    ends = np.cumsum(remainders, axis=1)
    ends[:, -1] = left  # what adding up left of rounding
    passed = np.floor(np.minimum(ends, left[:, None]) + starts[:, None]).astype(np.int64)
    return np.asarray(np.diff(passed, axis=1, prepend=0), dtype=np.int64)


def _quotas(totals: Ints, weights: Floats, room: Ints | None) -> Floats:
    """Real shares; what exceeds a part's room is shared again among the others."""
    if room is None:
        room = np.broadcast_to(totals[:, None], weights.shape)
    full = np.zeros(weights.shape, dtype=bool)
    quotas = np.zeros(weights.shape)
    for _ in range(weights.shape[1]):
        held = across(np.where(full, room, 0.0))
        open_weight = across(np.where(full, 0.0, weights))
        scale = np.divide(totals - held, open_weight, out=np.zeros(len(totals)), where=open_weight > 0)
        quotas = np.where(full, room, weights * scale[:, None])
        over = ~full & (quotas >= room)
        if not over.any():
            break
        full = full | over
    return np.where(full, room, quotas)


def share_successes(successes: Ints, cases: Ints, chances: Floats, starts: Floats | None = None) -> Ints:
    """Share successes among groups of cases, so that no group has more successes than cases.

    The rarer of success and failure is shared out, so that the group differences stay visible
    even when nearly all cases succeed.

    Args:
        successes: shape (periods,), at most the cases of the period.
        cases: shape (periods, groups).
        chances: shape (periods, groups), the probability of success that each group leans to, in (0, 1).
        starts: of ``apportion``.

    Returns:
        Shape (periods, groups); every row adds up to its successes.
    """
    failures = cases.sum(axis=1) - successes
    by_success = apportion(successes, cases * chances, cases, starts)
    by_failure = cases - apportion(failures, cases * (1.0 - chances), cases, starts)
    return np.where((successes <= failures)[:, None], by_success, by_failure)


def across(table: Floats) -> Floats:
    """Row sums, added column by column so that every machine adds in the same order."""
    total = np.zeros(table.shape[0])
    for column in range(table.shape[1]):
        total = total + table[:, column]
    return total
