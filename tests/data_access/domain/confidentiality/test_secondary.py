"""Secondary suppression: what it lets through does not leak, and nothing is hidden without need."""

from __future__ import annotations

import random
from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from data_access.domain.confidentiality.audit import audit_disclosure
from data_access.domain.confidentiality.cells import Cell, Relation, Table
from data_access.domain.confidentiality.primary import SmallCellRule
from data_access.domain.confidentiality.relations import Partition, make_table
from data_access.domain.confidentiality.rows import Row, make_cells
from data_access.domain.confidentiality.secondary import suppress
from tests.data_access.domain.confidentiality.builders import (
    TOTAL,
    C,
    D,
    F,
    brute_force,
    flat,
    grand_total,
    hidden_keys,
    row,
    table_of,
    tables,
    tiny,
)

Made = tuple[tuple[int, ...], tuple[int, ...]]


@given(tables())
@settings(max_examples=60)
def test_nothing_leaks_of_what_is_let_through(made: Made) -> None:
    counts, shape = made
    primary = table_of(counts, shape)
    found = suppress(primary, [grand_total(shape)]).table
    assert audit_disclosure(found).safe
    assert hidden_keys(primary) <= hidden_keys(found)
    assert {k: c.count for k, c in found.cells.items()} == {k: c.count for k, c in primary.cells.items()}
    assert not [key for key in hidden_keys(found) if found.cells[key].count == 0]
    assert {found.cells[k].status for k in hidden_keys(found) - hidden_keys(primary)} <= {D}


@given(tiny())
@settings(max_examples=100)
def test_nor_by_trying_every_table(made: Made) -> None:
    counts, shape = made
    found = suppress(table_of(counts, shape), [grand_total(shape)]).table
    if found.cells[grand_total(shape)].status is F:
        assert [key for key, left in brute_force(found, shape).items() if left.width < 2] == []


@given(tables(), st.randoms(use_true_random=False))
@settings(max_examples=30)
def test_the_order_of_rows_does_not_matter(made: Made, chance: random.Random) -> None:
    table = table_of(*made)
    cells, relations = list(table.cells.items()), list(table.relations)
    chance.shuffle(cells)
    chance.shuffle(relations)
    shuffled = Table(dict(cells), tuple(relations))
    assert flat(suppress(table).table) == flat(suppress(table).table) == flat(suppress(shuffled).table)


@given(tables(least=4))
@settings(max_examples=30)
def test_a_table_without_primary_cells_loses_nothing(made: Made) -> None:
    table = table_of(*made)
    assert suppress(table).table == table


@pytest.mark.parametrize(
    ("parts", "hidden"),
    [
        ([3, 40], "ab"),  # 43 less 40 would be the three
        ([3, 12, 30], "ab"),  # the smallest other covers
        ([1, 1, 30, 9], "abd"),  # two who are two in all
        ([3, 3, 30], "ab"),  # six together tell of nobody
        ([1, 2, 0, 30], "abd"),  # zero is no cover
        ([20, 30], ""),
    ],
)
def test_a_single_line_by_hand(parts: list[int], hidden: str) -> None:
    """The vectors of ``obstacles.protect``, whose smallest safe cells are these."""
    found = suppress(table_of(parts, (len(parts),)), [("count", TOTAL)]).table
    assert hidden_keys(found) == {("count", item) for item in hidden}


def test_a_square_by_hand() -> None:
    """The 2 is in a row and a column: three further cells, the cheapest, and no total."""
    found = suppress(table_of([2, 10, 50, 20, 12, 60, 90, 95, 99], (3, 3))).table
    assert hidden_keys(found) == {("count", *key) for key in ("aa", "ab", "ba", "bb")}


def test_the_total_of_the_region_goes_last() -> None:
    """With one part that is not zero the total is its only cover; with another part it need not go."""
    only = suppress(table_of([3, 0], (2,)), [("count", TOTAL)]).table
    assert hidden_keys(only) == {("count", "a"), ("count", TOTAL)}
    cheap = suppress(row((1, C), (900, F), total=(901, F)), [("count", TOTAL)]).table
    assert hidden_keys(cheap) == {("count", "a"), ("count", "b")}


def test_what_cannot_be_protected_is_left_and_told() -> None:
    """The total and the other part were published before: nothing is left to hide."""
    table = row((2, C), (40, F))
    known = replace(table, disclosed=frozenset({("count", "b"), ("count", TOTAL)}))
    assert suppress(known).table == known
    assert [leak.key for leak in audit_disclosure(known).leaks] == [("count", "a")]


def test_the_counts_of_a_row_go_together() -> None:
    """Shares by sex, 33 of 80 in all, 3 of 40 and 30 of 40: both rows are hidden whole, the total stays."""
    rows = [Row(("F",), 3, 40), Row(("M",), 30, 40), Row((TOTAL,), 33, 80)]
    cells, links = make_cells(rows, SmallCellRule())
    found = suppress(make_table(cells, [Partition(1, TOTAL, ("F", "M"))], links)).table
    assert {key[1] for key in hidden_keys(found)} == {"F", "M"}
    assert len(hidden_keys(found)) == 6
    assert audit_disclosure(found).safe


@given(st.lists(st.tuples(st.integers(0, 60), st.integers(0, 60)), min_size=3, max_size=8))
@settings(max_examples=40)
def test_shares_leak_nothing_either(pairs: list[tuple[int, int]]) -> None:
    """Communes, the croissant of the first two, the Region: numerator, complement and denominator linked."""
    names = [f"c{number}" for number in range(len(pairs))]
    areas = {name: (top, top + other) for name, (top, other) in zip(names, pairs, strict=True)}
    for whole, parts in (("IN", names[:2]), ("OUT", names[2:]), ("BRU", names)):
        areas[whole] = (sum(areas[p][0] for p in parts), sum(areas[p][1] for p in parts))
    cells, links = make_cells([Row((a,), *counts) for a, counts in areas.items()], SmallCellRule())
    sums = [("IN", names[:2]), ("OUT", names[2:]), ("BRU", names), ("BRU", ["IN", "OUT"])]
    table = make_table(cells, [Partition(1, whole, tuple(parts)) for whole, parts in sums], links)
    found = suppress(table).table
    rows = {key[1]: {found.cells[k].hidden for k in found.cells if k[1] == key[1]} for key in found.cells}
    assert all(len(seen) == 1 for seen in rows.values())
    left = audit_disclosure(found).leaks
    # What still leaks is what zeros leave: no row with a person in it is published beside it.
    shown = {a for a in rows if rows[a] == {False} and areas[a][1] > 0}
    assert not left or not shown


def test_relations_beyond_the_partitions_are_guarded_too() -> None:
    """The same persons in two tables: what is hidden in one is hidden in the other."""
    cells = {("count", "a"): Cell(2, C), ("other", "a"): Cell(2), ("count", "b"): Cell(9)}
    same = Relation(("other", "a"), (("count", "a"),))
    found = suppress(make_table(cells, [], [same])).table
    assert hidden_keys(found) == {("count", "a"), ("other", "a")}
