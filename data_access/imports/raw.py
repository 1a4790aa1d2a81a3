"""A table as it stands in a file: cells under the names of its header."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from typing import Any

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from data_access.imports.person_rows import Cells, find_personal
from data_access.imports.report import Problem, Severity


@dataclass(frozen=True)
class RawTable:
    """One table of a file.

    Attributes:
        file: name of the file.
        sheet: name of the sheet; empty in a text file.
        frame: cells (text without the spaces around it, or the workbook's numbers and dates; None when
            empty) under upper-case names, indexed by the row that a spreadsheet shows. No row is empty.
        labels: each name as the file writes it.
        decimal: the decimal mark where the format fixes it, otherwise empty.
        lean: the decimal mark of doubtful numbers when nothing settles it (``imports.numbers``).
        problems: what was wrong with the shape of the table.
        personal: columns that name or hold persons, also among those that are not in ``frame``.
    """

    file: str
    sheet: str
    frame: pd.DataFrame
    labels: dict[str, str]
    decimal: str = ""
    lean: str = ""
    problems: tuple[Problem, ...] = field(default=())
    personal: tuple[Problem, ...] = field(default=())

    def with_frame(self, frame: pd.DataFrame, labels: dict[str, str], decimal: str) -> RawTable:
        """The same place with other columns."""
        return replace(self, frame=frame, labels=labels, decimal=decimal, problems=())


def make_raw(
    file: str, sheet: str, rows: Sequence[Sequence[Any]], *, first: int = 1, lean: str = ""
) -> RawTable:
    """A table from rows of clean cells: the first row that is not empty is the header.

    Args:
        rows: cells; None when empty. Rows may be shorter or longer than the header.
        first: number of the first row.
    """
    start = next((n for n, row in enumerate(rows) if any(cell is not None for cell in row)), len(rows))
    header = [str(cell or "").strip() for cell in rows[start]] if start < len(rows) else []
    while header and not header[-1]:
        header.pop()
    body = rows[start + 1 :]
    numbers = np.arange(first + start + 1, first + start + 1 + len(body))
    names = _unique(header)
    frame, long = _frame(body, numbers, len(header))
    columns = [*_columns(frame, header), *_beyond(body, numbers, len(header))]
    personal = tuple(find_personal(file, sheet, first + start, columns))
    frame.columns = pd.Index(names)
    problems = [
        *_repeated(file, sheet, header, first + start),
        *_unnamed(file, sheet, frame),
        *(
            Problem(
                Severity.ERROR,
                "row_too_long",
                file,
                sheet,
                int(row),
                value=str(width),
                expected=str(len(header)),
            )
            for row, width in long
        ),
    ]
    kept = [name for name in names if name and not name.startswith(_SPARE)]
    labels = {name: label for name, label in zip(names, header, strict=True) if name in set(kept)}
    return RawTable(file, sheet, frame[kept], labels, lean=lean, problems=tuple(problems), personal=personal)


_SPARE = "\0"


def _unique(header: Sequence[str]) -> list[str]:
    """Upper-case names; a repeated or empty one is set aside under a name that no file can write."""
    names: list[str] = []
    for position, label in enumerate(header):
        name = label.upper()
        names.append(f"{_SPARE}{position}{name}" if not name or name in names else name)
    return names


def _frame(
    body: Sequence[Sequence[Any]], numbers: NDArray[np.int_], width: int
) -> tuple[pd.DataFrame, list[tuple[int, int]]]:
    """The rows that hold something, as wide as the header; and those that hold more, with their width."""
    cells = np.full((len(body), width), None, dtype=object)
    long = []
    for position, row in enumerate(body):
        if len(row) > width:
            last = max((n for n, cell in enumerate(row, 1) if cell is not None), default=0)
            if last > width:
                long.append((int(numbers[position]), last))
        cells[position, : len(row)] = row[:width]
    frame = pd.DataFrame(cells, index=numbers, dtype=object)
    return frame[frame.notna().any(axis=1)], long


def _columns(frame: pd.DataFrame, header: Sequence[str]) -> list[Cells]:
    rows = frame.index.to_numpy(dtype=np.int_)
    return [
        Cells(label, letters(n), frame.iloc[:, n].to_numpy(dtype=object), rows)
        for n, label in enumerate(header)
    ]


def _beyond(body: Sequence[Sequence[Any]], numbers: NDArray[np.int_], width: int) -> list[Cells]:
    """What stands beyond the header, as columns without one."""
    found: dict[int, list[tuple[int, Any]]] = {}
    for number, row in zip(numbers.tolist(), body, strict=True):
        for position, cell in enumerate(row[width:], width):
            if cell is not None:
                found.setdefault(position, []).append((number, cell))
    return [
        Cells("", letters(n), np.array([c for _, c in cells], dtype=object), np.array([r for r, _ in cells]))
        for n, cells in found.items()
    ]


def _repeated(file: str, sheet: str, header: Sequence[str], row: int) -> list[Problem]:
    upper = [label.upper() for label in header]
    return [
        Problem(Severity.ERROR, "repeated_column", file, sheet, row, label, label)
        for position, label in enumerate(header)
        if label and label.upper() in upper[:position]
    ]


def _unnamed(file: str, sheet: str, frame: pd.DataFrame) -> list[Problem]:
    """Columns that hold something under an empty header."""
    empty = [(n, name) for n, name in enumerate(frame.columns) if name == f"{_SPARE}{n}"]
    return [
        Problem(Severity.LEFT_OUT, "unnamed_column", file, sheet, column=letters(n))
        for n, name in empty
        if frame[name].notna().any()
    ]


def letters(position: int) -> str:
    """The letters that a spreadsheet gives to a column (0 is A)."""
    text = ""
    position += 1
    while position:
        position, rest = divmod(position - 1, 26)
        text = chr(65 + rest) + text
    return text
