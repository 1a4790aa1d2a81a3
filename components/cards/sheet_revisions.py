"""The revision triangle on the sheet of an indicator: what each release said of each period."""

from __future__ import annotations

from dash import html
from dash.development.base_component import Component

from components.cards.sheet_part import make_head, make_part, make_table
from components.exports.menu import make_export_menu
from components.i18n import formats
from components.i18n.translate import Translator
from components.release_words import known_text, moved_text, release_text, revision_sentence
from data_access.contract.model import Indicator
from data_access.services.releases import Triangle, Vintages

RELEASES, PERIODS = 6, 24  # shown on the sheet; the file has all


def make_revisions(found: Triangle, definition: Indicator, operator: str, t: Translator) -> Component:
    """The mean revisions in a sentence, then the triangle where there are two releases at least."""
    said = html.P(revision_sentence(found, definition, t))
    query = {"code": definition.code, "operator": operator}
    menu = make_export_menu("revisions", query, t("sheet.revisions"), t, table=True) if found.rows else None
    if found.record is None:
        return make_part("revisions", t, said, menu)
    releases = found.releases[-RELEASES:]
    rows = [row for row in found.rows if sum(value is not None for value in row.known) > 1]
    head = make_head(
        [
            t("revisions.period"),
            *(release_text(release, t) for release in releases),
            t("revisions.difference"),
        ]
    )
    body = [_row(row, len(releases), definition, t) for row in rows[:PERIODS]]
    table = make_table(t("sheet.revisions"), head, body, className="plain revisions")
    cut = len(found.releases) > RELEASES or len(rows) > PERIODS
    more = html.P(t("revisions.more", releases=RELEASES, periods=PERIODS), className="quiet") if cut else None
    method = html.P(t("revisions.method"), className="quiet")
    return make_part("revisions", t, said, table, more, method, menu)


def _row(row: Vintages, shown: int, definition: Indicator, t: Translator) -> Component:
    start = len(row.known) - shown
    cells = []
    for place in range(start, len(row.known)):
        text = known_text(row.known[place], definition, t)
        before = row.known[place - 1] if place else None
        changed = before is not None and before != row.known[place]
        cells.append(html.Td(html.Strong(text) if changed else text, className="number"))
    return html.Tr(
        [
            html.Th(formats.period(row.period, t.language), scope="row"),
            *cells,
            html.Td(moved_text(row, definition, t), className="number"),
        ]
    )
