"""Funnel limits against PHEindicatormethods, scipy and hand computation."""

from __future__ import annotations

from collections.abc import Callable
from statistics import NormalDist

import numpy as np
import pytest
from hypothesis import assume, given
from hypothesis import strategies as st
from scipy.stats import chi2_contingency

from data_access.domain.funnel_limits import (
    Z95,
    Z998,
    Funnel,
    NoFunnel,
    Overdispersion,
    Position,
    curve,
    evaluate_funnel,
    limits,
    overdispersion,
    position,
)

# Of the test data of the R package PHEindicatormethods (tests/testthat/testdata_funnel_prop_inputs.csv and
# ..._outputs.csv), in shares: all English primary care trusts together.
ENGLAND = 0.80642448

Counts = list[tuple[int, int]]
groups = st.lists(
    st.integers(1, 5000).flatmap(lambda n: st.tuples(st.integers(0, n), st.just(n))), min_size=5, max_size=25
)


def scatter(counts: list[tuple[float, float]] | Counts, reference: float | None = None) -> Overdispersion:
    found = overdispersion(counts, reference)
    assert isinstance(found, Overdispersion)
    return found


def funnel(counts: Counts, reference: float | None = None) -> Funnel[int]:
    found = evaluate_funnel(dict(enumerate(counts)), reference)
    assert isinstance(found, Funnel)
    return found


@pytest.mark.parametrize(("z", "p"), [(Z95, 0.975), (Z998, 0.999)])
def test_the_levels(z: float, p: float) -> None:
    assert z == pytest.approx(NormalDist().inv_cdf(p), abs=5e-7)


@pytest.mark.parametrize(
    ("population", "low95", "high95", "low998", "high998"),
    [
        (1, 3.204264, 100, 0, 100),
        (3, 35.933491, 100, 10.150815, 100),
        (16, 61.282902, 100, 50.118675, 100),
        (18, 62.390093, 98.894803, 51.864359, 100),
        (37, 67.911689, 93.373207, 60.570139, 100),
        (41, 68.548635, 92.73626, 61.574398, 99.710497),
        (102, 72.974925, 88.309971, 68.553233, 92.731663),
        (1008, 78.203374, 83.081521, 76.796814, 84.488082),
        (9998, 79.867989, 81.416907, 79.421375, 81.863521),
        (110000, 80.408963, 80.875933, 80.274317, 81.010578),
    ],
)
def test_the_limits_of_ohid(
    population: int, low95: float, high95: float, low998: float, high998: float
) -> None:
    """In per cent; theirs is another formula, written out at length, with quantiles of more digits."""
    assert [100 * limit for limit in limits(ENGLAND, population, Z95)] == pytest.approx(
        [low95, high95], abs=1e-5
    )
    assert [100 * limit for limit in limits(ENGLAND, population, Z998)] == pytest.approx(
        [low998, high998], abs=1e-5
    )


@pytest.mark.parametrize(
    ("numerator", "denominator", "expected"),
    [
        (35078.488, 41980, Position.HIGH),  # New Forest: High (0.001)
        (55735.3934, 67714, Position.HIGH),  # Bolton
        (26789.238, 33012, Position.NEAR_HIGH),  # West Norfolk: High (0.025)
        (36850.0492, 45449, Position.NEAR_HIGH),  # North Tees
        (18504.9982, 22739, Position.NEAR_HIGH),  # North Norfolk
        (29709.0543, 36583, Position.NEAR_HIGH),  # South Tyneside
        (21306.0303, 26333, Position.WITHIN),  # Bracknell Forest: Not significant
        (17321.4088, 21587, Position.WITHIN),  # Hartlepool
        (59356.4384, 73352, Position.WITHIN),  # Ashton, Leigh and Wigan
        (30277.5312, 37828, Position.NEAR_LOW),  # North Devon: Low (0.025)
        (23388.3, 29985, Position.LOW),  # West Wiltshire: Low (0.001)
        (24803.6256, 31824, Position.LOW),  # Norwich
    ],
)
def test_the_significance_of_ohid(numerator: float, denominator: float, expected: Position) -> None:
    assert position(numerator, denominator, ENGLAND) is expected


def test_only_the_outer_limits_stand_out() -> None:
    assert {each for each in Position if each.stands_out} == {Position.LOW, Position.HIGH}


