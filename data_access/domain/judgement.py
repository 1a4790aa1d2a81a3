"""The difference rule: observed against expected progress, for values, gaps and bands."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import date
from itertools import pairwise
from math import hypot

from data_access.domain.assessment import Assessment, Note, Reason, Status, Thresholds
from data_access.domain.polarity import Polarity
from data_access.domain.reading import Reading
from data_access.domain.target import Goal, TargetPath, expected_value

AWAY_STEPS = 2  # consecutive yearly steps away from the target
EPSILON = 1e-9  # floating point at a threshold: a difference this small is none


def judge(
    found: Assessment,
    mature: Sequence[Reading],
    path: TargetPath,
    value: float,
    polarity: Polarity,
    thresholds: Thresholds,
    breaks: Sequence[date],
) -> Assessment:
    """The state of a reading with a value against a target in force; see ``status`` for the rule.

    Args:
        found: what is known already; its ``reading`` is the one judged.
        mature: the series up to it, oldest first.
        value: of that reading.
    """
    reading = found.reading
    assert reading is not None, "judged only with a reading"
    if polarity is Polarity.BAND:
        return _judge_band(found, path, value, reading, thresholds)
    size: Callable[[float], float] = abs if polarity is Polarity.ZERO_GAP else float
    sign = _sign(polarity)
    path = _mapped(path, size)
    value, goal = size(value), path.target.value
    assert goal is not None, "a target without a value has a band, and band polarity"
    measured = _measured(found, path, value, polarity, reading, thresholds)
    if sign * (value - goal) >= -EPSILON:
        return replace(measured, status=Status.ON_TRACK if reading.provisional else Status.ATTAINED)
    if path.baseline is None or path.baseline.value is None:
        return replace(measured, status=Status.NOT_ASSESSABLE, reason=Reason.NO_BASELINE)
    if is_level_to_hold(path.baseline.value, goal, polarity):
        measured = replace(measured, notes=(*measured.notes, Note.EQUAL_BASELINE))
    if _moves_away(mature, goal, size, breaks):
        return replace(measured, status=Status.OFF_TRACK, notes=(*measured.notes, Note.MOVING_AWAY))
    return replace(measured, status=_by_difference(measured, thresholds))


def _mapped(path: TargetPath, size: Callable[[float], float]) -> TargetPath:
    """The path of absolute values, for gaps that should close."""
    if size is float:
        return path

    def absolute(goal: Goal) -> Goal:
        return replace(goal, value=None if goal.value is None else abs(goal.value))

    return replace(
        path,
        baseline=absolute(path.baseline) if path.baseline else None,
        milestones=tuple(map(absolute, path.milestones)),
        target=absolute(path.target),
    )


def _measured(
    found: Assessment,
    path: TargetPath,
    value: float,
    polarity: Polarity,
    reading: Reading,
    thresholds: Thresholds,
) -> Assessment:
    """With progress, expected progress and gap, where there is a baseline.

    A baseline that met the target already leaves no way to cover, but a level to hold: the target is what is
    expected, and the tolerance, a share of the target, stands for the way.
    """
    if path.baseline is None or path.baseline.value is None or path.target.value is None:
        return found
    start, goal = path.baseline.value, path.target.value
    to_hold = is_level_to_hold(start, goal, polarity)
    expected = goal if to_hold else expected_value(path, reading.period.end)
    gap = _sign(polarity) * (value - expected)
    if to_hold:
        way = thresholds.tolerance * (abs(goal) or 1.0)
        return replace(found, expected=expected, progress=1 + gap / way, expected_progress=1.0, gap=gap)
    return replace(
        found,
        expected=expected,
        progress=(value - start) / (goal - start),
        expected_progress=(expected - start) / (goal - start),
        gap=gap,
    )


def is_level_to_hold(baseline: float, target: float, polarity: Polarity) -> bool:
    """Whether the baseline met the target already, so that nothing is to be covered, only kept."""
    if polarity is Polarity.ZERO_GAP:
        baseline, target = abs(baseline), abs(target)
    return _sign(polarity) * (target - baseline) <= EPSILON


def _sign(polarity: Polarity) -> float:
    """1 where more is better, -1 where less is (or a gap should close)."""
    return 1.0 if polarity is Polarity.HIGHER else -1.0


def _by_difference(measured: Assessment, thresholds: Thresholds) -> Status:
    assert measured.progress is not None, "a judged value has a progress"
    assert measured.expected_progress is not None, "a judged value has an expected progress"
    lag = measured.expected_progress - measured.progress
    if lag <= thresholds.on_track + EPSILON:
        return Status.ON_TRACK
    return Status.TO_WATCH if lag <= thresholds.to_watch + EPSILON else Status.OFF_TRACK


def _moves_away(
    mature: Sequence[Reading], goal: float, size: Callable[[float], float], breaks: Sequence[date]
) -> bool:
    """Further from the target over two consecutive yearly steps, each beyond the noise of both readings.

    Years are compared with the same period a year before, so that a season is not a movement; without
    intervals there is no knowing what is noise, and the guard does not apply.
    """
    by_period = {r.period: r for r in mature if r.value is not None}
    if not by_period:
        return False
    now = by_period[max(by_period)]
    steps = [now]
    while len(steps) <= AWAY_STEPS and (earlier := by_period.get(steps[-1].period.year_before)):
        steps.append(earlier)
    if len(steps) <= AWAY_STEPS or any(steps[-1].period.end < day <= now.period.end for day in breaks):
        return False
    return all(_is_further(after, before, goal, size) for after, before in pairwise(steps))


def _is_further(after: Reading, before: Reading, goal: float, size: Callable[[float], float]) -> bool:
    if after.provisional or after.half_width is None or before.half_width is None:
        return False
    assert after.value is not None, "kept only with a value"
    assert before.value is not None, "kept only with a value"
    distance = abs(size(after.value) - goal) - abs(size(before.value) - goal)
    return distance > hypot(after.half_width, before.half_width)


def _judge_band(
    found: Assessment, path: TargetPath, value: float, reading: Reading, thresholds: Thresholds
) -> Assessment:
    """Inside the band is on track, and attained once the target's day has come; outside, the nearest edge.

    The way is the baseline's distance to that edge when it lies outside on the same side, otherwise the
    width of the band (its single edge when it has one), so that the same thresholds apply.
    """
    outside = _outside(value, path.target)
    if outside <= EPSILON:
        done = reading.period.end >= path.target.due and not reading.provisional
        return replace(found, status=Status.ATTAINED if done else Status.ON_TRACK, gap=0.0)
    first = path.baseline.value if path.baseline else None
    start = 0.0 if first is None else _outside(first, path.target)
    if start > EPSILON:
        progress = 1 - outside / start
        expected = _share_of_time(path, reading.period.end)
    else:
        progress, expected = -outside / _width(path.target), 0.0
    measured = replace(found, progress=progress, expected_progress=expected, gap=-outside)
    return replace(measured, status=_by_difference(measured, thresholds))


def _outside(value: float, band: Goal) -> float:
    """Distance to the nearest edge; zero inside."""
    below = band.low - value if band.low is not None else 0.0
    above = value - band.high if band.high is not None else 0.0
    return max(0.0, below, above)


def _width(band: Goal) -> float:
    if band.low is not None and band.high is not None:
        return band.high - band.low or 1.0
    return abs(band.low or band.high or 1.0)


def _share_of_time(path: TargetPath, day: date) -> float:
    assert path.baseline is not None, "asked only with a baseline"
    whole = (path.target.due - path.baseline.due).days
    return min(1.0, max(0.0, (day - path.baseline.due).days / whole)) if whole > 0 else 1.0
