"""Cases followed through a funnel: the total, then its groups, every outcome adding up exactly."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np

from data_access.contract.model import Funnel, FunnelStage
from data_access.tables.demonstration.apportion import Ints, apportion, share_successes
from data_access.tables.demonstration.funnels import OUTCOMES, Detour, FunnelCalibration, chances
from data_access.tables.demonstration.streams import Floats, bell

SPREAD = 0.2  # how far the best and worst placed groups stand from the total, as a share of it
_COMPOSITION = 0.03  # how much the composition of the entrants varies from quarter to quarter
_LUCK = 0.03  # how much a group's chances vary from quarter to quarter
_RARE, _SURE = 0.005, 0.995

Outcomes = Mapping[str, Ints]  # by stage: shape (quarters, outcomes), outcomes in the order of OUTCOMES


@dataclass(frozen=True)
class Course:
    """A funnel and what becomes of its cases."""

    funnel: Funnel
    calibration: FunnelCalibration

    def after(self, position: int) -> FunnelStage | None:
        """The stage that follows, if any."""
        following = position + 1
        return self.funnel.stages[following] if following < len(self.funnel.stages) else None

    def detour_to(self, stage: FunnelStage | None) -> Detour | None:
        """How cases come to a stage without the one before it; None where all come through that one."""
        detour = self.calibration.detour
        return detour if detour is not None and stage is not None and stage.code == detour.stage else None


@dataclass(frozen=True)
class Flow:
    """Outcomes by stage, and the cases that took the detour, by quarter."""

    outcomes: Outcomes
    detour: Ints


def follow(course: Course, entrants: Ints, counted: Mapping[str, Ints], *, ripe: bool = False) -> Flow:
    """The total, stage by stage.

    Args:
        course: the funnel.
        entrants: cases of the first stage by quarter.
        counted: counts of the stages that an indicator counts; the flow keeps to them.
        ripe: as if every window had closed.
    """
    outcomes: dict[str, Ints] = {}
    detour = np.zeros(len(entrants), dtype=np.int64)
    cases = entrants
    for position, stage in enumerate(course.funnel.stages):
        following = course.after(position)
        way = course.detour_to(following)
        ahead = counted.get(following.code) if following is not None else None
        straight = ahead if ahead is None or way is None else _part(ahead, 1.0 - way.share)
        shares = chances(course.funnel, course.calibration, position, ripe=ripe)
        outcomes[stage.code] = _outcomes(cases, shares, straight)
        cases = outcomes[stage.code][:, 0]
        if following is not None and way is not None:
            held = _held(following, way, outcomes)
            detour = _part(held, way.share) if ahead is None else np.minimum(ahead - cases, held)
            cases = cases + detour
    return Flow(outcomes, detour)


def _part(counts: Ints, share: float) -> Ints:
    return np.asarray(np.rint(counts * share), dtype=np.int64)


def _held(stage: FunnelStage, detour: Detour, outcomes: Outcomes) -> Ints:
    """Of the stage that holds all the cases of another, the outcome from which the detour starts."""
    if stage.within is None:
        raise ValueError(f"{stage.code} is nested, no detour leads to it")
    return np.asarray(outcomes[stage.within][:, OUTCOMES.index(detour.outcome)])


def _outcomes(cases: Ints, shares: Floats, ahead: Ints | None) -> Ints:
    if ahead is None:
        return apportion(cases, shares)
    return np.column_stack([ahead, apportion(cases - ahead, shares[:, 1:])])


def share_flow(
    course: Course,
    total: Flow,
    weights: Floats,
    advantage: Floats,
    rng: np.random.Generator,
    *,
    fair: bool = False,
) -> list[Outcomes]:
    """The same flow by group.

    Args:
        course: the funnel.
        total: its total.
        weights: composition of the entrants.
        advantage: by group, how much better its chances are, as a share of the total's.
        rng: the stream of the dimension.
        fair: draw who receives the last units; many small groups would receive none by largest remainders.

    Returns:
        Outcomes by group; over the groups, every outcome of every stage adds up to the total's.
    """
    first = total.outcomes[course.funnel.stages[0].code].sum(axis=1)
    drift = np.maximum(1.0 + _COMPOSITION * bell(rng, len(first), len(weights)), 0.1)
    cases = apportion(first, weights * drift, starts=_starts(rng, len(first), fair))
    groups: list[dict[str, Ints]] = [{} for _ in weights]
    for position, stage in enumerate(course.funnel.stages):
        parts = _share_stage(total.outcomes[stage.code], cases, advantage, rng, fair=fair)
        for group, outcomes in enumerate(groups):
            outcomes[stage.code] = parts[:, group, :]
        cases = parts[:, :, 0]
        following = course.after(position)
        way = course.detour_to(following)
        if following is not None and way is not None:
            held = np.column_stack([_held(following, way, outcomes) for outcomes in groups])
            starts = _starts(rng, len(first), fair)
            cases = cases + share_successes(total.detour, held, np.full(held.shape, 0.5), starts)
    return list(groups)


def share_overlapping(
    course: Course, total: Flow, share: float, advantage: float, rng: np.random.Generator
) -> Outcomes:
    """One group that overlaps others, such as a priority public: it and everybody else make the total.

    Args:
        share: of the entrants; the others as for ``share_flow``.
    """
    better = np.array([advantage * (1.0 - share), -advantage * share])
    return share_flow(course, total, np.array([share, 1.0 - share]), better, rng)[0]


def _starts(rng: np.random.Generator, periods: int, fair: bool) -> Floats | None:
    return rng.random(periods) if fair else None


def _share_stage(
    total: Ints, cases: Ints, advantage: Floats, rng: np.random.Generator, *, fair: bool
) -> Ints:
    """Share the outcomes of a stage among groups: shape (quarters, groups, outcomes), both sums exact."""
    left = cases.copy()
    shared = []
    for column, outcome in enumerate(OUTCOMES[:-1]):
        better = -advantage if outcome == "other_exit" else advantage
        tilt = 1.0 + better + _LUCK * bell(rng, *cases.shape)
        chance = total[:, column] / np.maximum(left.sum(axis=1), 1)
        drawn = share_successes(
            total[:, column],
            left,
            np.clip(chance[:, None] * tilt, _RARE, _SURE),
            _starts(rng, len(cases), fair),
        )
        shared.append(drawn)
        left = left - drawn
    return np.stack([*shared, left], axis=2)
