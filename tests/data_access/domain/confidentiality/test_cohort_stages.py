"""The stages of a cohort as linked counts: which cells, which sums, and what they would give away."""

from __future__ import annotations

import pytest

from data_access.domain.confidentiality.audit import audit_disclosure
from data_access.domain.confidentiality.cells import Table
from data_access.domain.confidentiality.cohort_rows import CohortRow
from data_access.domain.confidentiality.cohort_stages import make_stage_table
from data_access.domain.confidentiality.primary import SmallCellRule
from data_access.domain.confidentiality.relations import Key
from data_access.domain.confidentiality.secondary import suppress
from tests.data_access.domain.confidentiality.builders import C, F, M
from tests.data_access.domain.confidentiality.cohort_builders import (
    EVERYBODY,
    IN,
    MEN,
    OUT,
    SHAPE,
    WOMEN,
    row,
    stage,
)

RULE = SmallCellRule()  # counts from 4, sensitive from 10


def make(*rows: CohortRow) -> Table[Key]:
    return make_stage_table(rows, SHAPE, RULE)


def facts(table: Table[Key]) -> dict[tuple[str, ...], tuple[int | None, str]]:
    """Count and status by key, less the measure where it is the count, for what was delivered."""
    return {
        key[1:] if key[0] == "count" else key: (cell.count, cell.status.value)
        for key, cell in table.cells.items()
        if cell.status is not M
    }


def test_the_cells_are_the_groups_that_pages_show_and_communes_their_sides() -> None:
    table = make(
        row("next", 30),
        row("pending", 2),
        row("next", 12, WOMEN),
        row("next", 2, ("a", "_T", "_T")),
        row("next", 3, ("b", "_T", "_T")),
        row("next", 25, ("c", "_T", "_T")),
        row("next", 7, ("a", "F", "_T")),  # a commune is crossed with nothing
        row("next", 7, ("BRU", "F", "HANDICAP")),  # nor is a group
        row("employment", 5, month="01"),
    )
    assert facts(table) == {
        ("T1", "next", "_T", *EVERYBODY): (30, "F"),
        ("T1", "pending", "_T", *EVERYBODY): (2, "C"),
        ("T1", "_T", "_T", *EVERYBODY): (32, "F"),
        ("T1", "next", "_T", *WOMEN): (12, "F"),
        ("T1", "_T", "_T", *WOMEN): (12, "F"),
        ("T1", "next", "_T", *IN): (5, "F"),  # two and three are nobody's numbers
        ("T1", "_T", "_T", *IN): (5, "F"),
        ("T1", "next", "_T", *OUT): (25, "F"),
        ("T1", "_T", "_T", *OUT): (25, "F"),
    }


@pytest.mark.parametrize(
    ("rows", "key", "expected"),
    [
        ([row("next", 0)], ("next", *EVERYBODY), (0, "F")),
        ([row("next", 9, stage="T3")], ("next", *EVERYBODY), (9, "C")),  # a sensitive stage
        ([row("next", 9, ("BRU", "_T", "HANDICAP"))], ("next", "BRU", "_T", "HANDICAP"), (9, "C")),
        ([row("next", 40, confidential=True)], ("next", *EVERYBODY), (40, "C")),
        ([row("next", None, confidential=True)], ("next", *EVERYBODY), (None, "C")),
        ([row("next", None)], ("next", *EVERYBODY), None),
        ([row("next", 9), row("pending", None)], ("_T", *EVERYBODY), None),  # not known, like the outcome
        ([row("next", 9, ("a", "_T", "_T"))], ("next", *IN), None),  # the other commune did not deliver
    ],
)
def test_a_count_is_marked_as_it_is_read(
    rows: list[CohortRow], key: tuple[str, ...], expected: tuple[int | None, str] | None
) -> None:
    outcome, *items = key
    found = facts(make(*rows))
    assert found.get((rows[0].stage, outcome, "_T", *items)) == expected


def test_the_sums_are_the_outcomes_the_way_through_the_stages_and_the_groups() -> None:
    table = make(
        row("next", 30), row("pending", 20), row("pending", 30, stage="T2"), row("pending", 11, stage="T3"),
        row("next", 12, WOMEN), row("next", 18, MEN),
    )  # fmt: skip

    def name(key: Key) -> str:
        return "/".join(item for item in key[1:] if item not in {"_T", "BRU"})

    sums = {(name(r.whole), tuple(map(name, r.parts)), r.rest) for r in table.relations}
    assert sums == {
        ("T1", ("T1/next", "T1/pending"), False),
        ("T2", ("T2/pending",), False),
        ("T3", ("T3/pending",), False),
        ("T2", ("T1/next",), False),  # all whom the first passes on are at the second
        ("T1", ("T3",), True),  # the third is within the first
        ("T1/next", ("T1/next/F", "T1/next/M"), False),
        ("T1", ("T1/F", "T1/M"), False),
        ("T1/F", ("T1/next/F",), False),
        ("T1/M", ("T1/next/M",), False),
    }


def test_those_with_an_obstacle_and_those_without_are_the_stage_and_one_row() -> None:
    table = make(
        *stage("T2", [60, 10, 10, 10, 10]),
        *stage("T2", [20, 0, 0, 0, 0], obstacle="CARE"),
        *stage("T2", [97, 0, 0, 0, 0], obstacle="DIGITAL"),  # three have none
        *stage("T2", [9, 0, 0, 0, 0], obstacle="HEALTH"),  # sensitive
        *stage("T2", [50, 0, 0, 0, 0], obstacle="HOUSING")[:-1],  # one outcome is not told
    )
    told = {key[3]: [] for key in table.cells if key[3] != "_T"}
    for key, cell in sorted(table.cells.items()):
        if key[3] != "_T":
            told[key[3]].append((key[0], cell.count, cell.status, cell.row is not None))
    assert told == {
        "CARE": [("complement", 80, F, True), ("count", 20, F, True)],
        "DIGITAL": [("complement", 3, C, True), ("count", 97, C, True)],
        "HEALTH": [("complement", 91, C, True), ("count", 9, C, True)],
    }


PLANTED = {
    "everybody less the men": [row("next", 20), row("next", 2, WOMEN), row("next", 18, MEN)],
    "the stage less its other outcomes": [row("next", 40), row("employment", 2)],
    "what the next stage holds": [row("next", 3), row("pending", 40), row("pending", 3, stage="T2")],
    "the Region less one side": [
        row("next", 50), row("next", 1, ("a", "_T", "_T")), row("next", 1, ("b", "_T", "_T")),
        row("next", 48, ("c", "_T", "_T")),
    ],
    "an obstacle of everybody less that of the men": [
        *stage("T2", [50, 0, 0, 0, 0]), *stage("T2", [20, 0, 0, 0, 0], obstacle="CARE"),
        *stage("T2", [25, 0, 0, 0, 0], WOMEN), *stage("T2", [2, 0, 0, 0, 0], WOMEN, obstacle="CARE"),
        *stage("T2", [25, 0, 0, 0, 0], MEN), *stage("T2", [18, 0, 0, 0, 0], MEN, obstacle="CARE"),
    ],
}  # fmt: skip


@pytest.mark.parametrize("rows", PLANTED.values(), ids=PLANTED)
def test_what_can_be_subtracted_is_found_and_hiding_more_helps(rows: list[CohortRow]) -> None:
    table = make(*rows)
    assert audit_disclosure(table).leaks
    found = suppress(table)
    assert found.safe
    assert audit_disclosure(found.table).safe
