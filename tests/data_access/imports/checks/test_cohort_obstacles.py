"""Cases by obstacle: at the stage that records obstacles, and never more of them than cases."""

from __future__ import annotations

from typing import Any

import pytest

from tests.data_access.imports.files import checked, codes, problems, stage


def at_a3(**counts: int) -> list[dict[str, Any]]:
    """Stage A3 of F-ABS-E, outcome by outcome."""
    return [{**row, "FUNNEL": "F-ABS-E"} for row in stage("A3", **counts)]


def with_obstacle(obstacle: str, *, sex: str = "_T", **counts: int) -> list[dict[str, Any]]:
    """The rows of the outcomes that are named, for one obstacle."""
    return [{**row, "OBSTACLE": obstacle, "SEX": sex} for row in at_a3(**counts) if row["OUTCOME"] in counts]


def test_a_file_without_the_column_counts_every_case() -> None:
    assert set(checked(at_a3(next=70)).frames["cohort"]["obstacle"]) == {"_T"}


def test_several_answers_may_exceed_the_stage_together() -> None:
    """70 cases: 50 with language, 60 with qualification, 5 with none: 115 answers."""
    rows = [
        *at_a3(next=70),
        *with_obstacle("LANGUAGE", next=50),
        *with_obstacle("QUALIFICATION", next=60),
        *with_obstacle("NONE", next=5),
    ]
    assert codes(rows) == []
    assert len(checked(rows).frames["cohort"]) == 5 + 3


def test_one_obstacle_cannot_have_more_cases_than_its_stage_and_outcome() -> None:
    rows = [*at_a3(next=70, pending=10), *with_obstacle("HEALTH", next=70, pending=11)]
    (problem,) = problems(rows)
    assert (problem.code, problem.row, problem.column) == ("obstacle_exceeds", 8, "COUNT")
    assert (problem.value, problem.expected) == ("11", "≤ 10")


def test_without_the_whole_of_the_same_group_nothing_is_compared() -> None:
    assert codes(with_obstacle("HEALTH", next=99)) == []
    assert codes([*at_a3(next=70), *with_obstacle("HEALTH", sex="F", next=99)]) == []


def test_a_whole_kept_back_accuses_nobody() -> None:
    kept = [{**row, "CONF_STATUS": "F"} for row in at_a3(next=70)]
    kept[0] |= {"COUNT": "", "CONF_STATUS": "C"}
    assert kept[0]["OUTCOME"] == "next"
    mine = [{**row, "CONF_STATUS": "F"} for row in with_obstacle("HEALTH", next=99)]
    assert codes([*kept, *mine]) == []


@pytest.mark.parametrize(
    ("more", "code", "column", "expected"),
    [
        ({"STAGE": "A4"}, "obstacle_elsewhere", "STAGE", "A3"),
        ({"FUNNEL": "F-PREV", "STAGE": "P3"}, "obstacle_elsewhere", "STAGE", "_T"),
        ({"OBSTACLE": "MOTIVATION"}, "unknown_item", "OBSTACLE", None),
    ],
)
def test_what_no_obstacle_can_be(more: dict[str, Any], code: str, column: str, expected: str | None) -> None:
    (row,) = with_obstacle("HEALTH", next=5)
    (problem,) = problems([{**row, **more}])
    assert (problem.code, problem.column) == (code, column)
    assert expected is None or problem.expected == expected


def test_an_obstacle_has_no_month() -> None:
    (row,) = with_obstacle("HEALTH", employment=5)
    assert "obstacle_by_month" in codes([{**row, "MONTH": "02"}])


def test_an_obstacle_twice_is_a_duplicate_and_two_obstacles_are_not() -> None:
    twice = with_obstacle("HEALTH", next=5) * 2
    assert codes(twice) == ["duplicate_key"]
    assert codes([*with_obstacle("HEALTH", next=5), *with_obstacle("OTHER", next=5)]) == []
