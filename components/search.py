"""The search as a reader sees it: the field in the header, the results, the index of all indicators."""

from __future__ import annotations

from collections.abc import Sequence

import dash_bootstrap_components as dbc
from dash import html
from dash.development.base_component import Component

from components.addresses import address
from components.attributes import data
from components.i18n.translate import Translator
from components.search_index import index_address, target
from data_access.contract.model import Contract, Indicator
from data_access.services.search import Hit, Kind, Rank
from data_access.services.search_text import highlight


def make_search_form(asked: str, t: Translator) -> Component:
    """The field of every page; without scripts a plain form, with them ``assets/search.js`` suggests."""
    return html.Form(
        [
            html.Label(
                [
                    html.Span(t("search.label"), className="visually-hidden"),
                    dbc.Input(type="search", name="q", value=asked, placeholder=t("search.placeholder")),
                ]
            ),
            html.Button(html.Span(t("search.submit"), className="visually-hidden"), type="submit"),
        ],
        action=address("search", t.language),
        method="get",
        role="search",
        className="search",
        **data(index=index_address(t.language)),
    )


def make_results(hits: tuple[Hit, ...], asked: str, contract: Contract, t: Translator) -> list[Component]:
    """One section for each kind of thing found, the best answer first in each."""
    names = {o.code: o.short.in_(t.language) for o in contract.objectives}
    groups = [(kind, [hit for hit in hits if hit.kind is kind]) for kind in Kind]
    return [
        html.Section(
            [
                html.H2([t(f"search.group.{kind.value}"), html.Span(f"{len(group)}", className="count")]),
                html.Ol([_result(hit, asked, names, t) for hit in group], className="results"),
            ]
        )
        for kind, group in groups
        if group
    ]


def _result(hit: Hit, asked: str, names: dict[str, str], t: Translator) -> Component:
    explained = [_place(hit, names), _other_title(hit, asked, t), _excerpt(hit, asked, t)]
    return _line(hit.code, hit.title.in_(t.language), target(hit, t.language), explained)


def _line(code: str, title: str, href: str, explained: Sequence[Component | None] = ()) -> Component:
    return html.Li(
        [
            html.Span(code, className="code") if code else None,
            html.Div([html.A(title, href=href), *explained]),
        ]
    )


def _place(hit: Hit, names: dict[str, str]) -> Component | None:
    """The objective of an indicator or a commitment."""
    if hit.objective is None or hit.kind is Kind.OBJECTIVE:
        return None
    return html.P([hit.objective, " – ", names[hit.objective]], className="quiet")


def _other_title(hit: Hit, asked: str, t: Translator) -> Component | None:
    """The title in the other language, when it is there that the words stand."""
    if t.language in hit.languages or hit.rank is Rank.BODY:
        return None
    (other,) = hit.languages
    return html.P(
        [html.Span(other.upper(), className="tongue"), *_marked(hit.title.in_(other), asked)],
        className="quiet",
        lang=other,
    )


def _excerpt(hit: Hit, asked: str, t: Translator) -> Component | None:
    """The definition: of a term always, of an indicator when the words stand there and not in its title."""
    explained = hit.kind in {Kind.TERM, Kind.PUBLIC} or hit.rank is Rank.BODY
    if hit.excerpt is None or not explained:
        return None
    if t.language in hit.languages:
        return html.P(_marked(hit.excerpt.in_(t.language), asked), className="excerpt")
    if hit.rank is not Rank.BODY:
        return html.P(hit.excerpt.in_(t.language), className="excerpt")
    (other,) = hit.languages
    words = [html.Span(other.upper(), className="tongue"), *_marked(hit.excerpt.in_(other), asked)]
    return html.P(words, className="excerpt", lang=other)


def _marked(text: str, asked: str) -> list[Component | str]:
    return [html.Mark(piece) if found else piece for piece, found in highlight(text, asked)]


def make_index(contract: Contract, t: Translator) -> list[Component]:
    """Every indicator by objective, then the shared measures and the context."""
    groups: list[tuple[str | None, str, tuple[Indicator, ...]]] = [
        (o.code, o.short.in_(t.language), contract.of_objective(o.code)) for o in contract.objectives
    ]
    context = tuple(i for i in contract.indicators if i.code.startswith("CTX"))
    groups += [(None, t("nav.training"), contract.shared()), (None, t("context.title"), context)]
    return [
        html.Section(
            [
                html.H3(_heading(code, name, t)),
                html.Ul([_indicator(i, t) for i in group], className="results"),
            ],
            className="index",
        )
        for code, name, group in groups
    ]


def _heading(code: str | None, name: str, t: Translator) -> Component | str:
    if code is None:
        return name
    href = address("scorecard", t.language, objective=code.lower())
    return html.A([html.Span(code, className="code"), name], href=href)


def _indicator(indicator: Indicator, t: Translator) -> Component:
    href = address("indicator", t.language, code=indicator.code)
    return _line(indicator.code, indicator.title.in_(t.language), href)
