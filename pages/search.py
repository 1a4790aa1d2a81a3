"""``/fr/recherche?q=…`` and ``/nl/zoeken?q=…``: what answers the words asked for, or the index."""

from __future__ import annotations

from urllib.parse import urlencode

from dash import html, register_page
from dash.development.base_component import Component

from components.addresses import ADDRESSES, address
from components.attributes import data
from components.i18n.translate import Translator
from components.page import Content, Visit, make_layout, make_title
from components.search import make_index, make_results
from data_access.contract.load import contract
from data_access.services.search import search, suggest


def build(visit: Visit) -> Content:
    """The results of ``q``; without it, or without an answer, the index of all indicators."""
    t, asked = visit.t, visit.query.get("q", "").strip()
    hits = search(asked)
    if hits:
        body = [
            html.P(t.plural("search.count", len(hits), asked=asked), className="lede"),
            *make_results(hits, asked, contract(), t),
        ]
    else:
        body = [
            *(_nothing(asked, t) if asked else []),
            html.H2(t("search.index")),
            *make_index(contract(), t),
        ]
    return Content([html.H1(t("title.search")), *body, _keys(t)], demonstration=False)


def _nothing(asked: str, t: Translator) -> list[Component]:
    close = suggest(asked)
    href = f"{address('search', t.language)}?{urlencode({'q': close})}"
    question = [html.P(html.A(t("search.did_you_mean", close=close), href=href))] if close else []
    return [html.P(t("search.nothing", asked=asked), className="lede"), *question]


def _keys(t: Translator) -> Component:
    """How the keyboard reaches the field, and the way to switch a key of one character off (WCAG 2.1.4)."""
    texts = data(shortcut="", off=t("search.keys.off"), on=t("search.keys.on"))
    return html.P(
        [html.Span(t("search.keys")), html.Button(type="button", className="button", hidden=True, **texts)],
        className="quiet search-keys",
    )


for language, path in ADDRESSES["search"].items():
    register_page(
        f"{__name__}.{language}",
        path=path,
        title=make_title("search", language),
        layout=make_layout("search", language, build),
    )
