"""Direct standardisation against Das Gupta, Newcombe, the binomial distribution itself and by hand."""

from __future__ import annotations

from itertools import product
from math import sqrt

import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy.stats import binom

from data_access.domain.interval import difference_interval, wilson_interval
from data_access.domain.standardisation import NotStandardised, Standardised, standardise

# Das Gupta (1993), Standardization and Decomposition of Rates: A User's Manual, U.S. Bureau of the Census,
# P23-186, example 5.3, as carried by the R package DasGuptR (tests/testthat/test-split_popstr.R): persons in
# thousands and deaths per thousand by race (two) and age (eleven), United States.
SIZES_1985 = [3041, 11577, 27450, 32711, 35480, 27411, 19555, 19795, 15254, 8022, 2472]
SIZES_1985 += [707, 2692, 6473, 6841, 6547, 4352, 3034, 2540, 1749, 804, 236]
SIZES_1970 = [2968, 11484, 34614, 30992, 21983, 20314, 20928, 16897, 11339, 5720, 1315]
SIZES_1970 += [535, 2162, 6120, 4781, 3096, 2718, 2363, 1767, 1149, 448, 117]
RATES_1985 = [9.163, 0.462, 0.248, 0.929, 1.084, 1.810, 4.715, 12.187, 27.728, 64.068, 157.570]
RATES_1985 += [17.208, 0.738, 0.328, 1.103, 2.045, 3.724, 8.052, 17.812, 34.128, 68.276, 125.161]
RATES_1970 = [18.469, 0.751, 0.391, 1.146, 1.287, 2.672, 6.636, 15.691, 34.723, 79.763, 176.837]
RATES_1970 += [36.993, 1.352, 0.541, 2.040, 3.523, 6.746, 12.967, 24.471, 45.091, 74.902, 123.205]

Cells = dict[int, tuple[float, float]]

strata = st.lists(
    st.integers(1, 500).flatmap(lambda n: st.tuples(st.integers(0, n), st.just(n))), min_size=1, max_size=8
)


def deaths(sizes: list[int], rates: list[float]) -> Cells:
    """Numerator and denominator by stratum, in persons."""
    pairs = zip(sizes, rates, strict=True)
    return {key: (size * rate, 1000.0 * size) for key, (size, rate) in enumerate(pairs)}


def found(groups: Cells, standard: dict[int, float]) -> Standardised:
    answer = standardise(groups, standard)
    assert isinstance(answer, Standardised)
    return answer


@pytest.mark.parametrize(
    ("sizes", "rates", "published"), [(SIZES_1985, RATES_1985, 8.030), (SIZES_1970, RATES_1970, 10.258)]
)
def test_the_worked_example_of_das_gupta(sizes: list[int], rates: list[float], published: float) -> None:
    """Death rates per thousand at the mean composition of the two years; the last digit is rounded twice."""
    parts = [[size / sum(year) for size in year] for year in (SIZES_1985, SIZES_1970)]
    standard = {key: (a + b) / 2 for key, (a, b) in enumerate(zip(*parts, strict=True))}
    assert 1000 * found(deaths(sizes, rates), standard).value == pytest.approx(published, abs=1e-3)


@pytest.mark.parametrize(
    ("counts", "low", "high"),
    [
        ((56, 70, 48, 80), 0.0524, 0.3339),
        ((9, 10, 3, 10), 0.1705, 0.8090),
        ((6, 7, 2, 7), 0.0582, 0.8062),
        ((5, 56, 0, 29), -0.0381, 0.1926),
        ((0, 10, 0, 20), -0.1611, 0.2775),
        ((10, 10, 0, 20), 0.6791, 1.0),
    ],
)
def test_the_published_table_of_newcombe(counts: tuple[int, int, int, int], low: float, high: float) -> None:
    """Newcombe (1998), Statistics in Medicine 17, 873-890, table II, method 10.

    Half of p and half of 1 - q is (1 + p - q) / 2, so its limits are those of p - q, plus 1, halved.
    """
    a, n_a, b, n_b = counts
    answer = found({1: (a, n_a), 2: (n_b - b, n_b)}, {1: 1.0, 2: 1.0})
    assert (2 * answer.low - 1, 2 * answer.high - 1) == pytest.approx((low, high), abs=6e-5)


def test_by_hand() -> None:
    """10 of 100 and 40 of 100, weights 3 to 1: 0.75 * 0.1 + 0.25 * 0.4 = 0.175.

    Wilson, z² = 3.841459: (x + z²/2 ± z √(x (n - x) / n + z²/4)) / (n + z²) is
    (11.920730 ± 1.959964 √9.960365) / 103.841459 = 0.055229, 0.174366 and
    (41.920730 ± 1.959964 √24.960365) / 103.841459 = 0.309402, 0.497998.
    Low: √((0.75 * 0.044771)² + (0.25 * 0.090598)²) = √(0.00112750 + 0.00051300) = 0.040503;
    high: √((0.75 * 0.074366)² + (0.25 * 0.097998)²) = √(0.00311079 + 0.00060023) = 0.060918.
    """
    answer = found({1: (10, 100), 2: (40, 100)}, {1: 3.0, 2: 1.0})
    assert answer.value == pytest.approx(0.175)
    assert answer.low == pytest.approx(0.175 - 0.040503, abs=2e-6)
    assert answer.high == pytest.approx(0.175 + 0.060918, abs=2e-6)


@given(st.integers(1, 500), st.data())
def test_one_stratum_is_wilsons(n: int, data: st.DataObject) -> None:
    x = data.draw(st.integers(0, n))
    answer = found({1: (x, n)}, {1: 7.0})
    assert answer.value == pytest.approx(x / n)
    assert (answer.low, answer.high) == pytest.approx(wilson_interval(x, n))


