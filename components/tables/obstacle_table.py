"""The table of obstacles: persons and shares with intervals, of one group or of two with their gap."""

from __future__ import annotations

from dash import html
from dash.development.base_component import Component

from components.cards.funnel_comparison import gap_words
from components.funnel_words import count_text, interval_text, rate_text
from components.group_names import group_name
from components.i18n.translate import Translator
from components.tables.plain_table import make_plain_table
from data_access.domain.obstacles import ObstacleShare
from data_access.services.obstacles import OBSTACLE, ObstacleSheet


def make_obstacle_table(sheet: ObstacleSheet, names: list[str], t: Translator) -> Component:
    """Obstacles in rows, in the order of the figure."""
    groups = [view for view in (sheet.group, sheet.beside) if view is not None]
    heads = [t("obstacles.column.obstacle")]
    for name in names[: len(groups)]:
        heads += [t(f"obstacles.column.{part}", group=name) for part in ("count", "share")]
    heads += [t("obstacles.column.gap")] if sheet.beside is not None else []
    by_group = [{share.obstacle: share for share in view.shares} for view in groups]
    rows = [_row(share.obstacle, by_group, sheet, t) for share in sheet.group.shares]
    return make_plain_table(t("obstacles.table.caption"), heads, rows)


def _row(
    obstacle: str, by_group: list[dict[str, ObstacleShare]], sheet: ObstacleSheet, t: Translator
) -> Component:
    cells: list[Component] = []
    for shares in by_group:
        share = shares.get(obstacle)
        if share is None:
            cells += [html.Td(t("map.cell.missing"), className="number quiet", colSpan=2)]
            continue
        limits = interval_text(share.rate, t)
        small: list[Component | str] = [" ", html.Small(limits, className="quiet")] if limits else []
        cells += [
            html.Td(count_text(share.count, t), className="number"),
            html.Td([rate_text(share.rate, t), *small], className="number"),
        ]
    if sheet.beside is not None:
        gap = sheet.gaps.get(obstacle)
        cells.append(html.Td("" if gap is None else gap_words(gap, t), className="number"))
    return html.Tr([html.Th(group_name(OBSTACLE, obstacle, t), scope="row"), *cells])
