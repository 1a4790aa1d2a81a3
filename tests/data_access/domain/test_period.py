"""Calendar periods as SDMX writes them."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from data_access.domain.errors import UserError
from data_access.domain.period import PERIODS_PER_YEAR, Freq, Period

periods = st.builds(
    lambda freq, year, share: Period(freq, year, 1 + int(share * PERIODS_PER_YEAR[freq])),
    st.sampled_from(Freq),
    st.integers(1950, 2050),
    st.floats(0, 0.999),
)


@pytest.mark.parametrize(
    ("text", "start", "end"),
    [
        ("2024", date(2024, 1, 1), date(2024, 12, 31)),
        ("2024-S2", date(2024, 7, 1), date(2024, 12, 31)),
        ("2024-Q1", date(2024, 1, 1), date(2024, 3, 31)),
        ("2024-Q3", date(2024, 7, 1), date(2024, 9, 30)),
        ("2024-02", date(2024, 2, 1), date(2024, 2, 29)),
        ("2025-12", date(2025, 12, 1), date(2025, 12, 31)),
    ],
)
def test_a_period_has_its_first_and_last_day(text: str, start: date, end: date) -> None:
    period = Period.parse(text)
    assert (period.start, period.end, str(period)) == (start, end, text)


@pytest.mark.parametrize(
    "text", ["", "24", "2024-13", "2024-00", "2024-Q5", "2024-S3", "2024Q1", "1899", "2101", "2024-1"]
)
def test_what_is_no_period_is_refused_by_name(text: str) -> None:
    with pytest.raises(UserError) as caught:
        Period.parse(text)
    assert caught.value.code == "impossible_period"
    assert caught.value.facts["value"] == text


@given(periods)
def test_writing_and_reading_a_period_gives_it_back(period: Period) -> None:
    assert Period.parse(str(period)) == period


@given(periods, st.integers(-50, 50))
def test_shifting_there_and_back_is_no_shift(period: Period, steps: int) -> None:
    assert period.shift(steps).shift(-steps) == period


@given(periods)
def test_the_next_period_begins_the_day_after(period: Period) -> None:
    assert period.shift(1).start == period.end + timedelta(days=1)
    assert period < period.shift(1)


@given(periods)
def test_a_day_of_a_period_leads_back_to_it(period: Period) -> None:
    assert Period.containing(period.end, period.freq) == period


def test_the_year_before_is_the_same_period_a_year_earlier() -> None:
    assert str(Period.parse("2026-Q3").year_before) == "2025-Q3"
