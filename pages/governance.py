"""``/fr/gouvernance`` and ``/nl/governance``: the obligations of the contract, what presses first."""

from __future__ import annotations

from dash import html, register_page
from dash.development.base_component import Component

from components.addresses import ADDRESSES
from components.cards.governance import make_counts, make_governance_nav, make_pressing
from components.exports.menu import make_export_menu
from components.governance_words import governance_sentence
from components.page import Content, Visit, make_layout, make_title
from components.tables.governance_table import make_calendar_table
from data_access.services.governance import get_governance


def build(visit: Visit) -> Content:
    """The calendar at the current data version, on the reader's day."""
    t, today = visit.t, visit.today
    calendar = get_governance(visit.version, today)
    unknown = [] if calendar.known else [html.P(t("governance.unknown"), className="notice", role="note")]
    body: list[Component] = [
        html.H1(t("governance.title")),
        html.P(governance_sentence(calendar, t), className="lede"),
        make_governance_nav("governance", t),
        *unknown,
        make_counts(calendar.counts, t),
        make_export_menu("governance", {}, t("governance.title"), t, table=True),
        make_pressing(calendar, today, t),
        html.Section(
            [
                html.H2(t("governance.all")),
                html.P(t("governance.rule"), className="quiet rule"),
                make_calendar_table(calendar.lines, today, t),
            ]
        ),
    ]
    return Content(body, calendar.demonstration)


for language, path in ADDRESSES["governance"].items():
    register_page(
        f"{__name__}.{language}",
        path=path,
        title=make_title("governance", language),
        layout=make_layout("governance", language, build),
    )
