"""``/fr/attention`` and ``/nl/aandacht``: one ordered list of what needs attention, and why."""

from __future__ import annotations

from dash import html, register_page
from dash.development.base_component import Component

from components.addresses import ADDRESSES
from components.cards.attention import (
    attention_sentence,
    make_attention_filters,
    make_attention_groups,
    make_shown,
)
from components.cards.presentation import make_attention_screen
from components.exports.menu import make_export_menu
from components.i18n.translate import Translator
from components.page import Content, Visit, make_layout, make_title
from data_access.contract.load import contract
from data_access.services.attention import ANYTHING, Selection, choose, get_attention
from data_access.services.decisions import day_shown, get_acceptances
from data_access.services.indicator_rows import TOTAL


def build(visit: Visit) -> Content:
    """The list at the current data version, narrowed by the filters in the address."""
    t, wanted = visit.t, Selection.of(visit.query)
    every = get_attention(visit.version, visit.cutoff, visit.rule)
    chosen = choose(every, wanted)
    body: list[Component] = [html.H1(t("attention.title"))]
    if visit.cutoff is None:
        return Content([*body, html.P(t("shell.no_data"), className="lede")], demonstration=False)
    if not every:
        return Content([*body, html.P(t("attention.nothing"), className="lede")], demonstration=False)
    definitions = {d.code: d for d in contract().indicators}
    accepted = get_acceptances(visit.version, day_shown(visit.today))
    body += [
        html.P(attention_sentence(every, t), className="lede"),
        make_export_menu("attention", {}, t("attention.title"), t, table=True),
        make_attention_filters(visit.query, contract().objectives, t, chosen=wanted != ANYTHING),
        *([make_shown(len(chosen), len(every), t)] if wanted != ANYTHING else []),
        *make_attention_groups(
            chosen, definitions, _operators(t), t, reason=wanted.reason, accepted=accepted
        ),
    ]
    return Content(body, any(item.demonstration for item in every))


def build_screen(visit: Visit) -> Content:
    """The most pressing points, for a room."""
    t = visit.t
    every = get_attention(visit.version, visit.cutoff, visit.rule)
    definitions = {d.code: d for d in contract().indicators}
    finding = attention_sentence(every, t) if every else t("attention.nothing")
    body = [html.H1(finding), *(make_attention_screen(every, definitions, t) if every else [])]
    return Content(body, any(item.demonstration for item in every))


def _operators(t: Translator) -> dict[str, str]:
    """Names of the operators; the total needs none."""
    items = [i for i in contract().codelists if i.dimension == "OPERATOR" and i.code != TOTAL]
    return {item.code: item.label.in_(t.language) for item in items}


for language, path in ADDRESSES["attention"].items():
    register_page(
        f"{__name__}.{language}",
        path=path,
        title=make_title("attention", language),
        layout=make_layout("attention", language, build, screen=build_screen),
    )
