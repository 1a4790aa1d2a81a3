"""Wilson's interval against the vectors of Newcombe (1998), Statistics in Medicine 17, table I, method 3."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from data_access.domain.interval import wilson_half_width, wilson_interval


@pytest.mark.parametrize(
    ("numerator", "denominator", "low", "high"),
    [(81, 263, 0.2553, 0.3662), (15, 148, 0.0624, 0.1605), (0, 20, 0.0, 0.1611), (1, 29, 0.0061, 0.1718)],
)
def test_the_published_vectors(numerator: int, denominator: int, low: float, high: float) -> None:
    found = wilson_interval(numerator, denominator)
    assert found == (pytest.approx(low, abs=5e-5), pytest.approx(high, abs=5e-5))
    assert wilson_half_width(numerator, denominator) == pytest.approx((high - low) / 2, abs=5e-5)


@given(st.integers(1, 10_000).flatmap(lambda n: st.tuples(st.integers(0, n), st.just(n))))
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
