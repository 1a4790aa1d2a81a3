"""XLSX: every sheet, as the values that the workbook stores; a formula is its last value and is never run."""

from __future__ import annotations

import re
import zipfile
from datetime import date, datetime, time, timedelta
from io import BytesIO
from typing import IO

from python_calamine import CalamineError, CalamineWorkbook, SheetMetadata, SheetTypeEnum, SheetVisibleEnum

from data_access.domain.errors import UserError
from data_access.imports.raw import RawTable, make_raw

# The reader makes room for every cell up to the last used row and column, so that one stray cell in the far
# corner of a sheet would ask for 17 thousand million: more than this is refused first.
MAX_CELLS = 20_000_000
LISTS = "LISTS"
_CHUNK = 1 << 20
_OVERLAP = 64
_WIDE = re.compile(rb'\br="([A-Z]{2,3})\d')
_ROW = re.compile(rb'\br="[A-Z]{0,3}(\d+)"')
_NARROW = 26  # columns named with one letter


def read_workbook(name: str, content: bytes) -> list[RawTable]:
    """One table per sheet; charts and macros are not sheets, nor are the lists of our templates.

    Raises:
        UserError: ``unreadable_file`` or ``sheet_too_large``.
    """
    _refuse_far_corners(name, content)
    try:
        workbook = CalamineWorkbook.from_filelike(BytesIO(content))
        sheets = [s.name for s in workbook.sheets_metadata if _holds_rows(s)]
        return [_read_sheet(workbook, name, sheet) for sheet in sheets]
    except CalamineError as error:
        raise UserError("unreadable_file", file=name, value=str(error)) from error


def _holds_rows(sheet: SheetMetadata) -> bool:
    """Whether somebody may have written rows there: not on the hidden sheet of a template (``template``)."""
    lists = sheet.name == LISTS and sheet.visible != SheetVisibleEnum.Visible
    return sheet.typ == SheetTypeEnum.WorkSheet and not lists


def _read_sheet(workbook: CalamineWorkbook, name: str, sheet: str) -> RawTable:
    rows = workbook.get_sheet_by_name(sheet).to_python(skip_empty_area=False)
    return make_raw(name, sheet, [[clean_cell(cell) for cell in row] for row in rows])


def clean_cell(cell: object) -> str | float | date | None:
    """Text without the spaces around it, a number, or a day; None when empty.

    A day with a time keeps it as text, so that a column of days reports it; a truth value is text too.
    """
    if isinstance(cell, str):
        return cell.strip() or None
    if isinstance(cell, bool):
        return str(cell).upper()
    if isinstance(cell, datetime):
        return cell.date() if cell.time() == time() else cell.isoformat(sep=" ")
    if isinstance(cell, time | timedelta):
        return str(cell)
    if isinstance(cell, int | float):
        return float(cell)
    return cell if isinstance(cell, date) else None


def _refuse_far_corners(name: str, content: bytes) -> None:
    try:
        with zipfile.ZipFile(BytesIO(content)) as archive:
            for part in archive.namelist():
                if part.startswith("xl/worksheets/") and part.endswith(".xml"):
                    with archive.open(part) as stream:
                        _refuse_larger(name, part, *used_area(stream))
    except (zipfile.BadZipFile, EOFError, OSError, NotImplementedError, RuntimeError) as error:
        raise UserError("unreadable_file", file=name, value=str(error)) from error


def _refuse_larger(name: str, part: str, rows: int, columns: int) -> None:
    if rows * columns > MAX_CELLS:
        sheet = part.rpartition("/")[2]
        raise UserError(
            "sheet_too_large", file=name, sheet=sheet, rows=rows, columns=columns, expected=MAX_CELLS
        )


def used_area(stream: IO[bytes]) -> tuple[int, int]:
    """An upper bound of the last row and column of a sheet's XML, read piece by piece."""
    rows, columns, tail = 0, _NARROW, b""
    while piece := stream.read(_CHUNK):
        text = tail + piece
        columns = max(columns, *(_column(letters) for letters in set(_WIDE.findall(text))), _NARROW)
        # References ascend, so that the last one of a piece is its highest row.
        last = _ROW.search(text, max(0, text.rfind(b' r="')))
        rows = max(rows, int(last[1]) if last else 0)
        tail = text[-_OVERLAP:]
    return rows, columns


def _column(letters: bytes) -> int:
    number = 0
    for letter in letters:
        number = number * 26 + letter - 64
    return number
