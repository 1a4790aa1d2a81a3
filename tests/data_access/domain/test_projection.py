"""The fan and the probability, against statsmodels, against a textbook's arithmetic and by simulation."""

from __future__ import annotations

from datetime import date
from typing import Any

import numpy as np
import pytest
import statsmodels.api as sm
from hypothesis import given
from hypothesis import strategies as st
from scipy import stats

from data_access.domain.line import Line, fit_line
from data_access.domain.methods.check import Refusal
from data_access.domain.points import Point, years_between
from data_access.domain.projection import NoProjection, Projection, project

TO = date(2027, 12, 31)


def points(*values: float, last: int = 2025) -> tuple[Point, ...]:
    first = last + 1 - len(values)
    return tuple(Point(date(first + i, 12, 31), v) for i, v in enumerate(values))


def projected(*values: float, to: date = TO, **more: Any) -> Projection:
    found = project(points(*values), to, **more)
    assert isinstance(found, Projection)
    return found


# Five values with a hand computation. Times -4 … 0: mean -2, squares 10. Values 10, 12, 11, 14, 13: mean 12,
# products (-2)(-2) + (-1)(0) + 0 + (1)(2) + (2)(1) = 8: slope 0.8, level 12 + 2 * 0.8 = 13.6 at the end.
# Residuals -0.4, 0.8, -1, 1.2, -0.6: squares 3.6, scatter √(3.6 / 3) = 1.095445.
HAND = (10.0, 12.0, 11.0, 14.0, 13.0)


def test_the_hand_computation() -> None:
    """Two years on: 15.2; spread 1.095445 √(1 + 1/5 + 16/10) = 1.833030; t(3) = 1.637744 and 3.182446."""
    found = projected(*HAND)
    assert (found.slope, found.scatter) == (pytest.approx(0.8), pytest.approx(1.095445, abs=1e-6))
    last = found.steps[-1]
    assert last.value == pytest.approx(15.2)
    assert last.high80 - last.value == pytest.approx(1.637744 * 1.833030, abs=1e-5)
    assert last.value - last.low95 == pytest.approx(3.182446 * 1.833030, abs=1e-5)


def test_the_fan_goes_by_years_from_the_last_point_to_the_day() -> None:
    assert [s.at.isoformat() for s in projected(*HAND).steps] == ["2025-12-31", "2026-12-31", "2027-12-31"]
    found = projected(*HAND, to=date(2027, 3, 31))
    assert [s.at.isoformat() for s in found.steps] == ["2025-12-31", "2026-12-31", "2027-03-31"]
    assert found.steps[-1].value == pytest.approx(13.6 + 0.8 * (1 + 90 / 365))


def test_quarters_a_year_apart_keep_their_distance() -> None:
    thirds = tuple(Point(date(2021 + i, 9, 30), v) for i, v in enumerate(HAND))
    found = project(thirds, TO)
    assert isinstance(found, Projection)
    assert found.slope == pytest.approx(0.8)
    assert [s.at.isoformat() for s in found.steps] == ["2025-09-30", "2026-09-30", "2027-09-30", "2027-12-31"]


def test_four_points_are_too_few_and_five_are_not() -> None:
    assert project(points(1, 2, 3, 5), TO) == NoProjection(Refusal.TOO_FEW_POINTS, 4)
    assert project((), TO) == NoProjection(Refusal.TOO_FEW_POINTS, 0)
    assert isinstance(project(points(1, 2, 3, 5, 4), TO), Projection)


@pytest.mark.parametrize("to", [date(2025, 12, 31), date(2024, 12, 31)])
def test_a_day_already_reached_is_not_projected(to: date) -> None:
    assert project(points(*HAND), to) == NoProjection(Refusal.TARGET_DUE, 5)


def test_points_on_a_line_have_a_fan_as_thin_as_the_line_and_no_probability() -> None:
    found = projected(40.1, 40.4, 40.7, 41.0, 41.3, target=45.0, higher_is_better=True)
    last = found.steps[-1]
    assert found.scatter == 0.0
    assert last.value == pytest.approx(41.9)
    assert last.low95 == last.low80 == last.value == last.high80 == last.high95
    assert found.probability is None


def test_a_probability_needs_a_target_and_a_side() -> None:
    assert projected(*HAND).probability is None
    assert projected(*HAND, target=15.0).probability is None
    assert projected(*HAND, higher_is_better=True).probability is None


def test_a_target_on_the_line_is_an_even_chance() -> None:
    assert projected(*HAND, target=15.2, higher_is_better=True).probability == pytest.approx(0.5)
    assert projected(*HAND, target=15.2, higher_is_better=False).probability == pytest.approx(0.5)


@pytest.mark.parametrize(
    ("edge", "chance"), [("low95", 0.975), ("low80", 0.90), ("high80", 0.10), ("high95", 0.025)]
)
def test_the_edges_of_the_fan_are_the_chances_they_stand_for(edge: str, chance: float) -> None:
    target = getattr(projected(*HAND).steps[-1], edge)
    above = projected(*HAND, target=target, higher_is_better=True).probability
    below = projected(*HAND, target=target, higher_is_better=False).probability
    assert (above, below) == (pytest.approx(chance), pytest.approx(1 - chance))


