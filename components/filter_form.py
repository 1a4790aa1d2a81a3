"""A form of choices that the server answers: what is chosen goes into the address, without a script."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

import dash_bootstrap_components as dbc
from dash import html
from dash.development.base_component import Component

from components.addresses import address
from components.filters import ALL
from components.i18n.translate import Translator
from data_access.contract.model import Objective
from data_access.services.attention import SHARED


def make_filter_form(
    page: str,
    filters: Mapping[str, Mapping[str, str]],
    query: Mapping[str, str],
    t: Translator,
    *,
    chosen: bool,
) -> Component:
    """A list of choices a filter, a button, and a way to clear them.

    Args:
        page: whose address answers.
        filters: by name of the parameter, the labels by value; everything is always among the choices.
        query: the values that the address holds.
        t: the language.
        chosen: whether they narrow the list, so that there is something to clear.
    """
    here = address(page, t.language)
    return html.Form(
        [
            *(_select(name, labels, query, t) for name, labels in filters.items()),
            html.Button(t("filter.apply"), type="submit", className="button"),
            html.A(t("filter.reset"), href=here, className="clear") if chosen else None,
        ],
        action=here,
        method="get",
        className="choices",
    )


def objective_labels(objectives: Iterable[Objective], t: Translator) -> dict[str, str]:
    """The objectives by code, and what they share with training."""
    names = {o.code: f"{o.code} – {o.short.in_(t.language)}" for o in objectives}
    return {**names, SHARED: t("nav.training")}


def _select(name: str, labels: Mapping[str, str], query: Mapping[str, str], t: Translator) -> Component:
    options = [{"value": ALL, "label": t("filter.all")}]
    options += [{"value": value, "label": label} for value, label in labels.items()]
    value = query.get(name, ALL)
    select = dbc.Select(name=name, options=options, value=value if value in labels else ALL)
    return html.Label([html.Span(t(f"filter.{name}")), select], className="filter")
