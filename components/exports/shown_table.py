"""The table of a page as values: the words of its cells, and the numbers that they write.

Files are made from the very components that the page shows, so that no number can differ from the screen's.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from dash.development.base_component import Component

from components.exports.exhibit import Cell, Column, Kind, Table
from components.exports.pack.said import text, value
from components.exports.shown_number import read_number, read_pair
from components.i18n.translate import LANGUAGES, Translator

UNITS = {
    Kind.PERCENT: {"fr": "%", "nl": "%"},
    Kind.POINTS: {"fr": "p.p.", "nl": "pp"},
    Kind.NUMBER: {"fr": "", "nl": ""},
}
SERIES = {"col-series", "dot"}  # a small image, which a table of values has no place for
Row = list[tuple[str, str]]  # large and small words of each cell


def table_of(node: Component, t: Translator, joint: str = " ") -> Table:
    """The first table inside a component; empty when there is none.

    A cell that holds a number and something smaller (its interval, its period) becomes two: the number, and
    the rest in a column of its own; so does a numerator with its denominator. A row that spans the table
    stands in the first column alone, and ``joint`` between what is large there and what is small.
    """
    tables = list(_find(node, "Table"))
    if not tables:
        return Table((), ())
    heads = _children(next(_find(tables[0], "Tr")))  # the only row of their head
    left_out = {i for i, th in enumerate(heads) if SERIES & _classes(th)}
    kept = [th for i, th in enumerate(heads) if i not in left_out]
    rows = [_row(tr, len(heads), left_out) for body in _find(tables[0], "Tbody") for tr in _find(body, "Tr")]
    columns = []
    for place, th in enumerate(kept):
        columns += _columns(_head(th), [row[place] for row in rows], t, joint if place == 0 else "")
    return Table(
        tuple(column for column, _ in columns),
        tuple(tuple(cells[r] for _, cells in columns) for r in range(len(rows))),
    )


def _classes(node: Component) -> set[str]:
    return set(str(_prop(node, "className")).split())


def _head(th: Component) -> str:
    """A name is written once, though a sortable one stands there twice: as a button and for paper."""
    buttons = list(_find(th, "Button"))
    return text(buttons[0] if buttons else th)


def _row(tr: Component, width: int, left_out: set[int]) -> Row:
    """The cells of a row; one that spans several columns stands in the first of them."""
    said: Row = []
    for cell in _children(tr):
        said += [_said(cell), *[("", "")] * (int(_prop(cell, "colSpan") or 1) - 1)]
    said += [("", "")] * (width - len(said))
    return [cell for i, cell in enumerate(said[:width]) if i not in left_out]


def _said(cell: Component) -> tuple[str, str]:
    found = value(cell)
    return (found.text, found.small) if found.small or _is_number(found.text) else (text(cell), "")


def _is_number(words: str) -> bool:
    return any(read_number(words, language) for language in LANGUAGES)


def _columns(name: str, pairs: Row, t: Translator, plain: str) -> list[tuple[Column, list[Cell]]]:
    """What a column of the screen becomes: one of words, or numbers and beside it what stands with them.

    With ``plain`` it is one of words, and that stands between the large and the small.
    """
    if plain:
        return [(Column(name), [Cell(plain.join(filter(None, pair))) for pair in pairs])]
    ratios = [read_pair(large) for large, _ in pairs]
    if any(ratios):
        first, _, second = name.partition(" / ")
        both = list(zip(ratios, pairs, strict=True))
        top = [(ratio[0] if ratio else large, "") for ratio, (large, _) in both]
        bottom = [(ratio[1] if ratio else large, small) for ratio, (large, small) in both]
        return [*_numbers(first, top, t), *_numbers(second[:1].upper() + second[1:], bottom, t)]
    return _numbers(name, pairs, t)


def _numbers(name: str, pairs: Row, t: Translator) -> list[tuple[Column, list[Cell]]]:
    found = [read_number(large, t.language) for large, _ in pairs]
    known = [number for number in found if number]
    kinds = {number.kind for number in known}
    if not kinds:
        return _columns(name, pairs, t, " ")
    mixed = len(kinds) > 1  # units stand beside the numbers then
    kind = Kind.NUMBER if mixed else next(iter(kinds))
    cells, beside = [], []
    for number, (large, small) in zip(found, pairs, strict=True):
        cells.append(Cell(number.words, number.value) if number else Cell(large))
        unit = UNITS[number.kind][t.language] if number and mixed else ""
        beside.append(" · ".join(filter(None, (unit, number.rest if number else "", small))))
    columns = [(Column(name, kind, max(number.decimals for number in known)), cells)]
    if any(beside):
        columns.append((Column(t("export.more", column=name)), [Cell(words) for words in beside]))
    return columns


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
