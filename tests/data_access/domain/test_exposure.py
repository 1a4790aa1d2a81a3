"""How far cohorts are followed: the table of the domain report §3.1, written for 23 November 2026."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from data_access.domain.cohort import Maturity, Window, add_months
from data_access.domain.exposure import (
    Reached,
    follow_up_crosses,
    followed_months,
    funnel_maturity,
    reform_exposure,
    sort_by_exposure,
    stage_maturity,
    step_maturity,
)
from data_access.domain.period import Freq, Period
from tests.data_access.domain.funnel_builders import VINTAGE, chain, funnel, stage

REFORM = date(2026, 1, 1)
quarters = st.builds(Period, st.just(Freq.QUARTER), st.integers(2022, 2027), st.integers(1, 4))
days = st.dates(date(2023, 1, 1), date(2028, 12, 31))


@pytest.mark.parametrize(
    ("cohort", "months", "state"),
    [
        ("2023", 12, Maturity.MATURE),
        ("2024", 12, Maturity.MATURE),
        ("2025-Q1", 12, Maturity.MATURE),
        ("2025-Q2", 12, Maturity.MATURE),
        ("2025-Q3", 12, Maturity.MATURE),
        ("2025-Q4", 12, Maturity.PARTIAL),
        ("2026", 12, Maturity.IMMATURE),
        # Durability: twelve months more after an exit that may come in the twelfth month.
        ("2024", 24, Maturity.PARTIAL),
        ("2025", 24, Maturity.IMMATURE),
    ],
)
def test_the_table_of_the_report_of_a_funnel_and_of_its_last_stage(
    cohort: str, months: int, state: Maturity
) -> None:
    last = stage("X2", 50, 0, window=Window(months, 0))
    found = funnel([stage("X1", 100, 50), last], cohort=Period.parse(cohort), window=Window(months, 0))
    assert funnel_maturity(found, VINTAGE) is state
    assert stage_maturity(found, last, VINTAGE) is state


def test_the_delay_of_a_stages_source_counts() -> None:
    found = funnel(chain([100, 50], window=Window(12, 2)), cohort=Period.parse("2025-Q3"))
    assert stage_maturity(found, found.stages[1], VINTAGE) is Maturity.PARTIAL  # delivered on 30 November
    assert stage_maturity(found, found.stages[1], date(2026, 11, 30)) is Maturity.MATURE


def test_entering_takes_no_time_and_a_step_waits_for_the_slower_end() -> None:
    """F-PART: the first meeting kept has one month, the meeting arranged before it twelve."""
    stages = [stage("R1", 100, 80), stage("R3", 80, 60), stage("R4", 60, 0, window=Window(1, 0))]
    found = funnel(stages, cohort=Period.parse("2026-Q2"))
    assert [stage_maturity(found, s, VINTAGE) for s in found.stages] == [
        Maturity.MATURE,
        Maturity.IMMATURE,
        Maturity.MATURE,
    ]
    assert step_maturity(found, found.stages[2], VINTAGE) is Maturity.IMMATURE


def test_six_months_for_all() -> None:
    cohorts = [Period.parse(f"2026-Q{n}") for n in (3, 2, 1)] + [Period.parse("2025-Q4")]
    found = sort_by_exposure(cohorts, 6, 0, VINTAGE)
    assert [str(p) for p in found.complete] == ["2025-Q4", "2026-Q1"]
    assert [str(p) for p in found.partial] == ["2026-Q2"]  # who came in April has had six months in October
    assert [str(p) for p in found.not_yet] == ["2026-Q3"]
    # With two months of delay the first quarter's last entrant (31 March) is known on 30 November only.
    assert [str(p) for p in sort_by_exposure(cohorts, 6, 2, VINTAGE).complete] == ["2025-Q4"]


def test_no_negative_months() -> None:
    with pytest.raises(ValueError, match="no follow-up"):
        sort_by_exposure([], -1, 0, VINTAGE)


@given(quarters, st.integers(0, 6), days)
def test_the_months_followed_are_the_most_that_are_complete(cohort: Period, lag: int, vintage: date) -> None:
    complete = [m for m in range(90) if add_months(cohort.end, m + lag) <= vintage]
    assert followed_months(cohort, lag, vintage) == (max(complete) if complete else None)


@pytest.mark.parametrize(
    ("cohort", "months", "crosses"),
    [
        ("2024-Q4", 12, False),
        ("2025-Q1", 12, True),
        ("2025-Q4", 3, True),
        ("2025-Q3", 3, False),  # its last entrant is followed to 31 December 2025
        ("2025", 12, True),
        ("2026-Q1", 12, False),  # entered after the reform
        ("2026", 12, False),
        ("2025-S2", 1, True),
    ],
)
def test_a_reform_in_the_follow_up_of_those_who_entered_before(
    cohort: str, months: int, *, crosses: bool
) -> None:
    period = Period.parse(cohort)
    assert follow_up_crosses(period, months, [date(2019, 1, 1), REFORM]) is crosses
    assert not follow_up_crosses(period, months, [])


@given(quarters, st.integers(1, 24))
def test_crossing_is_a_partial_exposure_of_earlier_entries(cohort: Period, months: int) -> None:
    reached = reform_exposure(cohort, months, REFORM).reached
    assert follow_up_crosses(cohort, months, [REFORM]) == (reached is Reached.PARTLY)


def slowly(cohort: Period, months: int) -> float:
    """The mean share of days on or after the reform, day by day and person by person."""
    shares = []
    day = cohort.start
    while day <= cohort.end:
        close = add_months(day, months)
        followed = [day + timedelta(days=n) for n in range((close - day).days + 1)]
        shares.append(sum(1 for each in followed if each >= REFORM) / len(followed))
        day += timedelta(days=1)
    return sum(shares) / len(shares)


@pytest.mark.parametrize(
    ("cohort", "months", "reached"),
    [
        ("2024-Q4", 12, Reached.NONE),  # the last window closes on 31 December 2025
        ("2025-Q1", 12, Reached.PARTLY),
        ("2025-Q4", 12, Reached.PARTLY),
        ("2026-Q1", 12, Reached.WHOLLY),
        ("2024-Q4", 24, Reached.PARTLY),
        ("2024-01", 24, Reached.PARTLY),  # of the last entrant, one month
        ("2023-12", 24, Reached.NONE),
    ],
)
def test_exposure_to_the_reform_day_by_day(cohort: str, months: int, reached: Reached) -> None:
    period = Period.parse(cohort)
    found = reform_exposure(period, months, REFORM)
    assert found.reached is reached
    assert found.share == pytest.approx(slowly(period, months))


@given(quarters, st.integers(1, 24))
def test_later_cohorts_are_more_exposed(cohort: Period, months: int) -> None:
    now, later = (reform_exposure(p, months, REFORM) for p in (cohort, cohort.shift(1)))
    assert 0 <= now.share <= later.share <= 1
    assert (now.share == 0) == (now.reached is Reached.NONE)
    assert (now.share == 1) == (now.reached is Reached.WHOLLY)
