"""Verdicts and refusals of the control chart."""

from __future__ import annotations

from itertools import pairwise

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from data_access.domain.control_chart import Assurance, ControlChart, NoChart, Variation, control_chart
from data_access.domain.control_rules import ControlPoint, Rule
from data_access.domain.polarity import Polarity
from tests.data_access.domain.control_twin import rules

# Mean 1.5 and moving range 3, so that limits lie at -6.48 and 9.48.
CALM = [0.0, 3.0] * 8


def chart(values: list[float], polarity: Polarity = Polarity.HIGHER, **more: object) -> ControlChart:
    return control_chart(values, polarity=polarity, **more)  # type: ignore[arg-type]


def test_usual_noise_is_common_cause() -> None:
    found = chart(CALM)
    assert (found.variation, found.refusal, found.assurance) == (Variation.COMMON, None, None)
    assert [p.above for p in found.points] == [False, True] * 8
    assert all(p.rules == () for p in found.points)


@pytest.mark.parametrize(
    ("last", "polarity", "variation"),
    [
        (30.0, Polarity.HIGHER, Variation.IMPROVEMENT_HIGH),
        (30.0, Polarity.LOWER, Variation.CONCERN_HIGH),
        (30.0, Polarity.NEUTRAL, Variation.NEUTRAL_HIGH),
        (30.0, Polarity.BAND, Variation.NEUTRAL_HIGH),
        (-30.0, Polarity.HIGHER, Variation.CONCERN_LOW),
        (-30.0, Polarity.LOWER, Variation.IMPROVEMENT_LOW),
        (-30.0, Polarity.NEUTRAL, Variation.NEUTRAL_LOW),
    ],
)
def test_a_last_point_outside(last: float, polarity: Polarity, variation: Variation) -> None:
    found = chart([*CALM, last], polarity)
    assert (found.points[-1].rules, found.variation) == ((Rule.OUTSIDE,), variation)


def test_a_signal_before_the_last_point_is_no_verdict_on_it() -> None:
    found = chart([*CALM, 30.0, 1.0])
    assert found.points[-2].rules == (Rule.OUTSIDE,)
    assert found.variation is Variation.COMMON


@pytest.mark.parametrize(
    ("level", "last", "variation"),
    [
        # A gap of -20 that comes to 0 has closed, one of 20 that goes to 40 has opened.
        (-20, 20, Variation.IMPROVEMENT_HIGH),
        (20, 20, Variation.CONCERN_HIGH),
        (20, -20, Variation.IMPROVEMENT_LOW),
        (-20, -20, Variation.CONCERN_LOW),
        # From a mean of about -20 far across zero, to 40: further from zero than it was.
        (-20, 60, Variation.CONCERN_HIGH),
    ],
)
def test_a_gap_is_better_nearer_to_zero(level: int, last: float, variation: Variation) -> None:
    values = [level + v for v in CALM]
    assert chart([*values, level + last], Polarity.ZERO_GAP).variation is variation


def test_a_gap_as_far_on_the_other_side_is_neither() -> None:
    """Sixteen values of sum -1152 and a last one of 64 have the mean -1088 / 17 = -64."""
    values = [-72.0 + (3 if i % 2 else -3) for i in range(16)]
    found = chart([*values, 64.0], Polarity.ZERO_GAP)
    assert found.segments[0].mean == -64
    assert found.variation is Variation.NEUTRAL_HIGH


def test_a_trend_goes_where_it_goes() -> None:
    """Falling still above the mean, inside the limits: concern, as high as it may be (issue 171)."""
    values = [0.0, 30.0] * 8 + [45.0, 41.0, 37.0, 33.0, 29.0, 25.0, 21.0]
    found = chart(values)
    assert found.points[-1].above is True
    assert found.points[-1].rules == (Rule.SHIFT, Rule.TREND)
    assert found.variation is Variation.CONCERN_LOW
    assert chart(values, Polarity.LOWER).variation is Variation.IMPROVEMENT_LOW
    assert chart(values, Polarity.ZERO_GAP).variation is Variation.IMPROVEMENT_LOW


def test_a_gap_whose_trend_ends_as_far_as_it_began_is_neither() -> None:
    values = [-30.0, 30.0] * 8 + [-3.0, -2.0, -1.0, 0.0, 1.0, 2.0, 3.0]
    found = chart(values, Polarity.ZERO_GAP)
    assert found.points[-1].rules == (Rule.TREND,)
    assert found.variation is Variation.NEUTRAL_HIGH


