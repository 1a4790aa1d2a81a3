"""Periods, paths, seasons and what an immature cohort shows, by hand."""

from __future__ import annotations

import pytest

from data_access.contract.model import CohortWindow
from data_access.domain.period import Freq, Period
from data_access.tables.demonstration.calibration import load_model
from data_access.tables.demonstration.timeline import accrued, along, is_mature, periods, season


def parsed(*texts: str) -> list[Period]:
    return [Period.parse(text) for text in texts]


@pytest.mark.parametrize(
    ("freq", "first", "last", "count"),
    [
        (Freq.MONTH, "2022-01", "2026-10", 58),
        (Freq.QUARTER, "2022-Q1", "2026-Q3", 19),
        (Freq.SEMESTER, "2022-S1", "2026-S1", 9),
        (Freq.ANNUAL, "2021", "2025", 5),
    ],
)
def test_the_periods_are_those_of_the_issue(freq: Freq, first: str, last: str, count: int) -> None:
    found = periods(freq)
    assert (str(found[0]), str(found[-1]), len(found)) == (first, last, count)


def test_a_path_is_linear_between_its_points_and_level_outside_them() -> None:
    # Middles: 2022 is 2022.5, 2024 is 2024.5, 2023-Q1 is 2023.125.
    found = along({"2022": 10.0, "2024": 18.0}, parsed("2021", "2022", "2023-Q1", "2023", "2024", "2026"))
    assert found.tolist() == pytest.approx([10.0, 10.0, 12.5, 14.0, 18.0, 18.0])


@pytest.mark.parametrize("name", ["flat", "intake", "youth", "training", "vacancies"])
def test_a_season_changes_months_and_not_the_year(name: str) -> None:
    profile = load_model().seasons[name]
    assert len(profile) == 12
    assert sum(profile) == pytest.approx(12)
    assert season(profile, parsed("2024")).tolist() == pytest.approx([1.0])
    assert season(profile, parsed("2024-09")).tolist() == [profile[8]]


def test_september_brings_the_most_entries() -> None:
    profile = load_model().seasons["intake"]
    assert max(profile) == profile[8]


@pytest.mark.parametrize(
    ("window", "lag", "last"),
    [
        (12, 3, "2025-Q2"),  # 30 June 2025 + 12 + 3 months is 30 September 2026; the next is too late
        (3, 1, "2026-Q2"),
        (24, 3, "2024-Q2"),
    ],
)
def test_a_cohort_is_mature_once_its_window_and_lag_are_over(window: int, lag: int, last: str) -> None:
    cohort, newest = CohortWindow(window_months=window, lag_months=lag), Period.parse(last)
    assert is_mature(cohort, newest)
    assert not is_mature(cohort, newest.shift(1))


def test_younger_cohorts_show_less_and_the_youngest_nothing() -> None:
    window = CohortWindow(window_months=12, lag_months=3)
    shown = accrued(window, parsed("2025-Q2", "2025-Q3", "2025-Q4", "2026-Q1", "2026-Q2", "2026-Q3")).tolist()
    assert shown[0] == 1.0
    assert shown == sorted(shown, reverse=True)
    assert shown[1] <= 0.91
    assert shown[-1] == 0.0  # mid-August + 3 months lies after the cut-off


def test_what_is_no_cohort_is_shown_whole() -> None:
    assert accrued(None, parsed("2026-10")).tolist() == [1.0]
