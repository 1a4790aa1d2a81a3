"""Readings and target paths with defaults: a yearly percentage, from 40 (2022) to 60 (2027)."""

from __future__ import annotations

from datetime import date
from typing import Any

from data_access.domain.period import Period
from data_access.domain.reading import Reading
from data_access.domain.target import Goal, TargetPath

CUTOFF = date(2026, 10, 31)


def reading(value: float | None = 50.0, period: str = "2025", **more: Any) -> Reading:
    """A reading of a year."""
    return Reading(Period.parse(period), value, **more)


def path(
    start: float | None = 40.0,
    end: float | None = 60.0,
    *,
    milestones: dict[int, float] | None = None,
    band: tuple[float | None, float | None] | None = None,
    baseline_on: date = date(2022, 12, 31),
    **more: Any,
) -> TargetPath:
    """A target for the end of 2027, decided and valid from the start of 2023."""
    low, high = band or (None, None)
    known: dict[str, Any] = {
        "valid_from": date(2023, 1, 1),
        "decided_on": date(2023, 1, 1),
        "decision_ref": "test",
        "deciding_body": "test",
        "reason": "annex",
        **more,
    }
    return TargetPath(
        baseline=None if start is None else Goal(baseline_on, start),
        milestones=tuple(Goal(date(y, 12, 31), v) for y, v in (milestones or {}).items()),
        target=Goal(date(2027, 12, 31), None if band else end, low, high),
        **known,
    )
