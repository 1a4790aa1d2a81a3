"""What leaves the screen: a figure with everything that says what it shows, and its table.

An exhibit is made from the same services and figure functions as the page. PNG, SVG, PDF, CSV, XLSX and
slides are ways to write one; none of them knows where it came from.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import Any


class Kind(StrEnum):
    """What a column holds, for the number format of a spreadsheet."""

    TEXT = "text"
    NUMBER = "number"
    PERCENT = "percent"  # of a hundred: 15.3 stands for 15,3 %
    POINTS = "points"  # differences of percentages
    DATE = "date"


@dataclass(frozen=True)
class Column:
    """A column of a table; ``decimals`` as the screen writes it."""

    label: str
    kind: Kind = Kind.TEXT
    decimals: int = 0


@dataclass(frozen=True)
class Cell:
    """One cell.

    Attributes:
        text: as the screen writes it, in the language of the exhibit; says why there is no value.
        value: what a spreadsheet computes with, in the unit of its column; None when hidden, missing or text.
    """

    text: str
    value: float | date | None = None


def decimals_of(cell: Cell, column: Column) -> int:
    """How many decimals a number shows; counts and shares may stand in one column."""
    found = re.search(r",(\d+)", cell.text)
    return len(found[1]) if found else 0 if cell.text else column.decimals


@dataclass(frozen=True)
class Image:
    """An SVG made on the server, as text."""

    svg: str
    width: int
    height: int


@dataclass(frozen=True)
class SmallSeries:
    """The small image of a row, and the values that it draws, oldest first, under their periods."""

    image: Image
    alt: str
    points: tuple[tuple[str, float], ...]


@dataclass(frozen=True)
class SeriesColumn:
    """A column of small images: its label, its place among the others, an image a row or None."""

    label: str
    place: int
    rows: tuple[SmallSeries | None, ...]


@dataclass(frozen=True)
class Table:
    """The table twin of a figure; the first column names the rows."""

    columns: tuple[Column, ...]
    rows: tuple[tuple[Cell, ...], ...]
    series: SeriesColumn | None = None


@dataclass(frozen=True)
class Drawing:
    """A figure that plotly.js draws: ``data`` and ``layout`` as plain values, without width and height."""

    figure: Mapping[str, Any]
    width: int
    height: int


@dataclass(frozen=True)
class Exhibit:
    """A figure or table on its own, complete.

    Attributes:
        name: of the recipe that made it, as in its address.
        subject: what it is about, for the name of its file (``OS2.03``, ``F-PREV 2024-Q2``).
        title: the finding, in one sentence.
        subtitle: measure, unit, territory, population and period.
        source: who delivers the figures.
        vintage: last day that the data cover, and version.
        notes: break, provisional, hidden cells, definition in use: one sentence each.
        demonstration: whether any value in it is fictitious.
        alt: the alternative text, from the same values.
        drawing: None for a table without a figure.
        language: ``fr`` or ``nl``.
        version: data version.
        period: of the newest value, as a file name says it (``2026-Q3``); empty where there is none.
    """

    name: str
    subject: str
    title: str
    subtitle: str
    source: str
    vintage: str
    notes: tuple[str, ...]
    demonstration: bool
    alt: str
    drawing: Drawing | Image | None
    table: Table
    language: str
    version: int
    period: str = ""
