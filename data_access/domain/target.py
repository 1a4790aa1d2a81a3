"""Targets as dated decisions: a baseline, milestones and a target, in versions."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from itertools import pairwise


@dataclass(frozen=True)
class Goal:
    """A value, or a band, to be reached on a day (for a baseline: the value it started from)."""

    due: date
    value: float | None = None
    low: float | None = None
    high: float | None = None


@dataclass(frozen=True)
class TargetPath:
    """One version of a target: from when it holds, who decided it, and the path it draws."""

    baseline: Goal | None
    milestones: tuple[Goal, ...]
    target: Goal
    valid_from: date
    decided_on: date
    decision_ref: str
    deciding_body: str
    reason: str
    demonstration: bool = False


def path_in_force(paths: Iterable[TargetPath], on: date) -> TargetPath | None:
    """The version valid on a day: the latest ``valid_from`` not after it, then the latest decision."""
    valid = [p for p in paths if p.valid_from <= on]
    return max(valid, key=lambda p: (p.valid_from, p.decided_on), default=None)


def expected_value(path: TargetPath, day: date) -> float:
    """The value that the path asks for on a day.

    Straight lines join baseline, milestones and target (domain report §4.2); the baseline holds
    before it and the target after it. Asks for a path of values, with a baseline.
    """
    points = _points(path)
    if day <= points[0][0]:
        return points[0][1]
    for (start, low), (end, high) in pairwise(points):
        if day <= end:
            return low + (high - low) * (day - start).days / (end - start).days
    return points[-1][1]


def _points(path: TargetPath) -> list[tuple[date, float]]:
    goals = [path.baseline, *path.milestones, path.target]
    points = {goal.due: goal.value for goal in goals if goal is not None and goal.value is not None}
    return sorted(points.items())


def milestone_for(path: TargetPath, day: date) -> Goal | None:
    """The milestone of the year of a day; in the target's year, the target itself."""
    return next((g for g in (*path.milestones, path.target) if g.due.year == day.year), None)
