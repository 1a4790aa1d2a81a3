"""The choices of the development plan: which plan, and which commitment it serves."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

import dash_bootstrap_components as dbc
from dash import html
from dash.development.base_component import Component

from components.addresses import address
from components.filters import ALL
from components.i18n.translate import Translator
from components.plan_words import plan_name
from data_access.contract.model import Objective

LONGEST = 90  # letters of a commitment in a choice


def make_plan_filters(
    years: Iterable[str],
    objectives: Iterable[Objective],
    chosen: Mapping[str, str],
    t: Translator,
) -> Component:
    """A plain form, answered by the server.

    Args:
        years: of the plans there are.
        objectives: whose commitments can be chosen.
        chosen: ``year``, and ``commitment`` (empty for all).
        t: the translator.
    """
    here = address("governance_plan", t.language)
    plans = [{"value": year, "label": plan_name(year, t)} for year in years]
    commitments = [
        {"value": each.code, "label": f"{each.code} – {_short(each.text.in_(t.language))}"}
        for objective in objectives
        for each in objective.commitments
    ]
    every = [{"value": ALL, "label": t("filter.all")}, *commitments]
    return html.Form(
        [
            _select("year", plans, chosen["year"], t),
            _select("commitment", every, chosen["commitment"] or ALL, t),
            html.Button(t("filter.apply"), type="submit", className="button"),
            html.A(t("filter.reset"), href=here, className="clear") if chosen["commitment"] else None,
        ],
        action=here,
        method="get",
        className="choices",
    )


def _select(name: str, options: list[dict[str, str]], value: str, t: Translator) -> Component:
    return html.Label(
        [html.Span(t(f"plan.filter.{name}")), dbc.Select(name=name, options=options, value=value)],
        className="filter",
    )


def _short(text: str) -> str:
    """A commitment in one line, cut between words."""
    return text if len(text) <= LONGEST else f"{text[:LONGEST].rsplit(' ', 1)[0]}…"
