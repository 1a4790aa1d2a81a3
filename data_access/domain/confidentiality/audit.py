"""The attacker: what all published numbers together allow each unpublished cell to be."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Generic

import numpy as np

from data_access.domain.confidentiality.cells import Interval, K, Relation, Table
from data_access.domain.confidentiality.evidence import find_evidence
from data_access.domain.confidentiality.programme import make_programme
from data_access.domain.confidentiality.propagation import propagate
from data_access.domain.confidentiality.reach import Hint, first_point, reach, reach_ends
from data_access.domain.confidentiality.system import (
    Block,
    Bounds,
    Ints,
    System,
    Watch,
    build_system,
    make_watch,
    split,
)


@dataclass(frozen=True)
class Leak(Generic[K]):
    """An unpublished cell of which the published ones tell too much.

    Attributes:
        key: of the cell.
        interval: the counts that are still possible.
        needed: width that it should have at least.
        relations: a smallest set that gives the cell away; none where an earlier publication shows it.
        published: keys of the published cells in them, which give it away.
    """

    key: K
    interval: Interval
    needed: int
    relations: tuple[Relation[K], ...]
    published: tuple[K, ...]


@dataclass(frozen=True)
class Audit(Generic[K]):
    """What an attacker finds.

    Attributes:
        leaks: the narrowest first.
        contradictions: relations of unpublished cells that no table satisfies together: what was published is
            not what it says it is, and nothing can be said of these cells.
    """

    leaks: tuple[Leak[K], ...]
    contradictions: tuple[Relation[K], ...]

    @property
    def safe(self) -> bool:
        """Whether the table may be published."""
        return not self.leaks and not self.contradictions


@dataclass(frozen=True)
class Attacked:
    """A block with what the attacker finds: ``found`` is exact for the narrow cells; places in the block."""

    block: Block
    found: Bounds
    narrow: list[int]


def audit_disclosure(table: Table[K]) -> Audit[K]:
    """Every unpublished cell that the published ones give away, by the attacker's programme.

    Cells are counts of persons, so that intervals are over whole tables (``programme``), not only linear
    bounds. A cell is safe when it keeps the width that it needs (``cells.needed_width``); one hidden now and
    published before, unchanged, is known for good. Published cells that do not add up among themselves are no
    matter of disclosure.

    Source: Hundepool et al. (2012), Statistical Disclosure Control, Wiley, chapter 4; HandbookSDC, Eurostat.
    """
    system = build_system(table)
    watch = make_watch(system, table)
    leaks, wrong = list(_shown_before(table)), []
    for attacked in attack(system, watch, Bounds(watch.counts, watch.counts)):
        if attacked.found.impossible:
            wrong += [system.relations[row] for row in attacked.block.rows.tolist()]
        else:
            leaks += _leaks(system, watch, attacked)
    return Audit(
        tuple(sorted(leaks, key=lambda leak: (leak.interval.width, repr(leak.key)))),
        tuple(sorted(wrong, key=repr)),
    )


def refuse_disclosure(table: Table[K]) -> Audit[K] | None:
    """Why a table may not be published; None when it is safe."""
    found = audit_disclosure(table)
    return None if found.safe else found


def feasibility_intervals(table: Table[K]) -> dict[K, Interval]:
    """The exact interval of every unpublished cell, safe or not; those of a contradiction are left out.

    Two programmes a cell: for inspection and tests. ``audit_disclosure`` asks far fewer.
    """
    system = build_system(table)
    watch = make_watch(system, table)
    found: dict[K, Interval] = {}
    for block in split(system, watch.prior):
        tight = propagate(block)
        point = None if tight.impossible else first_point(block, tight, watch.counts[block.columns])
        if point is not None:
            programme, seen = make_programme(block), Bounds(point, point)
            for own, column in enumerate(block.columns.tolist()):
                seen = reach_ends(programme, tight, seen, own)
                found[system.keys[column]] = seen.at(own)
    return found


def attack(system: System[K], watch: Watch, seen: Bounds, hint: Hint | None = None) -> Iterator[Attacked]:
    """What the attacker finds, block by block; with contradictions, bounds that cross.

    Args:
        system: of the table.
        watch: of all its cells.
        seen: shape (cells,): what earlier tables that fit have shown of each cell; the true counts at first.
        hint: to stop at the first narrow cell of each block; None to find all.
    """
    for block in split(system, watch.prior):
        own, tight = watch.take(block.columns), propagate(block)
        point = None if tight.impossible else first_point(block, tight, own.counts)
        if point is None:
            yield Attacked(block, Bounds(own.counts + 1, own.counts), [])
        else:
            before = seen.take(block.columns)
            start = before if np.array_equal(point, own.counts) else Bounds(point, point)
            yield Attacked(block, *reach(block, tight, own, start, hint))


def _leaks(system: System[K], watch: Watch, attacked: Attacked) -> Iterator[Leak[K]]:
    for own in attacked.narrow:
        column = int(attacked.block.columns[own])
        rows = find_evidence(system, watch, attacked.block, column)
        relations = tuple(system.relations[row] for row in rows.tolist())
        needed = int(max(watch.needed[column], watch.few[column]))
        published = known_columns(system, watch, rows)
        keys = tuple(system.keys[known] for known in published.tolist())
        yield Leak(system.keys[column], attacked.found.at(own), needed, relations, keys)


def known_columns(system: System[K], watch: Watch, rows: Ints) -> Ints:
    """The published cells of some relations, as places in the system."""
    named: Ints = np.unique(system.matrix[rows].tocoo().col)
    known: Ints = named[watch.prior.least[named] == watch.prior.most[named]]
    return known


def _shown_before(table: Table[K]) -> Iterator[Leak[K]]:
    for key in sorted(table.disclosed, key=repr):
        cell = table.cells[key]
        if cell.hidden and cell.count is not None:
            yield Leak(key, Interval(cell.count, cell.count), cell.smallest, (), (key,))