@given(strata, st.data())
def test_a_half_of_each_is_the_projects_own_difference(
    counts: list[tuple[int, int]], data: st.DataObject
) -> None:
    (a, n_a), (b, n_b) = counts[0], data.draw(st.sampled_from(counts))
    low, high = difference_interval(a, n_a, b, n_b)
    answer = found({1: (a, n_a), 2: (n_b - b, n_b)}, {1: 0.5, 2: 0.5})
    assert (2 * answer.low - 1, 2 * answer.high - 1) == pytest.approx((low, high), abs=1e-12)


@given(strata)
def test_the_own_composition_changes_nothing(counts: list[tuple[int, int]]) -> None:
    groups: Cells = dict(enumerate(counts))
    answer = found(groups, {key: float(n) for key, (_, n) in groups.items()})
    assert answer.value == pytest.approx(sum(x for x, _ in counts) / sum(n for _, n in counts), abs=1e-12)


@given(strata, st.data(), st.sampled_from([1e-6, 0.01, 3.0, 1e6]))
def test_only_the_proportions_of_the_weights_matter(
    counts: list[tuple[int, int]], data: st.DataObject, scale: float
) -> None:
    weights = data.draw(st.lists(st.integers(1, 100), min_size=len(counts), max_size=len(counts)))
    answer = found(dict(enumerate(counts)), {key: float(weight) for key, weight in enumerate(weights)})
    scaled = found(dict(enumerate(counts)), {key: scale * weight for key, weight in enumerate(weights)})
    for ours, theirs in zip(
        (answer.value, answer.low, answer.high), (scaled.value, scaled.low, scaled.high), strict=True
    ):
        assert ours == pytest.approx(theirs, abs=1e-12)


@given(strata, st.data())
def test_the_interval_is_one_and_the_complement_mirrors_it(
    counts: list[tuple[int, int]], data: st.DataObject
) -> None:
    weights = data.draw(st.lists(st.integers(1, 100), min_size=len(counts), max_size=len(counts)))
    standard = {key: float(weight) for key, weight in enumerate(weights)}
    answer = found(dict(enumerate(counts)), standard)
    assert 0 <= answer.low <= answer.value <= answer.high <= 1
    assert answer.low < answer.high
    mirror = found({key: (n - x, n) for key, (x, n) in enumerate(counts)}, standard)
    assert (mirror.low, mirror.high) == pytest.approx((1 - answer.high, 1 - answer.low), abs=1e-12)


def test_large_strata_come_to_the_normal_interval() -> None:
    """The slow twin: variance sum w² p (1 - p) / n, when no stratum is small."""
    groups: Cells = {1: (300_000, 1_000_000), 2: (800_000, 2_000_000), 3: (50_000, 500_000)}
    standard = {1: 0.5, 2: 0.2, 3: 0.3}
    variance = sum(standard[key] ** 2 * (x / n) * (1 - x / n) / n for key, (x, n) in groups.items())
    answer = found(groups, standard)
    assert (answer.high - answer.low) / 2 == pytest.approx(1.959964 * sqrt(variance), rel=1e-4)


@pytest.mark.parametrize(("p", "q"), list(product([0.02, 0.1, 0.5, 0.9], [0.02, 0.3, 0.7])))
def test_it_covers_as_promised(p: float, q: float) -> None:
    """Exactly: over every outcome of 20 and 30 persons, how often the interval holds the true value.

    The normal interval holds 0.02 in both strata in no more than two cases of three, since nobody is found
    in either in the third.
    """
    truth, covered = 0.4 * p + 0.6 * q, 0.0
    for x, y in product(range(21), range(31)):
        answer = found({1: (x, 20), 2: (y, 30)}, {1: 0.4, 2: 0.6})
        if answer.low <= truth <= answer.high:
            covered += float(binom.pmf(x, 20, p) * binom.pmf(y, 30, q))
    assert 0.92 <= covered < 1


def test_a_stratum_with_weight_zero_is_left_out_on_purpose() -> None:
    answer = found({1: (10, 100), 2: (90, 100)}, {1: 5.0, 2: 0.0})
    assert answer == found({1: (10, 100)}, {1: 1.0})


@pytest.mark.parametrize(
    ("groups", "standard", "reason"),
    [
        ({1: (1, 10)}, {}, NotStandardised.NO_STRATA),
        ({1: (1, 10)}, {1: 0.0}, NotStandardised.NO_STRATA),
        ({1: (1, 10), 2: (0, 0)}, {1: 1.0, 2: 1.0}, NotStandardised.STRATUM_MISSING),
        ({1: (1, 10)}, {1: 1.0, 2: 1.0}, NotStandardised.STRATUM_MISSING),
        ({1: (1, 10), 2: (1, 10)}, {1: 1.0}, NotStandardised.NOT_IN_STANDARD),
        ({1: (11, 10)}, {1: 1.0}, NotStandardised.NO_PROPORTION),
        ({1: (-1, 10)}, {1: 1.0}, NotStandardised.NO_PROPORTION),
        ({1: (float("nan"), 10)}, {1: 1.0}, NotStandardised.NO_PROPORTION),
    ],
)
def test_refusals(groups: Cells, standard: dict[int, float], reason: NotStandardised) -> None:
    assert standardise(groups, standard) is reason


def test_an_empty_stratum_that_nobody_weighs_is_no_matter() -> None:
    assert isinstance(standardise({1: (1, 10), 2: (0, 0)}, {1: 1.0}), Standardised)


@pytest.mark.parametrize("weight", [-1.0, float("nan")])
def test_a_weight_that_is_none(weight: float) -> None:
    with pytest.raises(ValueError, match="a weight is negative"):
        standardise({1: (1, 10), 2: (1, 10)}, {1: 5.0, 2: weight})
