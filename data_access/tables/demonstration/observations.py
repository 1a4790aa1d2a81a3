"""Rows of the observation table, from the series of each indicator."""

from __future__ import annotations

import csv
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path

import numpy as np

from data_access.contract.model import Contract, Indicator
from data_access.domain.period import Freq, Period
from data_access.tables.demonstration.blocks import Maker
from data_access.tables.demonstration.calibration import Calibration, Model
from data_access.tables.demonstration.cell import Cell
from data_access.tables.demonstration.series import Kind, Recipe, Series
from data_access.tables.demonstration.tables import OBSERVATION_KEY, plain
from data_access.tables.demonstration.timeline import accrued, is_mature

# A year's figures are settled when they come out; shorter periods are still being completed.
_PROVISIONAL = {Freq.MONTH: 2, Freq.QUARTER: 2, Freq.SEMESTER: 1, Freq.ANNUAL: 0}
_DECIMALS = 4  # of a ratio: finer than any definition shows
_IMMATURE = "Cohorte immature : fenêtre d'observation non close au 31/10/2026"
_BREAK = "Rupture de série au 01/01/2026 (limitation des allocations)"
_MISSING = "Non mesuré (lacune voulue de la démonstration)"

Key = tuple[str, ...]
Row = tuple[str, ...]


@dataclass(frozen=True)
class Writing:
    """What the rows of every indicator need.

    Attributes:
        contract: definitions and breaks.
        model: the calibration.
        maker: makes the series.
        taken: keys left to the published tables.
        source: text of the SOURCE column.
    """

    contract: Contract
    model: Model
    maker: Maker
    taken: frozenset[Key]
    source: str


def published_keys(folder: Path) -> frozenset[Key]:
    """Keys of the observation tables of a folder, which the demonstration never repeats."""
    keys: set[Key] = set()
    for path in sorted(folder.glob("*.csv")):
        with path.open(encoding="utf-8", newline="") as file:
            keys |= {tuple(row[column] for column in OBSERVATION_KEY) for row in csv.DictReader(file)}
    return frozenset(keys)


def observation_rows(writing: Writing, definition: Indicator) -> Iterator[Row]:
    """The rows of an indicator, in the columns of the observation table."""
    calibration = writing.model.indicators.get(definition.code, Calibration())
    for cell, series in writing.maker.block(definition.code).items():
        if _is_written(calibration, cell):
            yield from _series_rows(writing, Recipe(definition, calibration), cell, series)


def _is_written(calibration: Calibration, cell: Cell) -> bool:
    if cell == Cell():
        return not calibration.total_published
    crossed = cell.ref_area != "BRU" and cell != Cell(ref_area=cell.ref_area, operator=cell.operator)
    return calibration.writes_crossed or not crossed


def _series_rows(writing: Writing, recipe: Recipe, cell: Cell, series: Series) -> Iterator[Row]:
    marks = _marks(writing.contract, recipe.definition, series.when)
    shown = accrued(recipe.definition.cohort, series.when) > 0
    for i in np.flatnonzero(shown).tolist():
        period = str(series.when[i])
        key = (recipe.definition.code, recipe.definition.periodicity, period, *cell)
        values = _values(recipe, series, i)
        if key in writing.taken or values is None:
            continue
        if period not in recipe.calibration.missing:
            status, comment = marks[i]
            yield (*key, *values, status, "F", writing.source, comment)
        elif cell == Cell(operator=cell.operator):
            yield (*key, "", "", "", "M", "F", writing.source, _MISSING)


def _values(recipe: Recipe, series: Series, i: int) -> tuple[str, str, str] | None:
    """Numerator, denominator and value; None where there is nothing to measure."""
    cases = None if series.cases is None else int(series.cases[i])
    if cases == 0:
        return None
    size = "" if cases is None else str(cases)
    if series.kind is Kind.LEVEL:
        return "", size, plain(float(series.levels[i]), recipe.definition.decimals)
    count = int(series.counts[i])
    value = count if cases is None else recipe.scale * count / cases
    return str(count), size, plain(value, _DECIMALS)


def _marks(contract: Contract, definition: Indicator, when: Sequence[Period]) -> list[tuple[str, str]]:
    """Status and comment of each period."""
    breaks = [b.day for b in contract.breaks if b.code in definition.breaks]
    late = len(when) - _PROVISIONAL[Freq(definition.periodicity)]
    settled = [("A", "")] * late + [("P", "")] * (len(when) - late)
    return [_mark(definition, period, breaks) or usual for period, usual in zip(when, settled, strict=True)]


def _mark(definition: Indicator, period: Period, breaks: Sequence[date]) -> tuple[str, str] | None:
    if definition.cohort is not None and not is_mature(definition.cohort, period):
        return "P", _IMMATURE
    if any(period.start >= day > period.shift(-1).start for day in breaks):
        return "B", _BREAK
    return None
