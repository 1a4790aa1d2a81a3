"""An exhibit as CSV for a spreadsheet in French or Dutch: semicolons, decimal commas, no formula."""

from __future__ import annotations

import csv
import io
from datetime import date

from components.exports.exhibit import Cell, Column, Exhibit, Kind, decimals_of
from components.i18n.translate import Translator, translator

FORMULA = ("=", "+", "-", "@", "\t", "\r")  # what a spreadsheet takes for one


def exhibit_csv(exhibit: Exhibit) -> bytes:
    """Title and what is to be known, an empty line, then the table; UTF-8 with its mark.

    A number stands as a number, with a decimal comma and without thousands; a cell without one says why in
    a word. A text that a spreadsheet would take for a formula is led by an apostrophe.
    """
    t = translator(exhibit.language)
    out = io.StringIO()
    writer = csv.writer(out, delimiter=";", lineterminator="\r\n")
    for line in about(exhibit, t):
        writer.writerow([inert(line)])
    writer.writerow([])
    columns = exhibit.table.columns
    writer.writerow([inert(column.label) for column in columns])
    for row in exhibit.table.rows:
        writer.writerow([_written(cell, column) for cell, column in zip(row, columns, strict=True)])
    return out.getvalue().encode("utf-8-sig")


def about(exhibit: Exhibit, t: Translator) -> list[str]:
    """What stands around the figure, line by line."""
    label = [t("demonstration.label")] if exhibit.demonstration else []
    source = t("export.source", source=exhibit.source, vintage=exhibit.vintage)
    return [exhibit.title, exhibit.subtitle, *label, *exhibit.notes, source]


def inert(text: str) -> str:
    """The text, such that no spreadsheet computes it."""
    return f"'{text}" if text.startswith(FORMULA) else text


def _written(cell: Cell, column: Column) -> str:
    if isinstance(cell.value, date):
        return cell.value.isoformat()
    if cell.value is None or column.kind is Kind.TEXT:
        return inert(cell.text)
    return f"{cell.value:.{decimals_of(cell, column)}f}".replace(".", ",")
