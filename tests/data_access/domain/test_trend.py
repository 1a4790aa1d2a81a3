"""The test for slope against R, textbooks, EpiInfo, statsmodels and an explicit regression."""

from __future__ import annotations

from datetime import date

import numpy as np
import pytest
import statsmodels.api as sm
from hypothesis import assume, given
from hypothesis import strategies as st
from scipy.stats import chi2

from data_access.domain.confidentiality import Availability
from data_access.domain.period import Period
from data_access.domain.reading import Reading
from data_access.domain.trend import (
    Direction,
    NoTrend,
    SlopeTest,
    YearlyTrend,
    slope_of_proportions,
    yearly_trend,
)

counts = st.lists(
    st.integers(1, 5000).flatmap(lambda n: st.tuples(st.integers(0, n), st.just(n))), min_size=3, max_size=8
)


def slope(points: list[tuple[int, int]]) -> SlopeTest:
    found = slope_of_proportions([x for x, _ in points], [n for _, n in points])
    assert isinstance(found, SlopeTest)
    return found


def test_the_vector_of_r() -> None:
    """Documentation of prop.trend.test: smokers of patients in four groups."""
    found = slope([(83, 86), (90, 93), (129, 136), (70, 82)])
    assert round(found.statistic, 4) == 8.2249
    assert round(found.p_value, 6) == 0.004132
    assert found.direction is Direction.DOWN


def test_the_vector_of_a_textbook() -> None:
    """Rosner, Fundamentals of Biostatistics: breast cancer and age at first birth, A = 567.16.

    p = 3220/13465, B = p (1 - p) (Σnt² - (Σnt)²/N) = 2493.33, A²/B = 129.01.
    """
    found = slope([(320, 1742), (1206, 5638), (1011, 3904), (463, 1555), (220, 626)])
    assert round(found.statistic, 2) == 129.01
    assert found.direction is Direction.UP


def test_the_vector_of_epi_info() -> None:
    """Smoking by social class, five groups: 3.535 in EpiInfo, which takes N - 1 of 585 for N."""
    found = slope([(17, 57), (76, 271), (34, 122), (32, 85), (20, 50)])
    assert found.statistic * 584 / 585 == pytest.approx(3.535, abs=5e-4)
    assert chi2.sf(found.statistic * 584 / 585, 1) == pytest.approx(0.06010, abs=5e-6)


@given(counts)
def test_as_statsmodels_has_it(points: list[tuple[int, int]]) -> None:
    """Linear by linear association of a table, without its continuity correction; exact up to N / (N - 1)."""
    tops, bottoms = np.array([x for x, _ in points]), np.array([n for _, n in points])
    assume(0 < tops.sum() < bottoms.sum())
    table = sm.stats.Table(np.column_stack([bottoms - tops, tops]), shift_zeros=False)
    theirs = table.test_ordinal_association(np.arange(len(points)), np.array([0, 1]))
    found = slope(points)
    total = bottoms.sum()
    if found.direction is Direction.FLAT:
        assert theirs.zscore == pytest.approx(0, abs=1e-6)
        return
    # Its variance is that of sampling without replacement: (N - 1) below where the test has N.
    assert found.statistic == pytest.approx(theirs.zscore**2 * total / (total - 1), rel=1e-6)
    assert (found.direction is Direction.UP) == (theirs.zscore > 0)


@given(counts)
def test_as_a_regression_of_every_case(points: list[tuple[int, int]]) -> None:
    """N r², r the correlation of the cases' score with yes or no: least squares over all of them."""
    tops, bottoms = np.array([x for x, _ in points]), np.array([n for _, n in points])
    assume(0 < tops.sum() < bottoms.sum())
    score = np.repeat(np.arange(len(points)), bottoms)
    yes = np.concatenate([np.arange(n) < x for x, n in points]).astype(float)
    r = np.corrcoef(score, yes)[0, 1]
    found = slope(points)
    assert found.statistic == pytest.approx(len(yes) * r * r, rel=1e-6, abs=1e-9)
    assert found.p_value == pytest.approx(chi2.sf(len(yes) * r * r, 1), rel=1e-4, abs=1e-9)


@given(counts)
def test_backwards_and_the_complement_turn_round(points: list[tuple[int, int]]) -> None:
    assume(0 < sum(x for x, _ in points) < sum(n for _, n in points))
    turned = {Direction.UP: Direction.DOWN, Direction.DOWN: Direction.UP, Direction.FLAT: Direction.FLAT}
    found = slope(points)
    for other in (slope(points[::-1]), slope([(n - x, n) for x, n in points])):
        assert other.statistic == pytest.approx(found.statistic, rel=1e-6, abs=1e-12)
        assert other.direction is turned[found.direction]


def test_the_same_share_again_and_again_is_flat() -> None:
    assert slope([(10, 30), (20, 60), (7, 21), (1, 3), (100, 300)]) == SlopeTest(0.0, 1.0, Direction.FLAT)
    assert slope([(10, 20), (5, 20), (10, 20)]).direction is Direction.FLAT


