"""Cells into numbers, days and codes, as the columns say; the checks report what cannot be read."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from datetime import date

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from data_access.imports.column import Column, Kind
from data_access.imports.columns import TABLES
from data_access.imports.numbers import read_numbers
from data_access.imports.raw import RawTable
from data_access.imports.table import Table, written

Cells = NDArray[np.object_]
_NUMBERS = {Kind.NUMBER, Kind.WHOLE}
_ISO_DAY = re.compile(r"(\d{4})-(\d{2})-(\d{2})")
_BELGIAN_DAY = re.compile(r"(\d{1,2})/(\d{1,2})/(\d{4})")


def convert(kind: str, raws: Sequence[RawTable]) -> Table:
    """The rows of all tables of one kind, converted.

    The style of numbers is settled table by table; everything else is read the same way everywhere.
    """
    columns = TABLES[kind]
    parts = [_read_sheet(raw, columns) for raw in raws]
    cells = {c.name: np.concatenate([part[c.name][0] for part in parts]) for c in columns}
    values = {c.name: np.concatenate([part[c.name][1] for part in parts]) for c in columns}
    unread = {
        c.field: np.concatenate([part[c.name][2] for part in parts]) for c in columns if c.kind in _NUMBERS
    }
    frame = {}
    for column in columns:
        if column.kind in _NUMBERS:
            frame[column.field] = pd.Series(_numbers(values[column.name], cells[column.name], column.default))
        elif column.kind is Kind.DATE:
            frame[column.field], unread[column.field] = read_days(cells[column.name])
        else:
            frame[column.field] = pd.Series(_read_codes(cells[column.name], column))
    return Table(
        kind=kind,
        file=raws[0].file,
        frame=pd.DataFrame(frame),
        raw=pd.DataFrame({c.field: cells[c.name] for c in columns}, dtype=object),
        sheets=np.concatenate([np.full(len(raw.frame), raw.sheet, dtype=object) for raw in raws]),
        rows=np.concatenate([raw.frame.index.to_numpy(dtype=np.int_) for raw in raws]),
        labels={name.lower(): label for raw in reversed(raws) for name, label in raw.labels.items()},
        unread=unread,
    )


def _read_sheet(raw: RawTable, columns: Sequence[Column]) -> Mapping[str, tuple[Cells, Cells, Cells]]:
    """Per column: the cells, the numbers (objects, None in the other columns), the problems."""
    absent: Cells = np.full(len(raw.frame), None, dtype=object)
    cells = {
        c.name: raw.frame[c.name].to_numpy(dtype=object) if c.name in raw.frame else absent for c in columns
    }
    numbers = read_numbers(
        {c.name: cells[c.name] for c in columns if c.kind in _NUMBERS}, decimal=raw.decimal, lean=raw.lean
    )
    return {name: (each, *numbers.get(name, (absent, absent))) for name, each in cells.items()}


def _numbers(values: Cells, cells: Cells, default: str | None) -> NDArray[np.float64]:
    """The numbers, an empty cell as its column means it; one that cannot be read stays NaN."""
    numbers = values.astype(np.float64)
    return numbers if default is None else np.where(pd.isna(cells), float(default), numbers)


def _read_codes(cells: Cells, column: Column) -> pd.Categorical:
    read = _period if column.kind is Kind.PERIOD else written
    return _by_content(cells, read, column.default)


def _by_content(cells: Cells, read: Callable[[object], str], default: str | None) -> pd.Categorical:
    """Read each distinct content once; two that read the same (2024 and «2024») are one category."""
    codes, unique = pd.factorize(cells)
    texts: list[str | None] = [*(read(cell) for cell in unique), default]
    place, categories = pd.factorize(np.array(texts, dtype=object))
    return pd.Categorical.from_codes(place[codes], categories=pd.Index(categories, dtype=object))


def _period(cell: object) -> str:
    """A spreadsheet turns ``2024-03`` into the first day of that month; it is turned back."""
    if isinstance(cell, date) and cell.day == 1:
        return f"{cell:%Y-%m}"
    return written(cell)


def read_days(cells: Cells) -> tuple[pd.Series, Cells]:
    """Days (``datetime.date`` or None) and, per cell, the code of its problem or None."""
    codes, unique = pd.factorize(cells)
    days = [_day(cell) for cell in unique]
    wrong = ["unreadable_date" if day is None else None for day in days]
    values = np.array([*days, None], dtype=object)[codes]
    return pd.Series(values, dtype=object), np.array([*wrong, None], dtype=object)[codes]


def _day(cell: object) -> date | None:
    """2027-12-31, or 31/12/2027: in Belgium the day comes first."""
    if isinstance(cell, date):
        return cell
    text = str(cell)
    if iso := _ISO_DAY.fullmatch(text):
        year, month, day = map(int, iso.groups())
    elif belgian := _BELGIAN_DAY.fullmatch(text):
        day, month, year = map(int, belgian.groups())
    else:
        return None
    try:
        return date(year, month, day)
    except ValueError:  # 31 February: read as no day at all, and reported
        return None
