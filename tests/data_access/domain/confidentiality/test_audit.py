"""The attacker: against trying every table, planted leaks with what gives them away, contradictions."""

from __future__ import annotations

from dataclasses import replace
from itertools import combinations

import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from data_access.domain.confidentiality.audit import (
    audit_disclosure,
    feasibility_intervals,
    refuse_disclosure,
)
from data_access.domain.confidentiality.cells import Cell, Interval, Relation, Table
from data_access.domain.confidentiality.relations import Key, Partition, make_table
from tests.data_access.domain.confidentiality.builders import (
    TOTAL,
    C,
    D,
    F,
    M,
    brute_force,
    grand_total,
    hidden_keys,
    row,
    table_of,
    tables,
    tiny,
    with_margins,
)

A, B = ("count", "a"), ("count", "b")
SUM = ("count", TOTAL)


@given(tiny(), st.data())
@settings(max_examples=150)
def test_the_intervals_are_those_of_trying_every_table(
    made: tuple[tuple[int, ...], tuple[int, ...]], data: st.DataObject
) -> None:
    counts, shape = made
    filled = [k for k, n in with_margins(counts, shape).items() if n and k != grand_total(shape)]
    assume(filled)
    table = table_of(counts, shape, hidden=data.draw(st.sets(st.sampled_from(filled), min_size=1)))
    expected = brute_force(table, shape)
    assert feasibility_intervals(table) == expected
    narrow = {key: found for key, found in expected.items() if found.width < 2}
    leaks = audit_disclosure(table).leaks
    assert {leak.key: leak.interval for leak in leaks} == narrow


@given(tiny(), st.data())
@settings(max_examples=50)
def test_the_evidence_gives_the_cell_away_by_itself_and_nothing_of_it_can_be_spared(
    made: tuple[tuple[int, ...], tuple[int, ...]], data: st.DataObject
) -> None:
    counts, shape = made
    filled = [k for k, n in with_margins(counts, shape).items() if n and k != grand_total(shape)]
    assume(filled)
    table = table_of(counts, shape, hidden=data.draw(st.sets(st.sampled_from(filled), min_size=1)))
    for leak in audit_disclosure(table).leaks:
        assert feasibility_intervals(replace(table, relations=leak.relations))[leak.key].width < leak.needed
        assert set(leak.published) == {
            key for r in leak.relations for key in r.keys if table.cells[key].status is F
        }
        for spared in leak.relations:
            fewer = tuple(r for r in leak.relations if r != spared)
            left = feasibility_intervals(replace(table, relations=fewer))[leak.key]
            assert left.width >= leak.needed


@given(tables(least=4), st.data())
@settings(max_examples=60)
def test_one_hidden_cell_beside_a_published_total_is_found(
    made: tuple[tuple[int, ...], tuple[int, ...]], data: st.DataObject
) -> None:
    counts, shape = made
    key = data.draw(st.sampled_from(sorted(with_margins(counts, shape))))
    table = table_of(counts, shape, hidden={key})
    (leak,) = audit_disclosure(table).leaks
    count = table.cells[key].count
    assert count is not None
    assert (leak.key, leak.interval) == (key, Interval(count, count))
    assert len(leak.relations) == 1
    assert key in leak.relations[0].keys
    assert set(leak.published) == set(leak.relations[0].keys) - {key}


@given(st.lists(st.integers(4, 80), min_size=7, max_size=7), st.integers(0, 6))
def test_the_croissant_beside_all_its_communes_but_one_is_found(counts: list[int], which: int) -> None:
    """Two filters apart by one commune: neither the Region nor the other communes are published."""
    communes = tuple(f"2100{number}" for number in range(1, 8))
    outside = tuple(f"210{number}" for number in range(10, 22))
    cells = {("count", nis): Cell(n) for nis, n in zip(communes, counts, strict=True)}
    cells[("count", communes[which])] = Cell(counts[which], C)
    cells[("count", "IN")] = Cell(sum(counts))
    areas = [Partition(1, "IN", communes), Partition(1, "OUT", outside), Partition(1, "BRU", ("IN", "OUT"))]
    (leak,) = audit_disclosure(make_table(cells, areas)).leaks
    assert (leak.key, leak.interval.width) == (("count", communes[which]), 0)
    assert {relation.whole for relation in leak.relations} == {("count", "IN")}


