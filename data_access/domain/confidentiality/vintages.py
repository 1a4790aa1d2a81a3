"""Several publications of one table: what was shown once stays known."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Generic

from data_access.domain.confidentiality.cells import Cell, ConfStatus, K, Relation, Table, Vintage
from data_access.domain.confidentiality.secondary import Suppressed, suppress


@dataclass(frozen=True)
class Stamped(Generic[K]):
    """A cell between two revisions: one count, whatever is published of it when."""

    key: K
    revision: int


@dataclass(frozen=True)
class Merged(Generic[K]):
    """All vintages as one table.

    Attributes:
        table: of stamped cells, with the relations of every vintage.
        newest: the stamped cell of each key of the newest vintage.
    """

    table: Table[Stamped[K]]
    newest: Mapping[K, Stamped[K]]


def merge_vintages(vintages: Sequence[Vintage[K]]) -> Merged[K]:
    """One table of what an attacker knows who kept every publication.

    A cell that is not revised is the same cell, and known in all vintages once it is published in one. A
    revised one is another cell, and the rest of its row with it; so is one whose count differs although
    nothing was said, and one that was never delivered where a cell that it adds up with is another. Each
    vintage has its own sums. The status is that of the newest vintage in which the
    cell is in force; so a count hidden once and published later is no leak, and one published once and hidden
    later is.

    Args:
        vintages: the oldest first, at least one.
    """
    revision: dict[K, int] = {}
    cells: dict[Stamped[K], Cell] = {}
    relations: dict[Relation[Stamped[K]], None] = {}
    disclosed: set[Stamped[K]] = set()
    for vintage in vintages:
        disclosed |= {stamp for stamp, cell in cells.items() if _shows(cell)}
        last = {key: cells[Stamped(key, number)] for key, number in revision.items()}
        changed = _with_unknown(vintage.table, _changed(vintage, last), last)
        revision |= {
            key: revision.get(key, -1) + (key in changed or key not in last) for key in vintage.table.cells
        }
        stamp = {key: Stamped(key, revision[key]) for key in vintage.table.cells}
        for key, cell in vintage.table.cells.items():
            cells[stamp[key]] = _in_force(cell, None if key in changed else last.get(key), revision[key])
        relations |= dict.fromkeys(_stamped(relation, stamp) for relation in vintage.table.relations)
    told_apart = any(vintage.table.told_apart for vintage in vintages)
    return Merged(Table(cells, tuple(relations), frozenset(disclosed), told_apart), stamp)


def suppress_newest(vintages: Sequence[Vintage[K]], last: Collection[K] = ()) -> Suppressed[K]:
    """The newest vintage with what must be hidden because of the earlier ones too (``secondary.suppress``).

    Nothing published before can be taken back; where it gives a cell away, the audit of the merged table says
    so.

    Args:
        vintages: the oldest first, primary cells of the newest marked.
        last: keys that are hidden only where nothing else is left.
    """
    merged = merge_vintages(vintages)
    found = suppress(merged.table, {merged.newest[key] for key in last})
    table = vintages[-1].table
    hidden = {key for key, stamp in merged.newest.items() if found.table.cells[stamp].hidden}
    cells = {
        key: replace(cell, status=ConfStatus.SECONDARY) if key in hidden and _shows(cell) else cell
        for key, cell in table.cells.items()
    }
    return Suppressed(replace(table, cells=cells), found.safe)


def _changed(vintage: Vintage[K], last: Mapping[K, Cell]) -> set[K]:
    """Keys of another count than before, with those of their rows where these are revised as one."""
    cells = vintage.table.cells
    changed = {
        key for key in cells if key in last and (key in vintage.revised or _differs(cells[key], last[key]))
    }
    rows = {cells[key].row for key in changed if vintage.whole_rows} - {None}
    return changed | {key for key, cell in cells.items() if cell.row in rows and key in last}


def _with_unknown(table: Table[K], changed: set[K], last: Mapping[K, Cell]) -> set[K]:
    """Changed keys, and those never delivered that may have changed with them: nobody says."""
    unknown = {key for key, cell in last.items() if cell.count is None and cell.status is ConfStatus.MISSING}
    found, new = set(changed), set(changed)
    while new and unknown:
        linked = (relation.keys for relation in table.relations if not new.isdisjoint(relation.keys))
        new = {key for keys in linked for key in keys if key in unknown} - found
        found |= new
    return found


def _differs(now: Cell, before: Cell) -> bool:
    return None not in (now.count, before.count) and now.count != before.count


def _in_force(cell: Cell, before: Cell | None, revision: int) -> Cell:
    """The cell as of now; what is no longer delivered stays as it was, and so does a count known before."""
    if before is not None and cell.status is ConfStatus.MISSING:
        return before
    count = before.count if cell.count is None and before is not None else cell.count
    return replace(cell, count=count, row=None if cell.row is None else (cell.row, revision))


def _shows(cell: Cell) -> bool:
    return cell.status is ConfStatus.FREE and cell.count is not None


def _stamped(relation: Relation[K], stamp: Mapping[K, Stamped[K]]) -> Relation[Stamped[K]]:
    return Relation(stamp[relation.whole], tuple(stamp[part] for part in relation.parts), relation.rest)
