"""The pace that is asked for, and the best one observed; from 50 in 2025 to 60 in 2027, 5 a year."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from data_access.domain.cohort import Window
from data_access.domain.methods.check import Refusal
from data_access.domain.pace import NoPace, Pace, YearlyChange, required_pace
from data_access.domain.period import Period
from data_access.domain.polarity import Polarity
from data_access.domain.reading import Reading
from data_access.domain.status import evaluate_status
from data_access.domain.target import TargetPath
from tests.data_access.domain.builders import CUTOFF, path, reading
from tests.data_access.domain.methods.cases import DEFAULT, HIGHER, LOWER, years


def pace(
    series: list[Reading],
    target: TargetPath | None = DEFAULT,
    *,
    polarity: Polarity = HIGHER,
    on: date = CUTOFF,
    breaks: tuple[date, ...] = (),
    **more: Any,
) -> Pace | NoPace:
    found = evaluate_status(
        series, [target] if target else [], polarity=polarity, scored=True, on=on, breaks=breaks, **more
    )
    return required_pace(found, series, polarity=polarity, breaks=breaks, on=on)


def asked(*args: Any, **more: Any) -> Pace:
    found = pace(*args, **more)
    assert isinstance(found, Pace)
    return found


def test_what_is_left_is_shared_over_the_years_left() -> None:
    """10 points in two years, against 4 from 2022 to 2023: 1.25 times the best."""
    found = asked(years(45, 49, 48, 50, last=2025))
    assert (found.required, found.remaining, found.years) == (5.0, 10.0, 2.0)
    assert found.best == YearlyChange(Period.parse("2022"), Period.parse("2023"), 4.0)
    assert found.ratio == pytest.approx(1.25)
    assert (str(found.since), found.changes) == ("2022", 3)


def test_what_should_fall_has_a_falling_pace() -> None:
    found = asked(years(60, 58, 59, 50), path(60, 40), polarity=LOWER)
    assert found.required == -5.0
    assert found.best is not None
    assert found.best.change == -9.0
    assert found.ratio == pytest.approx(5 / 9)


def test_a_part_of_a_year_is_a_part() -> None:
    """From the end of September 2026 to the end of 2027: 1 year and 92 of 366 days."""
    found = asked([reading(50, "2026-Q3")])
    assert found.years == pytest.approx(1 + 92 / 366)
    assert found.required == pytest.approx(10 / (1 + 92 / 366))


def test_a_series_that_never_moved_the_right_way_has_no_best_pace() -> None:
    found = asked(years(53, 52, 52, 50))
    assert (found.best, found.ratio, found.changes) == (None, None, 3)


def test_a_single_value_has_nothing_to_compare_with() -> None:
    found = asked(years(50))
    assert (found.required, found.best, found.since, found.changes) == (5.0, None, None, 0)


def test_the_same_quarter_a_year_before_is_compared_and_any_quarter_may_be_the_best() -> None:
    """30 more than in the quarter before is a season; 7 more than a year before is not."""
    names = {"2024-Q2": 20, "2024-Q3": 48, "2025-Q2": 27, "2025-Q3": 50}
    found = asked([reading(v, p) for p, v in names.items()])
    assert found.best == YearlyChange(Period.parse("2024-Q2"), Period.parse("2025-Q2"), 7.0)


def test_of_equal_changes_the_latest_is_named() -> None:
    found = asked(years(44, 47, 47, 50))
    assert found.best == YearlyChange(Period.parse("2024"), Period.parse("2025"), 3.0)


def test_a_gap_makes_no_yearly_change() -> None:
    found = asked(years(30, None, 48, 50))
    assert found.best is not None
    assert (found.best.change, found.changes) == (2.0, 1)


def test_a_leap_over_a_break_is_no_pace_but_one_before_it_is() -> None:
    series = years(20, 24, 25, 48, 50)
    known = path(decided_on=date(2024, 6, 1))  # decided after the break of 2024, from the older baseline
    found = asked(series, known, breaks=(date(2024, 1, 1),))
    assert found.best == YearlyChange(Period.parse("2021"), Period.parse("2022"), 4.0)
    assert found.changes == 3


def test_a_later_cohort_still_followed_is_not_the_best() -> None:
    series = [reading(45, "2023"), reading(50, "2024"), reading(90, "2025")]
    found = asked(series, window=Window(12, 3), on=date(2026, 10, 31))
    assert found.best is not None
    assert found.best.change == 5.0


def test_a_gap_closes_at_the_pace_of_its_size() -> None:
    """From -8 through 6 to -5, 2 is asked for: sizes 8, 6, 5; 1.5 a year, the best was 2."""
    found = asked(years(-8, 6, -5), path(-10, -2), polarity=Polarity.ZERO_GAP)
    assert found.required == pytest.approx(-1.5)
    assert found.ratio == pytest.approx(0.75)


@pytest.mark.parametrize(("value", "required"), [(84, 3.0), (116, -3.0)])
def test_a_band_is_reached_at_its_nearest_edge(value: float, required: float) -> None:
    found = asked(years(value), path(80, band=(90, 110)), polarity=Polarity.BAND)
    assert found.required == pytest.approx(required)


@pytest.mark.parametrize(
    ("series", "more", "reason"),
    [
        (years(60), {}, Refusal.TARGET_REACHED),
        (years(61), {"target": path(None, 60)}, Refusal.TARGET_REACHED),
        (years(95), {"target": path(80, band=(90, 110)), "polarity": Polarity.BAND}, Refusal.TARGET_REACHED),
        (years(50), {"target": None}, Refusal.NO_TARGET),
        ([], {}, Refusal.NO_VALUE),
        (years(50), {"polarity": Polarity.NEUTRAL}, Refusal.NEUTRAL),
        (years(50), {"breaks": (date(2025, 1, 1),)}, Refusal.SERIES_BREAK),
        (years(50, last=2026), {"on": date(2027, 12, 31)}, Refusal.TARGET_DUE),
        (years(50, last=2027), {"on": date(2028, 3, 1)}, Refusal.TARGET_DUE),
    ],
)
def test_no_pace_is_asked_for(series: list[Reading], more: dict[str, Any], reason: Refusal) -> None:
    assert pace(series, **more) == NoPace(reason)


def test_without_a_baseline_a_pace_can_still_be_asked_for() -> None:
    assert asked(years(50), path(None, 60)).required == 5.0


def test_the_day_before_the_target_is_in_time() -> None:
    assert asked(years(50, last=2026), on=date(2027, 12, 30)).required == 10.0


@given(st.lists(st.integers(0, 59), min_size=2, max_size=9), st.sampled_from([1, 2.0, 0.25]))
def test_the_best_is_the_largest_step_and_the_unit_does_not_change_the_ratio(
    values: list[int], scale: float
) -> None:
    steps = [values[i + 1] - values[i] for i in range(len(values) - 1)]
    own = asked(years(*values))
    scaled = asked(years(*(scale * v for v in values)), path(scale * 40, scale * 60))
    assert scaled.ratio == own.ratio
    if max(steps) <= 0:
        assert own.best is None
    else:
        assert own.best is not None
        assert own.best.change == max(steps)
        assert own.ratio == pytest.approx((60 - values[-1]) / 2 / max(steps))
