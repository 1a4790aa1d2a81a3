"""What a publication must hide for the sake of others, judged with all that was published before."""

from __future__ import annotations

from collections.abc import Collection, Hashable, Sequence
from dataclasses import dataclass, replace

from data_access.domain.confidentiality.audit import Audit, Leak, audit_disclosure
from data_access.domain.confidentiality.cells import ConfStatus, Relation, Table
from data_access.domain.confidentiality.primary import SmallCellRule
from data_access.domain.confidentiality.relations import Key, Partition, make_table
from data_access.domain.confidentiality.rows import Published, make_cells
from data_access.domain.confidentiality.vintages import Stamped, Vintage, merge_vintages, suppress_newest


@dataclass(frozen=True)
class Verdict:
    """What becomes of the newest publication of a table.

    Attributes:
        secondary: items of the rows that are hidden for the sake of others.
        leaks: what is given away all the same and was not before: a reason not to publish.
        dropped: sums that the numbers of the file do not keep to, and that no reader can use either.
    """

    secondary: frozenset[tuple[str, ...]]
    leaks: tuple[Leak[Stamped[Key]], ...]
    dropped: int


def judge(
    rows: Sequence[Published],
    partitions: Sequence[Partition],
    rule: SmallCellRule,
    last: Collection[tuple[str, ...]],
) -> Verdict:
    """Hide what would give a small cell of any version away, and attack what is left.

    Args:
        rows: of one table, in every version; no two with the same items in one version.
        partitions: of its dimensions; position 0 of a key is the measure.
        rule: thresholds of the audience.
        last: items of the rows that are hidden only where nothing else is left.

    Raises:
        ValueError: a count is no whole number (``make_cells``).
    """
    *earlier, newest = _versions(rows)
    vintages = [_vintage(rows, version, partitions, rule) for version in earlier]
    vintages.append(_vintage([replace(row, covers=()) for row in rows], newest, partitions, rule))
    if not any(_has_secrets(vintage.table) for vintage in vintages):
        return Verdict(frozenset(), (), 0)
    kept = [key for key in vintages[-1].table.cells if key[1:] in set(last)]
    dropped = 0
    while True:
        safe = suppress_newest(vintages, kept)
        merged = merge_vintages([*vintages[:-1], Vintage(safe)]).table
        found = audit_disclosure(merged)
        if not found.contradictions:
            break
        wrong = _wrong(found, merged)
        dropped += len(wrong)
        vintages = [_without(vintage, wrong) for vintage in vintages]
    secondary = frozenset(key[1:] for key, cell in safe.cells.items() if cell.status is ConfStatus.SECONDARY)
    marked = frozenset(row.row.items for row in rows if row.row.conf_status == ConfStatus.SECONDARY)
    return Verdict(secondary - marked, _new_leaks(found, vintages[:-1]), dropped)


def attack(
    rows: Sequence[Published], partitions: Sequence[Partition], rule: SmallCellRule
) -> Audit[Stamped[Key]]:
    """What everything published of a table gives away, ``covers`` as they were; arguments as in ``judge``."""
    vintages = [_vintage(rows, version, partitions, rule) for version in _versions(rows)]
    if not any(_has_secrets(vintage.table) for vintage in vintages):
        return Audit((), ())
    table = merge_vintages(vintages).table
    while (found := audit_disclosure(table)).contradictions:
        wrong = _wrong(found, table)
        kept = tuple(r for r in table.relations if _unstamped(r) not in wrong)
        table = replace(table, relations=kept)
    return found


def _versions(rows: Sequence[Published]) -> list[int]:
    """Every version in which something of the table changed, the oldest first."""
    spans = [span for row in rows for span in (row.known, *row.covers)]
    return sorted({v for span in spans for v in (span.first, span.last) if v is not None})


def _vintage(
    rows: Sequence[Published], version: int, partitions: Sequence[Partition], rule: SmallCellRule
) -> Vintage[Key]:
    """A table as it was published in a version, ``covers`` hidden."""
    known = [row for row in rows if row.known.holds(version)]
    covered = {row.row.items for row in known if any(span.holds(version) for span in row.covers)}
    cells, extra = make_cells((row.row for row in known), rule)
    marked = {
        key: replace(cell, status=ConfStatus.SECONDARY)
        if key[1:] in covered and cell.status is ConfStatus.FREE
        else cell
        for key, cell in cells.items()
    }
    return Vintage(make_table(marked, partitions, extra))


def _wrong(found: Audit[Stamped[Key]], table: Table[Stamped[Key]]) -> set[Relation[Key]]:
    """The sums among contradictory ones that the true counts do not keep to; all of them if that is unknown.

    Where numbers do not add up but could, a reader who trusts the sums is led to a count near the true one,
    and that is guarded. Where they cannot, he sees that the sums are wrong, and can use the others only.
    """
    broken = {_unstamped(r) for r in found.contradictions if not _holds(r, table)}
    return broken or {_unstamped(r) for r in found.contradictions}


def _holds(relation: Relation[Stamped[Key]], table: Table[Stamped[Key]]) -> bool:
    whole, *parts = (table.cells[key].count for key in relation.keys)
    if whole is None or None in parts:
        return True
    rest = whole - sum(part for part in parts if part is not None)
    return rest >= 0 if relation.rest else rest == 0


def _has_secrets(table: Table[Key]) -> bool:
    """Whether something is unpublished: hidden, or a part of a sum that was not delivered."""
    return any(cell.status is not ConfStatus.FREE for cell in table.cells.values())


def _without(vintage: Vintage[Key], dropped: Collection[Relation[Key]]) -> Vintage[Key]:
    kept = tuple(relation for relation in vintage.table.relations if relation not in dropped)
    return replace(vintage, table=replace(vintage.table, relations=kept))


def _unstamped(relation: Relation[Stamped[Key]]) -> Relation[Key]:
    return Relation(relation.whole.key, tuple(part.key for part in relation.parts), relation.rest)


def _new_leaks(found: Audit[Stamped[Key]], before: Sequence[Vintage[Key]]) -> tuple[Leak[Stamped[Key]], ...]:
    """Leaks by computation that the earlier versions alone do not have: what these show stays shown."""
    computed = [leak for leak in found.leaks if leak.relations]
    if not computed or not before:
        return tuple(computed)
    known: dict[Hashable, int] = {
        leak.key: leak.interval.width for leak in audit_disclosure(merge_vintages(before).table).leaks
    }
    return tuple(leak for leak in computed if known.get(leak.key, leak.needed) > leak.interval.width)
