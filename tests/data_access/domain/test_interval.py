"""Intervals of a proportion and of a difference, against the tables of Newcombe (1998) and statsmodels.

A proportion: Statistics in Medicine 17, 857-872, table I, method 3. A difference: the same volume, 873-890,
table II, method 10.
"""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st
from statsmodels.stats.proportion import confint_proportions_2indep, proportion_confint

from data_access.domain.interval import difference_interval, wilson_half_width, wilson_interval

proportions = st.integers(1, 10_000).flatmap(lambda n: st.tuples(st.integers(0, n), st.just(n)))


@pytest.mark.parametrize(
    ("numerator", "denominator", "low", "high"),
    [(81, 263, 0.2553, 0.3662), (15, 148, 0.0624, 0.1605), (0, 20, 0.0, 0.1611), (1, 29, 0.0061, 0.1718)],
)
def test_the_published_vectors(numerator: int, denominator: int, low: float, high: float) -> None:
    found = wilson_interval(numerator, denominator)
    assert found == (pytest.approx(low, abs=5e-5), pytest.approx(high, abs=5e-5))
    assert wilson_half_width(numerator, denominator) == pytest.approx((high - low) / 2, abs=5e-5)


@pytest.mark.parametrize(
    ("numerator", "denominator", "low", "high"),
    # Computed with the long form of PHEindicatormethods, (2x + z² ∓ z·√(z² + 4x(1 - x/n))) / (2(n + z²)).
    [
        (0, 20, 0.0, 0.16113),
        (3, 20, 0.05237, 0.36042),
        (12, 40, 0.18075, 0.45430),
        (48, 100, 0.38465, 0.57683),
        (82, 10_000, 0.00661, 0.01017),
    ],
)
def test_the_vectors_of_the_public_health_form(
    numerator: int, denominator: int, low: float, high: float
) -> None:
    assert wilson_interval(numerator, denominator) == pytest.approx((low, high), abs=5e-6)


@given(proportions)
def test_a_proportion_as_statsmodels_has_it(counts: tuple[int, int]) -> None:
    # Z95 is rounded to six decimals, as OHID prints it: that moves the limits by less than 1e-8.
    assert wilson_interval(*counts) == pytest.approx(proportion_confint(*counts, method="wilson"), abs=1e-7)


@given(proportions)
def test_an_interval_holds_its_share_and_mirrors_its_complement(counts: tuple[int, int]) -> None:
    top, bottom = counts
    low, high = wilson_interval(top, bottom)
    assert 0 <= low <= top / bottom <= high <= 1
    other_low, other_high = wilson_interval(bottom - top, bottom)
    assert (low, high) == (pytest.approx(1 - other_high), pytest.approx(1 - other_low))


@pytest.mark.parametrize(("numerator", "denominator"), [(1, 0), (5, 4), (-1, 4)])
def test_what_is_no_proportion_is_refused(numerator: int, denominator: int) -> None:
    with pytest.raises(ValueError, match="not a proportion"):
        wilson_interval(numerator, denominator)


@pytest.mark.parametrize(
    ("counts", "low", "high"),
    [
        ((56, 70, 48, 80), 0.0524, 0.3339),
        ((9, 10, 3, 10), 0.1705, 0.8090),
        ((6, 7, 2, 7), 0.0582, 0.8062),
        ((5, 56, 0, 29), -0.0381, 0.1926),
        # Nothing on either side: the Wilson limits of 0/20 and 0/10 themselves, 3.8415 / (n + 3.8415).
        ((0, 10, 0, 20), -0.1611, 0.2775),
        ((0, 10, 0, 10), -0.2775, 0.2775),
        # All against nothing: 1 - √(0.2775² + 0.1611²) = 0.6791 and 1 - √(2 · 0.2775²) = 0.6075.
        ((10, 10, 0, 20), 0.6791, 1.0),
        ((10, 10, 0, 10), 0.6075, 1.0),
    ],
)
def test_the_published_table_of_differences(
    counts: tuple[int, int, int, int], low: float, high: float
) -> None:
    assert difference_interval(*counts) == pytest.approx((low, high), abs=6e-5)


@given(proportions, proportions)
def test_a_difference_as_statsmodels_has_it(a: tuple[int, int], b: tuple[int, int]) -> None:
    theirs = confint_proportions_2indep(*a, *b, method="newcomb", compare="diff")
    assert difference_interval(*a, *b) == pytest.approx(theirs, abs=1e-6)


@given(proportions, proportions)
def test_a_difference_stays_possible_and_turns_round(a: tuple[int, int], b: tuple[int, int]) -> None:
    low, high = difference_interval(*a, *b)
    assert -1 - 1e-12 <= low <= a[0] / a[1] - b[0] / b[1] <= high <= 1 + 1e-12
    assert difference_interval(*b, *a) == pytest.approx((-high, -low))


def test_a_wider_confidence_makes_a_wider_difference() -> None:
    low, high = difference_interval(48, 100, 30, 100)
    wide_low, wide_high = difference_interval(48, 100, 30, 100, z=3.090232)
    assert wide_low < low < high < wide_high


@pytest.mark.parametrize("counts", [(1, 0, 1, 4), (1, 4, 1, 0), (5, 4, 1, 4), (1, 4, -1, 4)])
def test_a_difference_of_what_is_no_proportion_is_refused(counts: tuple[int, int, int, int]) -> None:
    with pytest.raises(ValueError, match="not a proportion"):
        difference_interval(*counts)
