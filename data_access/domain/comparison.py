"""One group beside another: sums of groups, their rest, gaps in percentage points, what must stay hidden."""

from __future__ import annotations

from collections.abc import Callable, Collection, Hashable, Iterable, Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import TypeVar

from data_access.domain.confidentiality import Availability, SmallCellRule, is_hidden
from data_access.domain.interval import difference_interval, wilson_interval

Key = TypeVar("Key", bound=Hashable)


class Kind(StrEnum):
    """How a value follows from its numerator and denominator; only a share has an interval."""

    SHARE = "share"  # per cent of its own denominator
    RATE = "rate"  # per cent, the numerator is no part of the denominator
    RATIO = "ratio"  # numerator / denominator
    COUNT = "count"
    UNRELATED = "unrelated"  # a median, a gap: nothing can be added


@dataclass(frozen=True)
class Cell:
    """The value of one group in one period; its numbers are None unless available."""

    availability: Availability
    value: float | None = None
    numerator: float | None = None
    denominator: float | None = None
    provisional: bool = False

    @property
    def available(self) -> bool:
        """Whether the value may be shown."""
        return self.availability is Availability.AVAILABLE


HIDDEN, MISSING = Cell(Availability.HIDDEN), Cell(Availability.MISSING)


@dataclass(frozen=True)
class Guard:
    """What decides whether a computed cell may be shown; the fields are those of ``is_hidden``."""

    kind: Kind
    persons: bool
    sensitive: bool
    rule: SmallCellRule

    def cell(self, numerator: float | None, denominator: float | None, *, provisional: bool) -> Cell:
        """A cell from its counts: hidden when it speaks of a few persons, missing when it says nothing."""
        value = _value(self.kind, numerator, denominator)
        hidden = is_hidden(
            numerator=numerator,
            denominator=denominator,
            value=value,
            conf_status="F",
            persons=self.persons,
            is_count=self.kind is Kind.COUNT,
            sensitive=self.sensitive,
            rule=self.rule,
        )
        if hidden:
            return HIDDEN
        if value is None:
            return MISSING
        return Cell(Availability.AVAILABLE, value, numerator, denominator, provisional)


@dataclass(frozen=True)
class Gap:
    """Group minus reference, in percentage points, with its 95 % interval."""

    points: float
    low: float
    high: float

    @property
    def significant(self) -> bool:
        """Whether the interval leaves zero out."""
        return self.low > 0 or self.high < 0


def _value(kind: Kind, numerator: float | None, denominator: float | None) -> float | None:
    if kind is Kind.COUNT:
        return numerator
    if numerator is None or not denominator or kind is Kind.UNRELATED:
        return None
    return (1 if kind is Kind.RATIO else 100) * numerator / denominator


def pooled(cells: Iterable[Cell], guard: Guard) -> Cell:
    """Several groups together, from sums of their counts; never a mean of their rates.

    Hidden when one part is, else missing when one part is. A part without counts is missing.
    """
    parts = list(cells)
    if any(part.availability is Availability.HIDDEN for part in parts):
        return HIDDEN
    tops = [_counts(part, guard.kind) for part in parts]
    if not parts or not all(part.available for part in parts) or None in tops:
        return MISSING
    provisional = any(part.provisional for part in parts)
    numerator = sum(top for top in tops if top is not None)
    if guard.kind is Kind.COUNT:
        return guard.cell(numerator, None, provisional=provisional)
    denominators = [part.denominator for part in parts]
    known = [bottom for bottom in denominators if bottom is not None]
    if len(known) < len(parts):
        return MISSING
    return guard.cell(numerator, sum(known), provisional=provisional)


def rest(total: Cell, group: Cell, guard: Guard) -> Cell:
    """The total without the group, so that the two are independent.

    Hidden when either is, missing when either is or when the group does not fit into the total.
    """
    if Availability.HIDDEN in {total.availability, group.availability}:
        return HIDDEN
    top, inside = _counts(total, guard.kind), _counts(group, guard.kind)
    if not (total.available and group.available) or top is None or inside is None:
        return MISSING
    numerator, provisional = top - inside, total.provisional or group.provisional
    if guard.kind is Kind.COUNT:
        return guard.cell(numerator, None, provisional=provisional) if numerator >= 0 else MISSING
    if total.denominator is None or group.denominator is None:
        return MISSING
    denominator = total.denominator - group.denominator
    if numerator < 0 or denominator <= 0 or (guard.kind is Kind.SHARE and numerator > denominator):
        return MISSING
    return guard.cell(numerator, denominator, provisional=provisional)


def _counts(cell: Cell, kind: Kind) -> float | None:
    """What is added: the count itself (it may have no numerator), or the numerator."""
    return cell.value if kind is Kind.COUNT else cell.numerator


def interval(cell: Cell, kind: Kind) -> tuple[float, float] | None:
    """The 95 % Wilson interval of a share, in per cent; None for what is no share."""
    if not _is_share(cell, kind):
        return None
    assert cell.numerator is not None
    assert cell.denominator is not None
    low, high = wilson_interval(cell.numerator, cell.denominator)
    return 100 * low, 100 * high


def gap(group: Cell, reference: Cell, kind: Kind) -> Gap | None:
    """Group minus reference (Newcombe, method 10); None unless both are shares that may be shown."""
    if not (_is_share(group, kind) and _is_share(reference, kind)):
        return None
    counts = (group.numerator, group.denominator, reference.numerator, reference.denominator)
    a, b, c, d = (count or 0.0 for count in counts)
    low, high = difference_interval(a, b, c, d)
    return Gap(100 * (a / b - c / d), 100 * low, 100 * high)


def _is_share(cell: Cell, kind: Kind) -> bool:
    if kind is not Kind.SHARE or not cell.available or cell.numerator is None or not cell.denominator:
        return False
    return 0 <= cell.numerator <= cell.denominator


def suppress_complements(cells: Mapping[Key, Cell], sums: Iterable[Collection[Key]]) -> dict[Key, Cell]:
    """Hide a second cell wherever addition or subtraction would give a hidden one away.

    Of a total and its parts, one hidden alone is known from the others: the smallest other part is hidden
    too (secondary confidentiality, SDMX ``D``), until no such line is left. What is zero gives nothing away
    as a cover, so it is not chosen.

    Args:
        cells: by key.
        sums: the lines: the parts of a sum and, unless it is shown for certain, their total. A total is
            larger than its parts, so that it is the last to be taken as a cover.
    """
    found, lines = dict(cells), [list(line) for line in sums]
    while (cover := _first_cover(found, lines)) is not None:
        found[cover] = HIDDEN
    return found


def _first_cover(cells: Mapping[Key, Cell], lines: Iterable[Collection[Key]]) -> Key | None:
    def size(key: Key) -> float:
        cell = cells[key]
        return cell.denominator if cell.denominator is not None else cell.value or 0.0

    by_size: Callable[[Key], float] = size
    for line in lines:
        known = [key for key in line if key in cells]
        hidden = [key for key in known if cells[key].availability is Availability.HIDDEN]
        others = [key for key in known if cells[key].available and size(key) > 0]
        if len(hidden) == 1 and others:
            return min(others, key=by_size)
    return None
