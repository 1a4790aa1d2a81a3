"""Limits of XmR charts: the published vector, a twin in fractions, and what counts as alike neighbours."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import assume, given
from hypothesis import strategies as st
from statsmodels.tsa.stattools import acf

from data_access.domain.control_limits import Segment, autocorrelation, find_segment, sign_of_difference
from tests.data_access.domain.control_twin import limits

# NHSRplotthedots, vignette "Deviations from Excel defaults": one outlier, with and without screening.
PUBLISHED = [1, 2, 1, 2, 10, 1, 2, 1, 2, 1, 2, 1, 2, 1, 2, 1, 2, 1]


def segment(values: list[float], *, screening: bool = False) -> Segment:
    found = find_segment(values, 0, len(values), screening=screening)
    assert found is not None
    return found


@pytest.mark.parametrize(("screening", "lower", "upper"), [(False, -3.06, 6.95), (True, -0.72, 4.60)])
def test_the_published_vector(screening: bool, lower: float, upper: float) -> None:
    found = segment([float(y) for y in PUBLISHED], screening=screening)
    assert [round(x, 2) for x in (found.mean, found.lower, found.upper)] == [1.94, lower, upper]


def test_the_near_limits_lie_at_two_thirds() -> None:
    """Steps of 3 around 1.5: moving range 3, limits 1.5 ± 7.98, near limits 1.5 ± 5.32."""
    found = segment([0, 3] * 6)
    assert (found.mean, found.moving_range) == (1.5, 3)
    expected = [-6.48, -3.82, 6.82, 9.48]
    assert [found.lower, found.near_lower, found.near_upper, found.upper] == pytest.approx(expected)


def test_limits_come_with_seven_values_and_are_firm_with_twelve() -> None:
    assert find_segment([0, 3] * 3, 0, 6, screening=False) is None
    assert segment(([0, 3] * 4)[:7]).trial
    assert segment(([0, 3] * 6)[:11]).trial
    assert not segment([0, 3] * 6).trial


def test_only_the_stretch_asked_for_counts() -> None:
    found = find_segment([1000.0, 500.0, *([0, 3] * 4), 700.0], 2, 10, screening=False)
    assert found is not None
    assert (found.start, found.stop, found.mean, found.moving_range) == (2, 10, 1.5, 3)


@pytest.mark.parametrize(
    ("last", "moving_range"),
    [
        # Ten ranges of 7733 and a last one of 32670 have the mean 10 000: exactly 3.267 times.
        (32_670, 7733),
        (32_669, (77_330 + 32_669) / 11),
    ],
)
def test_screening_begins_at_the_constant_itself(last: int, moving_range: float) -> None:
    values = [0.0, 7733.0] * 5 + [0.0, float(last)]
    assert segment(values, screening=True).moving_range == pytest.approx(moving_range)


@pytest.mark.parametrize("values", [[4.0] * 12, [0.3, 0.1 + 0.2] * 6, [0.0] * 12])
def test_values_that_do_not_vary_have_no_limits(values: list[float]) -> None:
    assert find_segment(values, 0, len(values), screening=False) is None


def test_one_jump_among_still_values_leaves_nothing_once_screened() -> None:
    """Moving ranges 5, 5 and nine zeros: mean 10/11, and 5 is more than 3.267 times that."""
    values = [2.0] * 5 + [7.0] + [2.0] * 6
    assert find_segment(values, 0, 12, screening=False) is not None
    assert find_segment(values, 0, 12, screening=True) is None


@given(st.lists(st.integers(-200, 200), min_size=7, max_size=40), st.booleans())
def test_as_the_twin_in_fractions(values: list[int], screening: bool) -> None:
    mean, moving_range = limits(values, screening=screening)
    found = find_segment([float(v) for v in values], 0, len(values), screening=screening)
    assert (found is None) == (moving_range == 0)
    if found is not None:
        assert found.mean == pytest.approx(float(mean), abs=1e-9)
        assert found.moving_range == pytest.approx(float(moving_range))


def test_what_only_rounding_makes_is_no_difference() -> None:
    assert sign_of_difference(0.1 + 0.2, 0.3, 1.0) == 0
    assert sign_of_difference(1e9 + 1e-6, 1e9, 0.0) == 0
    assert (sign_of_difference(2.0, 1.0, 1.0), sign_of_difference(1.0, 2.0, 1.0)) == (1, -1)


@given(st.lists(st.integers(-50, 50).map(float), min_size=7, max_size=40))
def test_autocorrelation_is_the_lower_of_two_as_statsmodels_has_them(values: list[float]) -> None:
    assume(len(set(values)) > 1)
    differences = np.diff(values)
    jumps = abs(differences) >= 3.267 * abs(differences).mean()
    differences[jumps] = differences[~jumps].mean()
    assume(np.ptp(differences) > 1e-6)
    usual = acf(np.array(values), nlags=1, fft=False)[1]
    of_differences = 1 + 2 * acf(differences, nlags=1, fft=False)[1]
    assert autocorrelation(values) == pytest.approx(min(usual, of_differences), abs=1e-9)


def test_a_step_and_a_line_are_not_autocorrelation() -> None:
    """The usual estimate alone would refuse both."""
    step = [0.0, 1.0] * 6 + [10.0, 11.0] * 6
    line = [0.5 * i for i in range(12)]
    assert acf(np.array(step), nlags=1, fft=False)[1] > 0.75
    assert acf(np.array(line), nlags=1, fft=False)[1] > 0.7
    assert autocorrelation(step) < 0
    assert autocorrelation(line) == 0
    assert autocorrelation([0.1 * i for i in range(12)]) == 0  # steps equal but for rounding


def share_alike(make: str, length: int) -> float:
    """Share of 300 simulated series above 0.4; the seed is fixed, so that the share is too."""
    random = np.random.default_rng(20_261_031)
    noise = random.normal(size=(300, length + 11))
    series = {
        "noise": noise[:, :length],
        "step": noise[:, :length] + 3 * (np.arange(length) >= length // 2),
        "walk": noise.cumsum(axis=1)[:, :length],
        "rolling": np.array([np.convolve(row, np.ones(12), "valid") for row in noise]),
    }[make]
    return float(np.mean([autocorrelation(row.tolist()) > 0.4 for row in series]))


def test_what_is_refused_is_what_has_no_usual_noise() -> None:
    """Of series of three years by month: noise stays, most steps of three deviations too; stocks do not."""
    assert share_alike("noise", 36) < 0.03
    assert share_alike("step", 36) < 0.3
    assert share_alike("walk", 36) > 0.85
    assert share_alike("rolling", 36) > 0.85
