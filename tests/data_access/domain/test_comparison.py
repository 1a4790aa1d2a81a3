"""Groups beside each other: sums, rests, gaps, and what subtraction would give away."""

from __future__ import annotations

from itertools import product

import pytest
from hypothesis import given
from hypothesis import strategies as st

from data_access.domain.comparison import (
    HIDDEN,
    MISSING,
    Cell,
    Gap,
    Guard,
    Kind,
    gap,
    interval,
    pooled,
    rest,
    suppress_complements,
)
from data_access.domain.confidentiality import Availability, SmallCellRule

RULE = SmallCellRule()  # counts from 4, denominators from 30


def guard(kind: Kind = Kind.SHARE, *, persons: bool = True, sensitive: bool = False) -> Guard:
    return Guard(kind, persons, sensitive, RULE)


def share(numerator: float, denominator: float, *, provisional: bool = False) -> Cell:
    value = 100 * numerator / denominator
    return Cell(Availability.AVAILABLE, value, numerator, denominator, provisional)


def count(value: float) -> Cell:
    return Cell(Availability.AVAILABLE, value)


def test_groups_are_pooled_by_their_counts_not_by_their_rates() -> None:
    """10 of 100 and 300 of 400 are 310 of 500, 62 %; the mean of 10 % and 75 % would be 42.5 %."""
    found = pooled([share(10, 100), share(300, 400)], guard())
    assert (found.value, found.numerator, found.denominator) == (62.0, 310, 500)


def test_counts_are_added() -> None:
    assert pooled([count(12), count(30)], guard(Kind.COUNT)).value == 42


def test_a_ratio_is_not_a_percentage() -> None:
    assert pooled([share(10, 100), share(20, 100)], guard(Kind.RATIO)).value == 0.15


@pytest.mark.parametrize(
    ("parts", "expected"),
    [
        ([share(10, 100), HIDDEN], HIDDEN),
        ([share(10, 100), MISSING], MISSING),
        ([MISSING, HIDDEN], HIDDEN),
        ([], MISSING),
        ([Cell(Availability.AVAILABLE, 12.0)], MISSING),
        ([share(1, 20), share(1, 20)], HIDDEN),  # two persons are a few
        ([share(10, 14), share(9, 14)], HIDDEN),  # 28 is below the smallest denominator
    ],
)
def test_a_sum_says_no_more_than_its_parts(parts: list[Cell], expected: Cell) -> None:
    assert pooled(parts, guard()) == expected


def test_zero_is_a_value() -> None:
    assert pooled([share(0, 100), share(0, 60)], guard()).value == 0


def test_the_rest_is_the_total_without_the_group() -> None:
    """500 of 1000 without 100 of 400 is 400 of 600: 66.67 %."""
    found = rest(share(500, 1000), share(100, 400), guard())
    assert (found.numerator, found.denominator) == (400, 600)
    assert found.value == pytest.approx(66.6667, abs=1e-4)


@pytest.mark.parametrize(
    ("total", "group", "expected"),
    [
        (HIDDEN, share(100, 400), HIDDEN),
        (share(500, 1000), HIDDEN, HIDDEN),
        (share(500, 1000), MISSING, MISSING),
        (share(500, 1000), share(498, 900), HIDDEN),  # two persons are left
        (share(500, 1000), share(480, 980), HIDDEN),  # 20 are left, fewer than 30
        (share(500, 1000), share(501, 900), MISSING),  # the group is larger than the total
        (share(500, 1000), share(500, 1000), MISSING),  # nobody is left
        (share(500, 1000), share(100, 700), MISSING),  # 400 of 300
    ],
)
def test_a_rest_that_may_not_be_shown_or_does_not_exist(total: Cell, group: Cell, expected: Cell) -> None:
    assert rest(total, group, guard()) == expected


def test_the_rest_of_a_count() -> None:
    assert rest(count(100), count(60), guard(Kind.COUNT)).value == 40
    assert rest(count(100), count(98), guard(Kind.COUNT)) == HIDDEN
    assert rest(count(100), count(120), guard(Kind.COUNT)) == MISSING


