"""What makes an indicator ask for attention: one rule a reason, each answering with its facts or None."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from datetime import date
from math import inf

from data_access.domain.assessment import Assessment, Note, Status
from data_access.domain.cohort import Window, add_months
from data_access.domain.concern import (
    InsufficientPace,
    Late,
    OffTrack,
    ProvisionalTooLong,
    SpecialCause,
)
from data_access.domain.confidentiality import Availability
from data_access.domain.control_chart import ControlChart, Variation
from data_access.domain.pace import NoPace, Pace
from data_access.domain.period import Freq, Period
from data_access.domain.polarity import Polarity
from data_access.domain.reading import Reading

# Months from the end of a period (of a cohort: from its maturity) until its value should have been loaded.
# The annual report is presented at the end of the second quarter of the next year; a shorter period leaves
# less time before the next one ends. A convention of this project.
ALLOWED_DELAY = {Freq.MONTH: 2, Freq.QUARTER: 3, Freq.SEMESTER: 4, Freq.ANNUAL: 6}
# A year after its period no source has more to wait for. A convention of this project.
PROVISIONAL_MONTHS = 12
# How near the target's day must be before an insufficient pace is said.
PACE_MONTHS = 12

Assess = Callable[[Sequence[Reading], date], Assessment]


def off_track(
    assessment: Assessment, readings: Sequence[Reading], polarity: Polarity, on: date, assess: Assess
) -> OffTrack | None:
    """Since when an indicator is off track; None when it is not.

    What is compared: the present assessment with the same rules applied to the readings up to an earlier
    one, on a reporting date earlier by the time between the two periods. With monthly readings judged for
    September on 31 October, August is judged on 30 September, with the target versions in force that day
    and the cohorts mature by then. The judged reading itself is left out, thresholds and definition stay
    those of today, and values are as known today: a later revision counts as if it had been known.

    Args:
        assessment: at the reporting date.
        readings: the series that was assessed, oldest first.
        polarity: of the indicator.
        on: the reporting date.
        assess: ``evaluate_status`` of readings on a day, everything else as in ``assessment``.
    """
    judged = assessment.reading
    if assessment.status is not Status.OFF_TRACK or judged is None or judged.value is None:
        return None
    since, before = _since(readings, judged, on, assess)
    size: Callable[[float], float] = abs if polarity is Polarity.ZERO_GAP else float
    past = assessment.year_before.value if assessment.year_before else None
    return OffTrack(
        since=since,
        before=before,
        period=judged.period,
        value=size(judged.value),
        expected=assessment.expected,
        goal=assessment.path.target if assessment.path else None,
        year_before=None if past is None else size(past),
        moving_away=Note.MOVING_AWAY in assessment.notes,
        lag=(assessment.expected_progress or 0.0) - (assessment.progress or 0.0),
    )


def _since(
    readings: Sequence[Reading], judged: Reading, on: date, assess: Assess
) -> tuple[Period, Status | None]:
    """The first judged period of the run, and the state before it."""
    known = [r for r in readings if r.availability is not Availability.MISSING and r.period < judged.period]
    since = judged.period
    while known:
        earlier = known[-1].period
        then = add_months(on, -_months(earlier.end, judged.period.end))
        status = assess(known, then).status
        if status is not Status.OFF_TRACK:
            return since, status
        since = earlier
        known.pop()
    return since, None


def _months(start: date, end: date) -> int:
    return 12 * (end.year - start.year) + end.month - start.month


def special_cause(
    chart: ControlChart, readings: Sequence[Reading], judged: Reading | None
) -> SpecialCause | None:
    """A signal of concern on the last point.

    Args:
        chart: of ``control_chart``.
        readings: those that it was made of.
        judged: the reading shown as the present value; a chart that ends before it (a break has cut the
            season's window) says nothing of now.
    """
    concern = chart.variation in {Variation.CONCERN_HIGH, Variation.CONCERN_LOW}
    if not concern or judged is None or readings[-1].period != judged.period:
        return None
    segment, value = chart.segments[-1], readings[-1].value
    assert value is not None, "a chart has points with values"
    return SpecialCause(
        period=judged.period,
        value=value,
        mean=segment.mean,
        lower=segment.lower,
        upper=segment.upper,
        rules=chart.points[-1].rules,
        high=chart.variation is Variation.CONCERN_HIGH,
        size=abs(value - segment.mean) / segment.moving_range,
    )


def insufficient_pace(pace: Pace | NoPace, due: date | None, on: date) -> InsufficientPace | None:
    """A target due within twelve months that asks for more than the best year ever did.

    Without two readings a year apart there is nothing to compare with, and nothing is said.
    """
    if isinstance(pace, NoPace) or due is None or due > add_months(on, PACE_MONTHS) or not pace.changes:
        return None
    ratio = inf if pace.ratio is None else pace.ratio
    return InsufficientPace(due, pace.required, pace.best, pace.since, ratio) if ratio > 1 else None


def late(
    readings: Sequence[Reading], freq: Freq, window: Window | None, *, start: date, on: date
) -> Late | None:
    """Whether the period after the newest one should have been loaded by the reporting date.

    A period is due once it has ended, its cohort's window has closed, its source has delivered, and the
    allowed delay has passed. A hidden value has been delivered; a missing one has not.

    Args:
        readings: the series, oldest first.
        freq: at which it is due.
        window: of a cohort.
        start: when the contract began: of a series without any value, the period of that day is awaited.
        on: the reporting date.
    """
    loaded = [r.period for r in readings if r.availability is not Availability.MISSING]
    newest = loaded[-1] if loaded else None
    awaited = newest.shift(1) if newest else Period.containing(start, freq)
    due = add_months(_complete(awaited, window), ALLOWED_DELAY[freq])
    return Late(newest, awaited, due, (on - due).days) if due < on else None


def provisional_too_long(
    readings: Iterable[Reading], window: Window | None, on: date
) -> ProvisionalTooLong | None:
    """The oldest available value still provisional more than twelve months after it was complete.

    A cohort is complete at its maturity: before, its value cannot be definitive.
    """
    for reading in readings:
        complete = _complete(reading.period, window)
        is_known = reading.availability is Availability.AVAILABLE
        if is_known and reading.provisional and add_months(complete, PROVISIONAL_MONTHS) < on:
            return ProvisionalTooLong(reading.period, complete, (on - complete).days)
    return None


def _complete(period: Period, window: Window | None) -> date:
    return add_months(period.end, window.months + window.lag_months) if window else period.end
