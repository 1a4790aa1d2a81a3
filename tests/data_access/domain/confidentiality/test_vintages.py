"""Several publications of a table: what was shown once stays known."""

from __future__ import annotations

from dataclasses import replace

from hypothesis import given, settings
from hypothesis import strategies as st

from data_access.domain.confidentiality.audit import audit_disclosure
from data_access.domain.confidentiality.cells import Cell, ConfStatus, Interval, Table, Vintage
from data_access.domain.confidentiality.relations import Key
from data_access.domain.confidentiality.secondary import suppress
from data_access.domain.confidentiality.vintages import Stamped, merge_vintages, suppress_newest
from tests.data_access.domain.confidentiality.builders import (
    TOTAL,
    C,
    D,
    F,
    M,
    grand_total,
    hidden_keys,
    row,
    table_of,
    tables,
)

A, B, SUM = ("count", "a"), ("count", "b"), ("count", TOTAL)


def status(table: Table[Key], key: Key, to: ConfStatus) -> Table[Key]:
    return replace(table, cells={**table.cells, key: replace(table.cells[key], status=to)})


def test_a_cover_that_is_shown_later_gives_the_cell_away() -> None:
    """The same edition twice: first the second cell is hidden too, then it is not."""
    first, second = row((2, C), (40, D), (9, F)), row((2, C), (40, F), (9, F))
    assert audit_disclosure(first).safe
    (leak,) = audit_disclosure(merge_vintages([Vintage(first), Vintage(second)]).table).leaks
    assert (leak.key, leak.interval) == (Stamped(A, 0), Interval(2, 2))
    assert Stamped(B, 0) in leak.published


def test_what_was_shown_before_cannot_be_hidden_any_more() -> None:
    first, second = row((5, F), (40, F), (9, F)), row((5, C), (40, D), (9, F))
    leaks = audit_disclosure(merge_vintages([Vintage(first), Vintage(second)]).table).leaks
    assert {leak.key: leak.published for leak in leaks} == {
        Stamped(A, 0): (Stamped(A, 0),),
        Stamped(B, 0): (Stamped(B, 0),),
    }


def test_a_revised_cell_is_another_cell() -> None:
    """One person more in the second cell, and in the total: nothing old says what the new ones are."""
    first, second = row((5, F), (40, F), (9, F)), row((2, C), (41, D), (9, F))
    said = Vintage(second, frozenset({A, B, SUM}))
    assert audit_disclosure(merge_vintages([Vintage(first), said]).table).safe
    unsaid = merge_vintages([Vintage(first), Vintage(second)])
    assert unsaid.newest[A] == Stamped(A, 1)  # its count differs, whether it is said or not


def test_the_secret_of_an_old_edition_is_kept_too() -> None:
    """The small cell is revised and large now; its cover is not, and showing it would tell what it was."""
    first, second = row((2, C), (40, D), (9, F)), row((12, F), (40, F), (9, F))
    merged = merge_vintages([Vintage(first), Vintage(second, frozenset({A, SUM}))])
    (leak,) = audit_disclosure(merged.table).leaks
    assert (leak.key, leak.interval) == (Stamped(A, 0), Interval(2, 2))
    found = suppress_newest([Vintage(first), Vintage(second, frozenset({A, SUM}))], [SUM]).table
    assert B in hidden_keys(found)


def test_what_is_shown_in_the_end_is_no_leak() -> None:
    first, second = row((5, C), (40, D), (9, F)), row((5, F), (40, F), (9, F))
    assert audit_disclosure(merge_vintages([Vintage(first), Vintage(second)]).table).safe


def test_a_row_that_is_no_longer_delivered_stays_as_it_was() -> None:
    first, second = row((2, C), (40, D), (9, F)), row((2, C), (40, D), (9, F))
    gone = replace(second, cells={**second.cells, A: Cell(None, M)})
    merged = merge_vintages([Vintage(first), Vintage(gone)])
    assert merged.table.cells[Stamped(A, 0)].status is C
    assert audit_disclosure(merged.table).safe


def test_counts_of_one_row_are_revised_together() -> None:
    cells = {("numerator", "a"): Cell(5, row="a"), ("denominator", "a"): Cell(50, row="a")}
    old = Table(cells, ())
    new = Table({**cells, ("numerator", "a"): Cell(6, row="a")}, ())
    merged = merge_vintages([Vintage(old), Vintage(new)])
    assert {stamp.revision for stamp in merged.newest.values()} == {1}
    assert len({cell.row for cell in merged.table.cells.values()}) == 2


@given(tables(), st.data())
@settings(max_examples=30)
def test_two_editions_of_a_table_are_safe_together(
    made: tuple[tuple[int, ...], tuple[int, ...]], data: st.DataObject
) -> None:
    """A revision of one cell and of all its totals, hidden with a mind to the first edition."""
    counts, shape = made
    last = [grand_total(shape)]
    first = suppress(table_of(counts, shape), last).table
    place = data.draw(st.integers(0, len(counts) - 1))
    revised = (*counts[:place], counts[place] + data.draw(st.integers(1, 9)), *counts[place + 1 :])
    second = table_of(revised, shape)
    vintages = [Vintage(first), Vintage(second)]
    found = suppress_newest(vintages, last).table
    together = merge_vintages([Vintage(first), Vintage(found)])
    unsafe = [
        leak for leak in audit_disclosure(together.table).leaks if hideable(together.table, leak.published)
    ]
    assert unsafe == []
    assert hidden_keys(second) <= hidden_keys(found)


def hideable(table: Table[Stamped[Key]], published: tuple[Stamped[Key], ...]) -> bool:
    """Whether a leak leans on something that the newest edition might have hidden."""
    return any(
        table.cells[key].status is F and key not in table.disclosed and table.cells[key].count
        for key in published
    )


def test_an_edition_that_repeats_the_first_stays_as_safe() -> None:
    table = row((2, C), (40, F), (9, F))
    first = suppress(table, [SUM]).table
    again = suppress_newest([Vintage(first), Vintage(table)], [SUM]).table
    assert hidden_keys(again) == hidden_keys(first)
    assert status(first, A, C) == first
