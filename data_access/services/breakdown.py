"""An indicator by commune, sex, age …: groups, their series, and their gap with a reference."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from data_access.cache import cached
from data_access.contract.load import contract
from data_access.contract.model import CroissantDefinition, Indicator
from data_access.domain import comparison
from data_access.domain.cohort import Maturity, Window, maturity
from data_access.domain.comparison import Cell, Gap, Kind
from data_access.domain.confidentiality import SmallCellRule
from data_access.domain.period import Period
from data_access.domain.reading import Reading
from data_access.services.breakdown_cells import Cells, Key
from data_access.services.breakdown_choices import CROISSANT, default_croissant, parts_of
from data_access.services.indicator_rows import TOTAL

UNKNOWN = "_U"


class Reference(StrEnum):
    """What a group is compared with; always a group of other people."""

    OTHER = "other"  # the other one of two
    REST = "rest"  # the total without the group
    NONE = "none"


@dataclass(frozen=True)
class Group:
    """One group at the chosen period.

    Attributes:
        item: its code; of the croissant ``IN`` or ``OUT``.
        readings: its series, oldest first; empty with two dimensions.
        interval: 95 % interval of a share, in per cent.
        gap: difference with the reference, in percentage points.
        share: of the total, for a count, between 0 and 1.
    """

    item: str
    cell: Cell
    readings: tuple[Reading, ...] = ()
    interval: tuple[float, float] | None = None
    gap: Gap | None = None
    share: float | None = None


@dataclass(frozen=True)
class Facet:
    """The groups of the second dimension within one item of the first (``_T`` with one dimension)."""

    item: str
    total: Cell
    groups: tuple[Group, ...]


@dataclass(frozen=True)
class Breakdown:
    """The answer: groups in the order of their code list.

    Attributes:
        by, then: the dimensions; ``then`` is None for one.
        inner: the dimension of the groups.
        period: the one shown; None without data.
        periods: those that can be asked for, newest first; ``immature`` those of unclosed cohorts.
        total: series of the whole, at the indicator's frequency; empty when no total is delivered.
        croissant: name and rule of the definition, when it is used.
    """

    code: str
    by: str
    then: str | None
    kind: Kind
    reference: Reference
    period: Period | None
    periods: tuple[Period, ...]
    immature: frozenset[Period]
    facets: tuple[Facet, ...]
    total: tuple[Reading, ...]
    breaks: tuple[date, ...]
    croissant: CroissantDefinition | None
    demonstration: bool

    @property
    def inner(self) -> str:
        """The dimension that the groups are items of."""
        return self.then or self.by

    @property
    def is_mature(self) -> bool:
        """Whether the groups of the period may be compared."""
        return self.period not in self.immature

    @property
    def groups(self) -> tuple[Group, ...]:
        """All groups, of every facet."""
        return tuple(group for facet in self.facets for group in facet.groups)


@cached
def get_breakdown(
    version: int,
    cutoff: date | None,
    code: str,
    by: str,
    then: str | None,
    period: str | None,
    rule: SmallCellRule,
) -> Breakdown:
    """The groups of an indicator at one period.

    Args:
        version: data version (key of the cache).
        cutoff: last day covered by the data; decides which cohorts are mature.
        code: of the indicator.
        by: first dimension (``DIMENSIONS``).
        then: second dimension, None for one only.
        period: SDMX period; the newest mature one of the whole when it is None or not among the data.
        rule: small-cell thresholds of the audience.

    Raises:
        UnknownIndicator: no definition bears the code.
    """
    definition = contract().indicator(code)
    cells = Cells(definition, by, then, rule)
    immature = frozenset(p for p in cells.periods if not _is_mature(p, definition, cutoff or date.min))
    chosen = next((p for p in cells.periods if str(p) == period), None) or cells.newest(immature)
    reference = _reference(cells, then or by)
    compared = Reference.NONE if chosen in immature else reference
    return Breakdown(
        code=code,
        by=by,
        then=then,
        kind=cells.kind,
        reference=reference,
        period=chosen,
        periods=cells.periods,
        immature=immature,
        facets=tuple(_facet(cells, item, chosen, compared) for item in cells.outer) if chosen else (),
        total=cells.total,
        breaks=cells.breaks,
        croissant=default_croissant() if CROISSANT in {by, then} else None,
        demonstration=cells.demonstration,
    )


def _reference(cells: Cells, dimension: str) -> Reference:
    """The other one of two groups that share nobody, else the rest of the total."""
    if cells.kind is not Kind.SHARE:
        return Reference.NONE
    if len(cells.inner) == 2 and set(cells.inner) <= parts_of(dimension, cells.inner):
        return Reference.OTHER
    return Reference.REST if any(item == TOTAL for _, item in cells.cells) else Reference.NONE


def _facet(cells: Cells, outer: str, period: Period, reference: Reference) -> Facet:
    total = cells.at((outer, TOTAL), period)
    groups = tuple(_group(cells, (outer, item), period, total, reference) for item in cells.inner)
    return Facet(outer, total, groups)


def _group(cells: Cells, key: Key, period: Period, total: Cell, reference: Reference) -> Group:
    cell = cells.at(key, period)
    return Group(
        item=key[1],
        cell=cell,
        readings=cells.series(key) if cells.then is None else (),
        interval=comparison.interval(cell, cells.kind),
        gap=_gap(cells, key, period, total, reference),
        share=_share(cell, total) if cells.kind is Kind.COUNT else None,
    )


def _gap(cells: Cells, key: Key, period: Period, total: Cell, reference: Reference) -> Gap | None:
    outer, item = key
    if reference is Reference.NONE or item == UNKNOWN:
        return None
    cell = cells.at(key, period)
    if reference is Reference.OTHER:
        (other,) = set(cells.inner) - {item}
        return comparison.gap(cell, cells.at((outer, other), period), cells.kind)
    return comparison.gap(cell, comparison.rest(total, cell, cells.guard(key)), cells.kind)


def _is_mature(period: Period, definition: Indicator, cutoff: date) -> bool:
    if definition.cohort is None:
        return True
    window = Window(definition.cohort.window_months, definition.cohort.lag_months)
    return maturity(period, window, cutoff) is Maturity.MATURE


def _share(cell: Cell, total: Cell) -> float | None:
    if cell.value is None or not total.value:
        return None
    return cell.value / total.value
