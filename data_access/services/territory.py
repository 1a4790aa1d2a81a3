"""One series on the map of the communes: values, what they are compared with, and how surely."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from data_access.cache import cached
from data_access.contract.load import contract
from data_access.contract.model import Indicator
from data_access.domain import comparison
from data_access.domain.class_breaks import make_breaks
from data_access.domain.cohort import Maturity, Window, maturity
from data_access.domain.comparison import MISSING, Cell, Gap, Guard, Kind
from data_access.domain.confidentiality import Availability, SmallCellRule
from data_access.domain.funnel_limits import Funnel, evaluate_funnel
from data_access.domain.period import Period
from data_access.domain.standardisation import NotStandardised, Standardised, standardise
from data_access.services.area_cells import AreaCells, get_area_cells, get_strata
from data_access.services.breakdown_choices import INSIDE, OUTSIDE, items_of, parts_of
from data_access.services.indicator_rows import REGION, TOTAL, sensitive_items
from data_access.services.territory_choices import QUARTERS, MapSeries, Selection

FIRST_YEAR = 2019  # of the small maps
STANDARDS = ("AGE", "SEX")  # what composition is corrected for, the first that the tables hold


@dataclass(frozen=True)
class YearChange:
    """A value against the same period a year before.

    Attributes:
        before: the value a year before.
        difference: in points for a share or rate, in per cent of ``before`` for a count, else in the unit.
        comparable: False when a series break lies between the two.
        significant: whether the 95 % interval of the difference leaves zero out; None without counts.
    """

    before: Cell
    difference: float
    comparable: bool
    significant: bool | None


@dataclass(frozen=True)
class Place:
    """One commune at the chosen period.

    Attributes:
        interval: 95 % Wilson interval of a share, in per cent.
        gap: value minus the Region's, in the unit (points for a share); None unless both may be shown.
        change: on a year before.
        standardised: the share it would have with the Region's composition, or why there is none.
    """

    nis: str
    cell: Cell
    interval: tuple[float, float] | None = None
    gap: float | None = None
    change: YearChange | None = None
    standardised: Standardised | NotStandardised | None = None


@dataclass(frozen=True)
class Side:
    """The croissant or the rest: recomputed from counts, never a mean of rates."""

    item: str
    cell: Cell
    interval: tuple[float, float] | None
    change: YearChange | None


@dataclass(frozen=True)
class Territory:
    """The answer: everything that the map, the plots beside it and their table show.

    Attributes:
        period: the one shown; None without data.
        periods: those that can be asked for, oldest first; ``immature`` those of unclosed cohorts.
        places: the nineteen communes, by NIS code.
        region: the whole; ``region_summed`` when it is the sum of the communes.
        region_change: of the whole, on a year before.
        sides: the croissant, then the rest; ``gap`` between their shares.
        funnel: where each commune stands in the limits around the Region; None where none can be drawn.
        standard: the dimension whose composition ``standardised`` takes from the Region; None without.
        classes: break points of the level, the same for every period.
        largest: the largest count of a commune in any period, which sets the scale of the circles.
        years: for the small maps, the last comparable period of each year with its cells by NIS code.
    """

    selection: Selection
    period: Period | None
    periods: tuple[Period, ...]
    immature: frozenset[Period]
    places: tuple[Place, ...]
    region: Cell
    region_summed: bool
    region_change: YearChange | None
    sides: tuple[Side, ...]
    gap: Gap | None
    funnel: Funnel[str] | None
    standard: str | None
    classes: tuple[float, ...]
    largest: float
    years: tuple[tuple[Period, Mapping[str, Cell]], ...]
    breaks: tuple[date, ...]
    demonstration: bool

    @property
    def series(self) -> MapSeries:
        """The series shown."""
        return self.selection.series

    @property
    def is_mature(self) -> bool:
        """Whether the values of the period may be compared."""
        return self.period not in self.immature

    def place(self, nis: str) -> Place:
        """One commune."""
        return next(p for p in self.places if p.nis == nis)


@cached
def get_territory(version: int, cutoff: date | None, selection: Selection, rule: SmallCellRule) -> Territory:
    """The communes for what was chosen.

    Args:
        version: data version (key of the cache).
        cutoff: last day covered by the data; decides which cohorts are mature.
        selection: of ``settle_selection``.
        rule: small-cell thresholds of the audience.
    """
    series, definition = selection.series, contract().indicator(selection.series.code)
    cells = get_area_cells(version, series.code, series.operator, selection.sex, selection.age, rule)
    periods = _periods(cells)
    immature = frozenset(p for p in periods if not is_mature(p, definition, cutoff or date.min))
    period = next((p for p in periods if str(p) == selection.period), None) or _newest(
        cells, periods, immature
    )
    whole = cells
    if selection.sex != TOTAL or selection.age != TOTAL:
        whole = get_area_cells(version, series.code, series.operator, TOTAL, TOTAL, rule)
    return _answer(version, selection, definition, cells, whole, period, periods, immature, rule)


def _answer(
    version: int,
    selection: Selection,
    definition: Indicator,
    cells: AreaCells,
    whole: AreaCells,
    period: Period | None,
    periods: tuple[Period, ...],
    immature: frozenset[Period],
    rule: SmallCellRule,
) -> Territory:
    kind = selection.series.kind
    may_compare = period is not None and period not in immature
    standard = _standard(selection) if kind is Kind.SHARE and may_compare else None
    strata = (
        get_strata(version, definition.code, selection.series.operator, standard, rule) if standard else {}
    )
    guard = Guard(kind, definition.persons, _is_sensitive(definition, selection), rule)
    places = tuple(
        _place(c.nis, cells, period, kind, strata if may_compare else {}, standard)
        for c in contract().communes
    )
    sides = _sides(selection, cells, period, guard, kind) if selection.series.countable else ()
    region = cells.at(REGION, period) if period else MISSING
    return Territory(
        selection=selection,
        period=period,
        periods=periods,
        immature=immature,
        places=places,
        region=region,
        region_summed=period in cells.summed,
        region_change=year_change(cells, REGION, period, kind) if period else None,
        sides=sides,
        gap=comparison.gap(sides[0].cell, sides[1].cell, kind) if sides and may_compare else None,
        funnel=_funnel(places, region, kind) if may_compare else None,
        standard=standard,
        classes=definition.classes or make_breaks(_values(whole)),
        largest=max(_counts(whole), default=0.0),
        years=_years(cells, [p for p in periods if p not in immature]),
        breaks=cells.breaks,
        demonstration=cells.demonstration,
    )


def is_mature(period: Period, definition: Indicator, cutoff: date) -> bool:
    """Whether the values of a period may be compared: what is no cohort always may."""
    if definition.cohort is None:
        return True
    window = Window(definition.cohort.window_months, definition.cohort.lag_months)
    return maturity(period, window, cutoff) is Maturity.MATURE


def _periods(cells: AreaCells) -> tuple[Period, ...]:
    return tuple(sorted({p for area, at in cells.cells.items() if area != REGION for p in at}))


def _newest(cells: AreaCells, periods: tuple[Period, ...], immature: frozenset[Period]) -> Period | None:
    """The newest mature period in which most communes have a value; else the newest."""
    most = len(contract().communes) / 2
    for period in reversed([p for p in periods if p not in immature]):
        known = sum(
            cells.at(c.nis, period).availability is not Availability.MISSING for c in contract().communes
        )
        if known > most:
            return period
    return periods[-1] if periods else None


def _place(
    nis: str,
    cells: AreaCells,
    period: Period | None,
    kind: Kind,
    strata: Mapping[tuple[str, str], Mapping[Period, Cell]],
    standard: str | None,
) -> Place:
    if period is None:
        return Place(nis, MISSING)
    cell, region = cells.at(nis, period), cells.at(REGION, period)
    gap = None
    if cell.value is not None and region.value is not None and kind is not Kind.COUNT:
        gap = cell.value - region.value
    return Place(
        nis=nis,
        cell=cell,
        interval=comparison.interval(cell, kind),
        gap=gap,
        change=year_change(cells, nis, period, kind),
        standardised=_standardised(nis, period, strata, standard) if standard and cell.available else None,
    )


def year_change(cells: AreaCells, area: str, period: Period, kind: Kind) -> YearChange | None:
    """The change of an area on the same period a year before; None unless both may be shown."""
    now, before = cells.at(area, period), cells.at(area, period.year_before)
    if now.value is None or before.value is None:
        return None
    difference = now.value - before.value
    if kind is Kind.COUNT:
        if before.value == 0:
            return None
        difference = 100 * difference / before.value
    comparable = not any(period.year_before.end < day <= period.end for day in cells.breaks)
    measured = comparison.gap(now, before, kind)
    return YearChange(before, difference, comparable, measured.significant if measured else None)


def _sides(
    selection: Selection, cells: AreaCells, period: Period | None, guard: Guard, kind: Kind
) -> tuple[Side, ...]:
    """The croissant and the rest, unless not all communes are known (hidden or missing says why)."""
    if period is None or kind is Kind.UNRELATED:
        return ()
    if selection.croissant == QUARTERS:
        now, before = (
            {item: at.get(p, MISSING) for item, at in cells.quarters.items()}
            for p in (period, period.year_before)
        )
    else:
        inside = set(selection.members)
        groups = {INSIDE: inside, OUTSIDE: {c.nis for c in contract().communes} - inside}
        now, before = (_pooled(groups, cells, p, guard) for p in (period, period.year_before))
    pair = AreaCells(
        {item: {period: now[item], period.year_before: before[item]} for item in now},
        frozenset(),
        {},
        cells.breaks,
        cells.demonstration,
    )
    return tuple(
        Side(item, now[item], comparison.interval(now[item], kind), year_change(pair, item, period, kind))
        for item in now
    )


def _pooled(
    groups: Mapping[str, set[str]], cells: AreaCells, period: Period, guard: Guard
) -> dict[str, Cell]:
    """Each group from the sums of its counts; the Region being shown, one is not shown without the other."""
    found = {
        item: comparison.pooled([cells.at(nis, period) for nis in sorted(members)], guard)
        for item, members in groups.items()
    }
    return dict(comparison.suppress_complements(found, [list(found)]))


def _is_sensitive(definition: Indicator, selection: Selection) -> bool:
    strict = sensitive_items()
    asked = {"sex": selection.sex, "age": selection.age}
    return definition.sensitive or any(item in strict.get(name, ()) for name, item in asked.items())


def _funnel(places: tuple[Place, ...], region: Cell, kind: Kind) -> Funnel[str] | None:
    """The limits around the Region; only shares of counted people have them."""
    if kind is not Kind.SHARE:
        return None
    groups = {
        p.nis: (p.cell.numerator, p.cell.denominator)
        for p in places
        if p.cell.numerator is not None and p.cell.denominator
    }
    reference = region.numerator / region.denominator if region.numerator and region.denominator else None
    found = evaluate_funnel(groups, reference)
    return found if isinstance(found, Funnel) else None


def _standard(selection: Selection) -> str | None:
    """The dimension to standardise by: held by the tables, and not chosen as a filter."""
    if TOTAL not in (selection.sex, selection.age) or (selection.sex, selection.age) != (TOTAL, TOTAL):
        return None
    held = {"AGE": selection.series.ages, "SEX": selection.series.sexes}
    return next((name for name in STANDARDS if len(held[name]) > 2), None)


def _standardised(
    nis: str, period: Period, strata: Mapping[tuple[str, str], Mapping[Period, Cell]], dimension: str
) -> Standardised | NotStandardised | None:
    """The commune's share by group, weighted as the Region is composed; hidden groups refuse it."""
    items = parts_of(dimension, items_of(dimension))
    groups, weights = {}, {}
    for item in sorted(items):
        region = strata.get((REGION, item), {}).get(period, MISSING)
        own = strata.get((nis, item), {}).get(period, MISSING)
        if not region.denominator:
            continue
        if own.numerator is None or own.denominator is None:
            return None
        groups[item] = (own.numerator, own.denominator)
        weights[item] = region.denominator
    return standardise(groups, weights) if groups else None


def _values(cells: AreaCells) -> list[float]:
    found = [c.value for area, at in cells.cells.items() if area != REGION for c in at.values()]
    return [value for value in found if value is not None]


def _counts(cells: AreaCells) -> list[float]:
    found = [c for area, at in cells.cells.items() if area != REGION for c in at.values() if c.available]
    return [(c.value if c.numerator is None else c.numerator) or 0.0 for c in found]


def _years(cells: AreaCells, periods: Sequence[Period]) -> tuple[tuple[Period, Mapping[str, Cell]], ...]:
    """The last comparable period of each year from ``FIRST_YEAR`` in which any commune has a row."""
    last = {p.year: p for p in periods if p.year >= FIRST_YEAR}
    communes = [c.nis for c in contract().communes]
    return tuple((p, {nis: cells.at(nis, p) for nis in communes}) for _, p in sorted(last.items()))
