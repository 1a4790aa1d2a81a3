"""The exits of a cohort as linked counts: steps, windows, and what several curves together give away."""

from __future__ import annotations

from data_access.domain.confidentiality.audit import audit_disclosure
from data_access.domain.confidentiality.cells import Table
from data_access.domain.confidentiality.cohort_exits import make_exit_table
from data_access.domain.confidentiality.cohort_rows import CohortRow
from data_access.domain.confidentiality.cohort_vintages import (
    EXITS,
    cover_of_curve,
    last_covers,
    make_cohort_vintages,
)
from data_access.domain.confidentiality.primary import SmallCellRule
from data_access.domain.confidentiality.publication import attack, judge
from data_access.domain.confidentiality.relations import Key
from data_access.domain.confidentiality.spans import Span
from data_access.domain.exit_steps import choose_steps
from tests.data_access.domain.confidentiality.builders import C, F
from tests.data_access.domain.confidentiality.cohort_builders import (
    EVERYBODY,
    MEN,
    SHAPE,
    WOMEN,
    curve,
    row,
)

RULE = SmallCellRule()  # counts from 4


def make(*rows: CohortRow) -> Table[Key]:
    return make_exit_table(rows, SHAPE, RULE)


def jobs(table: Table[Key], items: tuple[str, ...] = EVERYBODY) -> dict[tuple[int, int], int | None]:
    """What is shown of a group, by the months in the window and the last of them."""
    return {
        (int(key[2]), int(key[3])): cell.count
        for key, cell in table.cells.items()
        if key[1] == "employment" and key[4:] == items and cell.status is F
    }


def test_a_step_serves_all_items_of_a_dimension_and_a_hidden_one_widens_none() -> None:
    assert choose_steps({"F": [1], "M": []}) == {"F": 3, "M": 3}
    assert choose_steps({"F": [1, 3], "M": [1], "X": [1, 3, 6, 12]}) == {"F": 6, "M": 6, "X": 0}
    assert choose_steps({"F": []}) == {"F": 1}
    assert choose_steps({}) == {}


def test_windows_of_the_step_and_wider_are_shown_narrower_ones_are_not() -> None:
    table = make(*curve([9, 2, 4, 5, 5, 5, 5]))
    assert jobs(table) == {(3, 3): 15, (3, 6): 15, (6, 6): 30}
    second = ("count", "employment", "01", "02", *EVERYBODY)
    assert (table.cells[second].count, table.cells[second].status) == (2, C)
    assert table.cells["count", "employment", "01", "07", *EVERYBODY].count is None  # five, by nobody shown


def test_one_group_by_month_tells_no_other_that_is_by_quarter() -> None:
    table = make(*curve([14, 11, 14]), *curve([5, 2, 5], WOMEN), *curve([9, 9, 9], MEN))
    assert jobs(table) == {(1, 1): 14, (1, 2): 11, (1, 3): 14, (3, 3): 39}
    assert jobs(table, WOMEN) == {(3, 3): 12}
    assert jobs(table, MEN) == {(3, 3): 27}
    assert audit_disclosure(table).safe


def test_a_missing_month_ends_the_counts_of_every_width() -> None:
    assert jobs(make(*curve([5, 5, 5, 5, None, 5, 5]))) == {
        (1, 1): 5, (1, 2): 5, (1, 3): 5, (1, 4): 5, (3, 3): 15,
    }  # fmt: skip


def test_a_confidential_month_hides_its_curve() -> None:
    table = make(row("employment", 9, month="01", confidential=True), *curve([9, 9])[1:])
    assert jobs(table) == {}


def test_a_curve_that_everybody_less_the_others_would_draw_is_covered_whole() -> None:
    """Of the women two leave in a year: the men beside everybody would say so."""
    year = [9] * 12
    rows = [*curve([10, *year[1:-1], 10]), *curve([1, *[0] * 10, 1], WOMEN), *curve(year, MEN)]
    (vintage,) = make_cohort_vintages(EXITS, rows, {}, SHAPE, RULE, anew=True)
    assert audit_disclosure(vintage.table).leaks
    verdict = judge([vintage], last_covers(vintage.table, SHAPE))
    covers = {cover_of_curve(items) for items in verdict.secondary}
    assert covers == {("_T", "_T", "01T60", "_T", *MEN)}
    safe = make_cohort_vintages(EXITS, rows, {cover: (Span(1),) for cover in covers}, SHAPE, RULE, anew=False)
    assert jobs(safe[-1].table, MEN) == {}
    assert attack(safe).safe


def test_a_month_known_from_before_gives_a_later_quarter_away() -> None:
    """First the men by month, 4 of them in month 4; then by quarter, for month 5 holds two: 4 + 2 + 0."""
    first, later = [9, 9, 9, 4], [9, 9, 9, 4, 2, 0]
    rows = [
        *curve(first, MEN, known=Span(1)),
        *[r for r in curve(later, MEN, known=Span(2)) if int(r.month) > len(first)],
    ]
    then, now = make_cohort_vintages(EXITS, rows, {}, SHAPE, RULE, anew=True)
    assert jobs(then.table, MEN) == {(1, 1): 9, (1, 2): 9, (1, 3): 9, (1, 4): 4, (3, 3): 27}
    assert jobs(now.table, MEN) == {(3, 3): 27, (3, 6): 6, (6, 6): 33}
    assert audit_disclosure(now.table).safe
    assert attack([then, now]).leaks
    verdict = judge([then, now], last_covers(now.table, SHAPE))
    assert {cover_of_curve(items)[4:] for items in verdict.secondary} == {MEN}
    assert not verdict.leaks
