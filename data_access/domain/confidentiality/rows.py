"""Rows of an observation table as linked counts, with those marked that the primary rule hides."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from enum import StrEnum

from data_access.domain.confidentiality.cells import MOST, Cell, ConfStatus, Relation
from data_access.domain.confidentiality.primary import SmallCellRule, is_hidden
from data_access.domain.confidentiality.relations import Key
from data_access.domain.confidentiality.spans import Span


class Measure(StrEnum):
    """What a cell counts; the first item of its key."""

    COUNT = "count"  # the value of the row is itself a count
    NUMERATOR = "numerator"
    COMPLEMENT = "complement"
    DENOMINATOR = "denominator"


@dataclass(frozen=True)
class Row:
    """One row that counts persons; the fields are those of ``is_hidden``.

    Attributes:
        items: an item of each dimension of the table, the period among them where there are several.
        within: the numerator is a part of the denominator, so that there is a complement.
    """

    items: tuple[str, ...]
    numerator: float | None = None
    denominator: float | None = None
    value: float | None = None
    conf_status: str = "F"
    is_count: bool = False
    sensitive: bool = False
    within: bool = True


@dataclass(frozen=True)
class Published:
    """A row as it stood in some versions.

    Attributes:
        row: with the producer's mark; secondary cells are told by ``covers``.
        known: versions in which it stood.
        covers: versions in which it was hidden for the sake of others.
    """

    row: Row
    known: Span
    covers: tuple[Span, ...] = ()


def make_cells(
    rows: Iterable[Row], rule: SmallCellRule
) -> tuple[Mapping[Key, Cell], tuple[Relation[Key], ...]]:
    """The cells of rows, and numerator + complement = denominator where there is a complement.

    A value that is no count and has none gives no cell: a rate alone adds up to nothing.

    Args:
        rows: of indicators that count persons, none twice.
        rule: thresholds of the audience.

    Raises:
        ValueError: a count is no whole number, negative, or larger than any of the Region.
    """
    cells: dict[Key, Cell] = {}
    relations: list[Relation[Key]] = []
    for row in rows:
        counts = dict(_counts(row))
        status, smallest = status_of(row, rule), _smallest(row, rule)
        unit = row.items if len(counts) > 1 or not row.is_count else None
        for measure, count in counts.items():
            cells[(measure, *row.items)] = Cell(_whole(count), status, smallest, unit)
        if Measure.COMPLEMENT in counts:
            parts = ((Measure.NUMERATOR, *row.items), (Measure.COMPLEMENT, *row.items))
            relations.append(Relation((Measure.DENOMINATOR, *row.items), parts))
    return cells, tuple(relations)


def status_of(row: Row, rule: SmallCellRule) -> ConfStatus:
    """The producer's mark, else what the primary rule says of the row."""
    if row.conf_status in {ConfStatus.CONFIDENTIAL, ConfStatus.SECONDARY}:
        return ConfStatus(row.conf_status)
    hidden = is_hidden(
        numerator=row.numerator,
        denominator=row.denominator,
        value=row.value,
        conf_status=row.conf_status,
        persons=True,
        is_count=row.is_count,
        sensitive=row.sensitive,
        rule=rule,
    )
    return ConfStatus.CONFIDENTIAL if hidden else ConfStatus.FREE


def _counts(row: Row) -> Iterator[tuple[Measure, float | None]]:
    """The counts that a row publishes or hides; None where a row that is marked came without its numbers."""
    marked = row.conf_status != ConfStatus.FREE
    top, bottom = row.numerator, row.denominator
    if bottom is None and row.is_count:
        if row.value is not None or marked:
            yield Measure.COUNT, row.value
        return
    if row.is_count and top is None:
        top = row.value
    if top is not None or (marked and bottom is None):
        yield Measure.NUMERATOR, top
    if bottom is not None or (marked and top is None):
        yield Measure.DENOMINATOR, bottom
    if row.within and not _above(top, bottom) and (marked or None not in (top, bottom)):
        yield Measure.COMPLEMENT, None if top is None or bottom is None else bottom - top


def _above(top: float | None, bottom: float | None) -> bool:
    return top is not None and bottom is not None and top > bottom


def _smallest(row: Row, rule: SmallCellRule) -> int:
    return rule.min_count_sensitive if row.sensitive else rule.min_count


def _whole(count: float | None) -> int | None:
    if count is None:
        return None
    if not (0 <= count <= MOST and float(count).is_integer()):
        raise ValueError(f"no count of persons: {count!r}")
    return int(count)
