"""The relations of a table as a sparse system over whole numbers: built once, whatever is hidden later."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, Generic

import numpy as np
from numpy.typing import NDArray
from scipy.sparse import csr_array  # type: ignore[import-untyped]
from scipy.sparse.csgraph import connected_components  # type: ignore[import-untyped]

from data_access.domain.confidentiality.cells import (
    MOST,
    Cell,
    ConfStatus,
    Interval,
    K,
    Relation,
    Table,
    needed_width,
    prior,
)

Ints = NDArray[np.int64]
Bools = NDArray[np.bool_]


@dataclass(frozen=True)
class System(Generic[K]):
    """0 ≤ matrix · counts ≤ slack.

    Attributes:
        keys: of the cells, sorted: column j is the cell of ``keys[j]``.
        relations: sorted: row i is ``relations[i]``, its whole less its parts.
        matrix: sparse, shape (relations, cells), entries 1 and -1.
        slack: shape (relations,): 0 for an equation, ``MOST`` where there is a rest.
    """

    keys: tuple[K, ...]
    relations: tuple[Relation[K], ...]
    matrix: Any
    slack: Ints


@dataclass(frozen=True)
class Bounds:
    """Least and most persons of each cell, both included; arrays of one shape."""

    least: Ints
    most: Ints

    @property
    def impossible(self) -> bool:
        """Whether no table fits."""
        return bool(np.any(self.least > self.most))

    def at(self, column: int) -> Interval:
        """The interval of one cell."""
        return Interval(int(self.least[column]), int(self.most[column]))

    def take(self, columns: Ints) -> Bounds:
        """Those of some cells."""
        return Bounds(self.least[columns], self.most[columns])

    def put(self, columns: Ints, other: Bounds) -> Bounds:
        """These bounds with those of some cells replaced."""
        least, most = self.least.copy(), self.most.copy()
        least[columns], most[columns] = other.least, other.most
        return Bounds(least, most)


@dataclass(frozen=True)
class Watch:
    """What must be protected; arrays of shape (cells,).

    Attributes:
        counts: 0 where the publisher does not know.
        prior: what the attacker knows before any sum; least is most where he reads the count.
        needed: width that the interval of a hidden cell must have.
        few: for what was not delivered, the smallest count shown; 0 for other cells.
    """

    counts: Ints
    prior: Bounds
    needed: Ints
    few: Ints

    def take(self, columns: Ints) -> Watch:
        """That of some cells."""
        parts = (self.counts[columns], self.prior.take(columns), self.needed[columns], self.few[columns])
        return Watch(*parts)

    def protected(self, found: Bounds) -> Bools:
        """Which cells are safe when the attacker finds these bounds.

        What was not delivered is nobody's secret unless it can only be a small count.
        """
        wide = found.most - found.least >= self.needed
        harmless = (found.least < 1) | (found.most >= self.few)
        return np.where(self.few > 0, harmless, wide)


@dataclass(frozen=True)
class Block:
    """Unpublished cells that hang together: low ≤ matrix · counts ≤ high, what is published moved aside.

    Attributes:
        rows: places of its relations in the system.
        columns: places of its cells in the system.
        matrix: sparse, shape (rows, columns).
        low, high: shape (rows,).
        prior: shape (columns,).
    """

    rows: Ints
    columns: Ints
    matrix: Any
    low: Ints
    high: Ints
    prior: Bounds


def build_system(table: Table[K]) -> System[K]:
    """The system of a table; it does not depend on the order of cells or relations, nor on what is hidden."""
    keys = tuple(sorted(table.cells, key=repr))
    place = {key: column for column, key in enumerate(keys)}
    relations = tuple(sorted(table.relations, key=repr))
    entries = [
        (row, place[key], 1 if key == relation.whole else -1)
        for row, relation in enumerate(relations)
        for key in relation.keys
    ]
    rows, columns, signs = np.array(entries, dtype=np.int64).reshape(-1, 3).T
    matrix = csr_array((signs, (rows, columns)), shape=(len(relations), len(keys)))
    slack = np.array([MOST if relation.rest else 0 for relation in relations], dtype=np.int64)
    return System(keys, relations, matrix, slack)


def make_watch(system: System[K], table: Table[K]) -> Watch:
    """What the attacker knows of each cell, and what each must keep."""
    cells = [table.cells[key] for key in system.keys]
    known = [table.is_known(key) for key in system.keys]
    before = [_prior(cell, seen, table.told_apart) for cell, seen in zip(cells, known, strict=True)]
    needed = [needed_width(c, b) if c.hidden else 0 for c, b in zip(cells, before, strict=True)]
    few = [
        c.smallest if c.status is ConfStatus.MISSING and not k else 0
        for c, k in zip(cells, known, strict=True)
    ]
    return Watch(
        _ints([cell.count or 0 for cell in cells]),
        Bounds(_ints([b.low for b in before]), _ints([b.high for b in before])),
        _ints(needed),
        _ints(few),
    )


def _prior(cell: Cell, known: bool, told_apart: bool) -> Interval:
    if known and cell.count is not None:
        return Interval(cell.count, cell.count)
    return prior(cell, told_apart=told_apart)


def _ints(values: list[int]) -> Ints:
    return np.array(values, dtype=np.int64)


def split(system: System[K], bounds: Bounds) -> list[Block]:
    """The parts of a system that say nothing of each other: connected components of the unpublished cells."""
    columns = np.flatnonzero(bounds.least < bounds.most)
    linked = abs(system.matrix[:, columns])
    count, label = connected_components(linked.T @ linked, directed=False)
    return [make_block(system, bounds, columns[label == number]) for number in range(count)]


def make_block(system: System[K], bounds: Bounds, columns: Ints, rows: Ints | None = None) -> Block:
    """The block of some unpublished cells, with all relations that name one of them, or some of these."""
    if rows is None:
        rows = np.unique(system.matrix[:, columns].tocoo().row).astype(np.int64)
    known = np.where(bounds.least < bounds.most, 0, bounds.least)
    aside = system.matrix[rows] @ known
    inner = system.matrix[rows][:, columns]
    return Block(rows, columns, inner, -aside, system.slack[rows] - aside, bounds.take(columns))
