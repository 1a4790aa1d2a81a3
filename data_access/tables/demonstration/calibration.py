"""The levels on which the demonstration rests, read from calibration.toml."""

from __future__ import annotations

import tomllib
from functools import lru_cache
from pathlib import Path

from pydantic import Field

from data_access.contract.model import Frozen, Sentence

_FILE = Path(__file__).with_name("calibration.toml")
_Shares = dict[str, float]


class Line(Frozen):
    """Levels of one series: an indicator, or an indicator and operator.

    Attributes:
        path: headline value by period, without the break; a count is per period of its frequency.
        cases: denominator by period, for what has one.
        shift: added to the value from 1 January 2026 on.
        rests_on: the published value behind the level, or that it is a judgement.
    """

    path: dict[str, float]
    cases: dict[str, float] | None = None
    shift: float = 0.0
    rests_on: Sentence


class Calibration(Frozen):
    """How one indicator is made.

    Attributes:
        lines: levels by operator (``_T`` for the total).
        population: whose composition the groups follow.
        season: name of the seasonal profile of its counts or cases.
        spread: how far the best and worst placed groups stand from the total, as a share of it.
        wobble: standard deviation of its counts or cases around their path, as a share of them.
        noise: factor on the sampling deviation of the total (0 for what is counted, not drawn).
        counts_from: indicator whose numerators are its counts, cell by cell.
        cases_from: indicator whose numerators are its cases.
        outcome: dimensions that describe the result, so that only the numerator is shared out.
        weights: composition by dimension where it differs from the population's; overlapping for
            AUDIENCE and OPERATOR.
        levels: value of an item as a factor on the total, where it is not the usual advantage.
        crossed: dimensions also made within each commune.
        writes_crossed: whether those are written, or only serve another indicator.
        without: dimensions of the definition that are left out on purpose.
        missing: periods whose total was not measured; nothing else is written for them.
        total_published: the regional total is left to the published tables.
    """

    lines: dict[str, Line] = Field(default_factory=dict)
    population: str = "jobseekers"
    season: str = "flat"
    spread: float = Field(default=0.15, ge=0, le=0.6)
    wobble: float = Field(default=0.015, ge=0, le=0.2)
    noise: float = Field(default=1.0, ge=0)
    counts_from: str | None = None
    cases_from: str | None = None
    outcome: tuple[str, ...] = ()
    weights: dict[str, _Shares] = Field(default_factory=dict)
    levels: dict[str, _Shares] = Field(default_factory=dict)
    crossed: tuple[str, ...] = ()
    writes_crossed: bool = True
    without: tuple[str, ...] = ()
    missing: tuple[str, ...] = ()
    total_published: bool = False


class CommuneFacts(Frozen):
    """What the communes' weights and advantage rest on (published, 2024)."""

    claimants: float  # ONEM, CCI-DE, annual mean
    rate: float  # Steunpunt Werk, VAR, administrative unemployment rate 15-64, per cent


class Population(Frozen):
    """Composition of a group of people; ``tilt`` moves it towards the poorer communes."""

    shares: dict[str, _Shares]
    tilt: float = 0.0


class Model(Frozen):
    """The whole of calibration.toml."""

    seasons: dict[str, tuple[float, ...]]
    advantage: dict[str, _Shares]
    communes: dict[str, CommuneFacts]
    populations: dict[str, Population]
    indicators: dict[str, Calibration]

    def shares(self, calibration: Calibration, dimension: str) -> _Shares:
        """Composition of an indicator's cases by a dimension; empty where it has none."""
        own = calibration.weights.get(dimension)
        if own is not None:
            return own
        population = self.populations[calibration.population]
        if dimension == "REF_AREA":
            return {
                nis: facts.claimants * (1.0 - population.tilt * self.advantage_of("REF_AREA", nis))
                for nis, facts in self.communes.items()
            }
        return population.shares.get(dimension, {})

    def advantage_of(self, dimension: str, item: str) -> float:
        """How well placed a group is, from -1 to 1; for a commune, from its unemployment rate."""
        if dimension == "REF_AREA":
            rates = [facts.rate for facts in self.communes.values()]
            centre = (max(rates) + min(rates)) / 2
            return (centre - self.communes[item].rate) / (max(rates) - centre)
        return self.advantage.get(dimension, {}).get(item, 0.0)


@lru_cache(maxsize=1)
def load_model() -> Model:
    """The calibration that ships.

    Raises:
        pydantic.ValidationError: calibration.toml does not fit the classes above.
    """
    return Model.model_validate(tomllib.loads(_FILE.read_text(encoding="utf-8")))