@pytest.mark.parametrize(
    ("table", "safe"),
    [
        (row((2, C), (40, F)), False),  # 42 less 40
        (row((1, C), (2, C), (30, F)), False),  # two who are three in all: 1 or 2 each
        (row((2, C), (2, C), (30, F)), True),  # four in all: 1 to 3 each
        (row((1, C), (3, D), (30, F)), True),
        (row((3, C), (0, F), (30, F)), False),  # the other hidden one would be a zero
        (row((2, C), (40, F), total=(42, C)), True),  # their sum is not there to be reduced
        (row((20, F), (30, F), total=(50, C)), False),  # the sum of all parts
        (row((20, F), (30, F)), True),
        (row((2, C), (2, C), (1, C), (9, F)), True),  # five in all
        (row((2, C), (1, C), (1, C), (9, F)), False),  # four in all: 1 or 2 each
    ],
)
def test_two_cells_of_a_sum_are_hidden_and_are_no_few_together(table: Table[Key], safe: bool) -> None:
    """As many as the threshold together, and not one beside zeros."""
    assert audit_disclosure(table).safe is safe
    assert (refuse_disclosure(table) is None) is safe


def test_different_marks_for_primary_and_secondary_cells_give_small_counts_away() -> None:
    """A total known to be 1 to 3, of three parts that are: one each. A single mark tells nothing of them."""
    table = row((1, C), (1, C), (1, C), total=(3, C))
    assert audit_disclosure(table).safe
    leaks = audit_disclosure(replace(table, told_apart=True)).leaks
    assert {leak.key: leak.interval for leak in leaks}[SUM] == Interval(3, 3)
    apart = replace(row((1, C), (4, D), (30, F)), told_apart=True)  # five in all, one of them 4 or more
    assert {leak.interval for leak in audit_disclosure(apart).leaks} == {Interval(1, 1), Interval(4, 4)}


def test_what_was_not_delivered_leaks_only_as_a_small_count() -> None:
    for count, safe in ((0, True), (1, False), (3, False), (4, True)):
        cells = {A: Cell(40), B: Cell(40), SUM: Cell(80 + count)}
        cells[("count", "d")] = Cell(None, M)
        table = make_table(cells, [Partition(1, TOTAL, ("a", "b", "d"))])
        assert audit_disclosure(table).safe is safe


def test_numerator_complement_and_denominator_are_one() -> None:
    """Both published, the third is their difference."""
    keys = [(measure, "a") for measure in ("numerator", "complement", "denominator")]
    counts = {keys[0]: Cell(2, C, row="a"), keys[1]: Cell(48), keys[2]: Cell(50)}
    table = Table(counts, (Relation(keys[2], (keys[0], keys[1])),))
    assert [leak.interval for leak in audit_disclosure(table).leaks] == [Interval(2, 2)]


def test_an_item_within_the_total_is_at_most_it() -> None:
    cells = {A: Cell(3, C), SUM: Cell(2)}
    assert not audit_disclosure(make_table(cells, [Partition(1, TOTAL, ("a",), rest=True)])).safe
    cells = {A: Cell(3, C), SUM: Cell(40)}
    table = make_table(cells, [Partition(1, TOTAL, ("a",), rest=True)])
    assert feasibility_intervals(table) == {A: Interval(1, 40)}


def test_persons_are_whole() -> None:
    """Two rings of three areas, any two of which hold one person at most: linear bounds allow 3 in all.

    Half a person in each of the six satisfies every sum; whole persons are one to a ring, so 2.
    """
    areas = "abcdef"
    cells = {("count", area): Cell(0, C, row=area) for area in (*areas, TOTAL)}
    pairs = [pair for ring in ("abc", "def") for pair in combinations(ring, 2)]
    cells |= {("count", "".join(pair)): Cell(1) for pair in pairs}
    sums = [Relation(("count", "".join(p)), tuple(("count", area) for area in p), rest=True) for p in pairs]
    sums.append(Relation(SUM, tuple(("count", area) for area in areas)))
    table = Table(cells, tuple(sums))
    assert feasibility_intervals(table)[SUM] == Interval(0, 2)
    assert {leak.key: leak.interval for leak in audit_disclosure(table).leaks}[SUM] == Interval(0, 2)


def test_sums_that_cannot_be_are_no_licence_to_publish() -> None:
    found = audit_disclosure(row((2, C), (40, F), total=(30, F)))
    assert not found.leaks
    assert [relation.whole for relation in found.contradictions] == [SUM]
    assert not found.safe
    assert audit_disclosure(row((10, F), (40, F), total=(30, F))).safe  # of published cells only


def test_an_unknown_count_is_attacked_like_any_other() -> None:
    cells = {A: Cell(None, C), B: Cell(None, D), SUM: Cell(3)}
    table = make_table(cells, [Partition(1, TOTAL, ("a", "b"))])
    assert {leak.interval for leak in audit_disclosure(table).leaks} == {Interval(1, 2)}
    assert hidden_keys(table) == {A, B}
