"""Rules about what happened to an obligation: which, in what state, when, and what was transmitted."""

from __future__ import annotations

from datetime import date

import pytest

from tests.data_access.imports.files import checked, codes, fact, only, problems, table_of, xlsx_file


def test_a_transmission_with_its_document_and_edition_is_taken() -> None:
    found = checked([fact()])
    assert found.report.problems == ()
    assert found.frames["governance"].to_dict("records") == [
        {
            "obligation": "GV-05-2025",
            "state": "transmitted",
            "day": date(2026, 6, 11),
            "document_fr": "Rapport d’exécution 2025",
            "document_nl": "Uitvoeringsverslag 2025",
            "edition": "2026-06",
            "comment": "",
        }
    ]


def test_document_edition_and_comment_may_be_absent_where_nothing_was_sent() -> None:
    assert codes([{"OBLIGATION": "GV-07", "STATE": "preparation", "DAY": "05/10/2026"}]) == []


@pytest.mark.parametrize("column", ["OBLIGATION", "STATE", "DAY"])
def test_which_obligation_which_state_and_when_are_required(column: str) -> None:
    assert only([fact(**{column: ""})])[:3] == ("empty_cell", 2, column)


@pytest.mark.parametrize(
    ("cells", "code"),
    [
        ({"OBLIGATION": "GV-05-2031"}, "unknown_obligation"),
        ({"STATE": "envoyé"}, "unknown_item"),
        ({"DAY": "juin 2026"}, "unreadable_date"),
        ({"DOCUMENT_NL": "x" * 161}, "text_too_long"),
        ({"DOCUMENT_FR": "a\tb"}, "text_not_plain"),
    ],
)
def test_codes_days_and_texts_must_be_such(cells: dict[str, str], code: str) -> None:
    assert codes([fact(**cells)]) == [code]


@pytest.mark.parametrize("state", ["to_come", "late"])
def test_to_come_and_late_are_never_delivered(state: str) -> None:
    code, _, column, value, expected = only([fact(STATE=state)])
    assert (code, column, value) == ("unknown_item", "STATE", state)
    assert expected == "preparation, transmitted, examined, closed, not_applicable"


@pytest.mark.parametrize("edition", ["2026", "2026-13", "juin", "2026-Q2", "2026-6"])
def test_an_edition_is_a_month(edition: str) -> None:
    assert only([fact(EDITION=edition)]) == ("impossible_edition", 2, "EDITION", edition, "2026-06")


def test_a_month_that_a_spreadsheet_turned_into_a_day_is_that_month() -> None:
    found = checked(xlsx_file(G=table_of([fact(DAY=date(2026, 6, 11), EDITION=date(2026, 6, 1))])))
    assert found.frames["governance"]["edition"].tolist() == ["2026-06"]


@pytest.mark.parametrize("state", ["preparation", "not_applicable"])
def test_nothing_is_transmitted_before_it_is_sent(state: str) -> None:
    found = only([fact(STATE=state)])
    assert found == ("edition_not_sent", 2, "EDITION", "2026-06", "STATE = transmitted, examined, closed")


def test_a_transmission_without_a_document_is_asked_about_and_loaded() -> None:
    (problem,) = problems([fact(DOCUMENT_FR="", DOCUMENT_NL=" ")])
    assert (problem.code, problem.severity.value) == ("document_missing", "warning")
    assert codes([fact(DOCUMENT_FR="")]) == []
    assert codes([fact(STATE="examined", DOCUMENT_FR="", DOCUMENT_NL="")]) == []


@pytest.mark.parametrize(
    ("day", "wrong"), [("2026-06-10", True), ("2026-06-11", False), ("2026-06-12", False)]
)
def test_what_is_examined_before_it_was_sent_is_asked_about(day: str, *, wrong: bool) -> None:
    found = problems([fact(), fact(STATE="examined", DAY=day)])
    assert [(p.code, p.severity.value, p.row, p.value, p.expected) for p in found] == (
        [("state_out_of_order", "warning", 3, day, "≥ 2026-06-11")] if wrong else []
    )


def test_the_days_of_other_obligations_do_not_count() -> None:
    assert codes([fact(), fact(OBLIGATION="GV-05-2024", STATE="examined", DAY="2025-06-26")]) == []


def test_an_obligation_reaches_a_state_once() -> None:
    (problem,) = problems([fact(), fact(DAY="2026-06-12")])
    assert (problem.code, problem.row, problem.column) == ("duplicate_key", 3, "STATE")
