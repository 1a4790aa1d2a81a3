"""The frame of every page: skip link, header, navigation, notice of fictitious data, footer."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from urllib.parse import urlencode

from dash import html
from dash.development.base_component import Component

from components.addresses import ADDRESSES, address
from components.attributes import aria, data
from components.cards.edition import make_edition_banner, make_edition_choice
from components.i18n import formats
from components.i18n.translate import LANGUAGES, Translator, translator
from components.presentation import is_presented, make_presentation, presented_address
from components.search import make_search_form
from data_access.contract.model import Objective
from data_access.domain.edition import Edition
from data_access.services.editions import View, get_view


def make_shell(
    content: list[Component],
    *,
    page: str,
    parts: Mapping[str, str],
    query: Mapping[str, str],
    objectives: tuple[Objective, ...],
    attention: int | None,
    vintage: str,
    demonstration: bool,
    editions: tuple[Edition, ...] = (),
    view: View | None = None,
    t: Translator,
) -> Component:
    """A whole page around its content.

    Args:
        content: what the page shows.
        page, parts, query: where the reader is.
        objectives: for the navigation.
        attention: how many points need attention; None where it is not known (errors).
        vintage: of ``vintage_sentence``.
        demonstration: whether any value shown is fictitious.
        editions: those that can be chosen; ``view`` is the one shown.
        t: the translator.
    """
    if is_presented(query):
        return make_presentation(
            content,
            page=page,
            parts=parts,
            query=query,
            vintage=vintage,
            demonstration=demonstration,
            languages=_languages(page, parts, query, t),
            t=t,
        )
    return html.Div(
        [
            html.A(t("shell.skip"), href="#content", className="skip"),
            _header(page, parts, query, vintage, make_edition_choice(editions, page, parts, query, t), t),
            _navigation(page, parts, objectives, attention, t),
            make_edition_banner(view, page, parts, query, t) if view else None,
            _notice(t) if demonstration else None,
            html.Main(content, id="content", tabIndex="-1"),
            _footer(page, parts, query, vintage, t),
        ],
        className=f"page page-{page}",
        lang=t.language,
        **data(page=page),
    )


def _header(
    page: str,
    parts: Mapping[str, str],
    query: Mapping[str, str],
    vintage: str,
    choice: Component | None,
    t: Translator,
) -> Component:
    return html.Header(
        [
            html.A(
                [html.Strong("Actiris"), html.Span(t("shell.title"))],
                href=address("overview", t.language),
                className="brand",
            ),
            make_search_form(query.get("q", "") if page == "search" else "", t),
            html.Div([choice, html.P(vintage, className="vintage")], className="as-of"),
            _languages(page, parts, query, t),
        ],
        className="header",
    )


def vintage_sentence(cutoff: date | None, version: int, t: Translator) -> str:
    """«Données arrêtées au … · version 7», the meeting before it in an edition; or that nothing is loaded."""
    if cutoff is None:
        return t("shell.no_data")
    sentence = t("shell.vintage", day=formats.day(cutoff, t.language), version=version)
    if (view := get_view()) is None:
        return sentence
    meeting = formats.day(view.edition.meeting, t.language)
    return t("edition.vintage", day=meeting, code=view.edition.code, vintage=sentence)


def _languages(page: str, parts: Mapping[str, str], query: Mapping[str, str], t: Translator) -> Component:
    """The same page and filters in the other language; the present one is marked, not linked."""
    search = f"?{urlencode(query)}" if query else ""
    links = [
        html.Span(code.upper(), className="language", **aria(current="true"))
        if code == t.language
        else _language_link(
            code, (address(page, code, **parts) if page in ADDRESSES else f"/{code}/") + search
        )
        for code in LANGUAGES
    ]
    return html.Nav(links, className="languages", **aria(label=t("shell.language")))


def _language_link(code: str, href: str) -> Component:
    return html.A(
        [
            html.Span(code.upper(), **aria(hidden="true")),
            html.Span(translator(code)("shell.this_language"), className="visually-hidden"),
        ],
        href=href,
        lang=code,
        className="language",
        **data(keep_search=""),
    )


def _navigation(
    page: str,
    parts: Mapping[str, str],
    objectives: tuple[Objective, ...],
    attention: int | None,
    t: Translator,
) -> Component:
    counted = t("nav.attention") if attention is None else t.plural("nav.attention.count", attention)
    entries: list[tuple[str, dict[str, str], str, str | None]] = [("overview", {}, t("nav.overview"), None)]
    entries += [
        ("scorecard", {"objective": o.code.lower()}, o.code, o.short.in_(t.language)) for o in objectives
    ]
    entries += [
        ("attention", {}, counted, None),
        ("communes", {}, t("nav.communes"), None),
        ("long_term", {}, t("nav.long_term"), None),
        ("training", {}, t("nav.training"), None),
        ("editions", {}, t("nav.editions"), None),
        ("governance", {}, t("nav.governance"), None),
        ("reports", {}, t("nav.reports"), None),
        ("method", {}, t("nav.method"), None),
    ]
    return html.Nav(
        html.Ul([_entry(*entry, page=page, parts=parts, t=t) for entry in entries]),
        className="navigation",
        **aria(label=t("nav.label")),
    )


def _entry(
    target: str,
    target_parts: dict[str, str],
    label: str,
    subtitle: str | None,
    *,
    page: str,
    parts: Mapping[str, str],
    t: Translator,
) -> Component:
    here = target == page and target_parts == dict(parts)
    content = [html.Span(label), html.Small(subtitle)] if subtitle else label
    current = aria(current="page") if here else {}
    return html.Li(html.A(content, href=address(target, t.language, **target_parts), **current))


def _notice(t: Translator) -> Component:
    return html.P(
        [html.Strong(t("demonstration.label")), html.Span(t("demonstration.sentence"))],
        className="demonstration",
        role="note",
    )


def _footer(
    page: str, parts: Mapping[str, str], query: Mapping[str, str], vintage: str, t: Translator
) -> Component:
    return html.Footer(
        [
            html.P(t("footer.contract")),
            html.P(vintage),
            html.P(html.A(t("footer.method"), href=address("method", t.language))),
            html.P(html.A(t("footer.data"), href=address("data", t.language))),
            html.P(html.A(t("footer.presentation"), href=presented_address(page, parts, query, t.language))),
        ],
        className="footer",
    )
