"""Tables with all their margins, and the slow attacker who tries every table of persons."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import replace
from itertools import combinations, product

import numpy as np
from hypothesis import strategies as st
from numpy.typing import NDArray

from data_access.domain.confidentiality.cells import Cell, ConfStatus, Interval, Table
from data_access.domain.confidentiality.relations import Key, Partition, make_table

C, D, F, M = ConfStatus.CONFIDENTIAL, ConfStatus.SECONDARY, ConfStatus.FREE, ConfStatus.MISSING
TOTAL = "_T"


def items(size: int) -> tuple[str, ...]:
    return tuple("abcdefgh"[:size])


def with_margins(counts: Sequence[int], shape: Sequence[int]) -> dict[Key, int]:
    """Every cell of a table and its totals; keys are (count, an item of each dimension)."""
    inner = np.array(counts).reshape(shape)
    for axis in range(len(shape)):
        inner = np.concatenate([inner.sum(axis=axis, keepdims=True), inner], axis=axis)
    names = [(TOTAL, *items(size)) for size in shape]
    return {("count", *key): int(n) for key, n in zip(product(*names), inner.flatten(), strict=True)}


def partitions(shape: Sequence[int]) -> list[Partition]:
    return [Partition(axis, TOTAL, items(size)) for axis, size in enumerate(shape, start=1)]


def marked(counts: Mapping[Key, int], smallest: int = 4) -> dict[Key, Cell]:
    """The cells with the primary rule applied."""
    return {key: Cell(n, C if 0 < n < smallest else F, smallest) for key, n in counts.items()}


def table_of(
    counts: Sequence[int], shape: Sequence[int], hidden: Collection[Key] | None = None
) -> Table[Key]:
    """A table in which the primary cells are hidden, or exactly the named ones."""
    cells = marked(with_margins(counts, shape))
    if hidden is not None:
        cells = {key: replace(cell, status=C if key in hidden else F) for key, cell in cells.items()}
    return make_table(cells, partitions(shape))


def grand_total(shape: Sequence[int]) -> Key:
    return ("count", *(TOTAL for _ in shape))


def hidden_keys(table: Table[Key]) -> set[Key]:
    return {key for key, cell in table.cells.items() if cell.hidden}


def row(*parts: tuple[int, ConfStatus], total: tuple[int, ConfStatus] | None = None) -> Table[Key]:
    """One line: parts and, unless it is said otherwise, their published sum."""
    whole = (sum(n for n, _ in parts), F) if total is None else total
    cells = {("count", item): Cell(*part) for item, part in zip("abcdefgh", parts, strict=False)}
    cells[("count", TOTAL)] = Cell(*whole)
    return make_table(cells, [Partition(1, TOTAL, items(len(parts)))])


def every_table(persons: int, size: int) -> NDArray[np.int64]:
    """Each way to put so many persons into so many cells: stars and bars, shape (ways, size)."""
    bars = np.array(list(combinations(range(persons + size - 1), size - 1)), dtype=np.int64)
    ends = np.full((len(bars), 1), persons + size - 1)
    return np.diff(np.hstack([np.full((len(bars), 1), -1), bars.reshape(len(bars), -1), ends])) - 1


def brute_force(table: Table[Key], shape: Sequence[int]) -> dict[Key, Interval]:
    """The interval of each hidden cell of a table whose grand total is published, by trying every table."""
    ways = every_table(table.cells[grand_total(shape)].count or 0, int(np.prod(shape)))
    columns = {key: _column(ways, key, shape) for key in table.cells}
    possible = np.ones(len(ways), dtype=bool)
    for key, cell in table.cells.items():
        possible &= columns[key] >= 1 if cell.hidden and cell.count else possible
        possible &= columns[key] == cell.count if cell.status is F else possible
    found = {key: columns[key][possible] for key in hidden_keys(table)}
    return {key: Interval(int(n.min()), int(n.max())) for key, n in found.items()}


def _column(ways: NDArray[np.int64], key: Key, shape: Sequence[int]) -> NDArray[np.int64]:
    cube = ways.reshape(-1, *shape)
    for axis in reversed(range(len(shape))):
        item = key[axis + 1]
        cube = cube.sum(axis=axis + 1) if item == TOTAL else cube.take("abcdefgh".index(item), axis=axis + 1)
    return cube


def flat(table: Table[Key]) -> list[tuple[Key, Cell]]:
    return sorted(table.cells.items())


SHAPES = ((3,), (2, 2), (3, 2), (2, 2, 2))


@st.composite
def tiny(draw: st.DrawFn) -> tuple[tuple[int, ...], tuple[int, ...]]:
    """Counts and shape of a table of at most nine persons, which can be tried whole."""
    shape = draw(st.sampled_from(SHAPES))
    size = int(np.prod(shape))
    places = draw(st.lists(st.integers(0, size - 1), max_size=9))
    return tuple(places.count(place) for place in range(size)), shape


@st.composite
def tables(draw: st.DrawFn, *, least: int = 0) -> tuple[tuple[int, ...], tuple[int, ...]]:
    """Counts and shape of a table up to four by three by two, most of its cells small."""
    shape = draw(st.sampled_from(((5,), (4, 3), (3, 3), (4, 3, 2), (2, 2, 2))))
    size = int(np.prod(shape))
    count = st.one_of(st.integers(least, 8 + least), st.integers(least, 60))
    return tuple(draw(st.lists(count, min_size=size, max_size=size))), shape
