"""The state of an indicator: expected against observed progress (domain report §4.2, thresholds adoptable).

Precedence, first match wins:

=====================================================  ===========================================
context, or a measure without a desired direction       ``CONTEXT``
definition not settled                                  ``NOT_ASSESSABLE / BEING_DEFINED``
no reading at all, or the newest one is too old         ``NOT_ASSESSABLE / MISSING``
cohort readings, none of them mature                    ``NOT_ASSESSABLE / IMMATURE_COHORT``
the newest (mature) reading is hidden                   ``NOT_ASSESSABLE / TOO_FEW``
no target version in force on the reporting date        ``NOT_ASSESSABLE / NO_TARGET``
a break between baseline and reading, target older      ``NOT_ASSESSABLE / SERIES_BREAK``
at or beyond the final target, definitive               ``ATTAINED``
no baseline, target not reached                         ``NOT_ASSESSABLE / NO_BASELINE``
otherwise the difference rule                           ``ON_TRACK``, ``TO_WATCH``, ``OFF_TRACK``
=====================================================  ===========================================

Difference rule: with baseline b, target c, value x at the end t of the judged period and expected
value e(t), progress p = (x - b)/(c - b) and expected progress q = (e(t) - b)/(c - b); on track when
p >= q - 0.05, to watch when p >= q - 0.20, off track below. A value that moved away from the target
over two consecutive yearly steps, each beyond the noise, is off track whatever its level.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import date

from data_access.domain.assessment import (
    Assessment,
    Note,
    Reason,
    Status,
    Thresholds,
    distribution,
    share_not_assessable,
)
from data_access.domain.cohort import Maturity, Window, add_months, maturity
from data_access.domain.confidentiality import Availability
from data_access.domain.judgement import judge
from data_access.domain.polarity import Polarity
from data_access.domain.reading import Reading
from data_access.domain.target import TargetPath, milestone_for, path_in_force

__all__ = [
    "Assessment",
    "Note",
    "Reason",
    "Status",
    "Thresholds",
    "distribution",
    "evaluate_status",
    "share_not_assessable",
]


def evaluate_status(
    readings: Sequence[Reading],
    paths: Sequence[TargetPath],
    *,
    polarity: Polarity,
    scored: bool,
    on: date,
    defined: bool = True,
    breaks: Sequence[date] = (),
    window: Window | None = None,
    stale_after_months: int | None = None,
    thresholds: Thresholds = Thresholds(),
) -> Assessment:
    """Judge the newest mature reading against the target in force on the reporting date.

    Args:
        readings: one series at one frequency, oldest first.
        paths: all versions of its target.
        polarity: which way is better; ``NEUTRAL`` is never scored.
        scored: False for context.
        on: the reporting date (data cut-off), not the clock's.
        defined: False while the definition is not settled.
        breaks: first days of the series' breaks.
        window: set for cohort indicators.
        stale_after_months: a newest reading that ended longer ago than this is missing.
        thresholds: adopted by the Comité.
    """
    known = [r for r in readings if r.availability is not Availability.MISSING and r.period.end <= on]
    mature = [r for r in known if window is None or maturity(r.period, window, on) is Maturity.MATURE]
    reading = mature[-1] if mature else None
    path = path_in_force(paths, on)
    found = Assessment(
        Status.CONTEXT,
        reading=reading if reading is not None and reading.value is not None else None,
        year_before=_year_before(mature, reading),
        path=path,
        milestone=milestone_for(path, reading.period.end) if path and reading else None,
        notes=_notes(reading, paths, path, on, breaks),
    )
    if not scored or polarity is Polarity.NEUTRAL:
        return found
    reason = _reason(defined, known, reading, path, breaks, window, on, stale_after_months)
    if reason is not None or path is None or reading is None or reading.value is None:
        return replace(found, status=Status.NOT_ASSESSABLE, reason=reason)
    return judge(found, mature, path, reading.value, polarity, thresholds, breaks)


def _year_before(mature: Sequence[Reading], reading: Reading | None) -> Reading | None:
    if reading is None:
        return None
    return next((r for r in mature if r.period == reading.period.year_before), None)


def _notes(
    reading: Reading | None,
    paths: Sequence[TargetPath],
    path: TargetPath | None,
    on: date,
    breaks: Sequence[date],
) -> tuple[Note, ...]:
    """The reservations that hold whatever the state."""
    said = {
        Note.PROVISIONAL: reading is not None and reading.provisional,
        Note.NO_MILESTONE: path is not None and not path.milestones and path.target.value is not None,
        Note.TARGET_CHANGED: sum(p.valid_from <= on for p in paths) > 1,
        Note.REBASED: path is not None
        and path.baseline is not None
        and any(day <= path.baseline.due and day <= path.decided_on for day in breaks),
    }
    return tuple(note for note, holds in said.items() if holds)


def _reason(
    defined: bool,
    known: Sequence[Reading],
    reading: Reading | None,
    path: TargetPath | None,
    breaks: Sequence[date],
    window: Window | None,
    on: date,
    stale_after_months: int | None,
) -> Reason | None:
    """Why no state can be given; None when one can."""
    if not defined:
        return Reason.BEING_DEFINED
    if not known:
        return Reason.MISSING
    if reading is None:
        return Reason.IMMATURE_COHORT
    if _is_stale(reading, window, on, stale_after_months):
        return Reason.MISSING
    if reading.availability is Availability.HIDDEN:
        return Reason.TOO_FEW
    if path is None:
        return Reason.NO_TARGET
    return Reason.SERIES_BREAK if _is_broken(path, reading, breaks) else None


def _is_stale(reading: Reading, window: Window | None, on: date, after_months: int | None) -> bool:
    """Older than its own delay allows: a cohort's window and lag are added to the limit."""
    if after_months is None:
        return False
    delay = window.months + window.lag_months if window else 0
    return add_months(reading.period.end, after_months + delay) < on


def _is_broken(path: TargetPath, reading: Reading, breaks: Sequence[date]) -> bool:
    """A break after the baseline, at or before the reading, that the target's decision did not know."""
    start = path.baseline.due if path.baseline else path.decided_on
    return any(start < day <= reading.period.end and path.decided_on < day for day in breaks)
