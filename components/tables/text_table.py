"""A table of texts, with its caption for those who do not see it; it scrolls where it is narrow."""

from __future__ import annotations

from collections.abc import Sequence

from dash import html
from dash.development.base_component import Component

from components.attributes import aria


def make_text_table(caption: str, heads: Sequence[str], rows: Sequence[Component]) -> Component:
    """The table.

    Args:
        heads: of the columns.
        rows: ``html.Tr``, whose first cell is a ``html.Th`` of scope row.
    """
    table = html.Table(
        [
            html.Caption(caption, className="visually-hidden"),
            html.Thead(html.Tr([html.Th(head, scope="col") for head in heads])),
            html.Tbody(list(rows)),
        ],
        className="plain text-table",
    )
    return html.Div(table, className="scroll", tabIndex="0", role="region", **aria(label=caption))
