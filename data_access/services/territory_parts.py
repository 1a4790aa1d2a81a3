"""What one commune or one side of the croissant is compared with: the year before, the Region, chance."""

from __future__ import annotations

from collections.abc import Mapping
from math import isclose

from data_access.contract.load import contract
from data_access.contract.model import INSIDE, OUTSIDE
from data_access.domain import comparison
from data_access.domain.comparison import MISSING, Cell, Guard, Kind
from data_access.domain.funnel_limits import Funnel, evaluate_funnel
from data_access.domain.period import Period
from data_access.domain.standardisation import NotStandardised, Standardised, standardise
from data_access.services.area_cells import AreaCells
from data_access.services.breakdown_choices import items_of, parts_of
from data_access.services.indicator_rows import REGION, TOTAL
from data_access.services.territory_choices import QUARTERS, Selection
from data_access.services.territory_model import Place, Side, YearChange

STANDARDS = ("AGE", "SEX")  # what composition is corrected for, the first that the tables hold
Strata = Mapping[tuple[str, str], Mapping[Period, Cell]]


def make_place(
    nis: str,
    cells: AreaCells,
    period: Period | None,
    kind: Kind,
    strata: Strata,
    standard: str | None,
    *,
    compare: bool,
) -> Place:
    """One commune; what belongs to a cohort that is not closed is compared with nothing."""
    if period is None:
        return Place(nis, MISSING)
    cell, region = cells.at(nis, period), cells.at(REGION, period)
    if not compare:
        return Place(nis, cell, interval=comparison.interval(cell, kind))
    gap = None
    if cell.value is not None and region.value is not None and kind is not Kind.COUNT:
        gap = cell.value - region.value
    return Place(
        nis=nis,
        cell=cell,
        interval=comparison.interval(cell, kind),
        gap=gap,
        change=year_change(cells, nis, period, kind),
        before=cells.at(nis, period.year_before),
        standardised=_standardised(nis, cell, period, strata, standard) if standard else None,
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


def make_sides(
    selection: Selection, cells: AreaCells, period: Period | None, guard: Guard, kind: Kind, *, compare: bool
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
        Side(
            item,
            now[item],
            comparison.interval(now[item], kind),
            year_change(pair, item, period, kind) if compare else None,
        )
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


def make_funnel(places: tuple[Place, ...], region: Cell, kind: Kind) -> Funnel[str] | None:
    """The limits around the Region; only shares of counted people have them.

    The reference is the Region as it is shown. Where it is the sum of these very communes, the test for
    overdispersion counts one degree of freedom fewer; without counts of the Region there are no limits.
    """
    if kind is not Kind.SHARE or region.numerator is None or not region.denominator:
        return None
    groups = {
        p.nis: (p.cell.numerator, p.cell.denominator)
        for p in places
        if p.cell.numerator is not None and p.cell.denominator
    }
    tops, bottoms = (sum(counts[i] for counts in groups.values()) for i in (0, 1))
    is_sum = isclose(tops, region.numerator) and isclose(bottoms, region.denominator)
    found = evaluate_funnel(groups, None if is_sum else region.numerator / region.denominator)
    return found if isinstance(found, Funnel) else None


def standard_of(selection: Selection) -> str | None:
    """The dimension to standardise by: held by the tables, and only where no filter is chosen."""
    if (selection.sex, selection.age) != (TOTAL, TOTAL):
        return None
    held = {"AGE": selection.series.ages, "SEX": selection.series.sexes}
    return next((name for name in STANDARDS if len(held[name]) > 2), None)


def _standardised(
    nis: str, cell: Cell, period: Period, strata: Strata, dimension: str
) -> Standardised | NotStandardised | None:
    """The commune's share by group, weighted as the Region is composed.

    None where a group is hidden or missing on either side, or where the groups do not add up to the
    commune: nothing is left out or filled in.
    """
    groups, weights = {}, {}
    for item in sorted(parts_of(dimension, items_of(dimension))):
        region, own = (strata.get((area, item), {}).get(period, MISSING) for area in (REGION, nis))
        if region == MISSING == own:
            continue  # an item that this series does not have
        if own.numerator is None or own.denominator is None or not region.denominator:
            return None
        groups[item] = (own.numerator, own.denominator)
        weights[item] = region.denominator
    if not groups or cell.denominator is None:
        return None
    if not isclose(sum(n for _, n in groups.values()), cell.denominator):
        return None
    return standardise(groups, weights)
