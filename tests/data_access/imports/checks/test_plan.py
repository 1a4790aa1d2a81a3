"""Rules about the development plan: codes, projects and their actions, days, progress, money."""

from __future__ import annotations

from typing import Any

import pytest

from tests.data_access.imports.files import action, checked, codes, only, problems, project


def plan(**cells: Any) -> list[dict[str, Any]]:
    """A project and its action, which has these cells."""
    return [project(), action(**cells)]


def test_a_project_and_its_action_are_taken() -> None:
    found = checked(plan())
    assert found.report.problems == ()
    rows = found.frames["plan"]
    assert rows["parent"].tolist() == ["", "P1"]
    assert rows["year"].tolist() == ["_T", "_T"]
    assert rows["budget_run"].fillna(-1).tolist() == [-1, 1000]


@pytest.mark.parametrize("column", ["ACTION", "LEVEL", "OWNER_FR", "OWNER_NL", "STARTS_ON", "ENDS_ON"])
def test_what_who_and_when_are_required(column: str) -> None:
    assert ("empty_cell", 3, column) in [(p.code, p.row, p.column) for p in problems(plan(**{column: ""}))]


@pytest.mark.parametrize("code", ["P 1", "é1", "-1", "P" * 17, "P_1"])
def test_a_code_fits_its_place(code: str) -> None:
    assert only(plan(ACTION=code)) == ("code_form", 3, "ACTION", code, "P2.1")
    assert codes(plan(ACTION="P" * 16)) == []


@pytest.mark.parametrize(
    ("column", "cell", "problem", "stranger"),
    [
        ("COMMITMENTS", "OS1-E1 OS9-E1", "unknown_commitment", "OS9-E1"),
        ("COMMITMENTS", "OS1-E1,OS1-E2", "unknown_commitment", "OS1-E1,OS1-E2"),
        ("INDICATORS", "OS1.01  os1.02", "unknown_listed", "os1.02"),
    ],
)
def test_every_listed_code_is_one_of_the_contract(
    column: str, cell: str, problem: str, stranger: str
) -> None:
    (found,) = problems(plan(**{column: cell}))
    assert (found.code, found.row, found.column, found.value) == (problem, 3, column, cell)
    assert found.facts == {"code": stranger}
    assert found.expected.startswith(("OS1-E1 OS1-E2", "OS1.01 OS1.02"))


def test_a_compound_commitment_and_its_halves_are_codes_too() -> None:
    assert codes(plan(COMMITMENTS="OS1-E5 OS1-E5a OS1-E5b")) == []


def test_a_project_has_no_parent() -> None:
    assert only([project(PARENT="P9")])[:4] == ("parent_of_project", 2, "PARENT", "P9")


@pytest.mark.parametrize("parent", ["", "P9", "P1.1"])
def test_an_action_belongs_to_a_project_of_the_file(parent: str) -> None:
    assert only(plan(PARENT=parent)) == ("parent_unknown", 3, "PARENT", parent, "P1")


def test_a_project_of_another_plan_is_none_of_its_own() -> None:
    assert only(plan(YEAR="2026"))[::4] == ("parent_unknown", "LEVEL = project")
    assert codes([*plan(), project(YEAR="2026"), action(YEAR="2026")]) == []


@pytest.mark.parametrize(("end", "wrong"), [("2023-12-31", True), ("2024-01-01", False)])
def test_nothing_ends_before_it_starts(end: str, *, wrong: bool) -> None:
    expected = [("ends_before_start", "≥ 2024-01-01")] if wrong else []
    assert [(p.code, p.expected) for p in problems(plan(ENDS_ON=end))] == expected


@pytest.mark.parametrize(("progress", "wrong"), [("-1", True), ("0", False), ("100", False), ("101", True)])
def test_progress_is_a_percentage(progress: str, *, wrong: bool) -> None:
    assert codes(plan(PROGRESS=progress)) == (["percentage_out_of_range"] if wrong else [])


def test_money_is_not_negative_and_nothing_is_not_unknown() -> None:
    assert codes(plan(BUDGET_CHANGE="-1")) == ["negative"]
    rows = checked(plan(BUDGET_RUN="0", BUDGET_CHANGE="")).frames["plan"]
    assert rows["budget_run"].tolist()[1] == 0
    assert rows["budget_change"].isna().tolist() == [True, True]


def test_the_budget_of_a_project_is_that_of_its_actions() -> None:
    rows = [action(), action(ACTION="P1.2", BUDGET_RUN="0.50")]
    assert codes([project(BUDGET_RUN="1000.5"), *rows]) == []
    found = only([project(BUDGET_RUN="1000"), *rows])
    assert found == ("budget_differs", 2, "BUDGET_RUN", "1000", "1000.5")


def test_where_an_action_has_no_budget_nothing_is_said() -> None:
    assert codes([project(BUDGET_RUN="1"), action(), action(ACTION="P1.2", BUDGET_RUN="")]) == []


def test_a_project_without_actions_has_a_budget_of_its_own() -> None:
    assert codes([project(BUDGET_RUN="1000")]) == []


def test_an_action_that_serves_no_commitment_is_asked_about_and_loaded() -> None:
    (problem,) = problems([project(COMMITMENTS=""), action(COMMITMENTS="")])
    assert (problem.code, problem.severity.value, problem.row) == ("action_without_commitment", "warning", 3)
    assert codes(plan(COMMITMENTS="")) == []


def test_a_title_in_either_language_is_enough() -> None:
    assert codes(plan(TITLE_NL="")) == []
    assert only(plan(TITLE_FR="", TITLE_NL="")) == (
        "title_missing", 3, "TITLE_FR", "", "TITLE_FR | TITLE_NL",
    )  # fmt: skip


@pytest.mark.parametrize(("column", "limit"), [("TITLE_FR", 160), ("TITLE_NL", 160), ("OWNER_NL", 80)])
def test_a_text_fits_its_place(column: str, limit: int) -> None:
    assert codes(plan(**{column: "é" * limit})) == []
    assert codes(plan(**{column: "é" * (limit + 1)})) == ["text_too_long"]


@pytest.mark.parametrize(("year", "known"), [("2023", True), ("2027", True), ("2028", False), ("_T", True)])
def test_an_annual_plan_is_of_a_year_of_the_contract(year: str, *, known: bool) -> None:
    rows = [project(YEAR=year), action(YEAR=year)]
    assert codes(rows) == ([] if known else ["unknown_item", "unknown_item"])
