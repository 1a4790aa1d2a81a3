"""Tables of persons never enter: a file that looks like one is refused whole, and its cells are not repeated.

What is imported are counts of groups (domain report §5.3). Names of columns and contents are looked at in
every table of the file, also in what would not be read: sheets of another form, columns without a header,
cells beyond it. A problem names the column and the first row, never what stands there.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from data_access.imports.identifiers import find_numbers, is_email, names_person
from data_access.imports.report import Problem, Severity

MANY = 3  # rows; fewer may be chance, or a contact
# Of the cells that have the form of a national number. By chance 1 in 400 is valid (two remainders of 97, and
# a date), of those that somebody typed nearly all are.
VALID_SHARE = 0.2
EMAIL_SHARE = 0.5  # of the cells that are filled
EXPECTED = "COUNT, NUMERATOR, DENOMINATOR, OBS_VALUE"


@dataclass(frozen=True)
class Cells:
    """One column as the file has it.

    Attributes:
        label: its header; empty when it has none.
        letter: how a spreadsheet names it.
        contents: clean cells, None when empty.
        rows: their numbers.
    """

    label: str
    letter: str
    contents: NDArray[np.object_]
    rows: NDArray[np.int_]


def find_personal(file: str, sheet: str, header_row: int, columns: Sequence[Cells]) -> Iterator[Problem]:
    """One problem for each column that names or holds persons."""
    for column in columns:
        found = _in_header(column, header_row) or _in_cells(column, header_row)
        if found is not None:
            code, row, count = found
            # A file without a header has cells for headers: they are not repeated either.
            shown = column.letter if not column.label or _is_personal(column.label) else column.label
            facts = {"count": count} if count else {}
            yield Problem(Severity.ERROR, code, file, sheet, row, shown, expected=EXPECTED, facts=facts)


def _in_header(column: Cells, header_row: int) -> tuple[str, int, int] | None:
    return ("person_column", header_row, 0) if names_person(column.label) else None


def _in_cells(column: Cells, header_row: int) -> tuple[str, int, int] | None:
    """Code, first row and number of rows; the header counts as a row, as in a file that has none."""
    cells = [column.label or None, *column.contents]
    each = set(cells)  # most columns hold a few contents many times
    numbers = {cell: find_numbers(_text(cell)) for cell in each}
    alike = {cell for cell, (like, _) in numbers.items() if like}
    valid = {cell for cell, (_, true) in numbers.items() if true}
    emails = {cell for cell in each if is_email(_text(cell))}
    if not valid and len(emails) < MANY:
        return None
    rows = [header_row, *column.rows.tolist()]
    found = [row for row, cell in zip(rows, cells, strict=True) if cell in valid]
    if len(found) >= max(MANY, VALID_SHARE * sum(cell in alike for cell in cells)):
        return "person_numbers", found[0], len(found)
    found = [row for row, cell in zip(rows, cells, strict=True) if cell in emails]
    filled = len(cells) - cells.count(None)
    if len(emails) >= MANY and len(found) >= EMAIL_SHARE * filled:
        return "person_emails", found[0], len(found)
    return None


def _text(cell: object) -> str:
    """A number as its digits: national numbers of a workbook are numbers."""
    if isinstance(cell, float):
        return str(int(cell)) if cell.is_integer() and 1e7 <= cell < 1e11 else ""
    return cell if isinstance(cell, str) else ""


def _is_personal(label: str) -> bool:
    return find_numbers(label)[0] > 0 or "@" in label
