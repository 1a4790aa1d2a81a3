"""Tables that show cells to be safe: found for many cells at once, then one by one for those that remain."""

from __future__ import annotations

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

TURNS = 40  # of many at once; those that are left by then are asked one by one
MANY = 50  # cells pushed at once: of more, whole tables are hard to find
GOOD = 0.5  # of the sum of the pushes is good enough


def first_point(block: Block, tight: Bounds, counts: Ints) -> Ints | None:
    """A whole table that fits: the true one, else any; None where the relations contradict each other."""
    if fits(block, counts, tight):
        return counts
    return best_point(make_programme(block), np.zeros(len(counts)), tight)


def reach(block: Block, tight: Bounds, watch: Watch, seen: Bounds) -> Bounds:
    """The counts that each cell is shown to reach, at least until all that can be are seen to be safe.

    Each table that fits says of all cells at once what they can be. Some cells that are not yet safe are
    pushed, each to one side and no further than it needs; the others give way. Once few are left each is
    pushed as far as it goes, and its interval is exact.

    Args:
        block: of unpublished cells.
        tight: valid bounds of them (``propagate``).
        watch: of the same cells.
        seen: what tables that fit have shown before; at least one.

    Returns:
        Bounds within the feasibility intervals; exact for every cell that they do not show to be safe.
    """
    programme = make_programme(block)
    for turn in range(TURNS):
        if watch.protected(seen).all():
            break
        seen = _widen(seen, _push(programme, tight, watch, seen, turn))
    for column in np.flatnonzero(~watch.protected(seen)).tolist():
        if not watch.take(np.array([column])).protected(seen.take(np.array([column])))[0]:
            seen = reach_ends(programme, tight, seen, column)
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
    pushed = left[np.argsort(order[left])][:MANY]
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