@pytest.mark.parametrize(
    ("numerators", "denominators", "reason"),
    [
        ([1, 2], [4, 4], NoTrend.TOO_FEW),
        ([1, 0, 2], [4, 0, 4], NoTrend.NO_COUNTS),
        ([1, 5, 2], [4, 4, 4], NoTrend.NO_PROPORTION),
        ([1, -1, 2], [4, 4, 4], NoTrend.NO_PROPORTION),
        ([0, 0, 0], [4, 5, 6], NoTrend.NO_VARIATION),
        ([4, 5, 6], [4, 5, 6], NoTrend.NO_VARIATION),
    ],
)
def test_what_cannot_be_tested_says_why(
    numerators: list[float], denominators: list[float], reason: NoTrend
) -> None:
    assert slope_of_proportions(numerators, denominators) is reason


def test_as_many_numerators_as_denominators() -> None:
    with pytest.raises(ValueError, match="zip"):
        slope_of_proportions([1, 2, 3], [4, 5])


def rates(first: int, *tops: float, of: float = 1000) -> list[Reading]:
    return [
        Reading(Period.parse(str(first + i)), 100 * x / of, numerator=x, denominator=of)
        for i, x in enumerate(tops)
    ]


RISING = rates(2019, 900, 400, 420, 440, 470, 500)


def test_the_last_five_years_are_tested() -> None:
    """The fall from 2019 lies before them: x = 400, 420, 440, 470, 500 of 1000 each, p = 0.446.

    slope = -2 × 400 - 420 + 470 + 2 × 500 = 250; 250² / (0.446 × 0.554 × 10 000) = 25.295.
    """
    found = yearly_trend(RISING)
    assert isinstance(found, YearlyTrend)
    assert found.test.statistic == pytest.approx(25.295, abs=5e-4)
    assert (found.direction, found.significant, found.provisional) == (Direction.UP, True, False)
    assert (str(found.first), str(found.last)) == ("2020", "2024")


def test_not_significant_is_flat_at_the_level_asked_for() -> None:
    """x = 400, 400, 410, 420, 430: slope 80, p = 0.412, 80² / 2422.6 = 2.642, p-value 0.104."""
    readings = rates(2020, 400, 400, 410, 420, 430)
    strict, lenient = yearly_trend(readings), yearly_trend(readings, significance=0.11)
    assert isinstance(strict, YearlyTrend)
    assert isinstance(lenient, YearlyTrend)
    assert strict.test.p_value == pytest.approx(0.1041, abs=5e-5)
    assert (strict.direction, strict.test.direction) == (Direction.FLAT, Direction.UP)
    assert lenient.direction is Direction.UP


@pytest.mark.parametrize(
    ("day", "tested"),
    [
        (date(2020, 1, 1), True),  # where the five years begin
        (date(2020, 1, 2), False),
        (date(2022, 7, 1), False),
        (date(2024, 12, 31), False),
        (date(2025, 1, 1), True),
    ],
)
def test_no_break_lies_between(day: date, tested: bool) -> None:
    found = yearly_trend(RISING, [day])
    assert isinstance(found, YearlyTrend) if tested else found is NoTrend.BREAK


def test_a_provisional_year_is_tested_and_said() -> None:
    readings = [
        *RISING[:-1],
        Reading(Period.parse("2024"), 50.0, provisional=True, numerator=500, denominator=1000),
    ]
    found = yearly_trend(readings)
    assert isinstance(found, YearlyTrend)
    assert found.provisional


def test_a_year_that_is_missing_or_hidden_leaves_too_few() -> None:
    hidden = Reading(Period.parse("2022"), None, Availability.HIDDEN)
    assert yearly_trend([*RISING[:3], hidden, *RISING[4:]]) is NoTrend.TOO_FEW
    assert yearly_trend([*RISING[:3], *RISING[4:]]) is NoTrend.TOO_FEW
    assert yearly_trend(RISING[2:]) is NoTrend.TOO_FEW
    assert yearly_trend([]) is NoTrend.TOO_FEW


def test_a_last_year_not_yet_there_does_not_count() -> None:
    waiting = Reading(Period.parse("2025"), None, Availability.MISSING)
    assert yearly_trend([*RISING, waiting]) == yearly_trend(RISING)


def test_other_reasons_against_a_trend() -> None:
    quarter = Reading(Period.parse("2024-Q1"), 50.0, numerator=500, denominator=1000)
    assert yearly_trend([*RISING, quarter]) is NoTrend.NOT_YEARLY
    for missing in ({"numerator": 500}, {"denominator": 1000}, {}):
        assert (
            yearly_trend([*RISING[:-1], Reading(Period.parse("2024"), 50.0, **missing)]) is NoTrend.NO_COUNTS
        )
    assert yearly_trend(rates(2020, 0, 0, 0, 0, 0)) is NoTrend.NO_VARIATION
    assert yearly_trend(rates(2020, 1200, 900, 900, 900, 900)) is NoTrend.NO_PROPORTION
