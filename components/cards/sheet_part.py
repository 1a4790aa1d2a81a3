"""What the parts of an indicator's sheet share: a section with its title, and a table that scrolls."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from dash import html
from dash.development.base_component import Component

from components.attributes import aria
from components.i18n.translate import Translator


def make_part(anchor: str, t: Translator, *children: Component | str | None) -> Component:
    """A section of the sheet under its address ``#anchor``, with its title (``sheet.{anchor}``)."""
    return html.Section([html.H2(t(f"sheet.{anchor}")), *children], id=anchor, className="sheet-part")


def make_scroll(table: Component, label: str) -> Component:
    """A region that scrolls sideways where a table is too wide; the keyboard reaches it."""
    return html.Div(table, className="scroll", tabIndex="0", role="region", **aria(label=label))


def make_head(labels: Sequence[str]) -> Component:
    """The header row of a table."""
    return html.Thead(html.Tr([html.Th(label, scope="col") for label in labels]))


def make_table(caption: str, head: Component, rows: Sequence[Component], **attributes: Any) -> Component:
    """A plain table that scrolls in its own region."""
    body = html.Tbody(list(rows))
    said = html.Caption(caption, className="visually-hidden")
    return make_scroll(html.Table([said, head, body], **{"className": "plain", **attributes}), caption)
