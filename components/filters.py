"""The filters of a scorecard: applied in the browser by ``assets/scorecard.js``, kept in the address."""

from __future__ import annotations

from collections.abc import Mapping

import dash_bootstrap_components as dbc
from dash import html
from dash.development.base_component import Component

from components.attributes import aria, data
from components.figures.theme import STATUS_ORDER, SYMBOLS
from components.i18n.translate import Translator
from data_access.contract.model import Attribution

ALL = "all"  # a choice that the address does not keep
SORTS = ("code", "title", "status", "-status", "attribution", "-change")


def make_scorecard_filters(query: Mapping[str, str], t: Translator) -> Component:
    """State, attribution, text and order; ``query`` holds the values that the address asks for."""
    states = {s.value: f"{SYMBOLS[s]} {t(f'status.{s.value}')}" for s in STATUS_ORDER}
    attributions = {a.value: t(f"attribution.{a.value}") for a in Attribution}
    return html.Form(
        [
            _select("state", states, query, t),
            _select("attribution", attributions, query, t),
            html.Label(
                [
                    html.Span(t("filter.text")),
                    dbc.Input(
                        id="filter-q",
                        name="q",
                        type="search",
                        value=query.get("q", ""),
                        autocomplete="off",
                        placeholder=t("filter.text.hint"),
                    ),
                ],
                className="filter",
            ),
            _select("sort", {key: t(f"sort.{key}") for key in SORTS}, query, t, none=t("sort.none")),
            html.Button(t("filter.reset"), type="reset", className="button"),
            html.Output(
                "", className="filter-count", **data(sentence=t("filter.count")), **aria(live="polite")
            ),
        ],
        className="filters scorecard-filters",
    )


def _select(
    name: str, labels: Mapping[str, str], query: Mapping[str, str], t: Translator, *, none: str = ""
) -> Component:
    options = [{"value": ALL, "label": none or t("filter.all")}] + [
        {"value": value, "label": label} for value, label in labels.items()
    ]
    chosen = query.get(name, ALL)
    return html.Label(
        [
            html.Span(t(f"filter.{name}")),
            dbc.Select(
                id=f"filter-{name}", name=name, options=options, value=chosen if chosen in labels else ALL
            ),
        ],
        className="filter",
    )
