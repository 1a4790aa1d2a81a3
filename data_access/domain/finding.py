"""What the headline of an indicator says: how the value moved in a year, where it stands, what to reserve."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum

from data_access.domain.assessment import Assessment, Note, Reason, Status
from data_access.domain.change import STABLE, Change
from data_access.domain.confidentiality import Availability
from data_access.domain.level import evaluate_level
from data_access.domain.polarity import Polarity
from data_access.domain.reading import Reading


class Movement(StrEnum):
    """The value against the same period a year before, or why there is no such comparison."""

    NONE_YET = "none_yet"
    ONLY_IMMATURE = "only_immature"
    ONLY_HIDDEN = "only_hidden"
    TOO_OLD = "too_old"
    FIRST_VALUE = "first_value"
    NO_YEAR_BEFORE = "no_year_before"
    YEAR_BEFORE_HIDDEN = "year_before_hidden"
    NOT_COMPARABLE = "not_comparable"
    STABLE = "stable"
    WITHIN_NOISE = "within_noise"
    RISING = "rising"
    FALLING = "falling"
    WIDER = "wider"
    NARROWER = "narrower"
    REVERSED = "reversed"  # a gap as large as a year before, the other way round


class Verdict(StrEnum):
    """What is said of the target, or instead of it."""

    ATTAINED = "attained"
    REACHED = "reached"  # by a provisional value
    ON_TRACK = "on_track"
    TO_WATCH = "to_watch"
    OFF_TRACK = "off_track"
    MOVING_AWAY = "moving_away"
    NO_TARGET = "no_target"
    NO_BASELINE = "no_baseline"
    SERIES_BREAK = "series_break"
    TOO_FEW = "too_few"
    BEING_DEFINED = "being_defined"
    WAITING = "waiting"  # a target, and no value to judge
    CONTEXT = "context"


class Standing(StrEnum):
    """The value against what is expected at its date."""

    AHEAD = "ahead"
    LEVEL = "level"
    SLIGHTLY_BEHIND = "slightly_behind"  # by less than the decimals show
    BEHIND = "behind"
    TO_HOLD = "to_hold"  # behind a level that the baseline had reached
    IN_BAND = "in_band"
    ABOVE_BAND = "above_band"
    BELOW_BAND = "below_band"


@dataclass(frozen=True)
class Finding:
    """The clauses of one sentence.

    Attributes:
        change: in the unit: of a rising or falling value the difference, of a wider or narrower gap the
            difference of its absolute values; None where the movement has no size.
        better: None when nothing is said of it, as for context.
        standing: only beside a state on the way to a target.
        distance: size of the standing in the unit, never negative; None without one.
        provisional, estimated: the value shown is.
    """

    movement: Movement
    verdict: Verdict
    change: float | None = None
    better: bool | None = None
    standing: Standing | None = None
    distance: float | None = None
    provisional: bool = False
    estimated: bool = False


REASONS = {
    Reason.NO_TARGET: Verdict.NO_TARGET,
    Reason.NO_BASELINE: Verdict.NO_BASELINE,
    Reason.SERIES_BREAK: Verdict.SERIES_BREAK,
    Reason.BEING_DEFINED: Verdict.BEING_DEFINED,
}


def find_finding(
    assessment: Assessment,
    latest: Reading | None,
    change: Change | None,
    *,
    readings: Sequence[Reading],
    immature: Sequence[Reading] = (),
    polarity: Polarity,
    decimals: int = 1,
) -> Finding:
    """The clauses that a series and its assessment allow.

    Args:
        latest: the reading shown; None when no value may be shown.
        change: of that reading on the same period a year before.
        readings: the whole series, oldest first; ``immature`` are the cohorts among them still followed.
        decimals: with which the values are shown: what rounds to zero is said to be none.
    """
    if latest is None:
        return Finding(_absence(assessment, readings, immature), _verdict(assessment, latest, polarity))
    movement, size = _movement(assessment, latest, change, readings, polarity, decimals)
    verdict = _verdict(assessment, latest, polarity)
    standing = _standing(assessment, polarity, decimals) if verdict in STATES else None
    judged = verdict is not Verdict.CONTEXT and movement in MOVING
    return Finding(
        movement=movement,
        verdict=verdict,
        change=size,
        better=change.better if change is not None and judged else None,
        standing=standing,
        distance=abs(assessment.gap) if standing is not None and assessment.gap is not None else None,
        provisional=latest.provisional,
        estimated=latest.estimated,
    )


STATES = {Verdict.ON_TRACK, Verdict.TO_WATCH, Verdict.OFF_TRACK}
MOVING = {Movement.RISING, Movement.FALLING, Movement.WIDER, Movement.NARROWER}


def _absence(assessment: Assessment, readings: Sequence[Reading], immature: Sequence[Reading]) -> Movement:
    """Why there is nothing to show; a hidden value that would be judged outweighs cohorts still followed."""
    hidden = any(r.availability is Availability.HIDDEN for r in readings)
    if immature and not (hidden and assessment.reason is Reason.TOO_FEW):
        return Movement.ONLY_IMMATURE
    return Movement.ONLY_HIDDEN if hidden else Movement.NONE_YET


def _movement(
    assessment: Assessment,
    latest: Reading,
    change: Change | None,
    readings: Sequence[Reading],
    polarity: Polarity,
    decimals: int,
) -> tuple[Movement, float | None]:
    if assessment.reason is Reason.MISSING and assessment.reading is not None:
        return Movement.TOO_OLD, None
    if change is None:
        return _without_comparison(latest, readings), None
    if not change.comparable:
        return Movement.NOT_COMPARABLE, None
    if change.direction == STABLE:
        shown = round(change.difference, decimals) != 0
        return (Movement.WITHIN_NOISE, change.difference) if shown else (Movement.STABLE, None)
    if polarity is Polarity.ZERO_GAP:
        return _gap_movement(change, decimals)
    return (Movement.RISING if change.difference > 0 else Movement.FALLING), change.difference


def _without_comparison(latest: Reading, readings: Sequence[Reading]) -> Movement:
    before = next((r for r in readings if r.period == latest.period.year_before), None)
    if before is not None and before.availability is Availability.HIDDEN:
        return Movement.YEAR_BEFORE_HIDDEN
    earlier = any(r.period < latest.period and r.availability is not Availability.MISSING for r in readings)
    return Movement.NO_YEAR_BEFORE if earlier else Movement.FIRST_VALUE


def _gap_movement(change: Change, decimals: int) -> tuple[Movement, float | None]:
    """A gap moves by its size: from -1 to +3 it became wider by 2."""
    assert change.before.value is not None, "a change has two values"
    assert change.after.value is not None, "a change has two values"
    size = abs(change.after.value) - abs(change.before.value)
    if round(size, decimals) == 0:
        return Movement.REVERSED, None
    return (Movement.WIDER if size > 0 else Movement.NARROWER), size


def _verdict(assessment: Assessment, latest: Reading | None, polarity: Polarity) -> Verdict:
    if assessment.status is Status.NOT_ASSESSABLE:
        return _unassessed(assessment, latest)
    if assessment.status is Status.ON_TRACK and polarity is not Polarity.BAND:
        reached = any(level.final and level.attained for level in evaluate_level(assessment, polarity))
        return Verdict.REACHED if reached else Verdict.ON_TRACK
    if Note.MOVING_AWAY in assessment.notes:
        return Verdict.MOVING_AWAY
    return Verdict(assessment.status.value)


def _unassessed(assessment: Assessment, latest: Reading | None) -> Verdict:
    if assessment.reason is Reason.TOO_FEW and latest is not None:
        return Verdict.TOO_FEW
    if assessment.reason in REASONS:
        return REASONS[assessment.reason]
    return Verdict.WAITING if assessment.path is not None else Verdict.NO_TARGET


def _standing(assessment: Assessment, polarity: Polarity, decimals: int) -> Standing | None:
    if assessment.gap is None:
        return None
    if polarity is Polarity.BAND:
        return _in_band(assessment)
    if round(assessment.gap, decimals) == 0:
        return Standing.LEVEL if assessment.status is Status.ON_TRACK else Standing.SLIGHTLY_BEHIND
    if assessment.gap > 0:
        return Standing.AHEAD
    return Standing.TO_HOLD if Note.EQUAL_BASELINE in assessment.notes else Standing.BEHIND


def _in_band(assessment: Assessment) -> Standing:
    assert assessment.path is not None, "judged only with a target"
    assert assessment.reading is not None, "judged only with a reading"
    high, value = assessment.path.target.high, assessment.reading.value
    if assessment.gap == 0:
        return Standing.IN_BAND
    above = high is not None and value is not None and value > high
    return Standing.ABOVE_BAND if above else Standing.BELOW_BAND
