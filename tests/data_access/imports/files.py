"""Input files with defaults, as bytes: a test writes down only what it is about."""

from __future__ import annotations

import csv
import io
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

import openpyxl

from data_access.contract.load import contract
from data_access.imports.load import CheckedFile, check_file
from data_access.imports.report import Problem

Row = Mapping[str, Any]


def rate(**cells: Any) -> dict[str, Any]:
    """An observation: half of a thousand persons of the Region in 2024."""
    return {
        "INDICATOR": "OS1.01",
        "TIME_PERIOD": "2024",
        "REF_AREA": "BRU",
        "NUMERATOR": "500",
        "DENOMINATOR": "1000",
        "OBS_VALUE": "50.0",
        **cells,
    }


def count(**cells: Any) -> dict[str, Any]:
    """An observation of a stock: a thousand long-term unemployed."""
    return {"INDICATOR": "OS2.01", "TIME_PERIOD": "2024-12", "REF_AREA": "BRU", "OBS_VALUE": "1000", **cells}


def goal(**cells: Any) -> dict[str, Any]:
    """A target with its decision."""
    return {
        "INDICATOR": "OS1.01",
        "KIND": "target",
        "DUE": "2027-12-31",
        "VALID_FROM": "2024-01-01",
        "VALUE": "60",
        "LOW": "",
        "HIGH": "",
        "DECIDED_ON": "2023-12-14",
        "DECISION_REF": "CG 2023-12, point 7",
        "DECIDING_BODY": "Comité de gestion",
        "REASON": "annex",
        **cells,
    }


def remark(**cells: Any) -> dict[str, Any]:
    """A finding in both languages, under every column."""
    return {
        "INDICATOR": "OS1.01",
        "KIND": "finding",
        "DAY": "2026-11-09",
        "OPERATOR": "",
        "RANK": "",
        "DUE": "",
        "TEXT_FR": "Le taux progresse.",
        "TEXT_NL": "Het percentage stijgt.",
        "ROLE_FR": "direction Employeurs",
        "ROLE_NL": "directie Werkgevers",
        **cells,
    }


def fact(**cells: Any) -> dict[str, Any]:
    """A transmission with its document and edition, under every column of the governance table."""
    return {
        "OBLIGATION": "GV-05-2025",
        "STATE": "transmitted",
        "DAY": "2026-06-11",
        "DOCUMENT_FR": "Rapport d’exécution 2025",
        "DOCUMENT_NL": "Uitvoeringsverslag 2025",
        "EDITION": "2026-06",
        "COMMENT": "",
        **cells,
    }


def project(**cells: Any) -> dict[str, Any]:
    """A project of the multi-annual plan, under every column of the plan."""
    return {
        "ACTION": "P1",
        "LEVEL": "project",
        "PARENT": "",
        "COMMITMENTS": "OS1-E1",
        "INDICATORS": "",
        "TITLE_FR": "Bilan",
        "TITLE_NL": "Balans",
        "OWNER_FR": "direction",
        "OWNER_NL": "directie",
        "STARTS_ON": "2024-01-01",
        "ENDS_ON": "2026-12-31",
        "PROGRESS": "",
        "BUDGET_RUN": "",
        "BUDGET_CHANGE": "",
        "YEAR": "",
        **cells,
    }


def action(**cells: Any) -> dict[str, Any]:
    """An action of that project."""
    own = {"ACTION": "P1.1", "LEVEL": "action", "PARENT": "P1", "INDICATORS": "OS1.01 OS1.02"}
    money = {"PROGRESS": "40", "BUDGET_RUN": "1000", "BUDGET_CHANGE": "500"}
    return project(**{**own, **money, **cells})


def decided(**cells: Any) -> dict[str, Any]:
    """An open decision, under every column of the decision table."""
    return {
        "DECISION": "D-2026-03-01",
        "KIND": "decision",
        "INDICATOR": "OS1.07",
        "OPERATOR": "",
        "SIGNAL": "off_track",
        "STATUS": "off_track",
        "MEETING": "2026-03-26",
        "POINT": "7",
        "TEXT_FR": "Présenter un plan.",
        "TEXT_NL": "Een plan voorleggen.",
        "REASON_FR": "",
        "REASON_NL": "",
        "ROLE_FR": "direction Employeurs",
        "ROLE_NL": "directie Werkgevers",
        "DUE": "2026-09-30",
        "STATE": "",
        "CLOSED_ON": "",
        **cells,
    }


def stage(code: str, **counts: int | str) -> list[dict[str, Any]]:
    """The five outcomes of a stage of F-PREV, zero unless said."""
    outcomes = ("next", "employment", "training", "other_exit", "pending")
    return [
        {
            "FUNNEL": "F-PREV",
            "COHORT": "2024-Q1",
            "STAGE": code,
            "OUTCOME": outcome,
            "REF_AREA": "BRU",
            "COUNT": counts.get(outcome, 0),
            "OBSERVED_THROUGH": "2026-10-31",
        }
        for outcome in outcomes
    ]


def csv_file(rows: Sequence[Row], *, separator: str = ",", encoding: str = "utf-8") -> bytes:
    """Rows as CSV under every column that one of them has."""
    text = io.StringIO()
    header = dict.fromkeys(name for row in rows for name in row)
    writer = csv.DictWriter(text, list(header), delimiter=separator, lineterminator="\r\n", restval="")
    writer.writeheader()
    writer.writerows(rows)
    return text.getvalue().encode(encoding)


def xlsx_file(**sheets: Sequence[Sequence[Any]]) -> bytes:
    """Sheets of typed cells, header included."""
    book = openpyxl.Workbook()
    book.remove(book.worksheets[0])
    for name, rows in sheets.items():
        sheet = book.create_sheet(name)
        for row in rows:
            sheet.append(list(row))
    content = io.BytesIO()
    book.save(content)
    return content.getvalue()


def table_of(rows: Sequence[Row]) -> list[list[Any]]:
    """Rows as cells under their header, for a sheet."""
    return [list(rows[0]), *(list(row.values()) for row in rows)]


def checked(content: bytes | Sequence[Row], *, mapping: Path | None = None) -> CheckedFile:
    """What reading and checking makes of a file."""
    if not isinstance(content, bytes):
        content = csv_file(content)
    return check_file(contract(), "file.csv", content, mapping=mapping)


def problems(content: bytes | Sequence[Row]) -> list[Problem]:
    """Every problem of a file."""
    return list(checked(content).report.problems)


def codes(content: bytes | Sequence[Row]) -> list[str]:
    """The code of every problem of a file."""
    return [problem.code for problem in problems(content)]


def only(content: bytes | Sequence[Row]) -> tuple[str, int | None, str, str, str]:
    """The one problem of a file: code, row, column, value, expected."""
    (problem,) = problems(content)
    return problem.code, problem.row, problem.column, problem.value, problem.expected