def test_gaps_between_the_years_are_kept() -> None:
    """Without 2022 the line is that of statsmodels on the years that there are."""
    some = tuple(p for p in points(10, 12, 11, 14, 13, 17) if p.at.year != 2022)
    found = project(some, TO)
    assert isinstance(found, Projection)
    times = [p.at.year - 2025 for p in some]
    fit = sm.OLS([p.value for p in some], sm.add_constant(times)).fit()
    assert found.steps[-1].value == pytest.approx(fit.params[0] + 2 * fit.params[1])


values = st.floats(0, 100).map(lambda x: round(x, 1))


@given(st.lists(values, min_size=5, max_size=12), st.integers(2026, 2035), values)
def test_the_fan_and_the_chance_are_those_of_statsmodels(
    series: list[float], year: int, target: float
) -> None:
    found = projected(*series, to=date(year, 12, 31), target=target, higher_is_better=True)
    times = np.arange(len(series)) - (len(series) - 1)
    fit = sm.OLS(series, sm.add_constant(times)).fit()
    ahead = np.arange(0, year - 2025 + 1)
    predicted = fit.get_prediction(sm.add_constant(ahead, has_constant="add"))
    wide, narrow = predicted.summary_frame(alpha=0.05), predicted.summary_frame(alpha=0.20)
    close = {"abs": 1e-6}
    assert [s.value for s in found.steps] == pytest.approx(wide["mean"].tolist(), **close)
    assert [s.low95 for s in found.steps] == pytest.approx(wide["obs_ci_lower"].tolist(), **close)
    assert [s.high95 for s in found.steps] == pytest.approx(wide["obs_ci_upper"].tolist(), **close)
    assert [s.low80 for s in found.steps] == pytest.approx(narrow["obs_ci_lower"].tolist(), **close)
    assert [s.high80 for s in found.steps] == pytest.approx(narrow["obs_ci_upper"].tolist(), **close)
    if found.scatter > 1e-6:
        chance = stats.t.sf(target, len(series) - 2, predicted.predicted_mean[-1], predicted.se_obs[-1])
        assert found.probability == pytest.approx(chance, abs=1e-6)


@given(st.lists(values, min_size=5, max_size=9), values, st.sampled_from([0.25, 2.0, 1024.0]))
def test_neither_the_unit_nor_a_mirror_changes_the_chance(
    series: list[float], target: float, scale: float
) -> None:
    own = projected(*series, target=target, higher_is_better=True).probability
    scaled = projected(*(scale * v for v in series), target=scale * target, higher_is_better=True)
    mirrored = projected(*(-v for v in series), target=-target, higher_is_better=False)
    assert scaled.probability == (None if own is None else pytest.approx(own, abs=1e-9))
    assert mirrored.probability == (None if own is None else pytest.approx(own, abs=1e-9))


def test_eight_and_nineteen_of_twenty_futures_fall_inside_the_fan() -> None:
    """Drawn at random around a line of its own, a new value must meet the fan as often as it promises."""
    random = np.random.default_rng(2027)
    inside80 = inside95 = 0
    for _ in range(4000):
        drawn = 50 + 1.5 * np.arange(8) + random.normal(0, 3, 8)
        last = projected(*map(float, drawn[:6]), to=TO).steps[-1]
        inside80 += last.low80 <= drawn[7] <= last.high80
        inside95 += last.low95 <= drawn[7] <= last.high95
    # Standard errors of the two shares: √(0.8 * 0.2 / 4000) = 0.0063 and 0.0034; three of them allowed.
    assert inside80 / 4000 == pytest.approx(0.80, abs=0.019)
    assert inside95 / 4000 == pytest.approx(0.95, abs=0.011)


@pytest.mark.parametrize("some", [points(1, 2, 3, 4), tuple(reversed(points(1, 2, 3, 4, 5)))])
def test_a_line_asks_for_five_points_in_order(some: tuple[Point, ...]) -> None:
    with pytest.raises(ValueError, match="no line"):
        fit_line(some)


def test_a_level_line_is_level_whatever_its_value() -> None:
    """A tenth has no exact binary form, and its mean need not be itself."""
    line: Line = fit_line(points(*[0.1] * 7))
    assert (line.slope, line.scatter, line.p_value, line.t) == (0.0, 0.0, 1.0, None)


@given(st.lists(values, min_size=5, max_size=9))
def test_times_are_years_from_the_last_point(series: list[float]) -> None:
    line = fit_line(points(*series))
    assert line.centre == pytest.approx(-(len(series) - 1) / 2)
    assert line.at(date(2030, 12, 31)) - line.level == pytest.approx(
        line.slope * years_between(line.origin, date(2030, 12, 31))
    )
