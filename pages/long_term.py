"""Long-term unemployment: /fr/chomage-longue-duree, /nl/langdurige-werkloosheid."""

from __future__ import annotations

from dash import dcc, html, register_page

from components.addresses import ADDRESSES
from components.cards.funnel import make_flow, make_headline
from components.cards.funnel_controls import make_controls
from components.cards.long_term_stock import make_long_term_stock
from components.funnel_answer import answer, figure_of
from components.page import Content, Visit, make_layout, make_title
from data_access.services.long_term_stock import get_long_term_stock
from pages._funnel import register_funnel_callbacks
from pages._funnel_rest import make_rest


def build(visit: Visit) -> Content:
    """One funnel for what the address asks, then long-term unemployment itself."""
    t = visit.t
    stock = get_long_term_stock(visit.version, visit.cutoff, visit.rule)
    found = answer(visit.version, visit.cutoff, visit.query, visit.rule)
    if found is None:
        nothing = [html.H1(t("title.long_term")), html.P(t("funnel.finding.nothing"))]
        return Content([*nothing, make_long_term_stock(stock, t)], stock.demonstration)
    figure, alt = figure_of(found, t.language)
    body = [
        html.Div(
            make_headline(found.sheet, found.view, found.definition, t), id="funnel-text", lang=t.language
        ),
        make_controls(found.options(t), found.values, t),
        make_flow(figure, alt, found.definition, t, plain=found.plain),
        html.Div(make_rest(found, t), id="funnel-rest"),
        dcc.Store(id="funnel-shown", data={"version": found.version, "query": dict(found.query)}),
        make_long_term_stock(stock, t),
    ]
    return Content(body, stock.demonstration or found.demonstration)


register_funnel_callbacks()
for language, path in ADDRESSES["long_term"].items():
    register_page(
        f"{__name__}.{language}",
        path=path,
        title=make_title("long_term", language),
        layout=make_layout("long_term", language, build),
    )
