"""Every series of every indicator: the total, one dimension at a time, and dimensions within communes."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

import numpy as np

from data_access.contract.model import Contract, Indicator
from data_access.domain.period import Freq, Period
from data_access.tables.demonstration.breakdown import Split, break_down, make_split
from data_access.tables.demonstration.calibration import Model
from data_access.tables.demonstration.cell import TOTAL, Cell
from data_access.tables.demonstration.croissant import make_gap
from data_access.tables.demonstration.series import Kind, Known, Recipe, Series, make_total
from data_access.tables.demonstration.streams import stream

_GAP = ("OS1.11", "OS1.01")  # a gap that follows from the rates of another indicator

Block = Mapping[Cell, Series]


class Maker:
    """Makes the series of indicators, each once, from one seed."""

    def __init__(self, contract: Contract, model: Model, seed: int) -> None:
        """Nothing is made before it is asked for.

        Args:
            contract: definitions, communes and croissant.
            model: the calibration.
            seed: of every random number.
        """
        self._contract = contract
        self._model = model
        self._seed = seed
        self._made: dict[str, Block] = {}

    def block(self, code: str) -> Block:
        """Every series of an indicator; empty where the calibration has no line for it.

        Raises:
            UnknownIndicator: the contract does not know the code.
            KeyError: the calibration does not know it.
        """
        if code not in self._made:
            self._made[code] = self._make(self._contract.indicator(code))
        return self._made[code]

    def _make(self, definition: Indicator) -> Block:
        gap, rates = _GAP
        if definition.code == gap:
            return make_gap(self._contract, self.block(rates))
        recipe = Recipe(definition, self._model.indicators[definition.code])
        parent = recipe.calibration.counts_from
        if parent is not None:
            counted = self.block(parent).items()
            return {cell: Series(s.when, Kind.COUNT, numerator=s.numerator) for cell, s in counted}
        block: dict[Cell, Series] = {}
        for operator in recipe.calibration.lines:
            block |= self._of_operator(recipe, operator)
        return block

    def _of_operator(self, recipe: Recipe, operator: str) -> Block:
        home = Cell(operator=operator)
        block = {home: self._total(recipe, home)}
        for dimension in recipe.definition.dimensions:
            repeated = dimension == "OPERATOR" and operator != TOTAL
            if dimension not in recipe.calibration.without and not repeated:
                block |= self._parts(recipe, block, home, dimension)
        return block

    def _total(self, recipe: Recipe, home: Cell) -> Series:
        return make_total(
            recipe,
            recipe.calibration.lines[home.operator],
            profile=self._model.seasons[recipe.calibration.season],
            rng=stream(self._seed, recipe.definition.code, home.operator),
            cases=self._cases(recipe, home),
        )

    def _parts(self, recipe: Recipe, block: Block, home: Cell, dimension: str) -> Block:
        split = make_split(self._model, recipe, dimension)
        if split is None:
            return {}
        communes = [home.at("REF_AREA", c.nis) for c in self._contract.communes]
        if dimension in recipe.calibration.crossed and communes[0] in block:
            return self._within(recipe, {cell: block[cell] for cell in communes}, home, split)
        return self._split(recipe, block[home], home, split)

    def _split(self, recipe: Recipe, total: Series, home: Cell, split: Split) -> Block:
        cells = {item: home.at(split.dimension, item) for item in split.items}
        known = {item: self._cases(recipe, cell) for item, cell in cells.items()}
        cases = {item: each[1] for item, each in known.items() if each is not None}
        rng = stream(self._seed, recipe.definition.code, *home, split.dimension)
        parts = break_down(recipe, total, split, rng, cases if len(cases) == len(cells) else None)
        return {home.at(split.dimension, item): series for item, series in parts.items()}

    def _within(self, recipe: Recipe, communes: Block, home: Cell, split: Split) -> Block:
        """Communes are shared out among the items, and the Region's items are the sums of the communes'."""
        found: dict[Cell, Series] = {}
        for cell, series in communes.items():
            found |= self._split(recipe, series, cell, split)
        for item in dict.fromkeys(cell._replace(ref_area=home.ref_area) for cell in tuple(found)):
            found[item] = add_up(found[item.at("REF_AREA", c.ref_area)] for c in communes)
        return found

    def _cases(self, recipe: Recipe, cell: Cell) -> Known | None:
        if recipe.calibration.cases_from is None:
            return None
        parent = self.block(recipe.calibration.cases_from).get(cell)
        return None if parent is None else whole_periods(parent, Freq(recipe.definition.periodicity))


def add_up(parts: Iterable[Series]) -> Series:
    """The sum of ratios over the same periods."""
    series = list(parts)
    return Series(
        series[0].when,
        series[0].kind,
        numerator=np.sum([s.counts for s in series], axis=0),
        cases=np.sum([s.sizes for s in series], axis=0),
    )


def whole_periods(parent: Series, freq: Freq) -> Known:
    """Numerators of a series added up over the longer periods that it covers entirely.

    Args:
        parent: a count or a ratio.
        freq: frequency of the sums, the parent's or a coarser one.
    """
    sums: dict[Period, int] = {}
    for period, count in zip(parent.when, parent.counts.tolist(), strict=True):
        longer = Period.containing(period.start, freq)
        sums[longer] = sums.get(longer, 0) + count
    first, last = parent.when[0].start, parent.when[-1].end
    covered = tuple(p for p in sums if first <= p.start and p.end <= last)
    return covered, np.array([sums[p] for p in covered], dtype=np.int64)
