"""Kaplan-Meier and Aalen-Johansen against published examples, statsmodels and slow twins."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from math import isfinite, sqrt

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from statsmodels.duration.survfunc import CumIncidenceRight, SurvfuncRight

from data_access.domain.competing_risks import CumulativeIncidence, estimate_incidence
from data_access.domain.life_table import Month, NoTime
from data_access.domain.time_to_event import SurvivalCurve, estimate_survival

Z = 1.959964
JOB, TRAINING, OTHER = "employment", "training", "other_exit"

# Weeks of remission under 6-mercaptopurine and placebo: Freireich et al. (1963), Blood 21, 699-716, as Gehan
# (1965), Biometrika 52, 203-223, lists them; a plus is censored.
MERCAPTOPURINE = "6 6 6 6+ 7 9+ 10 10+ 11+ 13 16 17+ 19+ 20+ 22 23 25+ 32+ 32+ 34+ 35+"
PLACEBO = "1 1 2 2 3 4 4 5 5 8 8 8 8 11 11 12 12 15 17 22 23"


def grouped(persons: Sequence[tuple[int, str | None]]) -> list[Month[str]]:
    """Months from persons: when each left the table, and by which cause (None: censored)."""
    rows, left = [], len(persons)
    for month in sorted({month for month, _ in persons}):
        causes = [cause for when, cause in persons if when == month]
        events = {cause: causes.count(cause) for cause in causes if cause is not None}
        rows.append(Month(month, left, events, causes.count(None)))
        left -= len(causes)
    return rows


def read(text: str) -> list[Month[str]]:
    """A published list of times."""
    return grouped([(int(t.rstrip("+")), None if t.endswith("+") else "relapse") for t in text.split()])


def survival(rows: Sequence[Month[str]]) -> SurvivalCurve:
    found = estimate_survival(rows)
    assert isinstance(found, SurvivalCurve)
    return found


def incidence(rows: Sequence[Month[str]]) -> CumulativeIncidence[str]:
    found = estimate_incidence(rows)
    assert isinstance(found, CumulativeIncidence)
    return found


def test_the_remissions_of_freireich_under_treatment() -> None:
    curve = survival(read(MERCAPTOPURINE))
    # Klein and Moeschberger (2003), Survival Analysis, table 4.1: S and its standard error at each relapse.
    published = {
        6: (0.857, 0.076),
        7: (0.807, 0.087),
        10: (0.753, 0.096),
        13: (0.690, 0.107),
        16: (0.627, 0.114),
        22: (0.538, 0.128),
        23: (0.448, 0.135),
    }
    found = {p.month: p for p in curve.points}
    for week, (share, error) in published.items():
        assert found[week].share == pytest.approx(share, abs=6e-4)
        assert sqrt(found[week].variance or 0) == pytest.approx(error, abs=6e-4)
    assert curve.median.months == 23
    assert curve.median.high is None  # the upper limit stays above one half to the end of the trial


def test_the_remissions_of_freireich_under_placebo_have_a_median_of_eight() -> None:
    curve = survival(read(PLACEBO))
    assert curve.median.months == 8
    assert curve.points[-1].share == 0
    assert (curve.points[-1].variance, curve.points[-1].low) == (None, None)
    # Nobody is censored, so that the curve is the plain share of those still in remission, counted by hand.
    left = {5: 12, 8: 8, 11: 6, 22: 1}
    found = {p.month: p.share for p in curve.points}
    assert {week: found[week] for week in left} == pytest.approx({w: n / 21 for w, n in left.items()})


def test_breast_cancer_mortality_with_competing_deaths() -> None:
    """Satagopan et al. (2004), British Journal of Cancer 91, 1229-1235, table 2 (percentages)."""
    cancer, other = "cancer", "other"
    rows = [
        Month(7, 305, {}, 1),
        Month(10, 304, {cancer: 1}),
        Month(14, 303, {}, 1),
        Month(16, 302, {cancer: 1}),
        Month(18, 301, {other: 1}),
        Month(23, 300, {cancer: 1}),
        Month(24, 299, {}, 1),
        Month(26, 298, {other: 1}),
        Month(27, 297, {cancer: 1}, 296),
    ]
    found = incidence(rows)
    curve = {p.month: 100 * p.share for p in found.causes[cancer]}
    # The paper adds up terms rounded to 0.3: 0.3, 0.6, 0.9, 1.2; the terms themselves are 0.33.
    for month, published in {10: 0.3, 16: 0.6, 23: 0.9, 27: 1.2}.items():
        assert curve[month] == pytest.approx(published, abs=0.13)
    waiting = dict(zip((row.month for row in rows), found.waiting, strict=True))
    survived = {10: 99.7, 16: 99.3, 18: 99.0, 23: 98.7, 26: 98.3, 27: 98.0}
    assert {m: 100 * waiting[m] for m in survived} == pytest.approx(survived, abs=0.06)


causes = st.sampled_from([None, JOB, TRAINING, OTHER])
groups = st.lists(st.tuples(st.integers(1, 12), causes), min_size=2, max_size=60)


@given(groups)
def test_the_curve_as_statsmodels_has_it(persons: list[tuple[int, str | None]]) -> None:
    theirs = SurvfuncRight([m for m, _ in persons], [int(c is not None) for _, c in persons])
    ours = {p.month: p for p in survival(grouped(persons)).points}
    for month, share, error in zip(theirs.surv_times, theirs.surv_prob, theirs.surv_prob_se, strict=True):
        point = ours[int(month)]
        assert point.share == pytest.approx(share, abs=1e-12)
        if isfinite(error) and 0 < share < 1:
            assert point.variance == pytest.approx(error**2, rel=1e-9)


@given(groups)
def test_the_median_and_its_interval_as_statsmodels_has_them(persons: list[tuple[int, str | None]]) -> None:
    times, status = [m for m, _ in persons], [int(c is not None) for _, c in persons]
    theirs = SurvfuncRight(times, status)
    ours = survival(grouped(persons)).median
    exact = np.isclose(theirs.surv_prob, 0.5).any()  # there the two round 1/2 differently
    if not exact:
        median = theirs.quantile(0.5)
        assert ours.months == (int(median) if isfinite(median) else None)
    if len(theirs.surv_times) and not exact and theirs.surv_prob[-1] > 0:
        low, high = theirs.quantile_ci(0.5, method="cloglog")
        # Where no month at all is compatible with 1/2 theirs has no interval to give.
        assert ours.low == (int(low) if isfinite(low) else None)
        assert ours.high == (int(high) if isfinite(high) else None)


@given(groups)
def test_incidences_as_statsmodels_has_them(persons: list[tuple[int, str | None]]) -> None:
    numbers = {None: 0, JOB: 1, TRAINING: 2, OTHER: 3}
    times = np.array([m for m, _ in persons])
    status = np.array([numbers[c] for _, c in persons])
    if not status.any():
        return
    with np.errstate(all="ignore"):
        theirs = CumIncidenceRight(times, status)
    ours = incidence(grouped(persons))
    for cause, points in ours.causes.items():
        shares, errors = theirs.cinc[numbers[cause] - 1], theirs.cinc_se[numbers[cause] - 1]
        assert [p.share for p in points] == pytest.approx(shares, abs=1e-12)
        for point, error in zip(points, errors, strict=True):
            if isfinite(error):  # theirs divides by zero once nobody is left
                assert point.variance == pytest.approx(error**2, abs=1e-9)


@given(groups)
def test_ways_out_and_those_waiting_add_up_to_everybody(persons: list[tuple[int, str | None]]) -> None:
    found = incidence(grouped(persons))
    for at, waiting in enumerate(found.waiting):
        assert sum(points[at].share for points in found.causes.values()) + waiting == pytest.approx(1)
    for points in found.causes.values():
        assert [p.share for p in points] == sorted(p.share for p in points)
        for p in points:
            assert p.low is None or p.high is None or 0 <= p.low <= p.share <= p.high <= 1


@given(st.lists(st.tuples(st.integers(1, 12), st.sampled_from([JOB, OTHER])), min_size=1, max_size=60))
def test_without_censoring_it_is_a_plain_share_with_a_binomial_variance(
    persons: list[tuple[int, str]],
) -> None:
    total = len(persons)
    for cause, points in incidence(grouped(list(persons))).causes.items():
        for p in points:
            share = sum(1 for month, what in persons if what == cause and month <= p.month) / total
            assert p.share == pytest.approx(share)
            assert p.variance == pytest.approx(share * (1 - share) / total, abs=1e-12)


def test_one_minus_kaplan_meier_overstates_when_there_are_other_ways_out() -> None:
    rows = [
        Month(3, 100, {JOB: 20, OTHER: 40}),
        Month(6, 40, {JOB: 10, OTHER: 10}),
        Month(9, 20, {}, 20),
    ]
    share = incidence(rows).causes[JOB][-1].share
    assert share == pytest.approx(0.30)  # thirty of a hundred found a job, and nobody was censored before
    only_jobs = [
        Month(r.month, r.at_risk, {JOB: r.events.get(JOB, 0)}, r.censored + r.events.get(OTHER, 0))
        for r in rows
    ]
    assert 1 - survival(only_jobs).points[-1].share == pytest.approx(1 - 0.8 * 0.75)  # 40 %


@given(groups)
def test_one_minus_kaplan_meier_never_understates(persons: list[tuple[int, str | None]]) -> None:
    rows = grouped(persons)
    points = incidence(rows).causes.get(JOB, ())
    censored = [(m, c if c == JOB else None) for m, c in persons]
    naive = {p.month: 1 - p.share for p in survival(grouped(censored)).points}
    assert all(naive[p.month] >= p.share - 1e-12 for p in points)


def test_the_limits_by_hand() -> None:
    # After six weeks of 6-MP, 18 of 21: √(3 / (21·18)) = 0.089087; 1.959964·0.089087 / -log 0.857143 =
    # 1.132708, whose exponential is 3.10405; 0.857143^3.10405 and 0.857143^(1/3.10405).
    first = survival(read(MERCAPTOPURINE)).points[0]
    assert (first.low, first.high) == pytest.approx((0.61972, 0.95155), abs=1e-5)
    # 30 of 100 found a job: 1.959964·√(0.3·0.7/100) / (0.3·log 0.3) = -0.248667; 0.3^1.282314 and
    # 0.3^0.779840.
    point = incidence([Month(1, 100, {JOB: 30}, 70)]).causes[JOB][0]
    assert (point.low, point.high) == pytest.approx((0.21355, 0.39106), abs=1e-5)


def test_everybody_left_has_no_interval_although_quotients_round() -> None:
    rows = [Month(1, 5, {JOB: 2}), Month(2, 3, {JOB: 1}), Month(3, 2, {JOB: 1}), Month(4, 1, {JOB: 1})]
    last = incidence(rows).causes[JOB][-1]
    assert last.share == pytest.approx(1)
    assert (last.low, last.high) == (None, None)


def test_nothing_happened_yet_has_no_interval_and_no_median() -> None:
    curve = survival([Month(1, 50, {JOB: 0}), Month(2, 50, {}, 50)])
    assert [(p.share, p.low, p.high) for p in curve.points] == [(1.0, None, None)] * 2
    assert (curve.median.months, curve.median.low, curve.median.high) == (None, None, None)


@pytest.mark.parametrize(
    ("rows", "reason"),
    [
        ([], NoTime.NO_ROWS),
        ([Month(1, 0, {JOB: 0})], NoTime.NOBODY_AT_RISK),
        ([Month(1, 5, {JOB: -1})], NoTime.NEGATIVE),
        ([Month(1, 5, {JOB: 1}, -1)], NoTime.NEGATIVE),
        ([Month(1, -5, {})], NoTime.NEGATIVE),
        ([Month(-1, 5, {})], NoTime.NEGATIVE),
        ([Month(1, 5, {JOB: 4, OTHER: 2})], NoTime.EVENTS_ABOVE_RISK),
        ([Month(1, 5, {JOB: 4}, 2)], NoTime.EVENTS_ABOVE_RISK),
        ([Month(1, 5, {JOB: 1}), Month(1, 4, {JOB: 1})], NoTime.NOT_IN_ORDER),
        ([Month(1, 5, {JOB: 1}), Month(2, 5, {JOB: 1})], NoTime.AT_RISK_DISAGREES),
    ],
)
def test_an_impossible_table_is_refused(rows: list[Month[str]], reason: NoTime) -> None:
    assert estimate_survival(rows) is reason
    assert estimate_incidence(rows) is reason


@given(groups, st.integers(13, 20))
def test_months_without_events_change_nothing(persons: list[tuple[int, str | None]], later: int) -> None:
    rows = grouped([*persons, (later + 1, None)])
    quiet: Mapping[str, int] = {}
    more = [*rows[:-1], Month(later, rows[-1].at_risk, quiet), rows[-1]]
    without = [p for p in survival(more).points if p.month != later]
    assert without == list(survival(rows).points)
    assert survival(more).median == survival(rows).median
