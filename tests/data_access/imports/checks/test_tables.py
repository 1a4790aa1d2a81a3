"""Rules that compare rows: keys, parts and totals, stages of a cohort."""

from __future__ import annotations

from itertools import product

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from data_access.contract.load import contract
from tests.data_access.imports.files import (
    codes,
    count,
    goal,
    only,
    problems,
    rate,
    stage,
    table_of,
    xlsx_file,
)


def test_a_key_stands_once_and_each_repetition_names_the_first() -> None:
    rows = [rate(), rate(TIME_PERIOD="2025"), rate(OBS_VALUE="50"), rate(COMMENT="again")]
    found = [
        (p.code, p.row, p.facts["first_row"]) for p in problems([{"COMMENT": "", **row} for row in rows])
    ]
    assert found == [("duplicate_key", 4, 2), ("duplicate_key", 5, 2)]


@pytest.mark.parametrize(
    "cells",
    [
        {"TIME_PERIOD": "2025"},
        {"REF_AREA": "21001"},
        {"SEX": "F"},
        {"AGE": "Y_LT25"},
        {"INDICATOR": "OS1.02"},
    ],
)
def test_rows_that_differ_in_any_dimension_are_no_duplicates(cells: dict[str, str]) -> None:
    assert codes([{"SEX": "_T", "AGE": "_T", **rate()}, {"SEX": "_T", "AGE": "_T", **rate(**cells)}]) == []


def test_a_key_stands_once_in_the_whole_workbook() -> None:
    (problem,) = problems(xlsx_file(A=table_of([rate()]), B=table_of([rate()])))
    assert (problem.code, problem.sheet, problem.facts) == (
        "duplicate_key",
        "B",
        {"first_row": 2, "first_sheet": "A"},
    )


@pytest.mark.parametrize(
    ("values", "found"),
    [
        (["0.125", "0.9"], ["looks_like_share"]),
        (["0.125", "1"], []),
        (["0.125", "12.5"], []),
        (["0", "0"], []),
        (["", ""], []),
    ],
)
def test_percentages_that_all_look_like_shares_are_asked_about_once(
    values: list[str], found: list[str]
) -> None:
    rows = [
        rate(
            TIME_PERIOD=str(2024 + n),
            NUMERATOR="",
            DENOMINATOR="",
            OBS_VALUE=value,
            OBS_STATUS="A" if value else "M",
        )
        for n, value in enumerate(values)
    ]
    assert codes(rows) == found


def test_a_key_of_targets_stands_once() -> None:
    rows = [goal(), goal(VALUE="61"), goal(VALID_FROM="2025-01-01"), goal(KIND="milestone", DUE="2025-12-31")]
    assert [(p.code, p.row) for p in problems(rows)] == [("duplicate_key", 3)]


SEXES = {"F": "40", "M": "60"}


def by_sex(total: str, **parts: str) -> list[dict[str, str]]:
    return [count(SEX=sex, OBS_VALUE=value) for sex, value in {"_T": total, **parts}.items()]


@pytest.mark.parametrize(
    ("total", "parts", "wrong"),
    [
        ("100", {"F": "40", "M": "60"}, False),
        ("101", {"F": "40", "M": "60"}, True),
        ("99", {"F": "40", "M": "60"}, True),
        ("101", {"F": "40", "M": "60", "_U": "1"}, False),
        ("103", {"F": "40", "M": "60", "_U": "1", "X": "2"}, False),
        ("100", {"F": "40", "M": "60", "_U": "1"}, True),
        ("101", {"F": "40"}, False),  # not all parts are there
        ("101", {"M": "60", "_U": "1"}, False),
    ],
)
def test_a_total_is_the_sum_of_its_parts_where_all_are_there(
    total: str, parts: dict[str, str], *, wrong: bool
) -> None:
    assert codes(by_sex(total, **parts)) == (["total_differs"] if wrong else [])


def test_a_total_that_differs_is_a_warning_that_names_the_sum() -> None:
    (problem,) = problems(by_sex("101", **SEXES))
    assert (problem.severity.value, problem.row, problem.value, problem.expected) == (
        "warning",
        2,
        "101",
        "100",
    )
    assert problem.facts == {"dimension": "SEX"}


def test_items_that_overlap_are_no_parts() -> None:
    # ≥ 12 and ≥ 24 months overlap the classes of duration; audiences overlap each other.
    parts = {
        "M_LT12": "10",
        "M12T23": "20",
        "M24T59": "30",
        "M_GE60": "40",
        "M_GE12": "90",
        "M_GE24": "70",
        "_T": "100",
    }
    assert codes([count(DURATION=item, OBS_VALUE=value) for item, value in parts.items()]) == []
    assert codes([count(AUDIENCE=item, OBS_VALUE="60") for item in ("_T", "PP1", "PP2", "PP3", "PP4")]) == []


