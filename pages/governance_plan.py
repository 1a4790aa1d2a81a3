"""``/fr/gouvernance/plan`` and ``/nl/governance/plan``: projects and actions of the development plan."""

from __future__ import annotations

from dash import html, register_page
from dash.development.base_component import Component

from components.addresses import ADDRESSES
from components.cards.governance import make_governance_nav
from components.cards.plan import make_plan_filters
from components.exports.menu import make_export_menu
from components.page import Content, Visit, make_layout, make_title
from components.plan_words import plan_name, plan_sentence
from components.tables.plan_table import make_plan_table
from data_access.contract.load import contract
from data_access.services.plan import choose, get_plans


def build(visit: Visit) -> Content:
    """The plan that the address asks for, at the current data version."""
    t, plans = visit.t, get_plans(visit.version)
    body: list[Component] = [html.H1(t("plan.title"))]
    nav = make_governance_nav("governance_plan", t)
    if not plans:
        return Content([*body, nav, html.P(t("plan.none"), className="notice")], demonstration=False)
    chosen = choose(plans, visit.query)
    query = {"year": chosen.whole.year, "commitment": chosen.commitment}
    title = plan_name(chosen.whole.year, t)
    body += [
        html.P(plan_sentence(chosen.shown, t), className="lede"),
        nav,
        make_plan_filters([plan.year for plan in plans], contract().objectives, query, t),
        html.P(t("plan.rule"), className="quiet rule"),
    ]
    if not chosen.shown.projects:
        body.append(html.P(t("plan.none_left", commitment=chosen.commitment)))
        return Content(body, chosen.shown.demonstration)
    body += [
        make_export_menu("plan", query, title, t, table=True),
        html.H2(" · ".join(filter(None, (title, chosen.commitment)))),
        make_plan_table(chosen.shown, contract().by_code, title, visit.today, t),
    ]
    return Content(body, chosen.shown.demonstration)


for language, path in ADDRESSES["governance_plan"].items():
    register_page(
        f"{__name__}.{language}",
        path=path,
        title=make_title("governance_plan", language),
        layout=make_layout("governance_plan", language, build),
    )
