"""Reads the still parts of an answer back into trees, so that a test sees what the browser will."""

from __future__ import annotations

from html.parser import HTMLParser
from typing import Any

from components.prerender import _NAMES, STILL, VOID

NAMES = {written: name for name, written in _NAMES.items()}


def opened(node: Any) -> Any:
    """An answer of a callback with every ``data-still`` replaced by the children that it writes."""
    if isinstance(node, list):
        return [opened(item) for item in node]
    if not isinstance(node, dict):
        return node
    found = {name: opened(value) for name, value in node.items()}
    if (html := found.pop(STILL, None)) is not None:
        reader = _Reader()
        reader.feed(html)
        reader.close()
        found["children"] = reader.top
    return found


class _Reader(HTMLParser):
    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.top: list[Any] = []
        self.open: list[list[Any]] = [self.top]

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        children: list[Any] = []
        props = {NAMES.get(name, name): "" if value is None else value for name, value in attrs}
        element = {"type": tag.capitalize(), "namespace": "dash_html_components"}
        self.open[-1].append({**element, "props": {**props, "children": children}})
        if tag not in VOID:
            self.open.append(children)

    def handle_endtag(self, tag: str) -> None:
        self.open.pop()

    def handle_data(self, data: str) -> None:
        self.open[-1].append(data)
