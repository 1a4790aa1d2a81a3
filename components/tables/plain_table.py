"""A small table of texts: the first column names the rows, all others are numbers; it scrolls if narrow."""

from __future__ import annotations

from collections.abc import Sequence

from dash import html
from dash.development.base_component import Component

from components.attributes import aria


def make_plain_table(caption: str, heads: Sequence[str], rows: Sequence[Component]) -> Component:
    """A table with its caption for those who do not see it.

    Args:
        heads: of the columns.
        rows: ``html.Tr``, whose first cell is a ``html.Th`` of scope row.
    """
    head = [html.Th(h, scope="col", className="number" if i else "") for i, h in enumerate(heads)]
    table = html.Table(
        [
            html.Caption(caption, className="visually-hidden"),
            html.Thead(html.Tr(head)),
            html.Tbody(list(rows)),
        ],
        className="plain funnel-table",
    )
    return html.Div(table, className="scroll", tabIndex="0", role="region", **aria(label=caption))
