"""Rows as linked counts: what the primary rule marks, what is linked, what is refused."""

from __future__ import annotations

import pytest

from data_access.domain.confidentiality import SmallCellRule, is_group_disclosive
from data_access.domain.confidentiality.cells import ConfStatus
from data_access.domain.confidentiality.rows import Row, make_cells, status_of

RULE = SmallCellRule()  # counts from 4, sensitive from 10, denominators from 30, groups from 50


@pytest.mark.parametrize(
    ("numerator", "denominator", "disclosive"),
    [(0, 49, True), (49, 49, True), (1, 49, False), (0, 50, False), (50, 50, False), (0, 0, False)],
)
def test_nobody_or_everybody_of_a_small_group_discloses_it(
    numerator: float, denominator: float, disclosive: bool
) -> None:
    assert is_group_disclosive(numerator, denominator, RULE) is disclosive


def test_without_counts_no_group_is_known() -> None:
    assert not is_group_disclosive(None, 40, RULE)
    assert not is_group_disclosive(0, None, RULE)


@pytest.mark.parametrize(
    ("row", "status"),
    [
        (Row(("a",), 3, 80), "C"),
        (Row(("a",), 77, 80), "C"),
        (Row(("a",), 9, 80, sensitive=True), "C"),
        (Row(("a",), 10, 29), "C"),
        (Row(("a",), 0, 40), "C"),
        (Row(("a",), 40, 40), "C"),
        (Row(("a",), 40, 40, within=False), "C"),
        (Row(("a",), 60, 40, within=False), "F"),
        (Row(("a",), 0, 60), "F"),
        (Row(("a",), value=3, is_count=True), "C"),
        (Row(("a",), value=0, is_count=True), "F"),
        (Row(("a",), 40, 80, conf_status="D"), "D"),
        (Row(("a",), conf_status="C"), "C"),
    ],
)
def test_the_primary_rule_marks_a_row(row: Row, status: str) -> None:
    assert status_of(row, RULE) is ConfStatus(status)
    cells, _ = make_cells([row], RULE)
    assert {cell.status for cell in cells.values()} == {status}


def test_a_share_is_three_linked_counts() -> None:
    cells, relations = make_cells([Row(("BRU", "F"), 30, 80, sensitive=True)], RULE)
    assert {key: cell.count for key, cell in cells.items()} == {
        ("numerator", "BRU", "F"): 30,
        ("complement", "BRU", "F"): 50,
        ("denominator", "BRU", "F"): 80,
    }
    assert {(cell.row, cell.smallest) for cell in cells.values()} == {(("BRU", "F"), 10)}
    (relation,) = relations
    assert relation.whole == ("denominator", "BRU", "F")


@pytest.mark.parametrize("row", [Row(("a",), 90, 80), Row(("a",), 30, 80, within=False)])
def test_a_numerator_that_is_no_part_has_no_complement(row: Row) -> None:
    cells, relations = make_cells([row], RULE)
    assert set(cells) == {("numerator", "a"), ("denominator", "a")}
    assert relations == ()


def test_a_rate_without_counts_gives_no_cell() -> None:
    assert make_cells([Row(("a",), value=12.5)], RULE) == ({}, ())


def test_a_marked_row_that_came_without_numbers_keeps_its_place() -> None:
    cells, relations = make_cells([Row(("a",), conf_status="C")], RULE)
    assert {cell.count for cell in cells.values()} == {None}
    assert len(cells) == 3
    assert len(relations) == 1
    count, _ = make_cells([Row(("a",), conf_status="C", is_count=True)], RULE)
    assert set(count) == {("count", "a")}


@pytest.mark.parametrize("value", [2.5, -1.0, 1e9, float("nan")])
def test_what_counts_nobody_is_refused(value: float) -> None:
    with pytest.raises(ValueError, match="no count of persons"):
        make_cells([Row(("a",), value=value, is_count=True)], RULE)
