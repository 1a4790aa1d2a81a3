"""A sheet of the workbook: its head, its print set-up, and cells that are never a formula."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from xlsxwriter import Workbook
from xlsxwriter.format import Format
from xlsxwriter.worksheet import Worksheet

from components.exports.book.styles import Styles
from components.exports.text_size import count_lines
from components.i18n.translate import Translator

A4 = 9
HEAD_ROW = 4  # under title, sentence, warning and an empty row
LETTER, SIDES, INCH = 7, 5, 96  # pixels: of a letter, beside a column's words, to the inch
SIZE, LINE, TITLE_HEIGHT = 10, 13.5, 22  # points
LONGEST = 31  # letters that a name of a sheet may have


@dataclass(frozen=True)
class Book:
    """A workbook under way.

    Attributes:
        vintage: last day covered and version, for the foot of every page.
    """

    workbook: Workbook
    styles: Styles
    t: Translator
    vintage: str


@dataclass(frozen=True)
class Heading:
    """A column: its name and how wide it is, in letters."""

    label: str
    width: float


Written = str | float | int | date | None
Cell = tuple[Written, Format]


def add_sheet(
    book: Book, name: str, title: str, sentence: str, headings: Sequence[Heading], *, demonstration: bool
) -> Worksheet:
    """A sheet with its head, frozen above the first row of its table; printed on A4, as wide as one page."""
    sheet = book.workbook.add_worksheet(name[:LONGEST])
    styles = book.styles
    sheet.hide_gridlines(2)
    sheet.write_string(0, 0, title, styles.title)
    sheet.set_row(0, TITLE_HEIGHT)
    sheet.write_string(1, 0, sentence, styles.quiet)
    if demonstration:
        sheet.merge_range(2, 0, 2, min(3, len(headings) - 1), "", styles.warning)
        sheet.write_string(2, 0, book.t("demonstration.label"), styles.warning)
    for column, heading in enumerate(headings):
        sheet.set_column(column, column, heading.width)
        sheet.write_string(HEAD_ROW, column, heading.label, styles.head)
    sheet.set_row(HEAD_ROW, height_of([(h.label, h.width) for h in headings], bold=True) + 4)
    sheet.freeze_panes(HEAD_ROW + 1, 2)
    sheet.repeat_rows(HEAD_ROW)
    set_up_printing(sheet, book)
    return sheet


def set_up_printing(sheet: Worksheet, book: Book) -> None:
    """A4 landscape, one page wide, with version and page number at the foot."""
    sheet.set_paper(A4)
    sheet.set_landscape()
    sheet.fit_to_pages(1, 0)
    sheet.set_margins(left=0.4, right=0.4, top=0.5, bottom=0.7)
    vintage = book.vintage.replace("&", "&&")
    sheet.set_footer(f"&L&8{vintage}&C&8&A&R&8{book.t('book.page')}")


def height_of(texts: Iterable[tuple[str, float]], *, bold: bool = False) -> float:
    """Points that a row needs for its words, each in a column of that many letters."""
    inches = ((text, (LETTER * width - SIDES) / INCH) for text, width in texts)
    return max((LINE * count_lines(text, SIZE, wide, bold=bold) for text, wide in inches), default=LINE) + 2


def write_row(
    sheet: Worksheet, row: int, cells: Sequence[Cell], headings: Sequence[Heading] | None = None
) -> None:
    """One cell beside the other; with the columns given, the row is as high as its words need."""
    if headings is not None:
        words = [(v, h.width) for (v, _), h in zip(cells, headings, strict=True) if isinstance(v, str)]
        sheet.set_row(row, height_of(words))
    for column, (value, style) in enumerate(cells):
        write(sheet, row, column, value, style)


def write(sheet: Worksheet, row: int, column: int, value: Written, style: Format) -> None:
    """A number or a date as such; a text as a text, whatever it begins with; nothing as an empty cell."""
    if value is None or value == "":
        sheet.write_blank(row, column, None, style)
    elif isinstance(value, str):
        sheet.write_string(row, column, value, style)
    elif isinstance(value, date):
        sheet.write_datetime(row, column, value, style)
    else:
        sheet.write_number(row, column, value, style)


def make_table(sheet: Worksheet, name: str, rows: int, headings: Sequence[Heading], book: Book) -> None:
    """What was written under the head as a table of the spreadsheet, to filter and to sort.

    Args:
        sheet: with ``rows`` rows below ``HEAD_ROW``.
        name: of the table, for formulas of the reader.
        rows: how many there are.
        headings: the names of its columns, all different.
        book: the workbook.
    """
    columns = [{"header": h.label, "header_format": book.styles.head} for h in headings]
    last = HEAD_ROW + max(rows, 1)
    options = {"name": name, "columns": columns, "style": "Table Style Light 1", "autofilter": True}
    sheet.add_table(HEAD_ROW, 0, last, len(headings) - 1, options)
