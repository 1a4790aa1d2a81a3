"""What a publication must hide for the sake of others, judged with all that was published before."""

from __future__ import annotations

from collections.abc import Collection, Hashable, Iterable, Sequence
from dataclasses import dataclass, replace

from data_access.domain.confidentiality.audit import Audit, Leak, audit_disclosure
from data_access.domain.confidentiality.cells import ConfStatus, Relation, Table, Vintage
from data_access.domain.confidentiality.relations import Key
from data_access.domain.confidentiality.vintages import Stamped, merge_vintages, suppress_newest

Items = tuple[str, ...]  # a key less what is counted


@dataclass(frozen=True)
class Verdict:
    """What becomes of the newest publication of a table.

    Attributes:
        secondary: items of the cells that are hidden for the sake of others.
        leaks: what is given away all the same and was not before: a reason not to publish.
        dropped: sums that the numbers of the file do not keep to, and that no reader can use either.
    """

    secondary: frozenset[Items]
    leaks: tuple[Leak[Stamped[Key]], ...]
    dropped: int


def judge(vintages: Sequence[Vintage[Key]], last: Collection[Items]) -> Verdict:
    """Hide what would give a small cell of any version away, and attack what is left.

    Args:
        vintages: of one table, the oldest first; the newest without what was hidden for others before.
        last: items of the cells that are hidden only where nothing else is left.
    """
    if not _has_secrets(vintages):
        return Verdict(frozenset(), (), 0)
    kept = [key for key in vintages[-1].table.cells if key[1:] in set(last)]
    marked = _secondary(vintages[-1].table)
    dropped = 0
    while True:
        suppressed = suppress_newest(vintages, kept)
        hidden = _secondary(suppressed.table) - marked
        if suppressed.safe:
            return Verdict(hidden, (), dropped)
        merged = merge_vintages([*vintages[:-1], replace(vintages[-1], table=suppressed.table)]).table
        found = audit_disclosure(merged)
        if not found.contradictions:
            break
        wrong = _wrong(found, merged)
        dropped += len(wrong)
        vintages = [_without(vintage, wrong) for vintage in vintages]
    return Verdict(hidden, _new_leaks(found, vintages[:-1]), dropped)


def attack(vintages: Sequence[Vintage[Key]]) -> Audit[Stamped[Key]]:
    """What everything published of a table gives away.

    Args:
        vintages: the oldest first, each with what was hidden in it.
    """
    if not _has_secrets(vintages):
        return Audit((), ())
    table = merge_vintages(vintages).table
    while (found := audit_disclosure(table)).contradictions:
        wrong = _wrong(found, table)
        kept = tuple(r for r in table.relations if _unstamped(r) not in wrong)
        table = replace(table, relations=kept)
    return found


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


def _has_secrets(vintages: Iterable[Vintage[Key]]) -> bool:
    """Whether something is unpublished: hidden, or a part of a sum that was not delivered."""
    cells = (cell for vintage in vintages for cell in vintage.table.cells.values())
    return any(cell.status is not ConfStatus.FREE for cell in cells)


def _secondary(table: Table[Key]) -> frozenset[Items]:
    """The items of the cells that are hidden for the sake of others."""
    return frozenset(key[1:] for key, cell in table.cells.items() if cell.status is ConfStatus.SECONDARY)


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
