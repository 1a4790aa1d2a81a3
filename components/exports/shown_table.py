"""The table of a page as values: the words of its cells, and the numbers that they write.

Files are made from the very components that the page shows, so that no number can differ from the screen's.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import Any

from dash.development.base_component import Component

from components.exports.exhibit import Cell, Column, Kind, Table
from components.exports.pack.said import text, value
from components.i18n import formats
from components.i18n.translate import Translator

GROUPS = {"fr": "\u202f\u00a0 ", "nl": ". "}  # between thousands
DECIMAL = ","  # in both languages
_NUMBER = re.compile(r"^([+−-]?)\s*([\d.,\s\u202f\u00a0]*\d)\s*(%|p\.p\.|pp)?$")
MARKS = {"%": Kind.PERCENT, "p.p.": Kind.POINTS, "pp": Kind.POINTS, None: Kind.NUMBER}
UNITS = {
    Kind.PERCENT: {"fr": "%", "nl": "%"},
    Kind.POINTS: {"fr": "p.p.", "nl": "pp"},
    Kind.NUMBER: {"fr": "", "nl": ""},
}
SERIES = {"col-series"}  # a small image, which a table of values has no place for
Row = list[tuple[str, str]]  # large and small words of each cell


def table_of(node: Component, t: Translator) -> Table:
    """The first table inside a component; empty when there is none.

    A cell that holds a number and something smaller (its interval, its period) becomes two: the number, and
    the rest in a column of its own. A row that spans the table stands in the first column alone.
    """
    tables = list(_find(node, "Table"))
    if not tables:
        return Table((), ())
    heads = [th for head in _find(tables[0], "Thead") for th in _find(head, "Th")]
    left_out = {i for i, th in enumerate(heads) if SERIES & set(str(_prop(th, "className")).split())}
    names = [_head(th) for i, th in enumerate(heads) if i not in left_out]
    rows = [_row(tr, len(heads), left_out) for body in _find(tables[0], "Tbody") for tr in _find(body, "Tr")]
    columns = [_column(names, rows, i, t) for i in range(len(names))]
    return Table(
        tuple(column for group in columns for column, _ in group),
        tuple(tuple(cells[r] for group in columns for _, cells in group) for r in range(len(rows))),
    )


def _head(th: Component) -> str:
    """A name is written once, though a sortable one stands there twice: as a button and for paper."""
    buttons = list(_find(th, "Button"))
    return text(buttons[0] if buttons else th)


def _row(tr: Component, width: int, left_out: set[int]) -> Row:
    cells = [cell for cell in _children(tr) if isinstance(cell, Component)]
    said = [_said(cell) for cell in cells]
    if len(cells) < width:
        said += [("", "")] * (width - len(cells))
    return [cell for i, cell in enumerate(said) if i not in left_out]


def _said(cell: Component) -> tuple[str, str]:
    found = value(cell)
    return (found.text, found.small) if _parsed(found.text, "fr") or found.small else (text(cell), "")


def _column(
    names: Sequence[str], rows: Sequence[Row], place: int, t: Translator
) -> list[tuple[Column, list[Cell]]]:
    """A column, and beside it what is smaller in its cells."""
    pairs = [row[place] for row in rows]
    parsed = [_parsed(large, t.language) for large, _ in pairs]
    kinds = {found[1] for found in parsed if found}
    if not kinds or place == 0:
        words = [Cell(" ".join(filter(None, pair))) for pair in pairs]
        return [(Column(names[place]), words)]
    mixed = len(kinds) > 1  # units stand beside the numbers then
    kind = Kind.NUMBER if mixed else next(iter(kinds))
    decimals = max(found[2] for found in parsed if found)
    cells = [
        Cell(large, found[0] if found else None) for (large, _), found in zip(pairs, parsed, strict=True)
    ]
    columns = [(Column(names[place], kind, decimals), cells)]
    units = [UNITS[found[1]][t.language] if found and mixed else "" for found in parsed]
    beside = [" · ".join(filter(None, (unit, small))) for unit, (_, small) in zip(units, pairs, strict=True)]
    if any(beside):
        columns.append((Column(t("export.more", column=names[place])), [Cell(words) for words in beside]))
    return columns


def _parsed(words: str, language: str) -> tuple[float, Kind, int] | None:
    """The number that some words write, its kind, and how many decimals it shows; None where they do not."""
    found = _NUMBER.match(words.strip())
    if found is None:
        return None
    digits = re.sub(f"[{GROUPS[language]}\\s]", "", found[2])
    whole, _, rest = digits.partition(DECIMAL)
    if not whole.isdigit() or (rest and not rest.isdigit()):
        return None
    number = float(f"{whole}.{rest or '0'}")
    sign = -1.0 if found[1] in {formats.MINUS, "-"} else 1.0
    return sign * number, MARKS[found[3]], len(rest)


def _prop(node: Component, name: str) -> Any:
    return getattr(node, name, None) or ""


def _children(node: Any) -> list[Any]:
    found = getattr(node, "children", None) if isinstance(node, Component) else None
    if found is None:
        return []
    return list(found) if isinstance(found, (list, tuple)) else [found]


def _find(node: Any, kind: str) -> Iterator[Component]:
    """Every component of a kind in reading order, the node itself among them."""
    if isinstance(node, (list, tuple)):
        for child in node:
            yield from _find(child, kind)
    elif isinstance(node, Component):
        if str(getattr(node, "_type", "")) == kind:
            yield node
        for child in _children(node):
            yield from _find(child, kind)