def test_outside_a_limit_the_side_counts_not_the_trend() -> None:
    """Falling, but far above all that was usual: it is high."""
    found = chart([*CALM, *CALM, 80.0, 79.0, 78.0, 77.0, 76.0, 75.0, 74.0])
    assert {Rule.OUTSIDE, Rule.TREND} <= set(found.points[-1].rules)
    assert found.variation is Variation.IMPROVEMENT_HIGH


@pytest.mark.parametrize(
    ("target", "higher"),
    [
        # Limits of CALM: 1.5 ± 2.66 × 3, that is -6.48 and 9.48.
        (-7.0, Assurance.PASS),
        (9.5, Assurance.FAIL),
        (2.0, Assurance.HIT_OR_MISS),
        (9.48, Assurance.HIT_OR_MISS),  # on the limit
        (-6.48, Assurance.HIT_OR_MISS),
    ],
)
def test_assurance(target: float, higher: Assurance) -> None:
    lower = {Assurance.PASS: Assurance.FAIL, Assurance.FAIL: Assurance.PASS}.get(higher, higher)
    assert chart(CALM, target=target).assurance is higher
    assert chart(CALM, Polarity.LOWER, target=target).assurance is lower
    for polarity in (Polarity.NEUTRAL, Polarity.BAND, Polarity.ZERO_GAP):
        assert chart(CALM, polarity, target=target).assurance is None


def test_a_documented_break_begins_anew() -> None:
    """The same noise 50 higher: two segments see no shift, and the second passes a target of 40.

    One chart for both: mean 26.5, moving range (30 × 3 + 47) / 31 = 4.42, upper limit 38.3.
    """
    values = [*CALM, *(v + 50 for v in CALM)]
    whole, rebased = chart(values, target=40.0), chart(values, target=40.0, rebase_at=[16])
    assert all(Rule.SHIFT in p.rules for p in whole.points)
    assert (whole.variation, whole.assurance) == (Variation.IMPROVEMENT_HIGH, Assurance.FAIL)
    assert [(s.start, s.stop, s.mean) for s in rebased.segments] == [(0, 16, 1.5), (16, 32, 51.5)]
    assert all(p.rules == () for p in rebased.points)
    assert (rebased.variation, rebased.assurance) == (Variation.COMMON, Assurance.PASS)


def test_a_stretch_too_short_or_too_still_bears_no_limits_but_does_not_stop_the_last() -> None:
    values = [1.0, 2.0, 3.0, *[5.0] * 10, *CALM]
    found = chart(values, rebase_at=[3, 13])
    assert [(s.start, s.stop) for s in found.segments] == [(13, 29)]
    assert found.points[:13] == tuple(ControlPoint(i) for i in range(13))
    assert len(found.points) == 29


@pytest.mark.parametrize("rebase_at", [[], [0], [16], [99], [-3], [0, 0, 99]])
def test_a_break_outside_the_series_has_no_effect(rebase_at: list[int]) -> None:
    assert chart(CALM, rebase_at=rebase_at) == chart(CALM)


@pytest.mark.parametrize(
    ("values", "more", "refusal"),
    [
        (CALM, {"stock": True}, NoChart.STOCK),
        ([], {"stock": True}, NoChart.STOCK),
        (CALM, {"overlapping": True}, NoChart.OVERLAPPING),
        ([], {}, NoChart.TOO_FEW),
        (CALM[:6], {}, NoChart.TOO_FEW),
        (CALM, {"rebase_at": [10]}, NoChart.TOO_FEW),
        ([5.0] * 20, {}, NoChart.CONSTANT),
        ([*CALM, *[5.0] * 7], {"rebase_at": [16]}, NoChart.CONSTANT),
        ([0.0, 1.0, 2.0, 3.0, 3.0, 3.0, 2.0, 1.0, 0.0] * 3, {}, NoChart.AUTOCORRELATED),
    ],
)
def test_a_refusal_has_its_reason_and_nothing_else(
    values: list[float], more: dict[str, object], refusal: NoChart
) -> None:
    found = chart(values, target=3.0, **more)
    assert found.refusal is refusal
    assert (found.segments, found.points, found.variation, found.assurance) == ((), (), None, None)
    assert (found.autocorrelation is not None) is (refusal is NoChart.AUTOCORRELATED)


