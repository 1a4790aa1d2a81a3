"""Kitagawa's decomposition against Das Gupta's worked example, its first form, and by hand."""

from __future__ import annotations

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from data_access.domain.decomposition import (
    Component,
    Contributions,
    Decomposition,
    NoDecomposition,
    contributions,
    kitagawa,
)
from data_access.domain.standardisation import Standardised, standardise
from tests.data_access.domain.test_standardisation import (
    RATES_1970,
    RATES_1985,
    SIZES_1970,
    SIZES_1985,
    deaths,
)

Cells = dict[int, tuple[float, float]]

cell = st.integers(1, 5000).flatmap(lambda n: st.tuples(st.integers(0, n), st.just(n)))
pairs = st.lists(st.tuples(cell, cell), min_size=1, max_size=19)


def split(counts: list[tuple[tuple[int, int], tuple[int, int]]]) -> tuple[Cells, Cells]:
    return {key: a for key, (a, _) in enumerate(counts)}, {key: b for key, (_, b) in enumerate(counts)}


def rate(cells: Cells) -> float:
    return sum(x for x, _ in cells.values()) / sum(n for _, n in cells.values())


def decomposed(a: Cells, b: Cells) -> Decomposition[int]:
    found = kitagawa(a, b)
    assert isinstance(found, Decomposition)
    return found


def contributed(before: Cells, after: Cells) -> Contributions[int]:
    found = contributions(before, after)
    assert isinstance(found, Contributions)
    return found


def test_the_worked_example_of_das_gupta() -> None:
    """Das Gupta (1993), example 5.3 (source beside the data): deaths per thousand, 1985 against 1970.

    Published: rates at common composition 8.030 and 10.258, so -2.228 within; age 9.907 - 8.385 = 1.522 and
    race 9.156 - 9.136 = 0.020, so 1.542 by composition; in all -0.686. With cells of race by age his effect
    of the rates is Kitagawa's, and his effects of race and age together are her effect of composition.
    """
    found = decomposed(deaths(SIZES_1985, RATES_1985), deaths(SIZES_1970, RATES_1970))
    assert 1000 * found.within == pytest.approx(8.030 - 10.258, abs=1e-3)
    assert 1000 * found.composition == pytest.approx(9.907 - 8.385 + 9.156 - 9.136, abs=2e-3)
    assert 1000 * found.difference == pytest.approx(-0.686, abs=2e-3)


def test_by_hand() -> None:
    """Two strata, short and long unemployment, rates 60 and 20 % against 50 and 10 %.

    a: 30/50 + 10/50 = 40 %; b: 10/20 + 8/80 = 18 %; difference 22 points, mean of the two 29 %.
    Composition: (0.5 - 0.2)(0.55 - 0.29) = 0.078 and (0.5 - 0.8)(0.15 - 0.29) = 0.042, together 0.12.
    Within: 0.1 * 0.35 = 0.035 and 0.1 * 0.65 = 0.065, together 0.10.
    """
    found = decomposed({1: (30, 50), 2: (10, 50)}, {1: (10, 20), 2: (8, 80)})
    assert (found.rate_a, found.rate_b) == pytest.approx((0.40, 0.18))
    assert (found.composition, found.within) == pytest.approx((0.12, 0.10))
    short, long = found.strata[1], found.strata[2]
    assert (short.composition, short.within) == pytest.approx((0.078, 0.035))
    assert (long.composition, long.within) == pytest.approx((0.042, 0.065))
    assert (short.total, long.total) == pytest.approx((0.113, 0.107))


@given(pairs)
def test_it_adds_up(counts: list[tuple[tuple[int, int], tuple[int, int]]]) -> None:
    a, b = split(counts)
    found = decomposed(a, b)
    assert found.difference == pytest.approx(rate(a) - rate(b), abs=1e-12)
    assert found.composition + found.within == pytest.approx(rate(a) - rate(b), abs=1e-12)
    assert sum(part.total for part in found.strata.values()) == pytest.approx(rate(a) - rate(b), abs=1e-12)


@given(pairs)
def test_the_sums_are_those_of_kitagawas_first_form(
    counts: list[tuple[tuple[int, int], tuple[int, int]]],
) -> None:
    """The slow twin: without the mean taken from the rates, as printed in 1955."""
    a, b = split(counts)
    all_a, all_b = sum(n for _, n in a.values()), sum(n for _, n in b.values())
    composition = within = 0.0
    for key in a:
        (x_a, n_a), (x_b, n_b) = a[key], b[key]
        composition += (n_a / all_a - n_b / all_b) * (x_a / n_a + x_b / n_b) / 2
        within += (x_a / n_a - x_b / n_b) * (n_a / all_a + n_b / all_b) / 2
    found = decomposed(a, b)
    assert (found.composition, found.within) == pytest.approx((composition, within), abs=1e-12)


@given(pairs)
def test_within_is_the_difference_of_rates_standardised_on_the_mean_composition(
    counts: list[tuple[tuple[int, int], tuple[int, int]]],
) -> None:
    """Kitagawa (1955): the two ways to compare fairly are one."""
    a, b = split(counts)
    all_a, all_b = sum(n for _, n in a.values()), sum(n for _, n in b.values())
    standard = {key: a[key][1] / all_a + b[key][1] / all_b for key in a}
    fair_a, fair_b = standardise(a, standard), standardise(b, standard)
    assert isinstance(fair_a, Standardised)
    assert isinstance(fair_b, Standardised)
    assert decomposed(a, b).within == pytest.approx(fair_a.value - fair_b.value, abs=1e-12)


