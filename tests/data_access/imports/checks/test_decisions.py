"""Rules about decisions and accepted deviations: what each needs, and days that follow each other."""

from __future__ import annotations

from datetime import date

import pytest

from tests.data_access.imports.files import checked, codes, decided, only, table_of, xlsx_file

DEVIATION = {"KIND": "deviation", "REASON_FR": "transition"}


def test_a_decision_is_taken_as_it_is_written() -> None:
    found = checked([decided()])
    assert found.report.problems == ()
    assert found.frames["decision"].to_dict("records") == [
        {
            "decision": "D-2026-03-01",
            "kind": "decision",
            "indicator": "OS1.07",
            "operator": "_T",
            "signal": "off_track",
            "status": "off_track",
            "meeting": date(2026, 3, 26),
            "point": "7",
            "text_fr": "Présenter un plan.",
            "text_nl": "Een plan voorleggen.",
            "reason_fr": "",
            "reason_nl": "",
            "role_fr": "direction Employeurs",
            "role_nl": "directie Werkgevers",
            "due": date(2026, 9, 30),
            "state": "open",
            "closed_on": None,
        }
    ]


def test_a_general_decision_needs_no_indicator_no_state_and_no_deadline() -> None:
    short = {name: decided()[name] for name in ("DECISION", "KIND", "SIGNAL", "MEETING", "TEXT_FR")}
    roles = {name: decided()[name] for name in ("ROLE_FR", "ROLE_NL")}
    assert codes([{**short, **roles, "SIGNAL": "other"}]) == []
    assert codes([decided(INDICATOR="", STATUS="", DUE="", POINT="", STATE="")]) == []


def test_it_is_recognised_by_its_header_although_it_has_the_columns_of_a_target() -> None:
    found = checked(xlsx_file(Blad1=table_of([decided()])))
    assert list(found.frames) == ["decision"]


@pytest.mark.parametrize("column", ["DECISION", "KIND", "SIGNAL", "MEETING", "ROLE_FR", "ROLE_NL"])
def test_some_cells_may_not_be_empty(column: str) -> None:
    assert only([decided(**{column: ""})])[:3] == ("empty_cell", 2, column)


@pytest.mark.parametrize(
    ("cells", "code"),
    [
        ({"DECISION": "D 2026"}, "code_form"),
        ({"DECISION": "D-2026-03-012345678"}, "code_form"),
        ({"INDICATOR": "OS9.01"}, "unknown_indicator"),
        ({"SIGNAL": "bruit"}, "unknown_item"),
        ({"STATUS": "rouge"}, "unknown_item"),
        ({"KIND": "note"}, "unknown_item"),
        ({"OPERATOR": "ACME"}, "unknown_item"),
        ({"MEETING": "mars 2026"}, "unreadable_date"),
        ({"TEXT_FR": "", "TEXT_NL": ""}, "decision_missing"),
        ({"TEXT_NL": "x" * 1001}, "text_too_long"),
        ({"POINT": "x" * 81}, "text_too_long"),
        ({"TEXT_FR": "a\tb"}, "text_not_plain"),
        ({"DUE": "2026-03-25"}, "due_before_meeting"),
        ({"STATE": "done", "CLOSED_ON": "2026-03-25"}, "closed_before_meeting"),
        ({"STATE": "done"}, "closing_without_day"),
        ({"STATE": "dropped"}, "closing_without_day"),
        ({"CLOSED_ON": "2026-04-01"}, "day_without_closing"),
        ({**DEVIATION, "INDICATOR": ""}, "deviation_indicator"),
        ({"KIND": "deviation"}, "deviation_reason"),
        ({**DEVIATION, "DUE": ""}, "deviation_due"),
    ],
)
def test_each_thing_that_cannot_be_is_said(cells: dict[str, str], code: str) -> None:
    assert codes([decided(**cells)]) == [code]


@pytest.mark.parametrize(
    "cells",
    [
        {"DUE": "2026-03-26"},
        {"STATE": "done", "CLOSED_ON": "2026-03-26"},
        {"TEXT_NL": ""},
        {"TEXT_FR": ""},
        DEVIATION,
        {"KIND": "deviation", "REASON_NL": "overgang"},
        {"OPERATOR": "VDAB", "INDICATOR": "BV-1b"},
    ],
)
def test_what_is_on_the_edge_is_taken(cells: dict[str, str]) -> None:
    assert codes([decided(**cells)]) == []


def test_a_code_stands_once() -> None:
    assert codes([decided(), decided(TEXT_FR="autre")]) == ["duplicate_key"]
