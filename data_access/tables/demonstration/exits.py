"""In which month since entry cases left a funnel, by each way out; only months that all were followed."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import numpy as np

from data_access.domain.exposure import followed_months
from data_access.domain.period import Period
from data_access.tables.demonstration.apportion import Ints, apportion
from data_access.tables.demonstration.flows import Course, Outcomes
from data_access.tables.demonstration.funnels import OUTCOMES, quarters
from data_access.tables.demonstration.series import REFORM
from data_access.tables.demonstration.streams import Floats, added, bell, stream
from data_access.tables.demonstration.timeline import CUTOFF, middle

EXITS = ("employment", "training", "other_exit")
_LUCK = 0.06  # how much a month differs from its path
_PUSH = 2.5  # how much other exits rise once the benefit of some ends

Months = list[Ints]  # by quarter of entry: shape (months followed, exits)


def exits_by_month(
    course: Course, known: Outcomes, ripe: Outcomes, groups: Mapping[str, Outcomes], seed: int
) -> dict[str, Months]:
    """The exits of each group of a partition, month by month.

    Over the months of a closed cohort they add up to the exits of its stages; those of an open one stop
    where not every entrant has been followed, and never exceed what its stages tell.

    Args:
        course: the funnel.
        known: outcomes of the total, as known at the cut-off.
        ripe: of the total, as if every window had closed: what the path of an open cohort leads to.
        groups: outcomes by group, as known.
        seed: of every random number.
    """
    told, all_told = count_exits(course, ripe), count_exits(course, known)
    parts: dict[str, Months] = {}
    for group, outcomes in groups.items():
        rng = stream(seed, course.funnel.code, course.calibration.operator, group, "MONTH")
        own, months = count_exits(course, outcomes), []
        for position, period in enumerate(quarters()):
            share = own[position] / np.maximum(all_told[position], 1)
            weights = _path(course.funnel.window_months, period, rng)
            ahead = told[position] * share
            months.append(_spread(own[position], ahead, weights, _followed(course, period)))
        parts[group] = months
    return parts


def add_up(parts: Sequence[Months]) -> Months:
    """The months of all groups together."""
    return [np.asarray(sum(months), dtype=np.int64) for months in zip(*parts, strict=True)]


def count_exits(course: Course, outcomes: Outcomes) -> Ints:
    """Exits over all stages, everybody once: who took the detour is counted again where it led.

    Returns:
        Shape (quarters, exits), in the order of ``EXITS``.
    """
    columns = [OUTCOMES.index(outcome) for outcome in EXITS]
    exits = np.sum([counts[:, columns] for counts in outcomes.values()], axis=0)
    stages = course.funnel.stages
    for position, stage in enumerate(stages):
        way = course.detour_to(stage)
        if way is not None and way.outcome in EXITS:
            came = outcomes[stage.code].sum(axis=1) - outcomes[stages[position - 1].code][:, 0]
            exits[:, EXITS.index(way.outcome)] -= came
    return np.asarray(exits, dtype=np.int64)


def _followed(course: Course, period: Period) -> int:
    """Months for which every entrant has been followed, and the source has delivered."""
    months = followed_months(period, course.funnel.lag_months, CUTOFF) or 0
    return min(months, course.funnel.window_months)


def _path(window: int, period: Period, rng: np.random.Generator) -> Floats:
    """Share of each exit that comes in each month: jobs early, training in the middle, other exits late.

    Other exits rise in the months that lie after the reform.

    Returns:
        Shape (window, exits), columns adding up to 1.
    """
    month = np.arange(1, window + 1, dtype=np.float64)
    left = window + 1.0 - month
    after = np.clip((middle(period) - REFORM.year + (month - 0.5) / 12.0) * 4.0 + 0.5, 0.0, 1.0)
    shape = np.column_stack([left * left + window, (month + 1.0) * left, 1.0 + _PUSH * after])
    shape = shape * np.clip(1.0 + _LUCK * bell(rng, *shape.shape), 0.5, 1.5)
    sums = np.array([added(shape[:, column].tolist()) for column in range(len(EXITS))])
    return np.asarray(shape / sums, dtype=np.float64)


def _spread(told: Ints, ahead: Floats, weights: Floats, followed: int) -> Ints:
    """Whole numbers by month: everything that is told once the window has passed, the path's part before."""
    months = np.zeros((followed, len(EXITS)), dtype=np.int64)
    for column in range(len(EXITS) if followed else 0):
        path = weights[:followed, column]
        part = ahead[column] * added(path.tolist())
        most = int(told[column])
        total = most if followed == len(weights) else min(most, int(np.rint(part)))
        months[:, column] = apportion(np.array([total]), path[None, :])[0]
    return months
