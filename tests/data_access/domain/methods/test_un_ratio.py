"""The value that growth so far leads to, as a share of the way.

From 100 (2022) to 150 (2027); with 100 * (1 + r / 2)^(3/5) at the end of 2025, growth goes on to
100 * (1 + r / 2) at the end of 2027, so that the ratio is r.
"""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from data_access.domain.methods.check import Band, CrossCheck, Method, Refusal, Term
from tests.data_access.domain.builders import path
from tests.data_access.domain.methods.cases import LOWER, told

TINY = 1e-7


def ratio(*values: float | None, **more: Any) -> CrossCheck:
    return told(*values, **{"target": path(100, 150), **more})[Method.UN_RATIO]


@pytest.mark.parametrize(
    ("expected", "band"),
    [
        (0.95, Band.ON_TRACK),
        (0.95 - TINY, Band.ACCELERATE),
        (0.10, Band.ACCELERATE),
        (0.10 - TINY, Band.STAGNATION),
        (-0.5, Band.STAGNATION),
    ],
)
def test_each_cut_off_from_both_sides(expected: float, band: Band) -> None:
    check = ratio(100 * (1 + expected / 2) ** (3 / 5))
    assert check.value == pytest.approx(expected, abs=1e-9)
    assert check.band is band


def test_a_target_met_now_is_attained_whatever_the_trend() -> None:
    """Exception 1 of the source."""
    assert ratio(300, 151).band is Band.ATTAINED


@pytest.mark.parametrize(
    ("value", "target", "refusal"),
    [
        (50, path(None, 60), Refusal.NO_BASELINE),
        (50, path(60, 60), Refusal.EQUAL_BASELINE),
        (50, path(0, 60), Refusal.ZERO_BASE),
        (-5, path(-10, 10), Refusal.SIGN_CHANGE),
        (0, path(10, 20), Refusal.SIGN_CHANGE),
    ],
)
def test_it_refuses_as_the_ratio_of_growth_rates_does(value: float, target: Any, refusal: Refusal) -> None:
    check = ratio(value, target=target)
    assert (check.band, check.value, check.refusal) == (None, None, refusal)


@given(st.floats(1, 100), st.floats(1, 100), st.floats(1, 100))
def test_the_projection_is_the_growth_carried_on_year_by_year(start: float, end: float, value: float) -> None:
    check = ratio(value, target=path(start, end))
    if check.value is None or abs(end - start) < 1e-3:  # a way of nothing makes a ratio of rounding errors
        return
    factor = (value / start) ** (1 / 3)
    expected = value
    for _ in (2026, 2027):
        expected *= factor
    assert check.term(Term.PROJECTED) == pytest.approx(expected)
    assert check.value == pytest.approx((expected - start) / abs(end - start))


@pytest.mark.parametrize(
    ("growth", "band"),
    [
        (0.02, Band.ON_TRACK),
        (0.02 - TINY, Band.ACCELERATE),
        (0.005, Band.ACCELERATE),
        (0.005 - TINY, Band.STAGNATION),
    ],
)
def test_without_a_target_growth_has_its_own_cut_offs(growth: float, band: Band) -> None:
    """2 % and 0.5 % a year in either direction, in the source."""
    assert ratio(100, 100 * (1 + growth), target=None).band is band
    assert ratio(100, 100 * (1 - growth), target=None, polarity=LOWER).band is band


def test_without_a_target_one_point_is_too_few() -> None:
    assert ratio(100, target=None).refusal is Refusal.TOO_FEW_POINTS
