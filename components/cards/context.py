"""The context strip: what Actiris does not control, with the 2026 break and without any judgement."""

from __future__ import annotations

from dash import html
from dash.development.base_component import Component

from components.i18n import formats
from components.i18n.translate import Translator
from components.indicator_link import make_indicator_link
from components.tables.scorecard_table import make_sparkline
from components.values import make_reading
from data_access.contract.model import Indicator
from data_access.services.indicator_rows import Alert, IndicatorRow


def make_context_tile(row: IndicatorRow, definition: Indicator, t: Translator) -> Component:
    """One context series: latest value, change in a year where it exists, series 2022-2027."""
    return html.Article(
        [
            html.H3(make_indicator_link(definition, t)),
            html.Div(
                [
                    html.P(make_reading(row.latest, definition, t), className="figure"),
                    make_sparkline(row, definition, t),
                ],
                className="context-value",
            ),
            html.P(_remarks(row, definition, t), className="quiet"),
        ],
        className="context-tile",
    )


def _remarks(row: IndicatorRow, definition: Indicator, t: Translator) -> str:
    parts = []
    if row.change is not None and row.latest is not None:
        text = formats.difference(row.change.difference, definition.unit, definition.decimals, t.language)
        key = "context.change" if row.change.comparable else "context.change_across_break"
        parts.append(t(key, change=text))
    if Alert.ESTIMATED in row.alerts:
        parts.append(t("alert.estimated"))
    if Alert.BREAK in row.alerts and (row.change is None or row.change.comparable):
        parts.append(t("context.break"))
    if row.demonstration:
        parts.append(t("alert.demonstration"))
    return " · ".join(parts)
