"""Which values of a series are a year apart, comparable and known, and how far apart days are."""

from __future__ import annotations

from datetime import date, timedelta
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from data_access.domain.confidentiality import Availability
from data_access.domain.points import Point, fit_points, yearly_points, years_between
from data_access.domain.reading import Reading
from tests.data_access.domain.builders import reading

DAYS = st.dates(date(2000, 1, 1), date(2040, 12, 31))


@pytest.mark.parametrize(
    ("a", "b", "years"),
    [
        (date(2022, 12, 31), date(2027, 12, 31), 5.0),  # 1 826 days: a leap year does not lengthen it
        (date(2025, 12, 31), date(2025, 12, 31), 0.0),
        (date(2024, 12, 31), date(2025, 7, 1), 182 / 365),
        (date(2023, 12, 31), date(2024, 7, 1), 183 / 366),
        (date(2022, 6, 30), date(2027, 12, 31), 5 + 184 / 366),  # the sixth year holds 29 February 2028
        (date(2024, 2, 29), date(2025, 2, 28), 1.0),
        (date(2023, 2, 28), date(2024, 2, 29), 1.0),
        (date(2027, 12, 31), date(2022, 12, 31), -5.0),
    ],
)
def test_whole_calendar_years_are_whole(a: date, b: date, years: float) -> None:
    assert years_between(a, b) == pytest.approx(years, abs=1e-12)


@given(DAYS, DAYS)
def test_years_are_the_days_over_a_mean_year_to_within_two_days(a: date, b: date) -> None:
    assert years_between(a, b) == pytest.approx((b - a).days / 365.25, abs=2 / 365)


@given(DAYS, DAYS)
def test_a_day_later_is_never_sooner(a: date, b: date) -> None:
    assert years_between(a, b + timedelta(days=1)) >= years_between(a, b)


def years(*values: float | None, last: int = 2025) -> list[Reading]:
    """Annual readings that end in a year; None is a year that nobody delivered."""
    first = last + 1 - len(values)
    return [
        reading(v, str(first + i), availability=Availability.MISSING if v is None else Availability.AVAILABLE)
        for i, v in enumerate(values)
    ]


def values(points: tuple[Point, ...]) -> list[float]:
    return [p.value for p in points]


def test_a_point_stands_at_the_end_of_its_period() -> None:
    assert yearly_points(years(1, 2), years(1, 2)[-1], ()) == (
        Point(date(2024, 12, 31), 1),
        Point(date(2025, 12, 31), 2),
    )


def test_a_quarter_is_followed_through_the_same_quarter_of_each_year() -> None:
    names = ["2023-Q3", "2023-Q4", "2024-Q2", "2024-Q3", "2025-Q2", "2025-Q3"]
    series = [reading(i, name) for i, name in enumerate(names)]
    assert values(yearly_points(series, series[-1], ())) == [0, 3, 5]
    assert values(fit_points(series, series[-1], ())) == [0, 3, 5]


def test_a_gap_ends_the_yearly_points_and_costs_a_line_one_point() -> None:
    series = years(1, 2, None, 4, 5)
    assert values(yearly_points(series, series[-1], ())) == [4, 5]
    assert values(fit_points(series, series[-1], ())) == [1, 2, 4, 5]


def test_a_hidden_value_is_a_gap() -> None:
    series = [reading(1, "2023"), reading(None, "2024", availability=Availability.HIDDEN), reading(3, "2025")]
    assert values(yearly_points(series, series[-1], ())) == [3]
    assert values(fit_points(series, series[-1], ())) == [1, 3]


def test_what_comes_after_the_judged_reading_does_not_count() -> None:
    """Later readings are cohorts still followed, or later than the day of the report."""
    series = years(1, 2, 3, 4)
    assert values(yearly_points(series, series[1], ())) == [1, 2]
    assert values(fit_points(series, series[1], ())) == [1, 2]


def test_a_judged_reading_without_a_value_has_no_points() -> None:
    series = years(1, 2, None)
    assert yearly_points(series, series[-1], ()) == ()


@pytest.mark.parametrize(
    ("breaks", "kept"),
    [
        ((), [1, 2, 3, 4]),
        ((date(2024, 1, 1),), [3, 4]),  # 2023 ends the day before
        ((date(2023, 12, 31),), [2, 3, 4]),  # in the last day of 2023, which counts with what follows
        ((date(2024, 6, 1),), [3, 4]),
        ((date(2025, 12, 31),), [4]),
        ((date(2026, 1, 1),), [1, 2, 3, 4]),  # after the judged year
        ((date(2023, 1, 1), date(2025, 1, 1)), [4]),
        ((date(2025, 1, 1), date(2023, 1, 1)), [4]),
    ],
)
def test_nothing_from_before_the_last_break(breaks: tuple[date, ...], kept: list[float]) -> None:
    series = years(1, 2, 3, 4)
    assert values(yearly_points(series, series[-1], breaks)) == kept
    assert values(fit_points(series, series[-1], breaks)) == kept


@given(
    st.lists(st.one_of(st.none(), st.integers(0, 9)), min_size=1, max_size=9),
    st.lists(st.dates(date(2016, 1, 1), date(2027, 1, 1)), max_size=3),
)
def test_the_points_are_those_that_a_walk_backwards_finds(some: list[int | None], breaks: list[date]) -> None:
    """The rule read aloud: a pair of years is severed when p.end < d <= q.end, q being the judged year."""
    series = years(*some)
    judged = series[-1]
    usable = [
        r
        for r in series
        if r.value is not None and not any(r.period.end < day <= judged.period.end for day in breaks)
    ]
    assert values(fit_points(series, judged, breaks)) == [r.value for r in usable]
    walked = [usable[-1]] if usable and usable[-1] == judged else []
    for after, before in pairwise(reversed(usable)):
        if not walked or before.period != after.period.year_before:
            break
        walked.insert(0, before)
    assert values(yearly_points(series, judged, breaks)) == [r.value for r in walked]
