"""The total of one indicator over time: level, trend, season, break, noise, and what is known so far."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from enum import Enum

import numpy as np

from data_access.contract.model import Indicator, Measure, Unit
from data_access.domain.period import Freq, Period
from data_access.tables.demonstration.apportion import Ints
from data_access.tables.demonstration.calibration import Calibration, Line
from data_access.tables.demonstration.streams import Floats, bell
from data_access.tables.demonstration.timeline import accrued, along, periods, season, since

REFORM = date(2026, 1, 1)  # time limit on unemployment benefits: the contract's series break
_SCORE_DEVIATION = 2.0  # usual spread of answers on a scale of ten
_LEVEL_DEVIATION = 0.9  # of a delay around its median, as a share of it
_UNKNOWN_DEVIATION = 0.01  # of a level whose number of cases is not known, as a share of it

Known = tuple[tuple[Period, ...], Ints]  # periods, and a whole number for each


class Kind(Enum):
    """How the value comes about."""

    COUNT = "count"
    RATIO = "ratio"
    LEVEL = "level"  # median or gap: nothing to add up


@dataclass(frozen=True)
class Recipe:
    """An indicator and how it is made."""

    definition: Indicator
    calibration: Calibration

    @property
    def kind(self) -> Kind:
        """How the value comes about, from the definition."""
        if self.definition.measure in (Measure.MEDIAN, Measure.GAP):
            return Kind.LEVEL
        if self.definition.unit is Unit.COUNT or self.definition.denominator is None:
            return Kind.COUNT
        return Kind.RATIO

    @property
    def scale(self) -> float:
        """What a ratio is multiplied with to give the value."""
        return 100.0 if self.definition.unit is Unit.PERCENT else 1.0

    @property
    def is_share(self) -> bool:
        """Whether the numerator is a part of the denominator."""
        return self.definition.numerator_within_denominator

    def deviation(self, chance: Floats, cases: Ints) -> Floats:
        """Sampling deviation of a ratio: binomial for a share, as a score or a count varies otherwise."""
        per_case = np.maximum(cases, 1).astype(np.float64)
        if self.definition.unit is Unit.SCORE10:
            return np.asarray(_SCORE_DEVIATION / np.sqrt(per_case))
        spare = 1.0 - chance if self.is_share else np.ones(len(cases))
        return np.asarray(np.sqrt(np.maximum(chance * spare, 0.0) / per_case))


@dataclass(frozen=True)
class Series:
    """One series of one cell, an array position a period.

    Attributes:
        when: its periods, oldest first.
        kind: how its value comes about.
        numerator: the count, or the numerator; None for a level.
        cases: the denominator; None for a count and for a gap.
        level: the value of a level; None otherwise.
    """

    when: tuple[Period, ...]
    kind: Kind
    numerator: Ints | None = None
    cases: Ints | None = None
    level: Floats | None = None

    @property
    def counts(self) -> Ints:
        """The numerator of a count or ratio."""
        if self.numerator is None:
            raise TypeError("a level has no numerator")
        return self.numerator

    @property
    def sizes(self) -> Ints:
        """The denominator of a ratio."""
        if self.cases is None:
            raise TypeError("a count has no denominator")
        return self.cases

    @property
    def levels(self) -> Floats:
        """The values of a level."""
        if self.level is None:
            raise TypeError("only a median or a gap has levels")
        return self.level

    def chance(self) -> Floats:
        """Numerator per case; 0 where there is no case."""
        return np.divide(self.counts, self.sizes, out=np.zeros(len(self.when)), where=self.sizes > 0)


def make_total(
    recipe: Recipe,
    line: Line,
    *,
    profile: tuple[float, ...],
    rng: np.random.Generator,
    cases: Known | None = None,
) -> Series:
    """The series of the total.

    Args:
        recipe: the indicator and how it is made.
        line: its levels.
        profile: twelve seasonal factors.
        rng: its stream.
        cases: periods and denominators taken from another indicator, instead of the line's.
    """
    when = cases[0] if cases else periods(Freq(recipe.definition.periodicity))
    value = along(line.path, when) + line.shift * since(REFORM, when)
    swing = season(profile, when) * (1.0 + recipe.calibration.wobble * bell(rng, len(when)))
    seen = accrued(recipe.definition.cohort, when)
    if recipe.kind is Kind.COUNT:
        return Series(when, Kind.COUNT, numerator=_whole(value * swing * seen))
    drawn = cases[1] if cases else _cases(line, when, swing)
    draws = recipe.calibration.noise * bell(rng, len(when))
    if recipe.kind is Kind.LEVEL:
        level = (value + draws * level_deviation(value, drawn)) * seen
        return Series(when, Kind.LEVEL, cases=drawn, level=level)
    if drawn is None:
        raise ValueError(f"calibration of {recipe.definition.code}: a ratio needs cases")
    return Series(when, Kind.RATIO, numerator=_successes(recipe, value, drawn, draws, seen), cases=drawn)


def _cases(line: Line, when: tuple[Period, ...], swing: Floats) -> Ints | None:
    if line.cases is None:
        return None
    return _whole(along(line.cases, when) * swing)


def _successes(recipe: Recipe, value: Floats, cases: Ints, draws: Floats, seen: Floats) -> Ints:
    chance = value / recipe.scale
    successes = _whole(cases * (chance + recipe.deviation(chance, cases) * draws) * seen)
    return np.minimum(successes, cases) if recipe.is_share else successes


def level_deviation(value: Floats, cases: Ints | None) -> Floats:
    """Sampling deviation of a median or a gap."""
    size = np.abs(value)
    if cases is None:
        return np.asarray(_UNKNOWN_DEVIATION * size)
    return np.asarray(_LEVEL_DEVIATION * size / np.sqrt(np.maximum(cases, 1).astype(np.float64)))


def _whole(values: Floats) -> Ints:
    return np.maximum(np.rint(values), 0).astype(np.int64)