@given(st.floats(0.01, 0.99), st.integers(1, 10**6), st.floats(1, 50))
def test_the_limits_narrow_with_the_root_of_the_denominator(p: float, n: int, inflation: float) -> None:
    """Four times the persons, half the width; four times the variance, double; wherever nothing is cut."""
    low, high = limits(p, n, Z998, inflation)
    narrow_low, narrow_high = limits(p, 4 * n, Z998, inflation)
    assert low <= narrow_low < p < narrow_high <= high
    assert limits(p, 4 * n, Z998, 4 * inflation) == pytest.approx((low, high))
    assume(low > 0 and high < 1)
    assert high - low == pytest.approx(2 * (narrow_high - narrow_low))


@given(st.integers(1, 2000), st.data(), st.floats(0.05, 0.95), st.floats(1, 9))
def test_the_complement_mirrors(n: int, data: st.DataObject, p: float, inflation: float) -> None:
    """Those in work lie as far above as those out of work lie below."""
    x = data.draw(st.integers(0, n))
    edges = [edge for z in (Z95, Z998) for edge in limits(p, n, z, inflation)]
    assume(min(abs(x / n - edge) for edge in edges) > 1e-9)
    mirror = {
        Position.LOW: Position.HIGH,
        Position.NEAR_LOW: Position.NEAR_HIGH,
        Position.WITHIN: Position.WITHIN,
        Position.NEAR_HIGH: Position.NEAR_LOW,
        Position.HIGH: Position.LOW,
    }
    assert position(n - x, n, 1 - p, inflation) is mirror[position(x, n, p, inflation)]


def test_on_a_limit_is_inside() -> None:
    """p = 0.5, n = 1: the 95 % limits would be beyond 0 and 1 and are cut there."""
    assert limits(0.5, 1, Z95) == (0.0, 1.0)
    assert position(0, 1, 0.5) is Position.WITHIN
    assert position(1, 1, 0.5) is Position.WITHIN


def test_overdispersion_by_hand() -> None:
    """Eleven groups of 100 around a half: a z-score of 1 is 5 persons.

    z = -8, -2, -1, -1, 0, 0, 0, 1, 1, 2, 8. With eleven the 10 % quantile is the second lowest, -2, so the
    two 8 become 2: φ = (4 * 4 + 4 * 1) / 11 = 20/11. As they are: 2 * 64 + 2 * 4 + 4 * 1 = 140, and the
    95 % quantile of chi-square with 10 degrees of freedom is 18.307.
    """
    found = scatter([(x, 100) for x in (10, 40, 45, 45, 50, 50, 50, 55, 55, 60, 90)])
    assert found.factor == pytest.approx(20 / 11)
    assert found.statistic == pytest.approx(140)
    assert found.degrees == 10
    assert found.significant
    assert found.inflation == pytest.approx(20 / 11)


@pytest.mark.parametrize(("step", "significant"), [(6.7, False), (6.8, True)])
def test_the_published_quantile_of_the_test(step: float, significant: bool) -> None:
    """Ten of eleven groups at ±z: 10 z² against 18.307 of the printed tables, z = 1.3530, 6.765 persons."""
    counts = [(50.0 + sign * step, 100.0) for sign in [1, -1] * 5] + [(50.0, 100.0)]
    found = scatter(counts)
    assert found.significant is significant
    # The quantiles are ±z themselves, so φ is above 1 either way, and widens nothing unless significant.
    assert found.factor == pytest.approx(10 * (step / 5) ** 2 / 11)
    assert found.inflation == (found.factor if significant else 1)


@given(groups)
def test_the_statistic_is_pearsons(counts: Counts) -> None:
    """The slow twin: the chi-square test of homogeneity of the whole table, by scipy."""
    tops, bottoms = np.array([x for x, _ in counts]), np.array([n for _, n in counts])
    assume(0 < tops.sum() < bottoms.sum())
    theirs = chi2_contingency(np.column_stack([tops, bottoms - tops]), correction=False)
    found = scatter(counts)
    assert found.statistic == pytest.approx(theirs.statistic, rel=1e-6, abs=1e-9)
    assert found.degrees == theirs.dof
    assert found.p_value == pytest.approx(theirs.pvalue, rel=1e-6, abs=1e-12)


@given(groups, st.floats(0.1, 0.9))
def test_the_factor_is_that_of_clipped_scores(counts: Counts, reference: float) -> None:
    """The slow twin: numpy's quantiles, which are R's, and its clipping."""
    tops, bottoms = np.array([x for x, _ in counts]), np.array([n for _, n in counts])
    scores = (tops / bottoms - reference) / np.sqrt(reference * (1 - reference) / bottoms)
    clipped = np.clip(scores, *np.quantile(scores, [0.1, 0.9]))
    found = scatter(counts, reference)
    assert found.factor == pytest.approx((clipped**2).mean(), rel=1e-6, abs=1e-9)
    assert found.statistic == pytest.approx((scores**2).sum(), rel=1e-6)
    assert found.degrees == len(counts)
    assert found.inflation == (max(1.0, found.factor) if found.p_value < 0.05 else 1.0)


