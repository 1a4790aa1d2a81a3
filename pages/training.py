"""``/fr/formation-emploi`` and ``/nl/opleiding-werk``: the measures shared with the training operators."""

from __future__ import annotations

from dash import html, register_page

from components.addresses import ADDRESSES
from components.page import Content, Visit, make_layout, make_title
from components.status import make_distribution
from components.tables.shared_table import make_shared_table
from data_access.contract.load import contract
from data_access.services.shared_dashboard import get_shared_dashboard


def build(visit: Visit) -> Content:
    """The second annexed dashboard at the current data version."""
    t = visit.t
    dashboard = get_shared_dashboard(visit.version, visit.cutoff, visit.rule)
    definitions = {d.code: d for d in contract().shared()}
    operators = {i.code: i.label.in_(t.language) for i in contract().codelists if i.dimension == "OPERATOR"}
    sections = [
        html.Section(
            [
                html.H2(t(f"training.section.{prefix.lower()}")),
                make_shared_table(measures, definitions, operators, t),
            ]
        )
        for prefix, measures in dashboard.sections
    ]
    body = [
        html.H1(t("training.title")),
        html.P(t("training.lede"), className="lede"),
        html.Div(make_distribution(dashboard.distribution, t), className="states-line"),
        *sections,
    ]
    return Content(body, dashboard.demonstration)


for language, path in ADDRESSES["training"].items():
    register_page(
        f"{__name__}.{language}",
        path=path,
        title=make_title("training", language),
        layout=make_layout("training", language, build),
    )
