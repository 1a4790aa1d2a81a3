"""``/fr/gouvernance/couverture`` and ``/nl/governance/dekking``: what serves each commitment, gaps first."""

from __future__ import annotations

from dash import html, register_page
from dash.development.base_component import Component

from components.addresses import ADDRESSES
from components.cards.governance import make_governance_nav
from components.exports.menu import make_export_menu
from components.page import Content, Visit, make_layout, make_title
from components.plan_words import coverage_sentence
from components.tables.coverage_table import make_coverage_table
from data_access.contract.load import contract
from data_access.services.coverage import get_coverage


def build(visit: Visit) -> Content:
    """The coverage at the current data version."""
    t = visit.t
    coverage = get_coverage(visit.version)
    unplanned = [] if coverage.planned else [html.P(t("plan.none"), className="notice", role="note")]
    body: list[Component] = [
        html.H1(t("coverage.title")),
        html.P(coverage_sentence(coverage, t), className="lede"),
        make_governance_nav("governance_coverage", t),
        *unplanned,
        html.P(t("coverage.rule"), className="quiet rule"),
        make_export_menu("coverage", {}, t("coverage.title"), t, table=True),
        make_coverage_table(coverage, contract().by_code, t),
    ]
    return Content(body, coverage.demonstration)


for language, path in ADDRESSES["governance_coverage"].items():
    register_page(
        f"{__name__}.{language}",
        path=path,
        title=make_title("governance_coverage", language),
        layout=make_layout("governance_coverage", language, build),
    )
