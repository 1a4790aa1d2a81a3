"""The change in a year: what is compared, what is noise, what is better, how large it is."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from data_access.domain.change import Change, change_on_year, movement
from data_access.domain.confidentiality import Availability
from data_access.domain.polarity import Polarity
from data_access.domain.reading import Reading
from tests.data_access.domain.builders import reading


def changed(*readings: Reading, **more: Any) -> Change | None:
    return change_on_year(readings, **{"polarity": Polarity.HIGHER, **more})


def test_the_same_period_a_year_before_is_compared_not_the_one_before() -> None:
    series = [reading(10, "2025-Q3"), reading(90, "2026-Q2"), reading(12, "2026-Q3")]
    found = changed(*series)
    assert found is not None
    assert (found.difference, found.direction, found.better) == (2.0, "up", True)


@pytest.mark.parametrize(
    ("polarity", "before", "after", "better"),
    [
        (Polarity.HIGHER, 10, 12, True),
        (Polarity.HIGHER, 12, 10, False),
        (Polarity.LOWER, 10, 12, False),
        (Polarity.LOWER, 12, 10, True),
        (Polarity.ZERO_GAP, -8, -6, True),
        (Polarity.ZERO_GAP, -2, 5, False),
        (Polarity.BAND, 10, 12, None),
        (Polarity.NEUTRAL, 10, 12, None),
    ],
)
def test_what_is_better_follows_the_polarity(
    polarity: Polarity, before: float, after: float, better: bool | None
) -> None:
    found = changed(reading(before, "2024"), reading(after, "2025"), polarity=polarity)
    assert found is not None
    assert found.better is better


@pytest.mark.parametrize(
    ("after", "direction"),
    # Half widths of 3 and 4 give 5 for the difference (root of the sum of squares).
    [(15.1, "up"), (15.0, "stable"), (5.0, "stable"), (4.9, "down")],
)
def test_inside_the_noise_nothing_has_changed(after: float, direction: str) -> None:
    found = changed(reading(10, "2024", half_width=3.0), reading(after, "2025", half_width=4.0))
    assert found is not None
    assert found.direction == direction
    assert (found.better is None) == (direction == "stable")


def test_a_difference_that_is_not_shown_is_stable() -> None:
    found = changed(reading(10.0, "2024"), reading(10.04, "2025"), decimals=1)
    assert found is not None
    assert found.direction == "stable"


def test_across_a_break_there_is_a_difference_but_no_judgement() -> None:
    found = changed(reading(10, "2025-Q3"), reading(12, "2026-Q3"), breaks=[date(2026, 1, 1)])
    assert found is not None
    assert (found.comparable, found.better, found.difference) == (False, None, 2.0)


@pytest.mark.parametrize(
    "series",
    [
        [],
        [reading(10, "2025")],
        [reading(10, "2023"), reading(12, "2025")],
        [reading(None, "2024", availability=Availability.HIDDEN), reading(12, "2025")],
        [reading(10, "2024"), reading(None, "2025", availability=Availability.MISSING)],
    ],
)
def test_without_both_values_there_is_no_change(series: list[Reading]) -> None:
    assert changed(*series) is None


def test_a_movement_is_measured_against_the_usual_yearly_change() -> None:
    """Yearly changes of 1, 2 and 6: the usual one is 2, so that the last is three times usual."""
    series = [reading(v, str(y)) for v, y in [(10, 2022), (11, 2023), (13, 2024), (19, 2025)]]
    found = changed(*series)
    assert found is not None
    assert movement(series, found) == 3.0


def test_a_movement_needs_two_yearly_changes_and_a_series_that_moves() -> None:
    two = [reading(10, "2024"), reading(12, "2025")]
    still = [reading(10, str(year)) for year in (2023, 2024, 2025)]
    for series in (two, still):
        found = changed(*series)
        assert found is not None
        assert movement(series, found) is None
