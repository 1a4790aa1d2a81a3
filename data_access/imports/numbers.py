"""Numbers as people write them: which mark is the decimal one is decided per column, by what leaves no doubt.

1. Spaces (also no-break and narrow) and apostrophes between groups of three digits separate thousands.
2. A dot or comma is surely the decimal mark when it comes after another separator (``1.234,5``), is not
   followed by exactly three digits (``12,5``), or stands after no digit, a zero or more than three digits
   (``0,125``, ``1234.567``). A mark that comes twice (``1.234.567``) separates thousands, so that the other
   one is the decimal mark.
3. ``1.234`` alone is doubtful. It is read by the mark that the other cells of its column settle; when they
   settle none, by the one that the other number columns of the table settle.
4. When nothing settles it, the dot is the decimal mark in a file separated by commas (such files are written
   with a decimal dot); anything else is reported, never guessed.
5. A column that uses both marks as decimal marks is reported: the rarer one is an error.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np
import pandas as pd
from numpy.typing import NDArray

DOUBTFUL = "?"
UNREADABLE, AMBIGUOUS, OTHER_MARK = "unreadable_number", "ambiguous_number", "other_decimal_mark"
_ALIKE = str.maketrans({"\u00a0": " ", "\u202f": " ", "\u2009": " ", "’": "'", "−": "-"})
_PLAIN = re.compile(r"[+-]?\d+(?:[eE][+-]?\d{1,2})?")
_ONE_MARK = re.compile(r"[+-]?(\d*)([.,])(\d+)((?:[eE][+-]?\d{1,2})?)")
_GROUPED = re.compile(r"[+-]?\d{1,3}([ '.,])\d{3}(?:\1\d{3})*(?:(?!\1)([.,])\d+)?")


@dataclass(frozen=True)
class Cells:
    """The distinct contents of a column: ``codes`` points into ``unique``, -1 for an empty cell."""

    codes: NDArray[np.intp]
    unique: NDArray[np.object_]
    marks: tuple[str | None, ...]

    @classmethod
    def of(cls, cells: NDArray[np.object_]) -> Cells:
        """Look at each distinct content once."""
        codes, unique = pd.factorize(cells)
        marks = tuple(decimal_mark(c.translate(_ALIKE)) if isinstance(c, str) else _typed(c) for c in unique)
        return cls(codes, np.asarray(unique, dtype=object), marks)


def _typed(cell: object) -> str | None:
    """A number of a workbook has no mark to decide; a date is no number."""
    return "" if isinstance(cell, int | float) else None


def decimal_mark(text: str) -> str | None:
    """The decimal mark that a number surely has.

    Returns:
        ``"."`` or ``","``; empty when it makes no difference, ``DOUBTFUL``, or None for what is no number.
    """
    if _PLAIN.fullmatch(text):
        return ""
    if one := _ONE_MARK.fullmatch(text):
        before, mark, after, power = one.groups()
        doubtful = len(after) == 3 and not power and 1 <= len(before) <= 3 and not before.startswith("0")
        return DOUBTFUL if doubtful else mark
    if grouped := _GROUPED.fullmatch(text):
        separator, mark = grouped.groups()
        return mark or {".": ",", ",": "."}.get(separator, "")
    return None


def read_numbers(
    columns: Mapping[str, NDArray[np.object_]], *, decimal: str = "", lean: str = ""
) -> dict[str, tuple[NDArray[np.float64], NDArray[np.object_]]]:
    """Read the number columns of one table.

    Args:
        columns: cells (text, numbers, None) by column.
        decimal: the decimal mark where the format fixes it.
        lean: the decimal mark of doubtful numbers when nothing in the table settles it.

    Returns:
        Per column, the values (NaN where empty or wrong) and, per cell, the code of its problem or None.
    """
    found = {name: Cells.of(cells) for name, cells in columns.items()}
    settled = {name: decimal or _settled(cells) for name, cells in found.items()}
    elsewhere = {mark for mark in settled.values() if mark}
    shared = elsewhere.pop() if len(elsewhere) == 1 else ""
    return {name: _read(cells, settled[name] or shared, lean) for name, cells in found.items()}


def _settled(cells: Cells) -> str:
    """The mark that the column's own cells settle; the more frequent one when they disagree."""
    certain = Counter(mark for mark in cells.marks if mark in {".", ","})
    return str(certain.most_common(1)[0][0]) if certain else ""


def _read(cells: Cells, decimal: str, lean: str) -> tuple[NDArray[np.float64], NDArray[np.object_]]:
    both = {".", ","} <= set(cells.marks)
    problems = [
        _problem(text, mark, decimal, lean, both=both)
        for text, mark in zip(cells.unique, cells.marks, strict=True)
    ]
    values = [
        np.nan if problem else _value(text, decimal or lean)
        for text, problem in zip(cells.unique, problems, strict=True)
    ]
    # An empty cell points at the last place, which holds nothing.
    return (
        np.array([*values, np.nan], dtype=np.float64)[cells.codes],
        np.array([*problems, None], dtype=object)[cells.codes],
    )


def _problem(text: object, mark: str | None, decimal: str, lean: str, *, both: bool) -> str | None:
    if mark is None:
        return UNREADABLE
    if mark == DOUBTFUL:
        settled = decimal and not both
        return None if settled or (not decimal and lean and lean in str(text)) else AMBIGUOUS
    return OTHER_MARK if mark and mark != decimal else None


def _value(text: object, decimal: str) -> float:
    if isinstance(text, int | float):
        return float(text)
    bare = str(text).translate(_ALIKE).replace(" ", "").replace("'", "")
    if decimal == ",":
        return float(bare.replace(".", "").replace(",", "."))
    return float(bare.replace(",", ""))
