"""Secondary suppression: further cells are hidden until no hidden one can be worked out."""

from __future__ import annotations

from collections.abc import Collection, Hashable, Iterable
from dataclasses import dataclass, replace
from typing import Generic

import numpy as np

from data_access.domain.confidentiality.audit import Attacked, attack, known_columns
from data_access.domain.confidentiality.cells import ConfStatus, K, Table
from data_access.domain.confidentiality.evidence import find_evidence
from data_access.domain.confidentiality.propagation import implied, propagate
from data_access.domain.confidentiality.reach import Hint
from data_access.domain.confidentiality.system import (
    Block,
    Bools,
    Bounds,
    Ints,
    System,
    Watch,
    build_system,
    make_block,
    make_watch,
    split,
)

THINNED = 15  # relations; of more, the cheapest cell of all of them is as good


@dataclass(frozen=True)
class Covers:
    """What can be hidden, and at what price; arrays of shape (cells,).

    Attributes:
        free: published for the first time and not zero.
        persons: of the largest count of the row.
        late: only where nothing else is left.
    """

    free: Bools
    persons: Ints
    late: Bools

    @property
    def early(self) -> Covers:
        """Those that may be hidden before all else was tried."""
        return replace(self, free=self.free & ~self.late)


@dataclass(frozen=True)
class Pin:
    """A hidden cell that is too narrow, and the relations that pin it (places in the system)."""

    width: int
    column: int
    rows: tuple[int, ...]


@dataclass(frozen=True)
class Suppressed(Generic[K]):
    """A table with its covers.

    Attributes:
        safe: the last look was a whole attack, and it found neither a narrow cell nor a contradiction; where
            it is not, ``audit_disclosure`` tells why.
    """

    table: Table[K]
    safe: bool


def suppress(table: Table[K], last: Collection[K] = ()) -> Suppressed[K]:
    """Hide further cells (status D) until each hidden one keeps the interval that it needs.

    The attacker's bounds are worked out; of the relations that pin the narrowest cell the cheapest published
    cell is hidden; and so on until nothing is too narrow. Quick bounds go first, the programmes once these
    find nothing, or no cover but those kept for the end: all relations that pin a cell together leave more.
    The price of a cell is its persons, times (1 + n)² where hiding it opens n sums that have nothing hidden
    yet, each of which will ask for another cell. Zeros are no cover and stay. Cells of one row go together.
    It always ends: every round hides something, or finds that nothing can help (``audit_disclosure`` tells).
    The same table gives the same answer, whatever the order of its rows.

    Source: Hundepool et al. (2012), Statistical Disclosure Control, Wiley, chapter 4; the heuristic is ours.

    Args:
        table: with its primary cells marked (status C).
        last: keys that are hidden only where nothing else is left, such as the total of the Region.
    """
    system = build_system(table)
    counts = make_watch(system, table).counts
    seen, hint = Bounds(counts, counts), Hint([])
    while True:
        watch = make_watch(system, table)
        covers = _covers(system, table, watch, last)
        pins = _quick_pins(system, watch)
        chosen = _choose(system, covers.early, watch, pins)
        if pins and not chosen:
            chosen = _choose(system, covers, watch, [_explain(system, watch, min(pins, key=_order))])
        if not chosen:
            look = _look_closer(system, watch, covers, seen, hint)
            chosen, seen, hint = look.chosen, look.seen, look.hint
            if not chosen:
                return Suppressed(table, look.safe)
        table = _hide(table, {system.keys[column] for column in chosen})


@dataclass(frozen=True)
class Look:
    """What an attack says of a table that is not yet safe, or is.

    Attributes:
        chosen: covers, as places in the system.
        seen: what tables that fit have shown of each cell.
        hint: where to look first the next time.
        safe: nothing was narrow, and nothing contradictory.
    """

    chosen: list[int]
    seen: Bounds
    hint: Hint
    safe: bool


def _look_closer(system: System[K], watch: Watch, covers: Covers, seen: Bounds, hint: Hint) -> Look:
    """Covers of what only several relations pin: of the first narrow cell, or of any if it has none."""
    pins, seen, fits = _thorough_pins(system, watch, seen, hint)
    chosen = _choose(system, covers, watch, pins)
    if pins and not chosen:
        pins, seen, fits = _thorough_pins(system, watch, seen, None)
        chosen = _choose(system, covers, watch, pins)
    return Look(chosen, seen, Hint([pin.column for pin in pins]), fits and not pins)


