"""Tables that show cells to be safe: found for many cells at once, then one by one for those that remain."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import count

import numpy as np

from data_access.domain.confidentiality.programme import (
    Programme,
    best_point,
    fits,
    least_of,
    make_programme,
    most_of,
)
from data_access.domain.confidentiality.system import Block, Bounds, Ints, Watch

IN_VAIN = 2  # pushes of many at once that show no further cell to be safe; the others are asked one by one
ALONE = 8  # cells that are left are asked one by one
MANY = 50  # cells pushed at once: of more, whole tables are hard to find
GOOD = 0.9  # how far from the largest sum of the pushes is good enough


@dataclass(frozen=True)
class Hint:
    """Where to look first for a narrow cell: places in the system of those that were narrow before."""

    suspects: list[int]


def first_point(block: Block, tight: Bounds, counts: Ints) -> Ints | None:
    """A whole table that fits: the true one, else any; None where the relations contradict each other."""
    if fits(block, counts, tight):
        return counts
    return best_point(make_programme(block), np.zeros(len(counts)), tight)


def reach(
    block: Block, tight: Bounds, watch: Watch, seen: Bounds, hint: Hint | None = None
) -> tuple[Bounds, list[int]]:
    """The counts that cells are shown to reach, and the cells that are shown to be too narrow.

    Each table that fits says of all cells at once what they can be. Some cells that are not yet safe are
    pushed, each to one side and no further than it needs; the others give way. Those that are left are pushed
    one by one until they are safe or go no further, which gives the exact interval of the latter.

    Args:
        block: of unpublished cells.
        tight: valid bounds of them (``propagate``).
        watch: of the same cells.
        seen: what tables that fit have shown before; at least one.
        hint: to stop at the first narrow cell; None to find all.

    Returns:
        Bounds within the feasibility intervals, exact for the narrow cells; these, as places in the block.
    """
    programme = make_programme(block)
    if hint is not None:
        suspects = np.flatnonzero(np.isin(block.columns, hint.suspects)).tolist()
        seen, narrow = _one_by_one(programme, tight, watch, seen, suspects, first=True)
        if narrow:
            return seen, narrow
    seen = _push_many(programme, tight, watch, seen)
    left = np.flatnonzero(~watch.protected(seen)).tolist()
    return _one_by_one(programme, tight, watch, seen, left, first=hint is not None)


def _one_by_one(
    programme: Programme, tight: Bounds, watch: Watch, seen: Bounds, columns: list[int], *, first: bool
) -> tuple[Bounds, list[int]]:
    """What is seen after asking each cell, and those of them that are narrow; the first one only if asked."""
    narrow: list[int] = []
    for column in columns:
        if first and narrow:
            break
        if not watch.protected(seen)[column]:  # a table found for another cell may have shown it meanwhile
            seen = reach_ends(programme, _no_further(tight, watch, seen, np.array([column])), seen, column)
            narrow += [] if watch.protected(seen)[column] else [column]
    return seen, narrow


def _push_many(programme: Programme, tight: Bounds, watch: Watch, seen: Bounds) -> Bounds:
    """What is seen after pushing many cells at once, until all are safe or nothing new is seen."""
    in_vain, left = 0, int(np.sum(~watch.protected(seen)))
    for turn in count():
        if left <= ALONE or in_vain == IN_VAIN:
            break
        seen = _widen(seen, _push(programme, tight, watch, seen, turn))
        before, left = left, int(np.sum(~watch.protected(seen)))
        in_vain = in_vain + 1 if left == before else 0
    return seen


def reach_ends(programme: Programme, tight: Bounds, seen: Bounds, column: int) -> Bounds:
    """What is seen, with both ends of one cell reached."""
    if seen.most[column] < tight.most[column]:
        seen = _widen(seen, most_of(programme, column, tight))
    if seen.least[column] > tight.least[column]:
        seen = _widen(seen, least_of(programme, column, tight))
    return seen


def _push(programme: Programme, tight: Bounds, watch: Watch, seen: Bounds, turn: int) -> Ints | None:
    """A table in which some cells that are not yet safe are pushed, a coin saying to which side.

    The coins are the same at every run. Every second turn pushes the other way.
    """
    left = np.flatnonzero(~watch.protected(seen))
    chance = np.random.default_rng(turn // 2)
    order = chance.permutation(len(watch.counts))
    sides = chance.choice([-1, 1], len(watch.counts)) * (1 if turn % 2 else -1)
    pushed = left[np.argsort(order[left])][: min(MANY, len(left) // 2)]
    weights = np.zeros(len(watch.counts))
    weights[pushed] = sides[pushed]
    return best_point(programme, weights, _no_further(tight, watch, seen, pushed), gap=GOOD)


def _no_further(tight: Bounds, watch: Watch, seen: Bounds, pushed: Ints) -> Bounds:
    """The bounds, narrower for the cells that are pushed: what each needs to be seen to be safe."""
    own, need = seen.take(pushed), np.maximum(watch.needed, watch.few)[pushed]
    most = np.minimum(tight.most[pushed], own.least + np.maximum(need, own.most - own.least))
    least = np.maximum(tight.least[pushed], own.most - np.maximum(need, own.most - own.least))
    return tight.put(pushed, Bounds(least, most))


def _widen(seen: Bounds, point: Ints | None) -> Bounds:
    if point is None:
        return seen
    return Bounds(np.minimum(seen.least, point), np.maximum(seen.most, point))
