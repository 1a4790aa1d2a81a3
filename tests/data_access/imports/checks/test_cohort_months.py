"""Exits by month since entry: of the whole cohort, within its window, no more than its stages tell of."""

from __future__ import annotations

from typing import Any

import pytest

from data_access.contract.load import contract
from tests.data_access.imports.files import checked, codes, problems, stage

FUNNEL = [*stage("P1", next=70, employment=20, pending=10), *stage("P2", pending=58, employment=12)]


def month(number: str, count: int | str, **more: Any) -> dict[str, Any]:
    """Jobs found in one month since entry, on the entry stage of F-PREV."""
    row = next(r for r in stage("P1") if r["OUTCOME"] == "employment")
    return {**row, "MONTH": number, "COUNT": count, **more}


def test_a_file_without_the_column_is_of_the_whole_window() -> None:
    frame = checked(FUNNEL).frames["cohort"]
    assert set(frame["month"]) == {"_T"}


def test_months_that_add_up_to_the_exits_of_all_stages_are_right() -> None:
    """20 left for a job at P1, 12 at P2: 32 in all."""
    rows = [*FUNNEL, month("01", 10), month("02", 0), month("12", 22)]
    assert codes(rows) == []
    frame = checked(rows).frames["cohort"]
    assert dict(frame["month"].value_counts()) == {"_T": 10, "01": 1, "02": 1, "12": 1}


def test_months_that_exceed_the_exits_are_reported_once_on_their_first_row() -> None:
    (problem,) = problems([*FUNNEL, month("01", 11), month("02", 22)])
    assert (problem.code, problem.row, problem.value) == ("months_exceed", 12, "employment")
    assert (problem.expected, problem.facts) == ("≤ 32", {"sum": "33"})


def test_months_alone_in_a_file_or_beside_another_group_are_not_compared() -> None:
    assert codes([month("01", 99)]) == []
    assert codes([*FUNNEL, month("01", 99, SEX="F")]) == []


def test_a_count_kept_back_accuses_nobody() -> None:
    kept = [{**r, "CONF_STATUS": "F"} for r in FUNNEL]
    kept[6] |= {"COUNT": "", "CONF_STATUS": "C"}
    assert kept[6]["OUTCOME"] == "employment"
    assert codes([*kept, month("01", 99, CONF_STATUS="F")]) == []


@pytest.mark.parametrize(
    ("row", "code", "column", "expected"),
    [
        (month("01", 1, OUTCOME="next"), "month_of_no_exit", "OUTCOME", "employment, training, other_exit"),
        (
            month("01", 1, OUTCOME="pending"),
            "month_of_no_exit",
            "OUTCOME",
            "employment, training, other_exit",
        ),
        (month("01", 1, STAGE="P2"), "month_after_entry", "STAGE", "P1"),
        (month("13", 1), "month_after_window", "MONTH", "≤ 12"),
        (month("61", 1), "unknown_item", "MONTH", None),
        (month("1", 1), "unknown_item", "MONTH", None),
    ],
)
def test_what_no_month_can_be(row: dict[str, Any], code: str, column: str, expected: str | None) -> None:
    (problem,) = problems([row])
    assert (problem.code, problem.column) == (code, column)
    assert expected is None or problem.expected == expected


def test_a_month_beyond_another_funnels_window_is_within_a_longer_one() -> None:
    """F-ABS-E follows 24 months, F-PREV twelve."""
    assert {f.code: f.window_months for f in contract().funnels}["F-ABS-E"] == 24
    assert codes([month("24", 1, FUNNEL="F-ABS-E", STAGE="A1")]) == []
    assert codes([month("25", 1, FUNNEL="F-ABS-E", STAGE="A1")]) == ["month_after_window"]


def test_a_month_given_twice_is_a_duplicate_and_two_months_are_not() -> None:
    assert codes([month("01", 1), month("01", 1)]) == ["duplicate_key"]
    assert codes([month("01", 1), month("02", 1)]) == []