@given(pairs)
def test_the_other_way_round_is_the_opposite(counts: list[tuple[tuple[int, int], tuple[int, int]]]) -> None:
    a, b = split(counts)
    there, back = decomposed(a, b), decomposed(b, a)
    for key in a:
        assert there.strata[key].composition == pytest.approx(-back.strata[key].composition, abs=1e-12)
        assert there.strata[key].within == pytest.approx(-back.strata[key].within, abs=1e-12)


@given(pairs, st.integers(2, 9))
def test_size_alone_is_no_composition(
    counts: list[tuple[tuple[int, int], tuple[int, int]]], times: int
) -> None:
    """The same shares in a population a few times as large: everything is within."""
    a, _ = split(counts)
    other = {key: (times * (n - x), times * n) for key, (x, n) in a.items()}
    assert decomposed(a, other).composition == pytest.approx(0, abs=1e-12)


def test_strata_without_persons_on_both_sides_are_left_out() -> None:
    found = decomposed({1: (1, 10), 2: (0, 0)}, {1: (2, 10)})
    assert list(found.strata) == [1]
    assert found.strata[1].within == pytest.approx(-0.1)


def test_a_rate_may_exceed_one() -> None:
    """A rate that is no share, such as jobseekers per vacancy: 30/10 against 10/10."""
    assert decomposed({1: (30, 10)}, {1: (10, 10)}).within == pytest.approx(2)


@pytest.mark.parametrize(
    ("a", "b", "reason"),
    [
        ({}, {}, NoDecomposition.NO_STRATA),
        ({1: (1, 10)}, {}, NoDecomposition.NO_STRATA),
        ({1: (1, 10)}, {1: (0, 0)}, NoDecomposition.NO_STRATA),
        ({1: (1, 10), 2: (1, 10)}, {1: (1, 10)}, NoDecomposition.STRATUM_MISSING),
        ({1: (1, 10), 2: (0, 0)}, {1: (1, 10), 2: (1, 10)}, NoDecomposition.STRATUM_MISSING),
        ({1: (-1, 10)}, {1: (1, 10)}, NoDecomposition.NO_RATE),
        ({1: (1, 10)}, {1: (1, 0)}, NoDecomposition.NO_RATE),
        ({1: (1, 10)}, {1: (1, -1)}, NoDecomposition.NO_RATE),
        ({1: (float("nan"), 10)}, {1: (1, 10)}, NoDecomposition.NO_RATE),
    ],
)
def test_refusals(a: Cells, b: Cells, reason: NoDecomposition) -> None:
    assert kitagawa(a, b) is reason
    assert contributions(a, b) is reason


def test_contributions_by_hand() -> None:
    """Three communes, before 50/100, 20/100, 10/200 (80/400 = 20 %), after 60/100, 40/200, 5/100 (26.25 %).

    Shares 25, 25, 50 % become 25, 50, 25 %. The mean of 20 and 26.25 is 23.125 %.
    First: 0.25 * 0.10 = 0.025 by its rate, nothing by its weight. Second: 0 by its rate (20 % twice),
    0.25 * (0.20 - 0.23125) = -0.0078125 by its weight. Third: 0 by its rate (5 % twice),
    -0.25 * (0.05 - 0.23125) = 0.0453125 by its weight. Together 0.025 - 0.0078125 + 0.0453125 = 0.0625.
    """
    found = contributed({1: (50, 100), 2: (20, 100), 3: (10, 200)}, {1: (60, 100), 2: (40, 200), 3: (5, 100)})
    assert (found.before, found.after, found.change) == pytest.approx((0.20, 0.2625, 0.0625))
    parts = [(part.composition, part.within) for part in found.areas.values()]
    assert [part[0] for part in parts] == pytest.approx([0, -0.0078125, 0.0453125])
    assert [part[1] for part in parts] == pytest.approx([0.025, 0, 0])


@given(pairs)
def test_contributions_add_up_to_the_change(counts: list[tuple[tuple[int, int], tuple[int, int]]]) -> None:
    before, after = split(counts)
    found = contributed(before, after)
    assert found.change == pytest.approx(rate(after) - rate(before), abs=1e-12)
    assert sum(part.total for part in found.areas.values()) == pytest.approx(found.change, abs=1e-12)


@given(pairs)
def test_an_area_like_the_whole_adds_nothing_by_growing(
    counts: list[tuple[tuple[int, int], tuple[int, int]]],
) -> None:
    """What the second form is for: the composition of an area at the mean of the two rates is nought."""
    before, after = split(counts)
    assume(rate(before) + rate(after) > 0)
    whole = [(sum(x for x, _ in side.values()), sum(n for _, n in side.values())) for side in (before, after)]
    (x_0, n_0), (x_1, n_1) = whole
    found = contributed({**before, 99: (x_0, n_0)}, {**after, 99: (3 * x_1, 3 * n_1)})
    assert found.areas[99].composition == pytest.approx(0, abs=1e-12)


def test_one_area_is_the_whole() -> None:
    assert contributed({1: (1, 4)}, {1: (1, 2)}).areas == {1: Component(0.0, 0.25)}
