"""What becomes of the cases of a funnel: shares once mature, what is known so far, and the reform."""

from __future__ import annotations

import tomllib
from functools import lru_cache
from pathlib import Path
from typing import Annotated

import numpy as np
from pydantic import Field, StringConstraints

from data_access.contract.model import Frozen, Funnel, Sentence
from data_access.domain.cohort import Maturity, Window, maturity
from data_access.domain.period import Period
from data_access.tables.demonstration.cell import TOTAL
from data_access.tables.demonstration.series import REFORM
from data_access.tables.demonstration.streams import Floats
from data_access.tables.demonstration.timeline import CUTOFF, middle

OUTCOMES = ("next", "employment", "training", "other_exit", "pending")
_FILE = Path(__file__).with_name("cohorts.toml")
_FIRST, _LAST = "2023-Q1", "2026-Q3"
_OPEN = 0.95  # a window that is still open has never shown everything

Shares = tuple[float, float, float, float]


class Detour(Frozen):
    """How cases come to a stage that is not nested without the one before it.

    Attributes:
        stage: the stage they come to.
        outcome: what the stage that holds them all says of them.
        share: of that outcome; of the stage's own count where an indicator gives it.
    """

    stage: str
    outcome: Annotated[str, StringConstraints(pattern="^(employment|pending)$")]
    share: float = Field(ge=0, le=1)


class FunnelCalibration(Frozen):
    """One funnel, of one operator; the fields are explained in cohorts.toml."""

    funnel: str
    operator: str = TOTAL
    population: str
    season: str = "flat"
    audience: dict[str, float] = Field(default_factory=dict)
    crossed: bool = False
    pairs: tuple[tuple[str, str], ...] = ()
    by_month: bool = False
    entrants: dict[str, float] = Field(default_factory=dict)
    counts: dict[str, str] = Field(default_factory=dict)
    detour: Detour | None = None
    reform: float = Field(ge=0, le=0.5)
    stages: dict[str, Shares]
    rests_on: Sentence


@lru_cache(maxsize=1)
def load_funnels() -> tuple[FunnelCalibration, ...]:
    """The funnels that ship.

    Raises:
        pydantic.ValidationError: cohorts.toml does not fit the classes above.
    """
    found = tomllib.loads(_FILE.read_text(encoding="utf-8"))["cohorts"]
    return tuple(FunnelCalibration.model_validate(each) for each in found)


@lru_cache(maxsize=1)
def quarters() -> tuple[Period, ...]:
    """The quarters of entry, oldest first."""
    first, last = Period.parse(_FIRST), Period.parse(_LAST)
    found = [first]
    while found[-1] < last:
        found.append(found[-1].shift(1))
    return tuple(found)


def chances(funnel: Funnel, each: FunnelCalibration, position: int, *, ripe: bool = False) -> Floats:
    """Share of each outcome of a stage, by quarter of entry.

    Args:
        funnel: gives the stages and their windows.
        each: gives the shares once mature.
        position: of the stage.
        ripe: as if every window had closed.

    Returns:
        Shape (quarters, outcomes), rows adding up to 1; pending grows as cohorts get younger.
    """
    stage = funnel.stages[position]
    shares = np.array(each.stages[stage.code]) / 100.0
    if position + 1 == len(funnel.stages):
        known = np.tile(shares, (len(quarters()), 1))
    else:
        months = funnel.stages[position + 1].window_months or funnel.window_months
        known = np.array([_known(shares, each.reform, months, period, ripe) for period in quarters()])
    pending = 1.0 - known[:, 0] - known[:, 1] - known[:, 2] - known[:, 3]
    return np.column_stack([known, np.maximum(pending, 0.0)])


def _known(shares: Floats, reform: float, months: int, period: Period, ripe: bool) -> Floats:
    """What is known so far: the reform first takes its share, then the window hides what is to come.

    Whoever leaves the register when the benefit ends has not found a job: that is an other exit.
    """
    ahead, job, training, other = shares.tolist()
    waiting = 1.0 - ahead - job - training - other
    lost = reform * _exposure(months, period)
    moved = lost * (ahead + job + waiting)
    reformed = np.array([ahead * (1 - lost), job * (1 - lost), training, other + moved])
    return reformed if ripe else np.asarray(reformed * _accrued(months, period))


def _accrued(months: int, period: Period) -> float:
    """Share of the final outcomes known at the cut-off; results come early in the window."""
    if maturity(period, Window(months, 0), CUTOFF) is Maturity.MATURE:
        return 1.0
    seen = (CUTOFF.year + CUTOFF.month / 12 - middle(period)) * 12 / months
    seen = min(max(seen, 0.0), _OPEN)
    return seen * (2.0 - seen)


def _exposure(months: int, period: Period) -> float:
    """Share of the window that lies after the reform."""
    after = (middle(period) - REFORM.year) * 12 + months
    return min(max(after / months, 0.0), 1.0)
