"""An exhibit as a workbook: its table with native numbers, and a sheet that says what it is."""

from __future__ import annotations

import io
from collections.abc import Sequence
from datetime import date, datetime, time
from typing import Any

from xlsxwriter import Workbook
from xlsxwriter.utility import xl_range_abs
from xlsxwriter.worksheet import Worksheet

from components.exports.book.make import OPTIONS
from components.exports.book.sheet import HEAD_ROW, Book, Heading, add_sheet, height_of, write, write_row
from components.exports.book.styles import Styles
from components.exports.delimited import about
from components.exports.exhibit import Cell, Column, Exhibit, Kind, SeriesColumn, decimals_of
from components.exports.same_bytes import same_bytes
from components.figures.theme import ACCENT, INK
from components.i18n.translate import translator

SMALL = 20.0  # letters of a column of small charts
NARROW, WIDE, FIRST = 9.0, 44.0, 26.0  # letters of a column, at least and at most; of the first at least


def exhibit_xlsx(exhibit: Exhibit, day: date) -> bytes:
    """The workbook; the same exhibit gives the same bytes.

    Args:
        exhibit: what is written.
        day: that the file names as the one of its making: the last that its data cover.
    """
    out, t = io.BytesIO(), translator(exhibit.language)
    workbook = Workbook(out, OPTIONS)
    workbook.set_properties(
        {"title": exhibit.title, "author": "Actiris", "created": datetime.combine(day, time())}
    )
    book = Book(workbook, Styles(workbook, exhibit.language), t, exhibit.vintage)
    columns, series = exhibit.table.columns, exhibit.table.series
    headings = [_heading(exhibit, position) for position in range(len(columns))]
    if series is not None:
        headings.insert(series.place, Heading(series.label, SMALL))
    name = t("export.sheet.table")
    sheet = add_sheet(
        book, name, exhibit.title, exhibit.subtitle, headings, demonstration=exhibit.demonstration
    )
    for number, row in enumerate(exhibit.table.rows, start=HEAD_ROW + 1):
        cells = [_cell(cell, column, book.styles) for cell, column in zip(row, columns, strict=True)]
        if series is not None:
            cells.insert(series.place, (None, book.styles.text))
        if len(row) > 1 and not any(cell.text for cell in row[1:]):
            _write_across(sheet, number, row[0].text, headings, book)
        else:
            write_row(sheet, number, cells, headings)
    if series is not None:
        _add_series(book, sheet, exhibit.table.rows, series)
    notes = workbook.add_worksheet(t("export.sheet.about"))
    notes.set_column(0, 0, 110)
    for number, line in enumerate(about(exhibit, t)):
        write(notes, number, 0, line, book.styles.title if number == 0 else book.styles.text)
    workbook.close()
    return same_bytes(out.getvalue(), day)


def _write_across(sheet: Worksheet, row: int, text: str, headings: Sequence[Heading], book: Book) -> None:
    """What names the rows that follow, across the table."""
    sheet.merge_range(row, 0, row, len(headings) - 1, "", book.styles.group)
    write(sheet, row, 0, text, book.styles.group)
    sheet.set_row(row, height_of([(text, sum(heading.width for heading in headings))], bold=True) + 2)


def _add_series(book: Book, sheet: Worksheet, rows: Sequence[Sequence[Cell]], series: SeriesColumn) -> None:
    """A sheet of one row a value, and in each row of the table the small chart of its values."""
    name = book.t("export.sheet.series")
    labels = ("column.indicator", "sheet.data.period", "sheet.data.value")
    headings = [Heading(book.t(label), wide) for label, wide in zip(labels, (WIDE, 12.0, 12.0), strict=True)]
    values = add_sheet(book, name, name, "", headings, demonstration=False)
    free = HEAD_ROW + 1
    for number, (cells, found) in enumerate(zip(rows, series.rows, strict=True), start=HEAD_ROW + 1):
        if found is None or not found.points:
            continue
        for period, value in found.points:
            write(values, free, 0, cells[0].text, book.styles.text)
            write(values, free, 1, period, book.styles.text)
            write(values, free, 2, value, book.styles.make(num_format="General", align="right"))
            free += 1
        drawn = xl_range_abs(free - len(found.points), 2, free - 1, 2)
        look = {"series_color": INK, "last_point": True, "last_color": ACCENT, "weight": 1.25}
        sheet.add_sparkline(number, series.place, {"range": f"'{name}'!{drawn}", **look})


def _heading(exhibit: Exhibit, position: int) -> Heading:
    """A column as wide as its longest word group, within reason."""
    texts = [row[position].text for row in exhibit.table.rows]
    widest = max((len(text) for text in texts), default=0) + 2
    least = FIRST if position == 0 else NARROW
    label = exhibit.table.columns[position].label
    longest_word = max((len(word) for word in label.split()), default=0) + 2
    return Heading(label, float(min(max(widest, longest_word, least), WIDE)))


def _cell(cell: Cell, column: Column, styles: Styles) -> tuple[Any, Any]:
    if cell.value is None or column.kind is Kind.TEXT:
        return cell.text, styles.text
    if isinstance(cell.value, date):
        return cell.value, styles.make(num_format="dd/mm/yyyy", align="right")
    decimals, percent = decimals_of(cell, column), cell.text.endswith("%")
    pattern = "#,##0" + (f".{'0' * decimals}" if decimals else "")
    mark = {"fr": '" %"', "nl": '"%"'}[styles.language] if percent else ""
    pattern += mark
    signed = f"+{pattern};-{pattern};{pattern}" if column.kind is Kind.POINTS else pattern
    return cell.value, styles.make(num_format=signed, align="right")
