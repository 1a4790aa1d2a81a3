"""From the rows of repositories to the values of the domain: readings and target paths.

Plain records, not frames: a scorecard has hundreds of short series, and a frame for each of them costs
more than everything else together.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from math import isnan
from typing import Any

from data_access.domain.confidentiality import Availability
from data_access.domain.interval import wilson_half_width
from data_access.domain.period import Period
from data_access.domain.reading import Reading
from data_access.domain.target import Goal, TargetPath

Record = Mapping[str, Any]


def make_readings(observations: Iterable[Record]) -> list[Reading]:
    """Readings of one series, oldest first, from records of ``load_observations``."""
    return sorted(map(_reading, observations), key=lambda reading: reading.period)


def _reading(row: Record) -> Reading:
    numerator, denominator = _number(row["numerator"]), _number(row["denominator"])
    return Reading(
        period=Period.parse(row["time_period"]),
        value=_number(row["obs_value"]),
        availability=Availability(row["availability"]),
        provisional=row["obs_status"] == "P",
        estimated=row["obs_status"] == "E",
        starts_break=row["obs_status"] == "B",
        half_width=_half_width(numerator, denominator),
        demonstration=row["provenance"] == "demonstration",
        origin_batch=int(row["origin_batch"]),
        numerator=numerator,
        denominator=denominator,
    )


def _number(value: float | None) -> float | None:
    """A number of a frame; NaN is None."""
    return None if value is None or isnan(value) else float(value)


def _half_width(numerator: float | None, denominator: float | None) -> float | None:
    """Half the Wilson interval of a rate, in per cent; None where the value is no proportion."""
    if numerator is None or denominator is None or not 0 <= numerator <= denominator or denominator == 0:
        return None
    return 100 * wilson_half_width(numerator, denominator)


def make_paths(targets: Iterable[Record]) -> list[TargetPath]:
    """The versions of a target, one per ``valid_from``, from records of ``load_targets``.

    A version that brings no baseline or milestone of its own keeps those in force before it.
    """
    versions: dict[date, list[Record]] = {}
    for row in targets:
        versions.setdefault(row["valid_from"], []).append(row)
    paths: list[TargetPath] = []
    baseline: Goal | None = None
    milestones: dict[date, Goal] = {}
    for valid_from in sorted(versions):
        rows = versions[valid_from]
        baseline = next((_goal(row) for row in rows if row["kind"] == "baseline"), baseline)
        milestones |= {row["due"]: _goal(row) for row in rows if row["kind"] == "milestone"}
        kept = [milestones[due] for due in sorted(milestones)]
        paths += [_path(row, baseline, kept) for row in rows if row["kind"] == "target"]
    return paths


def _path(row: Record, baseline: Goal | None, milestones: Sequence[Goal]) -> TargetPath:
    return TargetPath(
        baseline=baseline,
        milestones=tuple(milestones),
        target=_goal(row),
        valid_from=row["valid_from"],
        decided_on=row["decided_on"],
        decision_ref=row["decision_ref"],
        deciding_body=row["deciding_body"],
        reason=row["reason"],
        demonstration=row["provenance"] == "demonstration",
    )


def _goal(row: Record) -> Goal:
    return Goal(
        due=row["due"], value=_number(row["value"]), low=_number(row["low"]), high=_number(row["high"])
    )