def test_provisional_parts_make_provisional_sums() -> None:
    assert pooled([share(10, 100), share(10, 100, provisional=True)], guard()).provisional
    assert rest(share(500, 1000, provisional=True), share(100, 400), guard()).provisional


def test_the_gap_of_newcombe() -> None:
    """56/70 against 48/80: 20 points, from 5.24 to 33.39 (Newcombe 1998, table II, contrast a, method 10)."""
    found = gap(share(56, 70), share(48, 80), Kind.SHARE)
    assert found is not None
    assert found.points == pytest.approx(20.0)
    assert (found.low, found.high) == (pytest.approx(5.24, abs=0.005), pytest.approx(33.39, abs=0.005))
    assert found.significant


def test_an_interval_that_holds_zero_is_not_significant() -> None:
    assert not Gap(2.0, -0.1, 4.1).significant
    assert not Gap(0.0, 0.0, 0.0).significant
    assert Gap(-2.0, -4.1, -0.1).significant


def test_the_interval_of_wilson() -> None:
    """81 of 263: 25.5 % to 36.6 % (Newcombe 1998, table I, method 3)."""
    found = interval(share(81, 263), Kind.SHARE)
    assert found == (pytest.approx(25.53, abs=0.005), pytest.approx(36.62, abs=0.005))


@pytest.mark.parametrize("kind", [kind for kind in Kind if kind is not Kind.SHARE])
def test_what_is_no_share_has_no_interval(kind: Kind) -> None:
    assert interval(share(10, 100), kind) is None
    assert gap(share(10, 100), share(20, 100), kind) is None


@pytest.mark.parametrize("other", [HIDDEN, MISSING])
def test_nothing_is_compared_with_what_is_not_shown(other: Cell) -> None:
    assert gap(share(10, 100), other, Kind.SHARE) is None
    assert gap(other, share(10, 100), Kind.SHARE) is None


counts = st.integers(1, 400)


@given(counts, counts, counts, counts)
def test_gaps_mirror(a: int, b: int, c: int, d: int) -> None:
    one, other = share(min(a, b), max(a, b)), share(min(c, d), max(c, d))
    here, there = gap(one, other, Kind.SHARE), gap(other, one, Kind.SHARE)
    assert here is not None
    assert there is not None
    assert (here.points, here.low, here.high) == pytest.approx((-there.points, -there.high, -there.low))
    assert here.significant == there.significant


def test_a_single_hidden_part_takes_the_smallest_other_with_it() -> None:
    cells = {"a": HIDDEN, "b": share(50, 300), "c": share(40, 200), "d": share(30, 250)}
    found = suppress_complements(cells, [("a", "b", "c", "d")])
    assert [key for key, cell in found.items() if cell == HIDDEN] == ["a", "c"]


def test_two_hidden_parts_cover_each_other() -> None:
    cells = {"a": HIDDEN, "b": HIDDEN, "c": share(40, 200)}
    assert suppress_complements(cells, [("a", "b", "c")]) == cells


def test_without_a_sum_nothing_is_given_away() -> None:
    cells = {"a": HIDDEN, "b": share(40, 200)}
    assert suppress_complements(cells, []) == cells


@given(st.lists(st.booleans(), min_size=12, max_size=12))
def test_no_row_or_column_of_a_crossing_gives_a_cell_away(mask: list[bool]) -> None:
    """A slow twin: walk every row and column of four by three and count what is hidden."""
    keys = list(product("abcd", "xyz"))
    sizes = enumerate(zip(keys, mask, strict=True), 40)
    cells = {key: HIDDEN if small else share(20, size) for size, (key, small) in sizes}
    rows = [[(a, x) for x in "xyz"] for a in "abcd"]
    columns = [[(a, x) for a in "abcd"] for x in "xyz"]
    found = suppress_complements(cells, [*rows, *columns])
    for line in [*rows, *columns]:
        assert [found[key] for key in line].count(HIDDEN) != 1
    assert all(found[key] == HIDDEN for key, cell in cells.items() if cell == HIDDEN)
