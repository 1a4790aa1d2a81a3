"""Plain text with its addresses as links; nothing else in it is interpreted."""

from __future__ import annotations

import re

from dash import html
from dash.development.base_component import Component

# A sentence may end with an address: its closing marks are not part of it.
ADDRESS = re.compile(r"https?://[^\s<>\"«»]+[^\s<>\"«».,;:!?)\]’'…]")


def linked(text: str) -> list[Component | str]:
    """The text in pieces: what stands between addresses, and each address as a link to itself."""
    pieces: list[Component | str] = []
    end = 0
    for match in ADDRESS.finditer(text):
        if match.start() > end:
            pieces.append(text[end : match.start()])
        pieces.append(html.A(match[0], href=match[0], rel="noopener noreferrer"))
        end = match.end()
    return [*pieces, text[end:]] if end < len(text) else pieces
