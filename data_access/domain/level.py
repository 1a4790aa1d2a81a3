"""The first of the three verdicts: is the level that was due reached, and by how much."""

from __future__ import annotations

from dataclasses import dataclass

from data_access.domain.assessment import Assessment
from data_access.domain.polarity import Polarity
from data_access.domain.target import Goal

EPSILON = 1e-9


@dataclass(frozen=True)
class Level:
    """A value against one goal of the target in force on the reporting date.

    Attributes:
        goal: the milestone of the judged year, or the target.
        final: whether the goal is the target itself.
        attained: at or beyond the goal, or inside its band.
        difference: value minus goal (of a band, minus its nearest edge, 0 inside), in the unit, with its
            sign; of a gap that should close, of the absolute values.
    """

    goal: Goal
    final: bool
    attained: bool
    difference: float


def evaluate_level(assessment: Assessment, polarity: Polarity) -> tuple[Level, ...]:
    """The judged value against the milestone of its year (where there is one), then against the target.

    Source: domain report §4.1 (jalon N, cible, écart); the version of the target is the one in force on the
    reporting date. Empty without a value, a target, or a desired direction.
    """
    reading, path = assessment.reading, assessment.path
    if reading is None or reading.value is None or path is None or polarity is Polarity.NEUTRAL:
        return ()
    goals = [assessment.milestone, path.target]
    if assessment.milestone is None or assessment.milestone == path.target:
        goals = [path.target]
    return tuple(_level(goal, goal == path.target, reading.value, polarity) for goal in goals if goal)


def _level(goal: Goal, final: bool, value: float, polarity: Polarity) -> Level:
    if goal.value is None:
        difference = _beyond_band(goal, value)
        return Level(goal, final, abs(difference) <= EPSILON, difference)
    if polarity is Polarity.ZERO_GAP:
        difference = abs(value) - abs(goal.value)
        return Level(goal, final, difference <= EPSILON, difference)
    difference = value - goal.value
    sign = 1 if polarity is Polarity.HIGHER else -1
    return Level(goal, final, sign * difference >= -EPSILON, difference)


def _beyond_band(goal: Goal, value: float) -> float:
    if goal.low is not None and value < goal.low:
        return value - goal.low
    if goal.high is not None and value > goal.high:
        return value - goal.high
    return 0.0
