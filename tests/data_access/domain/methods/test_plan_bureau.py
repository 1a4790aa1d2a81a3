"""The rule of the Bureau fédéral du Plan: a trend prolonged, a margin of 10 %, a test without a target."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest
import statsmodels.api as sm
from hypothesis import given
from hypothesis import strategies as st

from data_access.domain.methods.check import Band, CrossCheck, Method, Refusal, Term
from data_access.domain.polarity import Polarity
from tests.data_access.domain.builders import path
from tests.data_access.domain.methods.cases import HIGHER, LOWER, told


def rule(*values: float | None, **more: Any) -> CrossCheck:
    return told(*values, **more)[Method.BFP]


def up_to(value: float, change: float) -> tuple[float, ...]:
    """Five years on a straight line."""
    return tuple(value - change * back for back in range(4, -1, -1))


@pytest.mark.parametrize(
    ("change", "gap", "band"),
    # 50 in 2025 leads to 50 + 2m in 2027; the margin is 6 below 60.
    [
        (5.0, 0.0, Band.FAVOURABLE),
        (2.0, -0.1, Band.FAVOURABLE),
        (1.99, -0.100333, Band.UNFAVOURABLE),
        (-1.0, -0.2, Band.UNFAVOURABLE),
    ],
)
def test_the_margin_is_a_tenth_of_the_target(change: float, gap: float, band: Band) -> None:
    check = rule(*up_to(50, change))
    assert check.value == pytest.approx(gap, abs=1e-6)
    assert check.band is band
    assert check.term(Term.MARGIN) == pytest.approx(6)


def test_what_should_fall_is_mirrored() -> None:
    """40 in two years' time, of 36 at most, is 11.1 % above."""
    assert rule(*up_to(44, -2), target=path(60, 36), polarity=LOWER).band is Band.UNFAVOURABLE
    assert rule(*up_to(43.6, -2), target=path(60, 36), polarity=LOWER).band is Band.FAVOURABLE


def test_a_target_met_now_and_about_to_be_lost_is_not_favourable() -> None:
    """61 now, five less every year: 51 in 2027, 15 % below 60. This rule looks at the trend only."""
    assert rule(*up_to(61, -5)).band is Band.UNFAVOURABLE


def test_it_needs_no_baseline() -> None:
    assert rule(*up_to(50, 5), target=path(None, 60)).band is Band.FAVOURABLE


@pytest.mark.parametrize(
    ("values", "more", "refusal"),
    [
        ((40, 45, 50, 55), {}, Refusal.TOO_FEW_POINTS),
        ((10, 20, None, 30, 40, 45, 50), {}, Refusal.TOO_FEW_POINTS),
        ((50, 40, 50, 40, 50), {"target": path(60, 0), "polarity": LOWER}, Refusal.ZERO_BASE),
    ],
)
def test_every_refusal(values: tuple[float | None, ...], more: dict[str, Any], refusal: Refusal) -> None:
    check = rule(*values, **more)
    assert (check.band, check.value, check.refusal) == (None, None, refusal)


@pytest.mark.parametrize(
    ("swing", "refused"),
    # 50 ± s alternating: the line is level at the mean 50 + s/5, the squared residuals are
    # 3 (4s/5)² + 2 (6s/5)² = 4.8 s², so the scatter is s √(4.8 / 3) = 1.264911 s: 6 at s = 4.743416.
    [(4.743, False), (4.744, True)],
)
def test_a_series_that_scatters_beyond_the_margin_cannot_be_assessed(swing: float, refused: bool) -> None:
    check = rule(50 + swing, 50 - swing, 50 + swing, 50 - swing, 50 + swing)
    assert check.term(Term.SCATTER) == pytest.approx(1.264911 * swing, rel=1e-6)
    assert (check.refusal is Refusal.UNCERTAIN) == refused


@pytest.mark.parametrize(
    ("values", "polarity", "band"),
    [
        ((10, 11, 12, 13, 14), HIGHER, Band.FAVOURABLE),  # no scatter at all
        ((10, 11, 12, 13, 14), LOWER, Band.UNFAVOURABLE),
        ((10, 10, 10, 10, 10), HIGHER, Band.UNDETERMINED),
        ((0.1, 0.1, 0.1, 0.1, 0.1), HIGHER, Band.UNDETERMINED),  # though 0.1 has no exact sum
        ((10, 12, 9, 13, 11), HIGHER, Band.UNDETERMINED),
        ((-9, 7, -5, 3, -1), Polarity.ZERO_GAP, Band.FAVOURABLE),
    ],
)
def test_without_a_target_only_a_significant_trend_is_favourable_or_not(
    values: tuple[float, ...], polarity: Polarity, band: Band
) -> None:
    assert rule(*values, target=None, polarity=polarity).band is band


@pytest.mark.parametrize(
    ("noise", "band"),
    # A slope of 1 with residuals e (-1, 2, 0, -2, 1), which no line can take up: scatter e √(10/3), standard
    # error of the slope e √(1/3), t = √3 / e; Student's t with 3 degrees: 3.182446 at 5 %: e = 0.544251.
    [(0.544, Band.FAVOURABLE), (0.5445, Band.UNDETERMINED)],
)
def test_the_test_is_student_s_at_five_percent(noise: float, band: Band) -> None:
    shape = (-1, 2, 0, -2, 1)
    check = rule(*(10 + year + noise * e for year, e in enumerate(shape)), target=None)
    assert check.band is band


@given(st.lists(st.floats(0, 100).map(lambda x: round(x, 1)), min_size=5, max_size=9))
def test_slope_projection_and_test_are_those_of_statsmodels(values: list[float]) -> None:
    check, free = rule(*values, target=path(None, 1000)), rule(*values, target=None)
    years = np.arange(len(values)) - (len(values) - 1)
    fit = sm.OLS(values, sm.add_constant(years)).fit()
    assert check.term(Term.SLOPE) == pytest.approx(fit.params[1], abs=1e-9)
    assert check.term(Term.PROJECTED) == pytest.approx(fit.params[0] + 2 * fit.params[1], abs=1e-8)
    scatter = check.term(Term.SCATTER)
    assert isinstance(scatter, float)
    assert scatter == pytest.approx(fit.mse_resid**0.5, abs=1e-9)
    if scatter > 1e-6:
        assert free.value == pytest.approx(fit.pvalues[1], abs=1e-7)
