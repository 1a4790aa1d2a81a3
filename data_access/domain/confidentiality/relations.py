"""Which sums link the cells of a published table: told from the keys that are there."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace

from data_access.domain.confidentiality.cells import Cell, ConfStatus, Relation, Table

Key = tuple[str, ...]  # what is counted (a ``Measure``), then an item of each dimension


@dataclass(frozen=True)
class Partition:
    """An item of a dimension that is the sum of others.

    Attributes:
        axis: position of the dimension in a key.
        whole: the item, for example ``BRU`` or the communes of the croissant together.
        parts: items that share nobody.
        optional: parts that need not exist (unknown, X): those used nowhere in a table hold nobody in it.
        rest: whether the whole also holds persons of no part (an item that only lies within the total).
    """

    axis: int
    whole: str
    parts: tuple[str, ...]
    optional: frozenset[str] = frozenset()
    rest: bool = False

    @property
    def facts(self) -> tuple[object, ...]:
        """All of it in a fixed order, for a digest: that of a set is another one in every process."""
        return (self.axis, self.whole, self.parts, sorted(self.optional), self.rest)


def make_table(
    cells: Mapping[Key, Cell], partitions: Sequence[Partition], extra: Iterable[Relation[Key]] = ()
) -> Table[Key]:
    """The table with every relation that its keys tell of; absent cells are added as not delivered (M).

    Args:
        cells: by key, in any order.
        partitions: of all dimensions.
        extra: other relations between the cells, such as numerator + complement = denominator.
    """
    found = derive_relations(cells, partitions)
    others = tuple(extra)
    smallest = max((cell.smallest for cell in cells.values()), default=0)
    named = {key for relation in (*found, *others) for key in relation.keys} - set(cells)
    absent = {key: Cell(None, ConfStatus.MISSING, smallest) for key in named}
    return Table({**cells, **absent}, tuple(dict.fromkeys((*found, *others))))


def derive_relations(keys: Iterable[Key], partitions: Sequence[Partition]) -> tuple[Relation[Key], ...]:
    """Every relation between the cells of a table.

    A line is a partition with all other items fixed. Its parts are the items used anywhere in the table. Of
    an optional item that never occurs the attacker sees from the totals that it holds nobody; another one
    that never occurs leaves a rest, and the line is an inequality. A part that is absent from this line only
    is an unknown count, never a zero: it was not delivered, and an equation without it would be false. So is
    an absent whole, which binds nothing unless another relation speaks of it. A line of which no part is
    there says nothing and gives no relation.

    Args:
        keys: of the cells, of one length.
        partitions: of the dimensions.

    Returns:
        Relations in an order that does not depend on that of the keys; they may name absent keys.
    """
    present = set(keys)
    used = [_used(partition, present) for partition in partitions]
    found: dict[Relation[Key], None] = {}
    known, before = set(present), 0
    while len(known) > before:  # an absent part may be the whole of another line
        before = len(known)
        for partition in used:
            found |= dict.fromkeys(_lines(partition, known, present))
        known |= {key for relation in found for key in relation.keys}
    return tuple(sorted(found, key=lambda relation: (relation.whole, relation.parts)))


def _used(partition: Partition, keys: Collection[Key]) -> Partition:
    items = {key[partition.axis] for key in keys}
    parts = tuple(sorted(set(partition.parts) & items))
    left_out = bool(set(partition.parts) - items - partition.optional)
    return replace(partition, parts=parts, rest=partition.rest or left_out)


def _lines(partition: Partition, known: Collection[Key], present: Collection[Key]) -> Iterable[Relation[Key]]:
    axis, parts = partition.axis, set(partition.parts)
    wholes = {_at(key, axis, partition.whole) for key in known if key[axis] in parts}
    for whole in wholes & set(known):
        line = tuple(_at(whole, axis, part) for part in partition.parts)
        if any(key in present for key in (whole, *line)):
            yield Relation(whole, line, partition.rest)


def _at(key: Key, axis: int, item: str) -> Key:
    return (*key[:axis], item, *key[axis + 1 :])
