"""``/fr/rapports`` and ``/nl/rapporten``: ask for a pack, see how far it is, fetch it."""

from __future__ import annotations

from typing import Any

from dash import Input, Output, State, callback, dcc, html, register_page
from flask import current_app

from components.addresses import ADDRESSES
from components.attributes import aria
from components.cards.reports import make_report_cards, make_report_list, report_status
from components.exports.reports import get_kinds
from components.i18n.translate import LANGUAGES, translator
from components.page import Content, Visit, make_layout, make_title
from components.still import to_still
from data_access.services.data_state import get_data_state
from data_access.services.reports import get_reports

EVERY = 1500  # milliseconds between two looks at the database, while something is being made


def build(visit: Visit) -> Content:
    """The kinds to ask for, and what was asked for until now."""
    t, reports = visit.t, get_reports(visit.rule)
    body = [
        html.H1(t("title.reports")),
        html.P(t("reports.sentence"), className="lede"),
        make_report_cards(get_kinds(), t),
        html.H2(t("reports.made")),
        html.P(report_status(reports, t), id="reports-status", className="quiet", **aria(live="polite")),
        html.Div(make_report_list(reports, visit.version, t), id="reports-list"),
        dcc.Store(id="reports-language", data=t.language),
        dcc.Interval(id="reports-look", interval=EVERY, disabled=not any(r.open for r in reports)),
    ]
    return Content(body, demonstration=False)


@callback(
    Output("reports-list", "children"),
    Output("reports-status", "children"),
    Output("reports-look", "disabled"),
    Input("reports-look", "n_intervals"),
    State("reports-language", "data"),
    prevent_initial_call=True,
)
def look(_n: int | None, language: str) -> tuple[Any, str, bool]:
    """The list as it is now, and in a sentence; the looking ends with the last pack."""
    reports = get_reports(current_app.config["SMALL_CELLS"])
    t = translator(language if language in LANGUAGES else "fr")
    shown = to_still(make_report_list(reports, get_data_state().version, t))
    return shown, report_status(reports, t), not any(r.open for r in reports)


for language, path in ADDRESSES["reports"].items():
    register_page(
        f"{__name__}.{language}",
        path=path,
        title=make_title("reports", language),
        layout=make_layout("reports", language, build),
    )
