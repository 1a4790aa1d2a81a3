"""One series on the map of the communes: values, what they are compared with, and how surely."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date

from data_access.cache import cached
from data_access.contract.load import contract
from data_access.contract.model import Indicator
from data_access.domain import comparison
from data_access.domain.class_breaks import make_breaks
from data_access.domain.cohort import Maturity, Window, maturity
from data_access.domain.comparison import MISSING, Cell, Guard, Kind
from data_access.domain.confidentiality import Availability, SmallCellRule
from data_access.domain.period import Period
from data_access.services.area_cells import AreaCells, get_area_cells, get_strata
from data_access.services.indicator_rows import REGION, TOTAL, sensitive_items
from data_access.services.territory_choices import Selection
from data_access.services.territory_model import Territory
from data_access.services.territory_parts import make_funnel, make_place, make_sides, standard_of, year_change

FIRST_YEAR = 2019  # of the small maps


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
    compare = period is not None and period not in immature
    standard = standard_of(selection) if kind is Kind.SHARE and compare else None
    strata = (
        get_strata(version, definition.code, selection.series.operator, standard, rule) if standard else {}
    )
    guard = Guard(kind, definition.persons, _is_sensitive(definition, selection), rule)
    places = tuple(
        make_place(c.nis, cells, period, kind, strata, standard, compare=compare) for c in contract().communes
    )
    countable = selection.series.countable
    sides = make_sides(selection, cells, period, guard, kind, compare=compare) if countable else ()
    region = cells.at(REGION, period) if period else MISSING
    return Territory(
        selection=selection,
        period=period,
        periods=periods,
        immature=immature,
        places=places,
        region=region,
        region_summed=period in cells.summed,
        region_change=year_change(cells, REGION, period, kind) if period and compare else None,
        sides=sides,
        gap=comparison.gap(sides[0].cell, sides[1].cell, kind) if sides and compare else None,
        funnel=make_funnel(places, region, kind) if compare else None,
        standard=standard,
        classes=definition.classes or _breaks(_values(whole)),
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


def _is_sensitive(definition: Indicator, selection: Selection) -> bool:
    strict = sensitive_items()
    asked = {"sex": selection.sex, "age": selection.age}
    return definition.sensitive or any(item in strict.get(name, ()) for name, item in asked.items())


def _breaks(values: list[float]) -> tuple[float, ...]:
    """Made from the values; none where there is no value to make them from."""
    return make_breaks(values) if values else ()


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
