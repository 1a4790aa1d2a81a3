"""Both sides of the croissant, what their gap is made of, and what each commune adds to a regional change."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from math import fsum, hypot, isclose

from data_access.contract.load import contract
from data_access.contract.model import INSIDE, OUTSIDE, Indicator
from data_access.domain import comparison
from data_access.domain.comparison import MISSING, Cell, Gap, Guard, Kind
from data_access.domain.confidentiality import Availability, SmallCellRule
from data_access.domain.decomposition import (
    Contributions,
    Decomposition,
    NoDecomposition,
    contributions,
    kitagawa,
)
from data_access.domain.period import Period
from data_access.domain.standardisation import NotStandardised, standardise
from data_access.services.area_cells import AreaCells, get_strata
from data_access.services.breakdown_choices import items_of, parts_of
from data_access.services.gap_model import CommuneShare, Point, Refusal, RegionalChange, Split, Stratum
from data_access.services.indicator_rows import TOTAL, sensitive_items
from data_access.services.territory_choices import Selection

Counts = Mapping[str, tuple[float, float]]


def gap_difference(after: Gap, before: Gap) -> Gap:
    """The difference of two gaps with its 95 % interval, as if their persons were different ones.

    Each side takes the limits that stretch the difference that way (MOVER). Of a stock the same persons are
    partly in both, which makes the interval too wide rather than too narrow. Source: Zou and Donner (2008),
    Construction of confidence limits about effect measures, Statistics in Medicine 27, 1693-1702.
    """
    points = after.points - before.points
    return Gap(
        points,
        points - hypot(after.points - after.low, before.high - before.points),
        points + hypot(after.high - after.points, before.points - before.low),
    )


def sides(cells: Mapping[str, Cell], members: tuple[str, ...], guard: Guard) -> tuple[Cell, Cell]:
    """Both sides from the cells of all communes; the Region being shown, one never without the other."""
    parts: dict[str, list[Cell]] = {INSIDE: [], OUTSIDE: []}
    for nis, cell in cells.items():
        parts[INSIDE if nis in members else OUTSIDE].append(cell)
    pooled = {side: comparison.pooled(found, guard) for side, found in parts.items()}
    shown = comparison.suppress_complements(pooled, [list(pooled)])
    return shown[INSIDE], shown[OUTSIDE]


def communes() -> list[str]:
    """The NIS codes of all communes."""
    return [c.nis for c in contract().communes]


def refusal_of(point: Point) -> Refusal | None:
    """Why a period has no gap; None when it has one."""
    if point.gap is not None:
        return None
    if point.availability is Availability.AVAILABLE:
        return Refusal.IMMATURE
    return Refusal.HIDDEN if point.availability is Availability.HIDDEN else Refusal.MISSING


def is_broken(start: Period, end: Period, breaks: tuple[date, ...]) -> bool:
    """Whether a series break lies between two periods."""
    return any(start.end < day <= end.end for day in breaks)


def split_gap(
    version: int,
    selection: Selection,
    point: Point | None,
    dimension: str,
    definition: Indicator,
    rule: SmallCellRule,
) -> Split | Refusal:
    """The gap of a period by one dimension, or why it is not decomposed."""
    if point is None:
        return Refusal.NO_PERIOD
    if (refusal := refusal_of(point)) is not None:
        return refusal
    if (selection.sex, selection.age) != (TOTAL, TOTAL):
        return Refusal.FILTERED
    strata = get_strata(version, selection.series.code, selection.series.operator, dimension, rule)
    found = _strata(strata, point.period, dimension, selection.members, definition, rule)
    return _decomposed(dimension, found, point)


def _strata(
    strata: Mapping[tuple[str, str], Mapping[Period, Cell]],
    period: Period,
    dimension: str,
    members: tuple[str, ...],
    definition: Indicator,
    rule: SmallCellRule,
) -> dict[str, tuple[Cell, Cell]]:
    """Both sides of each group that any commune holds in the period, in the order of its list."""
    strict, found = sensitive_items().get(dimension.lower(), ()), {}
    parts = parts_of(dimension, items_of(dimension))
    for item in (i for i in items_of(dimension) if i in parts):
        cells = {nis: strata.get((nis, item), {}).get(period, MISSING) for nis in communes()}
        if any(cell.availability is not Availability.MISSING for cell in cells.values()):
            guard = Guard(Kind.SHARE, definition.persons, definition.sensitive or item in strict, rule)
            found[item] = sides(cells, members, guard)
    return found


def _decomposed(dimension: str, strata: Mapping[str, tuple[Cell, Cell]], point: Point) -> Split | Refusal:
    """Kitagawa over the groups; source in ``domain.decomposition``."""
    cells = [cell for pair in strata.values() for cell in pair]
    if len(strata) < 2:
        return Refusal.NO_STRATA
    if any(cell.availability is Availability.HIDDEN for cell in cells):
        return Refusal.HIDDEN
    if not all(cell.available for cell in cells):
        return Refusal.MISSING
    inside, outside = (_counts({item: pair[i] for item, pair in strata.items()}) for i in (0, 1))
    if not (_adds_up(inside, point.inside) and _adds_up(outside, point.outside)):
        return Refusal.INCOMPLETE
    found: Decomposition[str] | NoDecomposition = kitagawa(inside, outside)
    if isinstance(found, NoDecomposition):
        return Refusal.EMPTY
    parts = tuple(
        Stratum(item, *strata[item], 100 * part.composition, 100 * part.within)
        for item, part in found.strata.items()
    )
    weights = (100 * found.composition, 100 * found.within)
    return Split(dimension, parts, *weights, _standardised(inside, outside))


def _counts(cells: Mapping[str, Cell]) -> Counts:
    return {key: (cell.numerator or 0.0, cell.denominator or 0.0) for key, cell in cells.items()}


def _adds_up(counts: Counts, whole: Cell) -> bool:
    numerator, denominator = (fsum(pair[i] for pair in counts.values()) for i in (0, 1))
    return isclose(numerator, whole.numerator or 0.0) and isclose(denominator, whole.denominator or 0.0)


def _standardised(inside: Counts, outside: Counts) -> Gap | None:
    """Both sides weighted as the Region is composed; limits joined as for any difference (MOVER)."""
    region = {item: inside[item][1] + outside[item][1] for item in inside}
    a, b = (standardise(side, region) for side in (inside, outside))
    if isinstance(a, NotStandardised) or isinstance(b, NotStandardised):
        return None
    sides = [Gap(100 * s.value, 100 * s.low, 100 * s.high) for s in (a, b)]
    return gap_difference(sides[0], sides[1])


def regional_change(
    cells: AreaCells,
    point: Point | None,
    starts: tuple[Period, ...],
    against: str,
    breaks: tuple[date, ...],
) -> RegionalChange | Refusal:
    """The change of the Region by commune since ``against``, else in a year; never across a break."""
    if point is None:
        return Refusal.NO_PERIOD
    if (refusal := refusal_of(point)) is not None:
        return refusal
    usual = point.period.year_before
    start = next((p for p in starts if str(p) == against), usual)
    if start not in starts:
        return Refusal.BREAK if is_broken(start, point.period, breaks) else Refusal.NO_EARLIER
    return _contributed(cells, start, point.period)


def _contributed(cells: AreaCells, start: Period, end: Period) -> RegionalChange | Refusal:
    """Both periods have every commune, or they would have no gap."""
    before, after = ({nis: cells.at(nis, p) for nis in communes()} for p in (start, end))
    found: Contributions[str] | NoDecomposition = contributions(_counts(before), _counts(after))
    if isinstance(found, NoDecomposition):
        return Refusal.EMPTY
    sums = [Cell(Availability.AVAILABLE, None, *_sum(side)) for side in (after, before)]
    interval = comparison.gap(sums[0], sums[1], Kind.SHARE)
    assert interval is not None, "both are shares that may be shown"
    shares = tuple(
        CommuneShare(nis, before[nis], after[nis], 100 * part.within, 100 * part.composition)
        for nis, part in found.areas.items()
    )
    return RegionalChange(start, 100 * found.before, 100 * found.after, interval, shares)


def _sum(cells: Mapping[str, Cell]) -> tuple[float, float]:
    counts = _counts(cells).values()
    return fsum(x for x, _ in counts), fsum(n for _, n in counts)
