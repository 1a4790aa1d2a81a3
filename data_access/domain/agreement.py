"""Which methods agree with the house verdict, and why the others do not.

The words of the methods are not those of the house; each band stands for the states that a reader would
take it for. Where a method disagrees, its cause is found by undoing one difference at a time: the house rule
without its guard, or without its milestones; the method at the straight share instead of its own growth,
trend or margin. The first change that makes the two agree is named.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from enum import StrEnum

from data_access.domain.assessment import Assessment, Note, Status, Thresholds
from data_access.domain.judgement import judge
from data_access.domain.methods import linear_share, un_ratio
from data_access.domain.methods.check import Band, CrossCheck, Method, Refusal, Term, band_of
from data_access.domain.methods.plan_bureau import within_margin
from data_access.domain.methods.weather import symbol
from data_access.domain.polarity import Polarity


class Cause(StrEnum):
    """Why a method does not say what the house says, or says nothing that could be compared."""

    REFUSED = "refused"  # the method refuses
    NOT_ASSESSED = "not_assessed"  # the house has no state to agree with
    MOVING_AWAY = "moving_away"  # the house guard decided, not the progress made
    MILESTONES = "milestones"  # the path is not a straight line, and the method judges by the straight line
    BANDS = "bands"  # the same share of the way, other cut-offs
    GEOMETRIC = "geometric"  # a constant rate of growth instead of a constant difference
    RECENT_TREND = "recent_trend"  # only the last years count, not those since the baseline
    WHOLE_SERIES = "whole_series"  # the years before the baseline count as well
    FINAL_TARGET = "final_target"  # asks whether the target will be reached, not what was due by now
    MARGIN = "margin"  # short of the target, but inside the method's margin


@dataclass(frozen=True)
class Agreement:
    """A cross-check beside the house verdict.

    Attributes:
        agrees: None when one of the two says nothing.
        cause: None when they agree, or when a trend is undetermined.
    """

    check: CrossCheck
    agrees: bool | None
    cause: Cause | None


_GOOD = frozenset({Status.ATTAINED, Status.ON_TRACK})
_MIDDLE = frozenset({Status.TO_WATCH})
_BAD = frozenset({Status.OFF_TRACK})
STANDS_FOR = {
    Band.ATTAINED: _GOOD,
    Band.ON_TRACK: _GOOD,
    Band.SUN: _GOOD,
    Band.FAVOURABLE: _GOOD,
    Band.ACCELERATE: _MIDDLE,
    Band.SUN_CLOUD: _MIDDLE,
    Band.LIMITED: _BAD,
    Band.DETERIORATING: _BAD,
    Band.CLOUD: _BAD,
    Band.THUNDER: _BAD,
    Band.STAGNATION: _BAD,
    Band.UNFAVOURABLE: _MIDDLE | _BAD,
}
_ASSESSED = _GOOD | _MIDDLE | _BAD


def method_agreement(
    assessment: Assessment,
    checks: Sequence[CrossCheck],
    *,
    polarity: Polarity,
    thresholds: Thresholds = Thresholds(),
) -> tuple[Agreement, ...]:
    """Compare each check with the house verdict.

    Args:
        assessment: the house verdict.
        checks: of ``cross_checks`` on the same assessment.
        polarity: of the indicator.
        thresholds: those that the house judged with.
    """
    share = next((c for c in checks if c.method is Method.LINEAR_SHARE), None)
    house = _House(assessment, polarity, thresholds)
    return tuple(_compare(check, house, share) for check in checks)


@dataclass(frozen=True)
class _House:
    """The house verdict, and what it would have been under other conditions."""

    assessment: Assessment
    polarity: Polarity
    thresholds: Thresholds

    @property
    def status(self) -> Status:
        return self.assessment.status

    def _again(self, *, milestones: bool) -> Status:
        """By progress alone: without years to move away in, the guard has nothing to say."""
        path, reading = self.assessment.path, self.assessment.reading
        assert path is not None, "assessed against a path"
        assert reading is not None, "assessed on a reading"
        assert reading.value is not None, "assessed on a value"
        path = path if milestones else replace(path, milestones=())
        return judge(self.assessment, (), path, reading.value, self.polarity, self.thresholds, ()).status

    @property
    def unguarded(self) -> Status:
        if Note.MOVING_AWAY not in self.assessment.notes:
            return self.status
        return self._again(milestones=True)

    @property
    def straight(self) -> Status:
        path = self.assessment.path
        return self._again(milestones=False) if path and path.milestones else self.unguarded


def _compare(check: CrossCheck, house: _House, share: CrossCheck | None) -> Agreement:
    if check.band is None:
        return Agreement(check, None, Cause.REFUSED)
    if house.status not in _ASSESSED:
        return Agreement(check, None, Cause.NOT_ASSESSED)
    if check.band is Band.UNDETERMINED:
        return Agreement(check, None, None)
    if house.status in STANDS_FOR[check.band]:
        return Agreement(check, True, None)
    if house.unguarded is not house.status:
        return Agreement(check, False, Cause.MOVING_AWAY)
    return Agreement(check, False, _cause(check, house, share))


def _cause(check: CrossCheck, house: _House, share: CrossCheck | None) -> Cause:
    if check.method is Method.WEATHER:
        return _cause_of_weather(check, house, share)
    if check.method is Method.BFP:
        return _cause_of_plan_bureau(check, house, share)
    return _cause_of_share(check, house, share)


def _cause_of_share(check: CrossCheck, house: _House, share: CrossCheck | None) -> Cause:
    """Path, then growth, then cut-offs.

    Constant differences carried on to the target's day cover exactly S of the way, so that S is what the
    UN ratio would be without compound growth.
    """
    assert check.band is not None, "it disagrees"
    if house.straight in STANDS_FOR[check.band]:
        return Cause.MILESTONES
    if share is not None and share.value is not None and check.method is not Method.LINEAR_SHARE:
        un = check.method is Method.UN_RATIO
        cut_offs = un_ratio.CUT_OFFS if un else linear_share.CUT_OFFS
        linear = band_of(share.value, cut_offs, Band.STAGNATION if un else Band.DETERIORATING)
        if house.status in STANDS_FOR[linear]:
            return Cause.GEOMETRIC
    return Cause.MILESTONES if house.straight is not house.status else Cause.BANDS


def _cause_of_weather(check: CrossCheck, house: _House, share: CrossCheck | None) -> Cause:
    """What the symbol would be at the pace since the baseline; of a target met, only the trend is asked."""
    if share is not None and share.band is Band.ATTAINED:
        return Cause.RECENT_TREND
    if share is not None and share.refusal is Refusal.EQUAL_BASELINE:
        return Cause.BANDS
    ratio, covered = _straight(share)
    if ratio is None or covered is None:
        return Cause.FINAL_TARGET
    steady = symbol((1 - ratio) / (1 - covered), ratio)
    return Cause.RECENT_TREND if house.status in STANDS_FOR[steady] else Cause.FINAL_TARGET


def _cause_of_plan_bureau(check: CrossCheck, house: _House, share: CrossCheck | None) -> Cause:
    """Without the margin; then on the line from the baseline through the judged value."""
    if check.value is not None and house.status in STANDS_FOR[within_margin(check.value, 0.0)]:
        return Cause.MARGIN
    ratio, _ = _straight(share)
    base, target = _number(share, Term.BASE_VALUE), _number(share, Term.TARGET)
    if ratio is None or base is None or not target:
        return Cause.FINAL_TARGET
    steady = within_margin((ratio - 1) * abs(target - base) / abs(target))
    return Cause.WHOLE_SERIES if house.status in STANDS_FOR[steady] else Cause.FINAL_TARGET


def _straight(share: CrossCheck | None) -> tuple[float | None, float | None]:
    """S and the share of the way covered, where there is a way."""
    return (share.value if share else None), _number(share, Term.SHARE_OF_WAY)


def _number(share: CrossCheck | None, name: Term) -> float | None:
    found = share.term(name) if share else None
    return found if isinstance(found, int | float) else None


def agreeing(agreements: Iterable[Agreement]) -> tuple[int, int]:
    """How many methods agree, out of how many that could be compared."""
    compared = [a.agrees for a in agreements if a.agrees is not None]
    return sum(compared), len(compared)
