"""The ratio of growth rates: cut-offs, refusals, natural limit, and what the Open SDG builder was given.

From 100 (2022) to 100 * 1.02^5 (2027) a growth of 2 % a year is needed; a value of 100 * (1 + g)^3 at the
end of 2025 grew by g a year, so that R = g / 2 %.
"""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from data_access.domain.methods.check import Band, CrossCheck, Method, Refusal, Term
from data_access.domain.methods.growth import limit_coefficient
from data_access.domain.progress import cross_checks
from tests.data_access.domain.builders import CUTOFF, path, reading
from tests.data_access.domain.methods.cases import HIGHER, LOWER, assessed, told

NEEDED = path(100, 100 * 1.02**5)
TINY = 1e-7


def ratio(*values: float | None, **more: Any) -> CrossCheck:
    return told(*values, **{"target": NEEDED, **more})[Method.CAGR_RATIO]


@pytest.mark.parametrize(
    ("growth", "band"),
    [
        (0.02, Band.ON_TRACK),
        (0.019, Band.ON_TRACK),
        (0.019 - TINY, Band.ACCELERATE),
        (0.012, Band.ACCELERATE),
        (0.012 - TINY, Band.LIMITED),
        (0.0, Band.LIMITED),
        (-TINY, Band.DETERIORATING),
    ],
)
def test_each_cut_off_from_both_sides(growth: float, band: Band) -> None:
    check = ratio(100 * (1 + growth) ** 3)
    assert check.value == pytest.approx(growth / 0.02, abs=1e-9)
    assert check.band is band


def test_a_target_met_now_is_attained_before_anything_is_refused() -> None:
    assert ratio(5, target=path(0, 5)).band is Band.ATTAINED
    assert ratio(-1, target=path(10, 0), polarity=LOWER).band is Band.ATTAINED


@pytest.mark.parametrize(
    ("value", "more", "refusal"),
    [
        (50, {"target": path(None, 60)}, Refusal.NO_BASELINE),
        (50, {"target": path(60, 60)}, Refusal.EQUAL_BASELINE),
        (50, {"target": path(0, 60)}, Refusal.ZERO_BASE),
        (5, {"target": path(10, 0), "polarity": LOWER}, Refusal.ZERO_BASE),
        (5, {"target": path(-10, 10)}, Refusal.SIGN_CHANGE),
        (-5, {"target": path(10, 20)}, Refusal.SIGN_CHANGE),
        (-5, {"target": path(-10, 10)}, Refusal.SIGN_CHANGE),
        (0, {"target": path(10, 20)}, Refusal.SIGN_CHANGE),
    ],
)
def test_every_refusal(value: float, more: dict[str, Any], refusal: Refusal) -> None:
    check = ratio(value, **more)
    assert (check.band, check.value, check.refusal) == (None, None, refusal)


@pytest.mark.parametrize(
    ("period", "refused"), [("2023-Q3", True), ("2023-Q4", False)], ids=["nine months", "a year"]
)
def test_less_than_a_year_is_no_growth_a_year(period: str, refused: bool) -> None:
    series = [reading(101, period)]
    check = cross_checks(series, assessed(series, NEEDED), polarity=HIGHER)[1]
    assert (check.refusal is Refusal.TOO_FEW_POINTS) == refused


def test_negative_values_grow_towards_zero() -> None:
    """From -100 to -50 in five years, at -70 after three: the size shrinks by 11.2 % of 12.9 % a year.

    1 - 0.7^(1/3) = 0.11210, 1 - 0.5^(1/5) = 0.12945; as for the sizes where less is better.
    """
    check = ratio(-70, target=path(-100, -50))
    assert check.value == pytest.approx(0.11210 / 0.12945, abs=1e-4)
    assert check.value == pytest.approx(ratio(70, target=path(100, 50), polarity=LOWER).value)


def test_sliding_back_from_beyond_the_target_deteriorates() -> None:
    """The trap of a plain ratio of growth rates: from 65 to 58 where 60 was to be kept, both fall."""
    assert ratio(58, target=path(65, 60)).band is Band.DETERIORATING


def slow_rate(start: float, end: float, years: int) -> float:
    """The growth that leads from one value to another, found by trying: halving an interval."""
    low, high = -1.0, 1000.0  # the values lie between 1 and 1000
    for _ in range(200):
        middle, value = (low + high) / 2, start
        for _ in range(years):
            value *= 1 + middle
        low, high = (middle, high) if value < end else (low, middle)
    return (low + high) / 2


