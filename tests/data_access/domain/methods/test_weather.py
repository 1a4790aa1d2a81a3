"""The German weather symbols, every sentence of the source.

Towards 60 at the end of 2027, two years after the judged one: with 50 now, 10 are left, and a mean change
of m a year leads to 50 + 2m, so that 1 - m/5 of them would be missed.
"""

from __future__ import annotations

from statistics import mean
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from data_access.domain.methods.check import Band, CrossCheck, Method, Refusal, Term
from data_access.domain.polarity import Polarity
from tests.data_access.domain.builders import path
from tests.data_access.domain.methods.cases import LOWER, told


def symbol(*values: float | None, **more: Any) -> CrossCheck:
    return told(*values, **more)[Method.WEATHER]


def at_fifty(change: float) -> tuple[float, ...]:
    """Six years up to 50, each a change apart."""
    return tuple(50 - change * back for back in range(5, -1, -1))


@pytest.mark.parametrize(
    ("change", "missed", "band"),
    [
        (6.0, -0.20, Band.SUN),
        (5.0, 0.0, Band.SUN),
        (4.76, 0.048, Band.SUN),
        (4.75, 0.05, Band.SUN_CLOUD),  # less than 5 % is sun, 5 % itself is not
        (4.0, 0.20, Band.SUN_CLOUD),  # at most 20 %
        (3.99, 0.202, Band.CLOUD),
        (0.01, 0.998, Band.CLOUD),
        (0.0, 1.0, Band.THUNDER),  # not moving in the right direction
        (-1.0, 1.2, Band.THUNDER),
    ],
)
def test_each_symbol_from_both_sides(change: float, missed: float, band: Band) -> None:
    check = symbol(*at_fifty(change))
    assert check.value == pytest.approx(missed)
    assert check.band is band


def test_what_should_fall_is_mirrored() -> None:
    mirrored = [100 - v for v in at_fifty(4.5)]
    check = symbol(*mirrored, target=path(60, 40), polarity=LOWER)
    assert (check.band, check.value) == (Band.SUN_CLOUD, pytest.approx(0.10))


def test_only_the_last_five_changes_count() -> None:
    """A fall from 99 seven years ago is not seen."""
    assert symbol(99, *at_fifty(5)).band is Band.SUN
    assert symbol(99, *at_fifty(5)).term(Term.POINTS) == 6


def test_four_years_are_enough_and_three_are_not() -> None:
    assert symbol(35, 40, 45, 50).band is Band.SUN
    three = symbol(40, 45, 50)
    assert (three.band, three.refusal) == (None, Refusal.TOO_FEW_POINTS)


def test_years_before_a_gap_are_not_consecutive() -> None:
    assert symbol(20, 25, 30, None, 40, 45, 50).refusal is Refusal.TOO_FEW_POINTS


@pytest.mark.parametrize(
    ("values", "target", "band"),
    [
        ((60, 61, 62, 63), path(40, 60), Band.SUN),
        ((63, 63, 63, 63), path(40, 60), Band.SUN),  # no setback indicated
        ((66, 65, 64, 63), path(40, 60), Band.SUN_CLOUD),  # met, but the trend points to a setback
        ((50, 53, 56, 59), path(60, 60), Band.CLOUD),  # to be kept up every year, not met, not moving away
        ((62, 61, 60, 59), path(60, 60), Band.THUNDER),
    ],
)
def test_a_target_met_or_to_be_kept_up_is_read_from_the_last_value_then_the_trend(
    values: tuple[float, ...], target: Any, band: Band
) -> None:
    check = symbol(*values, target=target)
    assert check.band is band
    assert check.value is None


@pytest.mark.parametrize(
    ("values", "band"),
    [
        ((10, 11, 12, 13), Band.SUN),
        ((10, 14, 15, 13), Band.SUN_CLOUD),  # the mean is right, the last change is not
        ((10, 13, 13, 13), Band.SUN_CLOUD),  # … or nothing changed
        ((13, 11, 10, 12), Band.CLOUD),  # only the last year turned
        ((13, 13, 12, 13), Band.CLOUD),  # stagnation, the last year right
        ((13, 12, 11, 10), Band.THUNDER),
        ((13, 13, 13, 13), Band.THUNDER),
    ],
)
def test_without_a_target_the_mean_change_comes_first_then_the_last(
    values: tuple[float, ...], band: Band
) -> None:
    assert symbol(*values, target=None).band is band


def test_past_the_day_of_the_target_nothing_is_left_to_cover() -> None:
    """Missed by the whole remaining way, whatever the pace."""
    check = symbol(50, 53, 56, 59, last=2028, on=path().target.due.replace(year=2029))
    assert (check.band, check.value) == (Band.CLOUD, pytest.approx(1.0))


def test_a_gap_that_should_close_has_the_trend_of_its_size() -> None:
    """-10, 8, -6, 4: sizes fall by two a year; two years on zero is reached, and the target 2 exceeded."""
    check = symbol(-10, 8, -6, 4, target=path(-10, 2), polarity=Polarity.ZERO_GAP)
    assert check.band is Band.SUN
    assert check.term(Term.PROJECTED) == pytest.approx(0)


@given(st.lists(st.integers(0, 59), min_size=4, max_size=9))
def test_the_projection_is_the_mean_change_added_year_by_year(values: list[int]) -> None:
    changes = [b - a for a, b in zip(values[-6:], values[-6:][1:], strict=False)]
    reached = values[-1] + mean(changes) + mean(changes)
    check = symbol(*values)
    assert check.term(Term.PROJECTED) == pytest.approx(reached)
    left_then, left_now = 60 - reached, 60 - values[-1]
    if mean(changes) <= 0:
        assert check.band is Band.THUNDER
    elif left_then < 0.05 * left_now - 1e-6:
        assert check.band is Band.SUN
    elif 0.05 * left_now + 1e-6 < left_then < 0.20 * left_now - 1e-6:
        assert check.band is Band.SUN_CLOUD
    elif left_then > 0.20 * left_now + 1e-6:
        assert check.band is Band.CLOUD
