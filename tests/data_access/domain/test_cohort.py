"""When a cohort may be judged; the table is that of the domain report §3.1, at 23 November 2026, W = 12."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from data_access.domain.cohort import Maturity, Window, add_months, closes_on, maturity
from data_access.domain.period import Period

VINTAGE = date(2026, 11, 23)


@pytest.mark.parametrize(
    ("cohort", "closes", "state"),
    [
        ("2023", date(2024, 12, 31), Maturity.MATURE),
        ("2024", date(2025, 12, 31), Maturity.MATURE),
        ("2025-Q1", date(2026, 3, 31), Maturity.MATURE),
        ("2025-Q3", date(2026, 9, 30), Maturity.MATURE),
        ("2025-Q4", date(2026, 12, 31), Maturity.PARTIAL),
        ("2026", date(2027, 12, 31), Maturity.IMMATURE),
    ],
)
def test_the_published_table_of_maturity(cohort: str, closes: date, state: Maturity) -> None:
    period, window = Period.parse(cohort), Window(12, 0)
    assert closes_on(period, window) == closes
    assert maturity(period, window, VINTAGE) is state


def test_the_delay_of_the_source_counts() -> None:
    third = Period.parse("2025-Q3")
    assert maturity(third, Window(12, 1), VINTAGE) is Maturity.MATURE  # 31 October 2026
    assert maturity(third, Window(12, 2), VINTAGE) is Maturity.PARTIAL  # 30 November 2026


def test_the_day_itself_is_enough() -> None:
    assert maturity(Period.parse("2025-Q3"), Window(12, 0), date(2026, 9, 30)) is Maturity.MATURE
    assert maturity(Period.parse("2025-Q3"), Window(12, 0), date(2026, 9, 29)) is Maturity.PARTIAL


@pytest.mark.parametrize(
    ("day", "months", "later"),
    [
        (date(2024, 2, 29), 12, date(2025, 2, 28)),
        (date(2025, 9, 30), 3, date(2025, 12, 31)),
        (date(2025, 1, 31), 1, date(2025, 2, 28)),
        (date(2025, 1, 30), 1, date(2025, 2, 28)),
        (date(2025, 1, 15), 12, date(2026, 1, 15)),
        (date(2025, 12, 1), 1, date(2026, 1, 1)),
    ],
)
def test_months_are_added_to_the_same_day_or_the_last_one(day: date, months: int, later: date) -> None:
    assert add_months(day, months) == later


@given(st.dates(date(2000, 1, 1), date(2050, 12, 31)), st.integers(0, 60))
def test_months_added_land_in_the_month_meant(day: date, months: int) -> None:
    later = add_months(day, months)
    assert (later.year * 12 + later.month) - (day.year * 12 + day.month) == months