def test_the_region_is_the_sum_of_its_nineteen_communes() -> None:
    communes = [count(REF_AREA=commune.nis, OBS_VALUE="10") for commune in contract().communes]
    assert codes([count(OBS_VALUE="190"), *communes]) == []
    assert codes([count(OBS_VALUE="191"), *communes]) == ["total_differs"]
    assert codes([count(OBS_VALUE="191"), *communes[1:]]) == []


def test_rates_do_not_add_up_but_their_numerators_do() -> None:
    def row(sex: str, numerator: str, denominator: str) -> dict[str, str]:
        return rate(SEX=sex, NUMERATOR=numerator, DENOMINATOR=denominator, OBS_VALUE="")

    assert codes([row("_T", "30", "100"), row("F", "10", "40"), row("M", "20", "60")]) == []
    assert only([row("_T", "31", "100"), row("F", "10", "40"), row("M", "20", "60")])[:3] == (
        "total_differs",
        2,
        "NUMERATOR",
    )


@settings(max_examples=60, deadline=None)
@given(
    st.dictionaries(
        st.tuples(
            *(
                st.sampled_from(items)
                for items in (["_T", "F", "M", "_U"], ["_T", "LOW", "MEDIUM", "HIGH"], ["2024-01", "2024-02"])
            )
        ),
        st.integers(0, 3),
        min_size=1,
    )
)
def test_totals_are_compared_as_a_slow_reading_of_the_rule_does(
    cells: dict[tuple[str, str, str], int],
) -> None:
    rows = [
        count(SEX=sex, EDUCATION=level, TIME_PERIOD=period, OBS_VALUE=str(value))
        for (sex, level, period), value in cells.items()
    ]
    expected = set()
    for (sex, level, period), value in cells.items():
        if sex == "_T" and all((s, level, period) in cells for s in "FM"):
            total = sum(cells.get((s, level, period), 0) for s in ("F", "M", "_U"))
            expected |= {("SEX", str(value), str(total))} if total != value else set()
        if level == "_T" and all((sex, e, period) in cells for e in ("LOW", "MEDIUM", "HIGH")):
            total = sum(cells[sex, e, period] for e in ("LOW", "MEDIUM", "HIGH"))
            expected |= {("EDUCATION", str(value), str(total))} if total != value else set()
    found = {(p.facts["dimension"], p.value, p.expected) for p in problems(rows)}
    assert found == expected


def test_a_cohort_whose_stages_pass_everyone_on_is_right() -> None:
    rows = [
        *stage("P1", next=70, employment=20, pending=10),
        *stage("P2", next=40, employment=30),
        *stage("P3", pending=40),
    ]
    assert codes(rows) == []


def test_outcomes_that_do_not_sum_to_those_who_came_are_reported_on_the_first_row_of_the_stage() -> None:
    (problem,) = problems([*stage("P1", next=70, pending=30), *stage("P2", next=40, employment=29)])
    assert (problem.code, problem.row, problem.value, problem.expected) == (
        "stage_does_not_nest",
        7,
        "P2",
        "70",
    )
    assert problem.facts == {"size": "69", "holder": "P1"}


def test_a_stage_larger_than_the_one_before_does_not_nest() -> None:
    (problem,) = problems([*stage("P1", next=70, pending=30), *stage("P2", pending=101)])
    assert (problem.code, problem.row, problem.expected, problem.facts["size"]) == (
        "stage_exceeds",
        7,
        "≤ 100",
        "101",
    )


def test_a_stage_that_is_not_nested_is_held_by_the_stage_it_names() -> None:
    # F-SI: applications (S3) follow the invitation (S1), with or without attendance (S2).
    def session(code: str, **counts: int) -> list[dict[str, object]]:
        return [{**row, "FUNNEL": "F-SI"} for row in stage(code, **counts)]

    invited, came = session("S1", next=40, pending=60), session("S2", next=10, pending=30)
    assert codes([*invited, *came, *session("S3", pending=45)]) == []
    assert codes([*invited, *came, *session("S3", pending=101)]) == ["stage_exceeds"]


def test_a_stage_with_a_count_kept_back_is_not_compared() -> None:
    rows = [*stage("P1", next=70, pending=30), *stage("P2", next="", pending=1)]
    assert codes([{**row, "CONF_STATUS": "C" if row["COUNT"] == "" else "F"} for row in rows]) == []


def test_groups_and_cohorts_are_compared_with_themselves_alone() -> None:
    rows = [
        {**row, "COHORT": cohort, "SEX": sex}
        for cohort, (sex, people) in product(["2024-Q1", "2024-Q2"], [("_T", 20), ("F", 10)])
        for row in [*stage("P1", next=people), *stage("P2", pending=people)]
    ]
    assert codes(rows) == []
    rows[-1]["COUNT"] = 9
    (problem,) = problems(rows)
    assert (problem.code, problem.row) == ("stage_does_not_nest", 37)
