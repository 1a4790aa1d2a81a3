"""What a component of a page says, without its looks: lines, values and tables, for paper.

The words of the pages are made once, in components/cards and components/tables; paper takes them from there
instead of writing them again. What is folded on the screen (a calculation, older comments) is left out.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from typing import Any

from dash.development.base_component import Component

from components.exports.pack.model import Grid, Line, Value

Node = Any
LEFT_OUT = {"Details", "H2", "Caption", "Img", "Graph"}
BLOCKS = {
    "P",
    "Li",
    "H3",
    "H4",
    "Dt",
    "Dd",
    "Div",
    "Ul",
    "Ol",
    "Dl",
    "Article",
    "Section",
    "Header",
    "Blockquote",
    "Figure",
}
# Letters: the widest and narrowest column, and the air between two.
WIDEST, NARROWEST, GUTTER = 26, 3, 2
SPAN = " → "
HEADS = {"H3", "H4", "Dt"}
NUMBER = re.compile(r"^[+−≥≤-]?\s?\d[^A-Za-z]{0,24}[A-Za-zé.’/ ]{0,12}$")


def _kind(node: Node) -> str:
    return str(getattr(node, "_type", "")) if isinstance(node, Component) else ""


def _children(node: Node) -> list[Node]:
    found = getattr(node, "children", None) if isinstance(node, Component) else node
    if found is None:
        return []
    return list(found) if isinstance(found, (list, tuple)) else [found]


def _is_silent(node: Node) -> bool:
    return _kind(node) in LEFT_OUT or getattr(node, "aria-hidden", None) == "true"


def text(node: Node) -> str:
    """Everything that a reader sees of a node, in one line; neighbouring pieces are kept apart."""
    if node is None or _is_silent(node):
        return ""
    if not isinstance(node, (Component, list, tuple)):
        return str(node)
    return _joined(_children(node))


def _joined(children: Iterable[Node]) -> str:
    said, after_component = "", False
    for child in children:
        piece = text(child)
        if not piece:
            continue
        said += _between(said, child, piece, after_component=after_component) + piece
        after_component = isinstance(child, Component)
    return re.sub(r" {2,}", " ", said).strip()


def _between(said: str, child: Node, piece: str, *, after_component: bool) -> str:
    """What stands for the looks that kept two pieces apart: small type after a text, or another piece."""
    if not said:
        return ""
    if isinstance(child, Component) and not after_component:
        return " · " if _kind(child) == "Small" else ""
    return " " if isinstance(child, Component) or (said[-1].isalnum() and piece[0].isalnum()) else ""


def lines(nodes: Node | Iterable[Node]) -> tuple[Line, ...]:
    """The lines of some components, in their order."""
    return tuple(line for line in _lines(nodes, "plain") if line.text)


def _lines(node: Node, style: str) -> Iterator[Line]:
    if node is None or _is_silent(node):
        return
    if isinstance(node, (list, tuple)):
        for child in node:
            yield from _lines(child, style)
        return
    style = _style(node, style)
    children = _children(node)
    foreign = [c for c in children if getattr(c, "lang", None)]
    own = [c for c in children if c not in foreign]
    if any(_kind(child) in BLOCKS for child in children):
        yield from _lines(children, style)
        return
    yield Line(_joined(own) if isinstance(node, Component) else text(node), style)
    for child in foreign:
        yield Line(text(child), style, str(child.lang))


def _style(node: Node, style: str) -> str:
    if _kind(node) in HEADS:
        return "head"
    names = str(getattr(node, "className", "") or "").split()
    if "verdict-line" in names:
        return "strong"
    return "quiet" if "quiet" in names else style


def value(node: Node) -> Value:
    """A cell of a scorecard: what is large, then what is small; its own words when hidden or missing.

    Where small words stand among the large ones (a state and an accepted deviation), all are large.
    """
    small = " ".join(text(found) for found in _find(node, "Small"))
    whole = text(node)
    small = small if whole.endswith(small) else ""
    large = whole.removesuffix(small).rstrip(" ·")
    names = {name for found in [node, *_every(node)] for name in _classes(found)}
    return Value(large, small, absent=bool({"value-missing", "value-hidden"} & names))


def _classes(node: Node) -> list[str]:
    return str(getattr(node, "className", "") or "").split()


def _every(node: Node) -> Iterator[Node]:
    for child in _children(node) if isinstance(node, (Component, list, tuple)) else []:
        yield child
        yield from _every(child)


def _find(node: Node, kind: str) -> list[Node]:
    return [found for found in [node, *_every(node)] if _kind(found) == kind]


def grid(node: Node, caption: str) -> Grid | None:
    """The first table inside a node, under that caption; None when there is none."""
    tables = _find(node, "Table")
    if not tables:
        return None
    table = tables[0]
    heads = tuple(text(th) for th in _find(_find(table, "Thead")[0], "Th"))
    bodies = [row for body in _find(table, "Tbody") for row in _find(body, "Tr")]
    rows = tuple(tuple(text(cell) for cell in _children(row) if cell is not None) for row in bodies)
    numeric = tuple(_is_numeric([row[i] for row in rows]) for i in range(len(heads)))
    return Grid(caption, heads, rows, numeric, widths(heads, rows))


def widths(heads: Sequence[str], rows: Sequence[Sequence[str]]) -> tuple[int, ...]:
    """Shares of the width by the letters that each column holds: long texts wrap, numbers do not.

    Known beforehand, they spare the compiler measuring every cell.
    """
    found = []
    for i, head in enumerate(heads):
        longest = max((len(row[i]) for row in rows), default=0)
        word = max(map(len, head.split(" ")), default=0)
        found.append(max(min(longest, WIDEST), word, NARROWEST) + GUTTER)
    return tuple(found)


def _is_numeric(cells: list[str]) -> bool:
    """Numbers are set to the right; a column of words with an absent value is not one."""
    filled = [cell for cell in cells if cell and cell not in {"—", "n.d.", "n.b."}]
    return bool(filled) and sum(bool(NUMBER.match(cell)) for cell in filled) > len(filled) / 2


def without_gaps(found: Grid, missing: str) -> Grid:
    """The table with neighbouring rows that all lack a value as one, from the first period to the last."""
    rows: list[tuple[str, ...]] = []
    for row in found.rows:
        same = bool(rows) and missing in row and rows[-1][1:] == row[1:]
        if same:
            newest = rows[-1][0].rpartition(SPAN)[2]
            rows[-1] = (f"{row[0]}{SPAN}{newest}", *row[1:])
        else:
            rows.append(row)
    return replace(found, rows=tuple(rows), widths=widths(found.heads, rows))
