"""Quick bounds: what each sum alone says of its cells, again and again until nothing changes."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from data_access.domain.confidentiality.system import Block, Bounds, Ints

ROUNDS = 50  # bounds are valid after each round; where sums turn in a circle the programmes do the rest


@dataclass(frozen=True)
class Entries:
    """What each relation of a block alone says of each of its cells; arrays of shape (entries,)."""

    rows: Ints
    columns: Ints
    bounds: Bounds


def propagate(block: Block) -> Bounds:
    """Bounds that every relation agrees with, shape (columns,); they hold the feasibility interval.

    Interval propagation (bounds consistency of linear equations) over whole numbers. Where it finds that no
    table fits, some least is above its most.
    """
    bounds = block.prior
    for _ in range(ROUNDS):
        said = implied(block, bounds)
        least, most = bounds.least.copy(), bounds.most.copy()
        np.maximum.at(least, said.columns, said.bounds.least)
        np.minimum.at(most, said.columns, said.bounds.most)
        tighter = Bounds(least, most)
        done = np.array_equal(least, bounds.least) and np.array_equal(most, bounds.most)
        bounds = tighter
        if done or tighter.impossible:
            break
    return bounds


def implied(block: Block, bounds: Bounds) -> Entries:
    """What each relation says of each of its cells, the others being within these bounds.

    A term of a sum between low and high is at most high less the least of the other terms, and at least low
    less their most.
    """
    entries = block.matrix.tocoo()
    rows, columns, plus = entries.row, entries.col, entries.data > 0
    least, most = bounds.least[columns], bounds.most[columns]
    lowest, highest = np.where(plus, least, -most), np.where(plus, most, -least)
    size = len(block.rows)
    under = np.bincount(rows, lowest, size).astype(np.int64)[rows] - lowest
    above = np.bincount(rows, highest, size).astype(np.int64)[rows] - highest
    at_most, at_least = block.high[rows] - under, block.low[rows] - above
    said = Bounds(np.where(plus, at_least, -at_most), np.where(plus, at_most, -at_least))
    prior = block.prior.take(columns)
    kept = Bounds(np.maximum(said.least, prior.least), np.minimum(said.most, prior.most))
    return Entries(rows, columns, kept)
