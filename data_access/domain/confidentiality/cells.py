"""A published table as an attacker sees it: cells with their status, and the sums that link them."""

from __future__ import annotations

from collections.abc import Hashable, Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import Generic, TypeVar

K = TypeVar("K", bound=Hashable)

MOST = 10**7  # no table of persons of the Region counts more; keeps every interval finite


class ConfStatus(StrEnum):
    """SDMX CL_CONF_STATUS, and M (CL_OBS_STATUS) for what nobody delivered."""

    FREE = "F"
    CONFIDENTIAL = "C"  # primary suppression
    SECONDARY = "D"  # secondary suppression: it would give a primary away
    MISSING = "M"


HIDDEN = frozenset({ConfStatus.CONFIDENTIAL, ConfStatus.SECONDARY})


@dataclass(frozen=True)
class Cell:
    """One count of persons.

    Attributes:
        count: persons; None where the publisher does not know it either.
        status: whether it is published.
        smallest: the smallest count shown; 1 to ``smallest - 1`` are hidden (primary rule).
        row: cells of one row (numerator, complement, denominator) are hidden together; None for a count
            alone.
    """

    count: int | None
    status: ConfStatus = ConfStatus.FREE
    smallest: int = 4
    row: Hashable | None = None

    @property
    def hidden(self) -> bool:
        """Whether it was taken out of the publication."""
        return self.status in HIDDEN

    @property
    def small(self) -> bool:
        """Whether the primary rule hides it for its size; a count that is not known is taken for one."""
        return self.count is None or 0 < self.count < self.smallest


@dataclass(frozen=True)
class Relation(Generic[K]):
    """A sum that whoever reads the table knows to hold: the whole is the sum of its parts.

    Attributes:
        whole: key of the total.
        parts: keys of disjoint parts.
        rest: whether the whole also holds persons of no part named here, so that the parts are at most it.
    """

    whole: K
    parts: tuple[K, ...]
    rest: bool = False

    @property
    def keys(self) -> tuple[K, ...]:
        """The whole and its parts."""
        return (self.whole, *self.parts)


@dataclass(frozen=True)
class Table(Generic[K]):
    """Cells and the relations between them.

    Attributes:
        cells: by key, every key of a relation among them.
        relations: all that hold.
        disclosed: keys published before: known for good, whatever their status is now.
        told_apart: whether readers can tell primary from secondary suppression (two marks, or CONF_STATUS).
    """

    cells: Mapping[K, Cell]
    relations: tuple[Relation[K], ...]
    disclosed: frozenset[K] = frozenset()
    told_apart: bool = False

    def is_known(self, key: K) -> bool:
        """Whether the attacker reads the count of a key."""
        cell = self.cells[key]
        return cell.count is not None and (cell.status is ConfStatus.FREE or key in self.disclosed)


@dataclass(frozen=True)
class Vintage(Generic[K]):
    """A table as published at one time.

    Attributes:
        table: with all its relations.
        revised: keys of which the publication says, or lets see, that the count is another than before.
        whole_rows: whether the cells of a row are delivered, and so revised, as one.
    """

    table: Table[K]
    revised: frozenset[K] = frozenset()
    whole_rows: bool = True


@dataclass(frozen=True)
class Interval:
    """The counts that are still possible, both ends included."""

    low: int
    high: int

    @property
    def width(self) -> int:
        """How far apart the ends are; 0 where the count is known."""
        return self.high - self.low


def prior(cell: Cell, *, told_apart: bool) -> Interval:
    """What the attacker knows of an unpublished cell before any sum.

    Zeros are shown, so a count that was hidden alone is not zero; in a row of several counts (numerator,
    complement, denominator) one of them is the reason, and he does not know which. Where primary and
    secondary cells bear different marks he knows more: the former are 1 to ``smallest - 1``, the latter are
    not.
    """
    if not cell.hidden or cell.row is not None or cell.count == 0:
        return Interval(0, MOST)
    if not told_apart:
        return Interval(1, MOST)
    if cell.small:
        return Interval(1, cell.smallest - 1) if cell.status is ConfStatus.CONFIDENTIAL else Interval(1, MOST)
    return Interval(cell.smallest if cell.status is ConfStatus.SECONDARY else 1, MOST)


def needed_width(cell: Cell, before: Interval) -> int:
    """The protection that a hidden count needs, primary or secondary: the least width of its interval.

    ``smallest`` persons (Hundepool et al. 2012, ch. 4: protected when high less low passes the tolerance),
    or, where the attacker knows beforehand that it is not zero, ``smallest - 2``: as many values as the
    primary rule leaves. Either way all of 1 to ``smallest - 1`` is possible, or it cannot be told that the
    count is small.

    Args:
        cell: hidden.
        before: its ``prior``.
    """
    return cell.smallest if before.low == 0 else max(cell.smallest - 2, 0)