def test_one_commune_far_out_stays_outside() -> None:
    """z = 10 for one of eleven, nought for the others: φ = 0, and the test is significant (100 > 19.675)."""
    counts = [(50, 100)] * 10 + [(100, 100)]
    found = funnel(counts, reference=0.5)
    assert found.overdispersion.significant
    assert found.overdispersion.inflation == 1
    assert found.corrected == found.raw == dict.fromkeys(range(10), Position.WITHIN) | {10: Position.HIGH}


def test_scatter_of_all_takes_the_emphasis_away() -> None:
    """Half of twenty groups at z = 4, half at -4: each beyond 3.09, φ = 16, limits at 12.4."""
    found = funnel([(70, 100), (30, 100)] * 10)
    assert found.reference == pytest.approx(0.5)
    assert found.overdispersion.inflation == pytest.approx(16)
    assert set(found.raw.values()) == {Position.HIGH, Position.LOW}
    assert set(found.corrected.values()) == {Position.WITHIN}


def test_chance_alone_widens_nothing() -> None:
    """Nineteen groups drawn from one chance (binomial, 400 of 0.3, a fixed seed)."""
    drawn = np.random.default_rng(2026).binomial(400, 0.3, 19)
    found = funnel([(int(x), 400) for x in drawn])
    assert not found.overdispersion.significant
    assert found.overdispersion.inflation == 1
    assert not any(place.stands_out for place in found.corrected.values())


@given(groups)
def test_correction_never_moves_a_group_outwards(counts: Counts) -> None:
    assume(0 < sum(x for x, _ in counts) < sum(n for _, n in counts))
    found = funnel(counts)
    for key, place in found.corrected.items():
        assert place in {found.raw[key], Position.WITHIN} or found.raw[key].endswith(
            place.removeprefix("near_")
        )
    assert found.reference == sum(x for x, _ in counts) / sum(n for _, n in counts)


@pytest.mark.parametrize(
    ("counts", "reference", "reason"),
    [
        ([(1, 10)] * 4, None, NoFunnel.TOO_FEW),
        ([(1, 10)] * 4 + [(1, 0)], None, NoFunnel.NO_PROPORTION),
        ([(1, 10)] * 4 + [(11, 10)], None, NoFunnel.NO_PROPORTION),
        ([(1, 10)] * 4 + [(-1, 10)], None, NoFunnel.NO_PROPORTION),
        ([(1, 10)] * 4 + [(float("nan"), 10)], None, NoFunnel.NO_PROPORTION),
        ([(0, 10)] * 5, None, NoFunnel.NO_VARIATION),
        ([(10, 10)] * 5, None, NoFunnel.NO_VARIATION),
        ([(1, 10)] * 5, 0.0, NoFunnel.NO_VARIATION),
        ([(1, 10)] * 5, 1.0, NoFunnel.NO_VARIATION),
    ],
)
def test_refusals(counts: Counts, reference: float | None, reason: NoFunnel) -> None:
    assert evaluate_funnel(dict(enumerate(counts)), reference) is reason


def test_the_curve_passes_through_the_limits() -> None:
    """Thirteen points from 1 to 4096 are powers of two; each pair is the limits there."""
    drawn = curve(ENGLAND, 1, 4096, 13, Z998, 2.5)
    assert drawn.denominators == pytest.approx([2**k for k in range(13)])
    assert (drawn.denominators[0], drawn.denominators[-1]) == (1, 4096)
    pairs = [limits(ENGLAND, n, Z998, 2.5) for n in drawn.denominators]
    assert list(zip(drawn.low, drawn.high, strict=True)) == pairs


@pytest.mark.parametrize(
    "ask",
    [
        lambda: limits(0.5, 0, Z95),
        lambda: limits(1.5, 10, Z95),
        lambda: limits(0.5, 10, Z95, 0),
        lambda: position(11, 10, 0.5),
        lambda: curve(0.5, 10, 100, 1, Z95),
        lambda: curve(0.5, 0, 100, 10, Z95),
        lambda: curve(0.5, 100, 100, 10, Z95),
    ],
)
def test_what_makes_no_sense(ask: Callable[[], object]) -> None:
    with pytest.raises(ValueError, match=r"no limits|not a proportion|no curve"):
        ask()
