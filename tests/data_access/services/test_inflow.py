"""Information sessions: both readings by hand, self-registrations by quarter, what stays hidden."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest
from sqlalchemy import Engine

from data_access.db import engine as engines
from data_access.domain.confidentiality import Availability, SmallCellRule
from data_access.domain.funnel_flow import NoRate, Rate
from data_access.domain.period import Period
from data_access.services.inflow import InflowSheet, get_inflow
from tests.data_access.builders import cohort, observation, publish

CUTOFF = date(2026, 10, 31)
RULE = SmallCellRule()  # counts from 4, denominators from 30


@pytest.fixture
def bound(engine: Engine) -> Engine:
    engines.bind(engine)
    return engine


def sessions(attended_applied: int = 400, beside: int = 50, entered: int = 300, **more: Any) -> list[Any]:
    """1 000 invited, 600 attended; applications of those who did and of those who did not."""
    about = {"funnel": "F-SI", "cohort": "2024-Q1", "operator": "BF", "observed_through": CUTOFF} | more
    sizes = {"S1": 1000, "S2": 600, "S3": attended_applied + beside, "S4": entered}
    passed = {"S1": 600, "S2": attended_applied, "S3": entered, "S4": 0}
    rows = []
    for stage, size in sizes.items():
        found = dict.fromkeys(("employment", "training", "other_exit"), 0)
        found |= {"next": passed[stage], "pending": size - passed[stage]}
        rows += [cohort(stage=stage, outcome=o, count=n, **about) for o, n in found.items()]
    return rows


def registered(month: str, count: float, **more: Any) -> dict[str, Any]:
    about = {"indicator": "BV-1e", "freq": "M", "time_period": month, "operator": "BF"}
    numbers = {"numerator": count, "denominator": None, "obs_value": count}
    return observation(**about, **numbers, **more)


def ask(engine: Engine, *rows: dict[str, Any], cohorts: tuple[Any, ...]) -> InflowSheet | None:
    publish(engine, *rows, cohorts=cohorts)
    return get_inflow(1, CUTOFF, "BF", None, RULE)


def shares(*rates: Rate | NoRate) -> list[float]:
    return [round(rate.share, 4) for rate in rates if isinstance(rate, Rate)]


def test_both_readings_stand_side_by_side(bound: Engine) -> None:
    """450 applications: 45 % of the invitations; 400 of them are two thirds of the attendances."""
    months = [registered(f"2024-0{n}", 40.0 + n) for n in (1, 2, 3, 4)]
    sheet = ask(bound, *months, cohorts=tuple(sessions()))
    assert sheet is not None
    quarter = sheet.shown
    assert dict(quarter.counts) == {"S1": 1000, "S2": 600, "S3": 450, "S4": 300}
    assert (quarter.with_attendance, quarter.without_attendance) == (400, 50)
    assert shares(quarter.attended_rate, quarter.applied_rate, quarter.entered_rate) == [0.6, 0.45, 0.6667]
    assert shares(quarter.strict_rate, quarter.beside_rate) == [0.6667, 0.1111]
    assert quarter.strict_entered == (250, 300)
    assert quarter.self_registered == 41 + 42 + 43  # April is of another quarter
    assert not sheet.demonstration


def test_few_applications_without_attendance_are_told_by_no_other_number(bound: Engine) -> None:
    sheet = ask(bound, cohorts=tuple(sessions(beside=3)))
    assert sheet is not None
    quarter = sheet.shown
    assert quarter.without_attendance is Availability.HIDDEN
    assert quarter.with_attendance is Availability.HIDDEN
    assert (quarter.strict_rate, quarter.beside_rate) == (NoRate.HIDDEN, NoRate.HIDDEN)
    assert quarter.strict_entered is None


def test_zero_is_a_number(bound: Engine) -> None:
    sheet = ask(bound, cohorts=tuple(sessions(beside=0)))
    assert sheet is not None
    assert (sheet.shown.without_attendance, sheet.shown.strict_entered) == (0, (300, 300))


@pytest.mark.parametrize(
    ("months", "expected"),
    [
        ([40.0, 41.0], Availability.MISSING),  # two months are no quarter
        ([40.0, 3.0, 41.0], Availability.HIDDEN),  # three persons in one of them
        ([], Availability.MISSING),
        ([0.0, 40.0, 41.0], 81),
    ],
)
def test_self_registrations_are_those_of_three_known_months(
    bound: Engine, months: list[float], expected: int | Availability
) -> None:
    rows = [registered(f"2024-0{n}", count) for n, count in enumerate(months, start=1)]
    sheet = ask(bound, *rows, cohorts=tuple(sessions()))
    assert sheet is not None
    assert sheet.shown.self_registered == expected


def test_the_newest_closed_quarter_is_shown_unless_another_is_asked_for(bound: Engine) -> None:
    rows = [r for c in ("2024-Q1", "2025-Q3", "2026-Q2") for r in sessions(cohort=c)]
    sheet = ask(bound, cohorts=tuple(rows))
    assert sheet is not None
    assert str(sheet.shown.view.cohort) == "2025-Q3"  # twelve months and one of delay: 31/10/2026
    named = get_inflow(1, CUTOFF, "BF", Period.parse("2026-Q2"), RULE)
    assert named is not None
    assert str(named.shown.view.cohort) == "2026-Q2"
    assert len(named.quarters) == 3
    assert get_inflow(1, CUTOFF, "VDAB", None, RULE) is None
