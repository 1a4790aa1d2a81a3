"""XLSX: sheets, typed cells, formulas, and workbooks that would fill the memory."""

from __future__ import annotations

import io
import zipfile
from datetime import date, datetime, time, timedelta

import openpyxl
import pytest

from data_access.domain.errors import UserError
from data_access.imports import workbook
from data_access.imports.raw import letters
from data_access.imports.readers import Limits, read_tables
from data_access.imports.workbook import clean_cell, used_area
from tests.data_access.imports.files import checked, goal, rate, table_of, xlsx_file


def with_formula(content: bytes, formula: str, stored: str) -> bytes:
    """The same workbook with a formula and its stored value in A2's neighbour: what a spreadsheet saves."""
    old, new = io.BytesIO(content), io.BytesIO()
    with zipfile.ZipFile(old) as before, zipfile.ZipFile(new, "w") as after:
        for part in before.namelist():
            text = before.read(part)
            if part == "xl/worksheets/sheet1.xml":
                text = text.replace(b"<v>77</v>", f"<f>{formula}</f><v>{stored}</v>".encode())
            after.writestr(part, text)
    return new.getvalue()


def test_every_sheet_is_read_as_what_its_header_announces() -> None:
    content = xlsx_file(
        Observations=table_of([rate(NUMERATOR=500, DENOMINATOR=1000, OBS_VALUE=50.0, TIME_PERIOD=2024)]),
        Cibles=table_of([goal(DUE=date(2027, 12, 31), VALUE=60)]),
        Notes=[["Remarques"], ["rien de spécial"]],
    )
    found = checked(content)
    assert {kind: len(frame) for kind, frame in found.frames.items()} == {"observation": 1, "target": 1}
    assert found.frames["observation"]["time_period"].tolist() == ["2024"]
    assert found.frames["target"]["due"].tolist() == [date(2027, 12, 31)]
    (aside,) = found.report.problems
    assert (aside.severity.value, aside.code, aside.sheet, aside.value) == (
        "left_out",
        "unknown_table",
        "Notes",
        "Remarques",
    )


def test_a_formula_is_its_stored_value_and_is_never_run() -> None:
    content = xlsx_file(
        A=table_of([rate(NUMERATOR=77, DENOMINATOR=None, OBS_VALUE=None, INDICATOR="OS2.01")])
    )
    found = checked(with_formula(content, "1+1", "1234"))
    assert found.report.problems == ()
    assert found.frames["observation"]["obs_value"].tolist() == [1234.0]


def test_a_title_above_the_table_is_not_its_header_but_an_empty_row_is_no_row() -> None:
    rows = table_of([rate(), rate(TIME_PERIOD="2024-13", NUMERATOR=None)])
    (problem,) = checked(xlsx_file(A=[[None], [None], *rows])).report.problems
    assert (problem.code, problem.sheet, problem.row, problem.column) == (
        "impossible_period",
        "A",
        5,
        "TIME_PERIOD",
    )


def test_a_month_that_the_spreadsheet_made_a_day_is_turned_back() -> None:
    found = checked(
        xlsx_file(A=table_of([rate(TIME_PERIOD=date(2024, 3, 1)), rate(TIME_PERIOD=date(2024, 3, 2))]))
    )
    (problem,) = found.report.problems
    assert (problem.code, problem.row, problem.value) == ("impossible_period", 3, "2024-03-02")


def test_a_sheet_without_rows_is_left_out_beside_one_that_has_some() -> None:
    header = list(goal())
    found = checked(xlsx_file(A=table_of([rate()]), B=[header]))
    assert [(p.code, p.severity.value, p.sheet) for p in found.report.problems] == [
        ("empty_table", "left_out", "B")
    ]


def test_a_workbook_without_any_table_of_ours_is_refused() -> None:
    found = checked(xlsx_file(A=[["x"], [1]], B=[]))
    assert {(p.code, p.severity.value) for p in found.report.problems} == {("unknown_table", "error")}


@pytest.mark.parametrize(
    ("cell", "clean"),
    [
        (" x ", "x"),
        ("  ", None),
        ("", None),
        (True, "TRUE"),
        (3, 3.0),
        (date(2024, 1, 1), date(2024, 1, 1)),
        (datetime(2024, 1, 1), date(2024, 1, 1)),  # noqa: DTZ001
        (datetime(2024, 1, 1, 12), "2024-01-01 12:00:00"),  # noqa: DTZ001
        (time(12), "12:00:00"),
        (timedelta(hours=1), "1:00:00"),
        (None, None),
    ],
)
def test_cells_keep_their_kind(cell: object, clean: object) -> None:
    assert clean_cell(cell) == clean


def test_a_stray_cell_in_the_far_corner_is_refused_before_room_is_made_for_it() -> None:
    book = openpyxl.Workbook()
    book.worksheets[0]["A1"] = "INDICATOR"
    book.worksheets[0]["XFD1048576"] = "x"
    content = io.BytesIO()
    book.save(content)
    with pytest.raises(UserError) as caught:
        read_tables("x.xlsx", content.getvalue(), Limits())
    assert caught.value.code == "sheet_too_large"
    assert (caught.value.facts["rows"], caught.value.facts["columns"]) == (1_048_576, 16_384)


def test_the_used_area_is_found_across_the_pieces_of_a_large_sheet(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(workbook, "_CHUNK", 50)
    cells = "".join(
        f'<row r="{n}"><c r="A{n}"><v>1</v></c><c r="AC{n}"><v>2</v></c></row>' for n in range(1, 200)
    )
    assert used_area(io.BytesIO(cells.encode())) == (199, 29)


def test_a_broken_workbook_is_refused_with_a_sentence() -> None:
    good = xlsx_file(A=table_of([rate()]))
    with pytest.raises(UserError) as caught:
        read_tables("x.xlsx", good[:300], Limits())
    assert caught.value.code == "unreadable_file"


@pytest.mark.parametrize(("position", "name"), [(0, "A"), (25, "Z"), (26, "AA"), (701, "ZZ"), (702, "AAA")])
def test_columns_are_lettered_as_in_a_spreadsheet(position: int, name: str) -> None:
    assert letters(position) == name
