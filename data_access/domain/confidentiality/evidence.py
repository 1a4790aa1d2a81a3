"""What gives a cell away: a smallest set of relations that by themselves leave it too narrow an interval."""

from __future__ import annotations

import numpy as np

from data_access.domain.confidentiality.cells import K
from data_access.domain.confidentiality.programme import binding_rows, least_of, make_programme, most_of
from data_access.domain.confidentiality.propagation import implied, propagate
from data_access.domain.confidentiality.system import Block, Bounds, Ints, System, Watch, make_block

LARGEST = 60  # relations that are tried one by one; a larger set is given as it is


def find_evidence(system: System[K], watch: Watch, block: Block, column: int, largest: int = LARGEST) -> Ints:
    """Relations that give a cell away, up to ``largest`` of them none too many; as places in the system.

    One relation alone where one suffices. Else those with a dual value in the linear programmes of both ends
    (they prove the bounds), thinned out one by one; where these do not suffice, for only whole tables are
    that narrow, all relations of the block.

    Args:
        system: of the table.
        watch: of all its cells.
        block: that of the cell.
        column: place of the cell in the system.
        largest: a larger set is not thinned out.
    """
    own = int(np.flatnonzero(block.columns == column)[0])
    alone = _alone(watch, block, column, own)
    if alone is not None:
        return block.rows[alone : alone + 1]
    rows = _duals(block, own)
    if not _narrow(system, watch, rows, column):
        rows = block.rows
    return rows if len(rows) > largest else _thinned(system, watch, rows, column)


def _alone(watch: Watch, block: Block, column: int, own: int) -> int | None:
    """The first relation that suffices by itself, as a place in the block."""
    said = implied(block, block.prior)
    mine = np.flatnonzero(said.columns == own)
    many = np.full(len(mine), column)
    narrow = ~watch.take(many).protected(said.bounds.take(mine))
    return int(said.rows[mine[narrow]].min()) if narrow.any() else None


def _duals(block: Block, own: int) -> Ints:
    programme = make_programme(block)
    weights = np.zeros(len(block.columns))
    weights[own] = 1.0
    binding = [binding_rows(programme, sign * weights, block.prior) for sign in (1, -1)]
    return block.rows[np.unique(np.concatenate(binding))]


def _thinned(system: System[K], watch: Watch, rows: Ints, column: int) -> Ints:
    """A set of which no relation may be left out (deletion filter)."""
    for row in rows.tolist():
        fewer = rows[rows != row]
        if _narrow(system, watch, fewer, column):
            rows = fewer
    return rows


def _narrow(system: System[K], watch: Watch, rows: Ints, column: int) -> bool:
    """Whether these relations alone leave the cell unprotected."""
    bounds = watch.prior
    named = np.unique(system.matrix[rows].tocoo().col)
    columns = named[bounds.least[named] < bounds.most[named]]
    if column not in columns:
        return False
    block = make_block(system, bounds, columns, rows)
    found = exact_interval(block, int(np.flatnonzero(columns == column)[0]))
    return not watch.take(np.array([column])).protected(found)[0]


def exact_interval(block: Block, own: int) -> Bounds:
    """The feasibility interval of one cell of a block, arrays of shape (1,); crossed where no table fits."""
    tight = propagate(block)
    if tight.impossible or tight.least[own] == tight.most[own]:
        return tight.take(np.array([own]))
    programme = make_programme(block)
    low, high = least_of(programme, own, tight), most_of(programme, own, tight)
    if low is None or high is None:
        return Bounds(np.array([1]), np.array([0]))
    return Bounds(low[[own]], high[[own]])
