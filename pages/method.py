"""``/fr/methode`` and ``/nl/methode``: states and rules, definitions, glossary and sources, from the data."""

from __future__ import annotations

from dash import html, register_page

from components.addresses import ADDRESSES
from components.attributes import aria
from components.cards.contract import make_contract
from components.cards.definitions import make_definitions, make_glossary
from components.cards.methods import make_methods
from components.cards.rules import make_croissants, make_rules, make_small_cells
from components.cards.sources import make_sources
from components.cards.territory_methods import make_territory_methods
from components.page import Content, Visit, make_layout, make_title
from data_access.contract.load import contract
from data_access.services.sources import get_batches, get_sources


def build(visit: Visit) -> Content:
    """The method page; everything on it is generated from the contract, the rules and the batches."""
    t = visit.t
    sections = {
        "contract": make_contract(contract(), t),
        "states": make_rules(contract(), visit.cutoff or visit.today, t),
        "cross-checks": make_methods(t),
        "croissant": make_croissants(contract(), t),
        "territory": make_territory_methods(t),
        "confidentiality": make_small_cells(visit.rule, t),
        "definitions": make_definitions(contract(), t),
        "glossary": make_glossary(contract(), t),
        "sources": make_sources(get_sources(visit.version), get_batches(visit.version), t),
    }
    body = [
        html.H1(t("method.title")),
        html.P(t("method.lede"), className="lede"),
        html.Nav(
            html.Ul([html.Li(html.A(t(f"method.{name}"), href=f"#{name}")) for name in sections]),
            className="contents",
            **aria(label=t("method.contents")),
        ),
        *(html.Section([html.H2(t(f"method.{n}")), *parts], id=n) for n, parts in sections.items()),
    ]
    return Content(body, demonstration=False)


for language, path in ADDRESSES["method"].items():
    register_page(
        f"{__name__}.{language}",
        path=path,
        title=make_title("method", language),
        layout=make_layout("method", language, build),
    )