@pytest.mark.parametrize(
    ("values", "alike", "refusal"),
    # The correlations are those of statsmodels' acf.
    [
        ([6, 7, 5, 5, 3, 4, 6, 7, 7, 7, 4, 5], 0.3929, None),
        ([5, 5, 3, 6, 7, 5, 4, 4, 2, 3, 3, 4], 0.4242, NoChart.AUTOCORRELATED),
    ],
)
def test_up_to_four_tenths_is_noise(values: list[int], alike: float, refusal: NoChart | None) -> None:
    found = chart([float(v) for v in values])
    assert found.autocorrelation == pytest.approx(alike, abs=5e-5)
    assert found.refusal is refusal


def test_the_last_segment_alone_is_asked_for_its_autocorrelation() -> None:
    """Sixteen deviations of the same size and turning signs: fifteen products, r = -15/16."""
    found = chart([*map(float, [0, 0, 0, 9, 9, 9, 0, 0, 0]), *CALM], rebase_at=[9])
    assert found.autocorrelation == pytest.approx(-15 / 16)


def test_seven_values_are_enough() -> None:
    found = chart(CALM[:7])
    assert found.refusal is None
    assert found.segments[0].trial


def test_screening_finds_what_one_jump_would_hide() -> None:
    """The published vector with 6 at the end: inside -3 and 7, outside -1 and 5."""
    values = [1.0, 2, 1, 2, 10, 1, 2, 1, 2, 1, 2, 1, 2, 1, 2, 1, 2, 6]
    wide, screened = chart(values), chart(values, screening=True)
    assert (wide.variation, wide.screened) == (Variation.COMMON, False)
    assert (screened.variation, screened.screened) == (Variation.IMPROVEMENT_HIGH, True)


whole = st.lists(st.integers(-60, 60), min_size=7, max_size=45)
cuts = st.lists(st.integers(0, 45), max_size=2)


@given(whole, cuts, st.booleans())
def test_every_segment_as_the_twin(values: list[int], at: list[int], screening: bool) -> None:
    found = chart([float(v) for v in values], rebase_at=at, screening=screening)
    assume(found.refusal is None)
    bounds = sorted({0, len(values), *(i for i in at if i < len(values))})
    expected: list[set[str]] = []
    for a, b in pairwise(bounds):
        charted = any(s.start == a for s in found.segments)
        expected += rules(values[a:b], screening=screening) if charted else [set()] * (b - a)
    assert [{r.value for r in p.rules} for p in found.points] == expected


@given(whole, cuts, st.sampled_from([0.125, 0.5, 3.0, 10.0, 1024.0]), st.integers(-5000, 5000))
def test_another_unit_or_origin_changes_no_signal(
    values: list[int], at: list[int], scale: float, shift: int
) -> None:
    here = chart([float(v) for v in values], rebase_at=at)
    there = chart([scale * v + shift for v in values], rebase_at=at)
    assert (here.points, here.variation, here.refusal) == (there.points, there.variation, there.refusal)


MIRROR = {"improvement": "concern", "concern": "improvement", "pass": "fail", "fail": "pass"}


@given(whole, st.integers(-200, 200))
def test_the_other_polarity_mirrors_the_verdicts(values: list[int], target: int) -> None:
    numbers = [float(v) for v in values]
    up, down = (chart(numbers, p, target=float(target)) for p in (Polarity.HIGHER, Polarity.LOWER))
    assume(up.refusal is None)
    assert up.points == down.points
    assert up.variation is not None
    assert up.assurance is not None
    kind, _, side = up.variation.partition("_")
    assert down.variation == "_".join(filter(None, [MIRROR.get(kind, kind), side]))
    assert down.assurance == MIRROR.get(up.assurance, up.assurance)


@given(whole, st.integers(-200, 200))
def test_values_upside_down_are_judged_as_the_other_polarity(values: list[int], target: int) -> None:
    up = chart([float(v) for v in values], Polarity.HIGHER, target=float(target))
    down = chart([-float(v) for v in values], Polarity.LOWER, target=-float(target))
    assert (up.refusal, up.assurance) == (down.refusal, down.assurance)
    assert [p.rules for p in up.points] == [p.rules for p in down.points]
    if up.variation is not None:
        turned = {"high": "low", "low": "high"}
        kind, _, side = up.variation.partition("_")
        assert down.variation == "_".join(filter(None, [kind, turned.get(side, "")]))
