"""How fast it would have to go from here, against the fastest it ever went."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from data_access.domain.assessment import Assessment
from data_access.domain.confidentiality import Availability
from data_access.domain.methods.check import Refusal
from data_access.domain.methods.facts import Facts, gather
from data_access.domain.period import Period
from data_access.domain.points import years_between
from data_access.domain.polarity import Polarity
from data_access.domain.reading import Reading


@dataclass(frozen=True)
class YearlyChange:
    """A change on the same period a year before.

    Attributes:
        change: in the unit, with its sign.
    """

    before: Period
    after: Period
    change: float


@dataclass(frozen=True)
class Pace:
    """What is asked for from the end of the judged period to the target's day.

    Values are in the indicator's unit, absolute for a gap that should close, with the sign of the change.

    Attributes:
        required: a year.
        remaining: target (of a band, the nearest edge) minus value.
        years: from the end of the judged period to the target's day.
        best: the largest yearly change in the desired direction; None when there never was one.
        ratio: required over best, so that 2.3 asks for 2.3 times the best pace observed; None without best.
        since: the earliest period that a yearly change could be counted from; None without any.
        changes: how many yearly changes were compared.
    """

    required: float
    remaining: float
    years: float
    best: YearlyChange | None
    ratio: float | None
    since: Period | None
    changes: int


@dataclass(frozen=True)
class NoPace:
    """Why no pace is asked for: reached, due, or nothing to start from or to go to."""

    reason: Refusal


def required_pace(
    assessment: Assessment,
    readings: Sequence[Reading],
    *,
    polarity: Polarity,
    breaks: Sequence[date],
    on: date,
) -> Pace | NoPace:
    """The yearly change that leads from the judged value to the target, against the best one observed.

    Source: method report §d.1.7. The best pace is looked for in the whole series up to the judged period,
    also before a break, but never across one.

    Args:
        assessment: of ``evaluate_status``.
        readings: the series that was assessed, oldest first.
        polarity: of the indicator.
        breaks: first days of the series' breaks.
        on: the reporting date; on the target's day or after it no time is left.
    """
    facts = gather(readings, assessment, polarity=polarity, breaks=breaks)
    if isinstance(facts, Refusal):
        return NoPace(facts)
    if facts.goal is None:
        return NoPace(Refusal.NO_TARGET)
    if facts.is_met:
        return NoPace(Refusal.TARGET_REACHED)
    if max(on, facts.now.at) >= facts.goal.at:
        return NoPace(Refusal.TARGET_DUE)
    assert assessment.reading is not None, "there are facts"
    changes = _yearly_changes(readings, assessment.reading.period, polarity, breaks)
    return _pace(facts, changes)


def _pace(facts: Facts, changes: Sequence[YearlyChange]) -> Pace:
    assert facts.goal is not None, "asked only with a target"
    years = years_between(facts.now.at, facts.goal.at)
    remaining = facts.goal.value - facts.now.value
    towards = [c for c in changes if facts.sign * c.change > 0]
    # Of equal changes the latest: what was possible most recently.
    best = max(towards, key=lambda c: (abs(c.change), c.after), default=None)
    return Pace(
        required=remaining / years,
        remaining=remaining,
        years=years,
        best=best,
        ratio=remaining / years / best.change if best else None,
        since=min((c.before for c in changes), default=None),
        changes=len(changes),
    )


def _yearly_changes(
    readings: Sequence[Reading], judged: Period, polarity: Polarity, breaks: Sequence[date]
) -> list[YearlyChange]:
    values = {
        r.period: abs(r.value) if polarity is Polarity.ZERO_GAP else r.value
        for r in readings
        if r.availability is Availability.AVAILABLE and r.value is not None and r.period <= judged
    }
    return [
        YearlyChange(before, after, value - values[before])
        for after, value in values.items()
        if (before := after.year_before) in values
        and not any(before.end < day <= after.end for day in breaks)
    ]