@given(st.floats(1, 1000), st.floats(1, 1000), st.floats(1, 1000), st.integers(2023, 2026))
def test_the_growth_rates_are_those_found_by_compounding_year_by_year(
    start: float, end: float, value: float, year: int
) -> None:
    check = told(value, target=path(start, end), last=year, on=CUTOFF.replace(year=2027))[Method.CAGR_RATIO]
    if check.value is None:
        return
    made, needed = slow_rate(start, value, year - 2022), slow_rate(start, end, 5)
    assert check.term(Term.GROWTH) == pytest.approx(made, abs=1e-9)
    assert check.term(Term.GROWTH_NEEDED) == pytest.approx(needed, abs=1e-9)
    if abs(needed) > 1e-6:
        assert check.value == pytest.approx(made / abs(needed), rel=1e-4, abs=1e-6)


# Without a target


@pytest.mark.parametrize(
    ("growth", "band"),
    [
        (0.015, Band.ON_TRACK),
        (0.015 - TINY, Band.ACCELERATE),
        (0.005, Band.ACCELERATE),
        (0.005 - TINY, Band.LIMITED),
        (0.0, Band.LIMITED),
        (-TINY, Band.DETERIORATING),
    ],
)
def test_without_a_target_the_growth_itself_is_judged(growth: float, band: Band) -> None:
    check = ratio(100, 100 * (1 + growth), target=None)
    assert check.value == pytest.approx(growth, abs=1e-12)
    assert check.band is band


def test_growth_is_counted_from_the_oldest_year_that_compares() -> None:
    """50 lies before a gap: from 100 to 121 in two years is 10 % a year."""
    check = ratio(50, None, 100, 130, 121, target=None)
    assert check.value == pytest.approx(0.1)
    assert check.term(Term.BASE_VALUE) == 100


@pytest.mark.parametrize(
    ("values", "refusal"),
    [
        ((100,), Refusal.TOO_FEW_POINTS),
        ((0, 5), Refusal.ZERO_BASE),
        ((-1, 5), Refusal.SIGN_CHANGE),
    ],
)
def test_growth_without_a_target_refuses_too(values: tuple[float, ...], refusal: Refusal) -> None:
    assert ratio(*values, target=None).refusal is refusal


def test_what_the_open_sdg_builder_was_given() -> None:
    """Fixtures of sdg-build, tests/assets/progress-calculation: indicator 1-1-1 (100 in 2020, 120 in 2021,
    less is better, no target) and 3-3-3 (1.55 in 2015 to 1.82 in 2019, less is better, target 0, which the
    builder turns into 0.001 and this refuses)."""
    first = ratio(100, 120, target=None, polarity=LOWER, last=2021)
    assert (first.band, first.value) == (Band.DETERIORATING, pytest.approx(-0.2))
    second = ratio(1.55, 1.69, 1.65, 1.62, 1.82, target=path(1.55, 0), polarity=LOWER)
    assert second.refusal is Refusal.ZERO_BASE


@pytest.mark.parametrize(
    ("base", "limit", "coefficient"),
    # 0.5^4.44 = 0.5^4 * 0.5^0.44 = 0.0625 * 0.737135 = 0.046071; 0.9^4.44 = exp(-0.467801) = 0.626378
    [
        (0, 100, 1),
        (50, 100, 0.953929),
        (90, 100, 0.373622),
        (100, 100, 0),
        (110, 100, 0.373622),
        (150, 100, 0.953929),
        (200, 100, 1),
        (500, 100, 1),
        (0, 0, 1),
    ],
)
def test_the_bar_is_lowered_near_a_limit(base: float, limit: float, coefficient: float) -> None:
    assert limit_coefficient(base, limit) == pytest.approx(coefficient, abs=1e-6)


@pytest.mark.parametrize(
    ("after", "band"),
    # 1.5 % and 0.5 % of 0.373622 are 0.56043 % and 0.18681 %: 90.50439 and 90.16813.
    [
        (90.505, Band.ON_TRACK),
        (90.503, Band.ACCELERATE),
        (90.169, Band.ACCELERATE),
        (90.167, Band.LIMITED),
        (89.999, Band.DETERIORATING),
    ],
)
def test_near_the_ceiling_less_growth_is_asked(after: float, band: Band) -> None:
    check = ratio(90, after, target=None, limit=100)
    assert check.band is band
    assert check.term(Term.LIMIT_COEFFICIENT) == pytest.approx(0.373622, abs=1e-6)


def test_on_the_ceiling_staying_there_is_enough() -> None:
    assert ratio(100, 100, target=None, limit=100).band is Band.ON_TRACK
    assert ratio(100, 99.9, target=None, limit=100).band is Band.DETERIORATING


def test_a_ceiling_does_not_help_what_should_fall() -> None:
    check = ratio(90, 89.5, target=None, limit=100, polarity=LOWER)
    assert check.band is Band.ACCELERATE  # 0.556 % a year, of 0.5 and 1.5 %
    assert check.term(Term.LIMIT) is None