def _hide(table: Table[K], keys: Collection[K]) -> Table[K]:
    rows = {table.cells[key].row for key in keys} - {None}
    hidden = {
        key: replace(cell, status=ConfStatus.SECONDARY)
        for key, cell in table.cells.items()
        if cell.status is ConfStatus.FREE and (key in keys or cell.row in rows)
    }
    return replace(table, cells={**table.cells, **hidden})


def _covers(system: System[K], table: Table[K], watch: Watch, last: Collection[K]) -> Covers:
    cells = [table.cells[key] for key in system.keys]
    units = [
        key if cell.row is None else (None, cell.row) for key, cell in zip(system.keys, cells, strict=True)
    ]
    persons: dict[Hashable, int] = {}
    for unit, cell in zip(units, cells, strict=True):
        persons[unit] = max(persons.get(unit, 0), cell.count or 0)
    size = np.array([persons[unit] for unit in units], dtype=np.int64)
    kept = set(last)
    first = np.array([key not in table.disclosed for key in system.keys], dtype=np.bool_)
    known = watch.prior.least == watch.prior.most
    late = np.array([key in kept for key in system.keys], dtype=np.bool_)
    return Covers(known & first & (size > 0), size, late)


def _quick_pins(system: System[K], watch: Watch) -> list[Pin]:
    """Cells that one relation alone pins; where there are none, those that it pins with what others say."""
    unpublished = np.flatnonzero(watch.prior.least < watch.prior.most)
    whole = make_block(system, watch.prior, unpublished)
    direct = list(_pins_of(watch, whole, whole.prior))
    if direct:
        return direct
    bounds = propagate(whole)
    if not bounds.impossible:
        return list(_pins_of(watch, whole, bounds))
    blocks = split(system, watch.prior)  # a contradiction is silent on its own cells only
    return [pin for block in blocks for pin in _pins_of(watch, block, propagate(block))]


def _order(pin: Pin) -> tuple[int, int, tuple[int, ...]]:
    """The narrowest first."""
    return pin.width, pin.column, pin.rows


def _explain(system: System[K], watch: Watch, pin: Pin) -> Pin:
    """The same cell with all relations that pin it together: one alone has no cover but those kept back."""
    block = next(block for block in split(system, watch.prior) if pin.column in block.columns)
    rows = find_evidence(system, watch, block, pin.column, THINNED)
    return replace(pin, rows=tuple(rows.tolist()))


def _pins_of(watch: Watch, block: Block, bounds: Bounds) -> Iterable[Pin]:
    if bounds.impossible:
        return
    said = implied(block, bounds)
    columns = block.columns[said.columns]
    for entry in np.flatnonzero(~watch.take(columns).protected(said.bounds)).tolist():
        width = said.bounds.at(entry).width
        yield Pin(width, int(columns[entry]), (int(block.rows[said.rows[entry]]),))


def _thorough_pins(
    system: System[K], watch: Watch, seen: Bounds, hint: Hint | None
) -> tuple[list[Pin], Bounds, bool]:
    """Cells that only several relations pin, what fitting tables have shown, whether every block has one."""
    pins: list[Pin] = []
    fits = True
    for attacked in attack(system, watch, seen, hint):
        if attacked.found.impossible:
            fits = False
        else:
            pins += _pinned(system, watch, attacked)
            seen = seen.put(attacked.block.columns, attacked.found)
    return pins, seen, fits


def _pinned(system: System[K], watch: Watch, attacked: Attacked) -> Iterable[Pin]:
    for own in attacked.narrow:
        column = int(attacked.block.columns[own])
        rows = find_evidence(system, watch, attacked.block, column, THINNED)
        yield Pin(attacked.found.at(own).width, column, tuple(rows.tolist()))


def _choose(system: System[K], covers: Covers, watch: Watch, pins: list[Pin]) -> list[int]:
    """The cheapest cover of each pinned cell, the narrowest first; sums already opened in this round wait."""
    links = abs(system.matrix.T).tocsr()
    opened = links.T @ (watch.prior.least < watch.prior.most)
    chosen: list[int] = []
    touched: set[int] = set()
    for pin in sorted(pins, key=_order):
        if touched.isdisjoint(pin.rows):
            known = known_columns(system, watch, np.array(pin.rows))
            free = known[covers.free[known]]
            if len(free):
                lonely = links[free] @ (opened == 0)
                price = covers.persons[free] * (1.0 + lonely) ** 2
                cover = int(free[np.lexsort((price, covers.late[free]))[0]])
                chosen.append(cover)
                rows = links.indices[links.indptr[cover] : links.indptr[cover + 1]]
                opened[rows] = True
                touched |= set(rows.tolist())
    return chosen
