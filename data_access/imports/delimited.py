"""CSV: comma, semicolon or tab; UTF-8 with or without mark, or Windows-1252."""

from __future__ import annotations

import csv
import io

from data_access.domain.errors import UserError
from data_access.imports.raw import RawTable, make_raw

SEPARATORS = (";", ",", "\t")
ENCODINGS = "UTF-8, Windows-1252"


class _Cells(dict[str, str | None]):
    """Each distinct cell once, without the spaces around it; None when nothing is left."""

    def __missing__(self, text: str) -> str | None:
        bare = text.strip() or None
        self[text] = bare
        return bare


def read_delimited(name: str, content: bytes) -> RawTable:
    """The table of a text file.

    Raises:
        UserError: ``unreadable_text`` or ``broken_quotes``.
    """
    text = decode(name, content)
    separator = find_separator(text)
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=separator, strict=True)
    clean = _Cells().__getitem__
    rows: list[list[str | None]] = []
    try:
        rows.extend(list(map(clean, row)) for row in reader)
    except csv.Error as error:
        raise UserError("broken_quotes", file=name, row=len(rows) + 1) from error
    return make_raw(name, "", rows, lean="." if separator == "," else "")


def decode(name: str, content: bytes) -> str:
    """UTF-8 where the bytes allow it, otherwise Windows-1252.

    Raises:
        UserError: ``unreadable_text`` when they are neither.
    """
    for encoding in ("utf-8-sig", "cp1252"):
        try:
            text = content.decode(encoding)
        except UnicodeDecodeError:
            continue
        if "\0" not in text:  # UTF-16, or no text at all
            return text
    raise UserError("unreadable_text", file=name, expected=ENCODINGS)


def find_separator(text: str) -> str:
    """The separator that cuts the first line into most cells."""
    line = next((line for line in io.StringIO(text) if line.strip()), "")
    return max(SEPARATORS, key=lambda separator: len(next(csv.reader([line], delimiter=separator), [])))
