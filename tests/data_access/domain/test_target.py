"""Which target holds, and what it asks for on a day."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from data_access.domain.target import expected_value, milestone_for, path_in_force
from tests.data_access.domain.builders import path


@pytest.mark.parametrize(
    ("day", "value"),
    [
        (date(2020, 1, 1), 40.0),
        (date(2022, 12, 31), 40.0),
        (date(2023, 12, 31), 44.0),
        (date(2024, 6, 30), 44.0 + 6.0 * 182 / 366),  # 2024 is a leap year: 182 of 366 days
        (date(2024, 12, 31), 50.0),
        (date(2027, 12, 31), 60.0),
        (date(2030, 1, 1), 60.0),
    ],
)
def test_straight_lines_join_baseline_milestones_and_target(day: date, value: float) -> None:
    assert expected_value(path(milestones={2023: 44.0, 2024: 50.0}), day) == pytest.approx(value)


@given(st.dates(date(2022, 12, 31), date(2027, 12, 31)))
def test_the_path_agrees_with_a_slow_twin_that_walks_day_by_day(day: date) -> None:
    whole = (date(2027, 12, 31) - date(2022, 12, 31)).days
    slow = 40.0
    for _ in range((day - date(2022, 12, 31)).days):
        slow += 20 / whole
    assert expected_value(path(), day) == pytest.approx(slow)


def test_the_version_in_force_is_the_latest_that_has_begun() -> None:
    first, second = path(end=60.0), path(end=50.0, valid_from=date(2025, 7, 1))
    assert path_in_force([second, first], date(2022, 12, 31)) is None
    assert path_in_force([second, first], date(2025, 6, 30)) is first
    assert path_in_force([second, first], date(2025, 7, 1)) is second


def test_of_two_versions_from_one_day_the_later_decision_holds() -> None:
    first, second = path(end=60.0), path(end=50.0, decided_on=date(2023, 5, 1))
    assert path_in_force([second, first], date(2024, 1, 1)) is second


def test_the_milestone_of_a_year_is_that_of_its_end_and_in_the_last_year_the_target() -> None:
    made = path(milestones={2024: 48.0})
    found = milestone_for(made, date(2024, 3, 1))
    assert found is not None
    assert found.value == 48.0
    assert milestone_for(made, date(2025, 3, 1)) is None
    assert milestone_for(made, date(2027, 3, 1)) is made.target
