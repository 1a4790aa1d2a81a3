"""The parts of a page that never change, sent as HTML.

Dash keeps a component for every element and asks each of them after every change; a page of two thousand
elements then takes as long to look around as to draw its figure. What holds nothing that a callback can reach
goes to the browser as the HTML that the first answer was painted with (``components/prerender.py``): one
component instead of hundreds. ``assets/fill_still.js`` puts it in its place before anything is drawn.
"""

from __future__ import annotations

from typing import Any

from components.prerender import STILL, to_html, to_plain

ELEMENTS = "dash_html_components"
WORTH_IT = 4  # elements; below that a component costs less than the parsing of HTML


def to_still(node: Any) -> Any:
    """A component tree as plain values, its still parts as HTML in the property ``data-still``.

    A part is still when neither its root nor anything in it has an id (a callback could reach it) or is
    more than an element of HTML. The root stays a component with its own properties.
    """
    return _still(to_plain(node))


def _still(node: Any) -> Any:
    if isinstance(node, list):
        return [_still(item) for item in node]
    if not isinstance(node, dict) or "props" not in node:
        return node
    props = node["props"]
    children = props.get("children")
    if children is None:
        return node
    if "id" in props or (size := _size(children)) is None:
        return {**node, "props": {**props, "children": _still(children)}}
    if node["namespace"] != ELEMENTS or size < WORTH_IT:
        return node
    others = {name: value for name, value in props.items() if name != "children"}
    return {**node, "props": {**others, STILL: to_html(children)}}


def _size(node: Any) -> int | None:
    """How many elements a part has; None where it is not still."""
    if isinstance(node, list):
        sizes = [_size(item) for item in node]
        return None if None in sizes else sum(size for size in sizes if size)
    if not isinstance(node, dict) or "props" not in node:
        return 0
    if node["namespace"] != ELEMENTS or "id" in node["props"]:
        return None
    inside = _size(node["props"].get("children"))
    return None if inside is None else inside + 1
