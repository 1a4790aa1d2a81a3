"""The cells of every commune and of the Region for one series and population, at every period."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from data_access.cache import cached
from data_access.contract.load import contract
from data_access.domain.comparison import MISSING, Cell, pooled
from data_access.domain.confidentiality import SmallCellRule
from data_access.domain.period import Period
from data_access.services.breakdown_cells import Cells, load_sides
from data_access.services.breakdown_choices import AREA
from data_access.services.indicator_rows import REGION, TOTAL


@dataclass(frozen=True)
class AreaCells:
    """Values by area and period, with what may not be shown already hidden.

    Attributes:
        cells: by NIS code or ``BRU``, then by period.
        summed: periods whose Region is the sum of the nineteen communes, for want of a row of its own.
        quarters: both sides of the croissant as a source delivers them by quarters, croissant first.
        breaks: days of the breaks that the series carries.
        demonstration: whether any value is fictitious.
    """

    cells: Mapping[str, Mapping[Period, Cell]]
    summed: frozenset[Period]
    quarters: Mapping[str, Mapping[Period, Cell]]
    breaks: tuple[date, ...]
    demonstration: bool

    def at(self, area: str, period: Period) -> Cell:
        """The cell of an area; missing where nothing was delivered."""
        return self.cells.get(area, {}).get(period, MISSING)


@cached
def get_area_cells(
    version: int, code: str, operator: str, sex: str, age: str, rule: SmallCellRule
) -> AreaCells:
    """The communes and the Region for one population.

    Args:
        version: data version (key of the cache).
        code: of the indicator.
        operator, sex, age: items of their code lists; ``_T`` for the total.
        rule: small-cell thresholds of the audience.

    Raises:
        UnknownIndicator: no definition bears the code.
    """
    then, item = ("AGE", age) if age != TOTAL else ("SEX", sex) if sex != TOTAL else (None, TOTAL)
    fixed = {"OPERATOR": operator, **({"SEX": sex} if then == "AGE" else {})}
    found = Cells(contract().indicator(code), AREA, then, rule, fixed)
    # With one dimension the key is (total, commune), with two it is (commune, item).
    by_area = {
        key[1] if then is None else key[0]: at
        for key, at in found.cells.items()
        if then is None or key[1] == item
    }
    cells: dict[str, Mapping[Period, Cell]] = {
        REGION if area == TOTAL else area: at for area, at in by_area.items()
    }
    communes = [c.nis for c in contract().communes]
    cells[REGION], summed = _region(cells, communes, found)
    quarters = load_sides(contract().indicator(code), operator, rule) if (sex, age) == (TOTAL, TOTAL) else {}
    return AreaCells(cells, summed, quarters, found.breaks, found.demonstration)


def _region(
    cells: Mapping[str, Mapping[Period, Cell]], communes: list[str], found: Cells
) -> tuple[Mapping[Period, Cell], frozenset[Period]]:
    """The Region's own rows; where there is none, the sum of all communes, never a mean of rates."""
    own = dict(cells.get(REGION, {}))
    absent = {p for area in communes for p in cells.get(area, {})} - {
        p for p, c in own.items() if c.available
    }
    summed = {}
    for period in absent - {p for p, c in own.items() if c.availability.value == "hidden"}:
        parts = [cells.get(area, {}).get(period, MISSING) for area in communes]
        cell = pooled(parts, found.guard((TOTAL, TOTAL)))
        if cell.available:
            summed[period] = cell
    return own | summed, frozenset(summed)


@cached
def get_strata(
    version: int, code: str, operator: str, dimension: str, rule: SmallCellRule
) -> Mapping[tuple[str, str], Mapping[Period, Cell]]:
    """The cells of the communes by one more dimension: ``(NIS or BRU, item)``, the total left out.

    Args:
        version: data version (key of the cache).
        code: of the indicator.
        operator: item of its code list.
        dimension: ``SEX`` or ``AGE``.
        rule: small-cell thresholds of the audience.
    """
    found = Cells(contract().indicator(code), AREA, dimension, rule, {"OPERATOR": operator})
    return {
        (REGION if area == TOTAL else area, item): at
        for (area, item), at in found.cells.items()
        if item != TOTAL
    }
