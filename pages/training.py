"""``/fr/formation-emploi`` and ``/nl/opleiding-werk``: the measures shared with the training operators."""

from __future__ import annotations

from dash import html, register_page

from components.addresses import ADDRESSES
from components.cards.funnel import make_short_funnel
from components.exports.menu import make_export_menu
from components.page import Content, Visit, make_layout, make_title
from components.status import make_distribution
from components.tables.shared_table import make_shared_table
from data_access.contract.load import contract
from data_access.services.decisions import day_shown, get_acceptances
from data_access.services.funnel import get_funnel_sheet
from data_access.services.funnel_choices import EVERYBODY, get_funnel_choices
from data_access.services.shared_dashboard import get_shared_dashboard

FUNNELS = ("F-SI", "F-KIT-J", "F-KIT-L")


def build_funnels(visit: Visit) -> tuple[list[html.Section], bool]:
    """The funnels of training: information sessions by operator, and the basic kit for its two publics."""
    t, definitions = visit.t, {f.code: f for f in contract().funnels}
    choices = [c for c in get_funnel_choices(visit.version) if c.code in FUNNELS]
    sheets = [
        get_funnel_sheet(visit.version, visit.cutoff, c.code, c.operator, EVERYBODY, visit.rule)
        for c in choices
    ]
    parts = [make_short_funnel(c, s, definitions[c.code], t) for c, s in zip(choices, sheets, strict=True)]
    fictitious = any(view.demonstration for sheet in sheets for view in sheet.cohorts)
    if not parts:
        return [], False
    body = html.Div(parts, className="funnel-shorts")
    return [html.Section([html.H2(t("training.section.funnels")), body])], fictitious


def build(visit: Visit) -> Content:
    """The second annexed dashboard at the current data version."""
    t = visit.t
    dashboard = get_shared_dashboard(visit.version, visit.cutoff, visit.rule)
    definitions = {d.code: d for d in contract().shared()}
    operators = {i.code: i.label.in_(t.language) for i in contract().codelists if i.dimension == "OPERATOR"}
    accepted = get_acceptances(visit.version, day_shown(visit.today))
    sections = [
        html.Section(
            [
                html.H2(t(f"training.section.{prefix.lower()}")),
                make_shared_table(measures, definitions, operators, t, accepted=accepted),
            ]
        )
        for prefix, measures in dashboard.sections
    ]
    funnels, fictitious = build_funnels(visit)
    body = [
        html.H1(t("training.title")),
        html.P(t("training.lede"), className="lede"),
        html.Div(make_distribution(dashboard.distribution, t), className="states-line"),
        make_export_menu("training", {}, t("training.title"), t, table=True),
        *sections,
        *funnels,
    ]
    return Content(body, dashboard.demonstration or fictitious)


for language, path in ADDRESSES["training"].items():
    register_page(
        f"{__name__}.{language}",
        path=path,
        title=make_title("training", language),
        layout=make_layout("training", language, build),
    )
