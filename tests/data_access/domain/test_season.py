"""What is left of a series without its season, by hand computation and by a twin over dates."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from statsmodels.stats.proportion import proportion_confint

from data_access.domain.confidentiality import Availability
from data_access.domain.period import Freq, Period
from data_access.domain.reading import Reading
from data_access.domain.season import Season, deseason
from tests.data_access.domain.builders import reading

SEASONS = [Season.YEAR_ON_YEAR, Season.SUM_12_MONTHS, Season.MEAN_12_MONTHS]


def series(first: str, values: list[float | None], **more: Any) -> list[Reading]:
    """Successive readings; None is missing."""
    start = Period.parse(first)
    return [
        Reading(start.shift(step), value, **more)
        if value is not None
        else Reading(start.shift(step), None, Availability.MISSING)
        for step, value in enumerate(values)
    ]


def shown(readings: list[Reading]) -> dict[str, float | None]:
    return {str(r.period): r.value for r in readings}


@pytest.mark.parametrize(
    ("season", "expected"),
    [
        # 8 - 1, 4 - 2; 1+2+3+6, 2+3+6+8, 3+6+8+4; the same over 4.
        (Season.YEAR_ON_YEAR, {"2025-Q1": 7, "2025-Q2": 2}),
        (Season.SUM_12_MONTHS, {"2024-Q4": 12, "2025-Q1": 19, "2025-Q2": 21}),
        (Season.MEAN_12_MONTHS, {"2024-Q4": 3, "2025-Q1": 4.75, "2025-Q2": 5.25}),
    ],
)
def test_quarters_by_hand(season: Season, expected: dict[str, float]) -> None:
    assert shown(deseason(series("2024-Q1", [1, 2, 3, 6, 8, 4]), season)) == expected


@pytest.mark.parametrize(
    ("first", "length", "last"),
    [("2024-S1", 2, "2024-S2"), ("2024-01", 12, "2024-12"), ("2024-Q2", 4, "2025-Q1")],
)
def test_twelve_months_are_two_semesters_four_quarters_or_twelve_months(
    first: str, length: int, last: str
) -> None:
    values: list[float | None] = [10.0] * length
    assert shown(deseason(series(first, values), Season.SUM_12_MONTHS)) == {last: 10.0 * length}
    assert deseason(series(first, values[1:]), Season.SUM_12_MONTHS) == []


@pytest.mark.parametrize("season", SEASONS)
def test_years_and_series_without_season_come_back_as_they_are(season: Season) -> None:
    years = series("2022", [1, None, 3], half_width=0.5, origin_batch=3)
    quarters = series("2024-Q1", [1, 2, 3, 4, 5])
    assert deseason(years, season, [date(2023, 1, 1)]) == years
    assert deseason(quarters, Season.NONE) == quarters


@pytest.mark.parametrize("availability", [Availability.MISSING, Availability.HIDDEN])
def test_what_is_missing_or_hidden_takes_every_window_that_holds_it(availability: Availability) -> None:
    readings = series("2023-Q1", [1, 2, 3, 4, 5, 6, 7, 8, 9])
    readings[3] = Reading(Period.parse("2023-Q4"), None, availability)
    assert list(shown(deseason(readings, Season.YEAR_ON_YEAR))) == [
        "2024-Q1",
        "2024-Q2",
        "2024-Q3",
        "2025-Q1",
    ]
    assert list(shown(deseason(readings, Season.SUM_12_MONTHS))) == ["2024-Q4", "2025-Q1"]


def test_a_period_left_out_is_missing_too() -> None:
    readings = series("2024-Q1", [1, 2, 3, 4, 5])
    del readings[2]
    assert shown(deseason(readings, Season.SUM_12_MONTHS)) == {}
    assert shown(deseason(readings, Season.YEAR_ON_YEAR)) == {"2025-Q1": 4}


@pytest.mark.parametrize(
    ("day", "sums", "differences"),
    [
        # Windows of sums end with 2024-Q4, 2025-Q1, 2025-Q2 and begin on 1/1, 1/4, 1/7/2024.
        (date(2024, 1, 1), ["2024-Q4", "2025-Q1", "2025-Q2"], ["2025-Q1", "2025-Q2"]),
        (date(2024, 1, 2), ["2025-Q1", "2025-Q2"], ["2025-Q2"]),
        (date(2024, 4, 1), ["2025-Q1", "2025-Q2"], ["2025-Q2"]),
        (date(2025, 3, 31), ["2024-Q4"], []),
        (date(2025, 6, 30), ["2024-Q4", "2025-Q1"], ["2025-Q1"]),
        (date(2025, 7, 1), ["2024-Q4", "2025-Q1", "2025-Q2"], ["2025-Q1", "2025-Q2"]),
    ],
)
def test_a_break_parts_a_window_unless_it_begins_it(
    day: date, sums: list[str], differences: list[str]
) -> None:
    readings = series("2024-Q1", [1, 2, 3, 4, 5, 6])
    assert list(shown(deseason(readings, Season.SUM_12_MONTHS, [day]))) == sums
    assert list(shown(deseason(readings, Season.YEAR_ON_YEAR, [day]))) == differences


@pytest.mark.parametrize("season", SEASONS)
@pytest.mark.parametrize("flag", ["provisional", "estimated", "demonstration"])
def test_one_uncertain_part_makes_the_value_uncertain(season: Season, flag: str) -> None:
    readings = series("2024-Q1", [1, 2, 3, 4, 5, 6], origin_batch=7)
    readings[4] = Reading(Period.parse("2025-Q1"), 5, origin_batch=8, **{flag: True})
    found = {str(r.period): r for r in deseason(readings, season)}
    assert getattr(found["2025-Q1"], flag) is True
    assert getattr(found["2025-Q2"], flag) is (season is not Season.YEAR_ON_YEAR)
    assert [found[p].origin_batch for p in ("2025-Q1", "2025-Q2")] == [8, 7]


def rates(*counts: tuple[float | None, float | None], half_width: float | None = 5.0) -> list[Reading]:
    start = Period.parse("2024-Q1")
    return [
        Reading(
            start.shift(step),
            100 * top / bottom if top is not None and bottom else 40.0,
            half_width=half_width,
            numerator=top,
            denominator=bottom,
        )
        for step, (top, bottom) in enumerate(counts)
    ]


def test_a_mean_of_rates_is_the_ratio_of_the_sums() -> None:
    """10/20, 30/100, 40/40 and 20/40 are 50, 30, 100 and 50 %: 100/200 is 50 %, their plain mean 57.5 %."""
    [found] = deseason(rates((10, 20), (30, 100), (40, 40), (20, 40)), Season.MEAN_12_MONTHS)
    low, high = proportion_confint(100, 200, method="wilson")
    assert found.value == pytest.approx(50)
    assert (found.numerator, found.denominator) == (100, 200)
    assert found.half_width == pytest.approx(50 * (high - low))


def test_the_ratio_of_sums_keeps_the_unit_of_the_values() -> None:
    """Days per file: 200 for 20 files and 300 for 80 are 500 for 100, so 5 days; that is no proportion."""
    semesters = [
        Reading(Period.parse("2024-S1"), 10.0, numerator=200, denominator=20),
        Reading(Period.parse("2024-S2"), 3.75, numerator=300, denominator=80),
    ]
    [found] = deseason(semesters, Season.MEAN_12_MONTHS)
    assert (found.value, found.half_width) == (5.0, None)


@pytest.mark.parametrize("gap", [(None, 20), (8, None), (0, 0)])
def test_with_one_count_unknown_a_mean_is_the_plain_one(gap: tuple[float | None, float | None]) -> None:
    """40, 30, 100 and 50 % are 55 % on average, without an interval."""
    [found] = deseason(rates(gap, (30, 100), (40, 40), (20, 40)), Season.MEAN_12_MONTHS)
    assert (found.value, found.half_width, found.numerator, found.denominator) == (55.0, None, None, None)


def test_sums_and_differences_have_no_interval() -> None:
    readings = rates((10, 20), (30, 100), (40, 40), (20, 40), (10, 20))
    for season in (Season.SUM_12_MONTHS, Season.YEAR_ON_YEAR):
        for found in deseason(readings, season):
            assert (found.half_width, found.numerator, found.denominator) == (None, None, None)


def twin(readings: list[Reading], season: Season, breaks: list[date]) -> dict[str, float]:
    """The same by the days of the calendar: which readings end within the year up to the end of each."""
    found = {}
    per_year = {Freq.SEMESTER: 2, Freq.QUARTER: 4, Freq.MONTH: 12}[readings[0].period.freq]
    for r in readings:
        end = r.period.end
        year_ago = date(
            end.year - 1, end.month, 28
        )  # before the end of that month, after that of all earlier
        within = [x for x in readings if year_ago < x.period.start and x.period.end <= end]
        if season is Season.YEAR_ON_YEAR:
            within = [
                x for x in readings if (x.period.end.month, x.period.end.year) == (end.month, end.year - 1)
            ]
            within.append(r)
        needed = 2 if season is Season.YEAR_ON_YEAR else per_year
        values = [x.value for x in within if x.value is not None]
        if len(values) < needed or any(within[0].period.start < day <= end for day in breaks):
            continue
        total = values[1] - values[0] if season is Season.YEAR_ON_YEAR else sum(values)
        found[str(r.period)] = total / per_year if season is Season.MEAN_12_MONTHS else total
    return found


@given(
    st.sampled_from(["2023-S2", "2023-Q3", "2023-05"]),
    st.lists(st.one_of(st.none(), st.integers(-1000, 1000).map(float)), min_size=1, max_size=40),
    st.sampled_from(SEASONS),
    st.lists(st.dates(date(2023, 1, 1), date(2027, 12, 31)), max_size=2),
)
def test_as_the_calendar_twin(
    first: str, values: list[float | None], season: Season, breaks: list[date]
) -> None:
    readings = series(first, values)
    assert shown(deseason(readings, season, breaks)) == pytest.approx(twin(readings, season, breaks))


def test_a_year_of_any_season_is_flat_without_it() -> None:
    """The same four quarters again and again: no change, one sum, one mean."""
    readings = [reading(v, f"{y}-Q{q}") for y in (2023, 2024) for q, v in enumerate((5, 9, 1, 5), start=1)]
    assert set(shown(deseason(readings, Season.YEAR_ON_YEAR)).values()) == {0}
    assert set(shown(deseason(readings, Season.SUM_12_MONTHS)).values()) == {20}
    assert set(shown(deseason(readings, Season.MEAN_12_MONTHS)).values()) == {5}
