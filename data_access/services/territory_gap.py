"""The gap between the croissant and the rest of the Region: over time, by composition, by commune."""

from __future__ import annotations

from datetime import date

from data_access.cache import cached
from data_access.contract.load import contract
from data_access.contract.model import Indicator
from data_access.domain import comparison
from data_access.domain.comparison import Guard, Kind
from data_access.domain.confidentiality import Availability, SmallCellRule
from data_access.domain.period import Period
from data_access.services.area_cells import AreaCells, get_area_cells
from data_access.services.breakdown_choices import default_croissant
from data_access.services.gap_model import GapChange, GapLine, GapSheet, Point, Published, Refusal
from data_access.services.gap_parts import (
    communes,
    gap_difference,
    is_broken,
    refusal_of,
    regional_change,
    sides,
    split_gap,
)
from data_access.services.indicator_rows import REGION, TOTAL, sensitive_items
from data_access.services.territory import is_mature
from data_access.services.territory_choices import MapSeries, Selection

STRATIFIED_BY = ("AGE", "SEX")
# The contract has an indicator for the gap of this rate: OS1.11 = OS1.01 (croissant) - OS1.01 (rest).
PUBLISHED = {"OS1.01": "OS1.11"}


def gap_series(series: tuple[MapSeries, ...]) -> tuple[MapSeries, ...]:
    """The series that have a gap (shares that can be added up), OS1.11's first, then as in the contract."""
    found = [
        s for s in series if s.kind is Kind.SHARE and s.countable and s.areas == len(contract().communes)
    ]
    return tuple(sorted(found, key=lambda s: s.code not in PUBLISHED))


@cached
def get_gap(
    version: int, cutoff: date | None, selection: Selection, rule: SmallCellRule, against: str = ""
) -> GapSheet:
    """The gap of one series.

    Args:
        version: data version (key of the cache).
        cutoff: last day covered by the data; decides which cohorts are mature.
        selection: of ``settle_selection``, of one of ``gap_series``; its view does not matter.
        rule: small-cell thresholds of the audience.
        against: SDMX period with which the Region is compared; else the same period a year before.
    """
    series, definition = selection.series, contract().indicator(selection.series.code)
    cells = get_area_cells(version, series.code, series.operator, selection.sex, selection.age, rule)
    points = _points(cells, selection.members, _guard(definition, selection, rule), definition, cutoff)
    asked = next((p for p in points if str(p.period) == selection.period), None)
    point = asked or _newest(points)
    starts = _starts(points, point, cells.breaks)
    return GapSheet(
        selection=selection,
        points=points,
        point=point,
        change=_change(points, point, cells.breaks),
        splits={d: split_gap(version, selection, point, d, definition, rule) for d in STRATIFIED_BY},
        regional=regional_change(cells, point, starts, against, cells.breaks),
        starts=starts,
        published=_published(version, selection, point, rule),
        breaks=cells.breaks,
        demonstration=cells.demonstration,
    )


@cached
def get_gaps(
    version: int,
    cutoff: date | None,
    series: tuple[MapSeries, ...],
    members: tuple[str, ...],
    rule: SmallCellRule,
) -> tuple[GapLine, ...]:
    """The newest mature gap of every series that has one.

    Args:
        version, cutoff, rule: as in ``get_gap``.
        series: of ``gap_series``.
        members: NIS codes of the croissant.
    """
    lines = []
    for own in series:
        definition = contract().indicator(own.code)
        cells = get_area_cells(version, own.code, own.operator, TOTAL, TOTAL, rule)
        guard = Guard(own.kind, definition.persons, definition.sensitive, rule)
        points = _points(cells, members, guard, definition, cutoff)
        point = _newest(points)
        lines.append(GapLine(own, point, _change(points, point, cells.breaks), cells.demonstration))
    return tuple(lines)


def _guard(definition: Indicator, selection: Selection, rule: SmallCellRule) -> Guard:
    strict = sensitive_items()
    asked = {"sex": selection.sex, "age": selection.age}
    sensitive = any(item in strict.get(name, ()) for name, item in asked.items())
    return Guard(selection.series.kind, definition.persons, definition.sensitive or sensitive, rule)


def _points(
    cells: AreaCells, members: tuple[str, ...], guard: Guard, definition: Indicator, cutoff: date | None
) -> tuple[Point, ...]:
    periods = sorted({p for area, at in cells.cells.items() if area != REGION for p in at})
    found = []
    for period in periods:
        inside, outside = sides({nis: cells.at(nis, period) for nis in communes()}, members, guard)
        mature = is_mature(period, definition, cutoff or date.min)
        gap = comparison.gap(inside, outside, guard.kind) if mature else None
        found.append(Point(period, inside, outside, mature, gap))
    return tuple(found)


def _newest(points: tuple[Point, ...]) -> Point | None:
    """The newest mature period that is delivered for every commune, else the newest mature one."""
    mature = [p for p in points if p.mature]
    delivered = [p for p in mature if p.availability is not Availability.MISSING]
    return next((found[-1] for found in (delivered, mature, points) if found), None)


def _change(points: tuple[Point, ...], point: Point | None, breaks: tuple[date, ...]) -> GapChange | Refusal:
    if point is None:
        return Refusal.NO_PERIOD
    if point.gap is None:
        return refusal_of(point) or Refusal.MISSING
    before = next((p for p in points if p.period == point.period.year_before), None)
    if before is None:
        return Refusal.NO_EARLIER
    if is_broken(before.period, point.period, breaks):
        return Refusal.BREAK
    if before.gap is None:
        return refusal_of(before) or Refusal.MISSING
    return GapChange(before, gap_difference(point.gap, before.gap))


def _starts(points: tuple[Point, ...], point: Point | None, breaks: tuple[date, ...]) -> tuple[Period, ...]:
    """The earlier mature periods with all communes that no break separates from the one chosen."""
    if point is None:
        return ()
    return tuple(
        p.period
        for p in points
        if p.period < point.period and p.gap is not None and not is_broken(p.period, point.period, breaks)
    )


def _published(
    version: int, selection: Selection, point: Point | None, rule: SmallCellRule
) -> Published | None:
    """The delivered gap beside ours; only of the default definition and of everybody."""
    code = PUBLISHED.get(selection.series.code)
    is_usual = selection.croissant == default_croissant().code and (
        selection.sex,
        selection.age,
        selection.series.operator,
    ) == (TOTAL, TOTAL, TOTAL)
    if code is None or not is_usual or point is None or point.gap is None:
        return None
    cell = get_area_cells(version, code, TOTAL, TOTAL, TOTAL, rule).at(REGION, point.period)
    if cell.value is None:
        return None
    half = 0.5 * 10 ** -contract().indicator(code).decimals
    return Published(code, cell.value, abs(cell.value - point.gap.points) <= half + 1e-9)
