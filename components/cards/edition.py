"""Which meeting is looked at: the choice in the header, the banner of an edition, the list of them."""

from __future__ import annotations

from collections.abc import Mapping
from urllib.parse import urlencode

import dash_bootstrap_components as dbc
from dash import html
from dash.development.base_component import Component

from components.addresses import ADDRESSES, address
from components.attributes import aria, data
from components.edition_links import NOW, PARAMETER
from components.i18n import formats
from components.i18n.translate import Translator
from data_access.domain.edition import Edition
from data_access.services.editions import View

SHOWN_DIGITS = 12  # of a SHA-256, enough to compare by eye


def make_edition_choice(
    editions: tuple[Edition, ...],
    page: str,
    parts: Mapping[str, str],
    query: Mapping[str, str],
    t: Translator,
) -> Component | None:
    """The form of the header that sets every page as of a meeting; None where there is no edition."""
    if not editions or page not in ADDRESSES:
        return None
    options = [{"value": NOW, "label": t("edition.now")}]
    options += [{"value": e.code, "label": meeting_name(e, t)} for e in editions]
    kept = [dbc.Input(type="hidden", name=n, value=v) for n, v in sorted(query.items()) if n != PARAMETER]
    chosen = dbc.Select(options=options, value=query.get(PARAMETER, NOW), name=PARAMETER)
    return html.Form(
        [
            *kept,
            html.Label([html.Span(t("edition.choose"), className="visually-hidden"), chosen]),
            html.Button(t("edition.open"), type="submit", className="button button-quiet"),
        ],
        method="get",
        action=address(page, t.language, **parts),
        className="edition-choice",
        **data(now=""),
    )


def make_edition_banner(
    view: View, page: str, parts: Mapping[str, str], query: Mapping[str, str], t: Translator
) -> Component:
    """That everything on the page is as a meeting saw it, what proves it, and the way back to now."""
    edition = view.edition
    frozen = t(
        "edition.banner.frozen",
        day=formats.day(edition.made_at.date(), t.language),
        version=edition.version,
        digest=edition.sha256[:SHOWN_DIGITS],
    )
    plain = {name: value for name, value in query.items() if name != PARAMETER}
    here = address(page, t.language, **parts) if page in ADDRESSES else address("overview", t.language)
    now = html.A(
        t("edition.banner.now"), href=here + (f"?{urlencode(plain)}" if plain else ""), **data(now="")
    )
    return html.Aside(
        [
            html.Strong(meeting_name(edition, t)),
            html.Span(frozen),
            None if view.same_method else html.Span(t("edition.banner.other_method"), className="warning"),
            now,
        ],
        className="edition-banner",
        **aria(label=t("edition.banner.label")),
    )


def meeting_name(edition: Edition, t: Translator) -> str:
    """«Séance du 27 novembre 2026»; its code too where a month has two."""
    name = t("edition.meeting", day=formats.day(edition.meeting, t.language))
    return f"{name} ({edition.code})" if len(edition.code) > len("2026-11") else name


def in_sentence(edition: Edition, t: Translator) -> str:
    """The same inside a sentence: «la séance du 27 novembre 2026»."""
    return t("edition.meeting.inside", day=formats.day(edition.meeting, t.language))


def make_edition_list(editions: tuple[Edition, ...], t: Translator) -> Component:
    """Every edition, the newest meeting first, with what it froze."""
    if not editions:
        return html.P(t("editions.empty"), className="quiet")
    heads = ("meeting", "cutoff", "version", "frozen", "digest", "open")
    caption = t("editions.caption")
    table = html.Table(
        [
            html.Caption(caption, className="visually-hidden"),
            html.Thead(html.Tr([html.Th(t(f"editions.head.{head}"), scope="col") for head in heads])),
            html.Tbody([_row(edition, t) for edition in editions]),
        ],
        className="plain editions",
    )
    return html.Div(table, className="scroll", tabIndex="0", role="region", **aria(label=caption))


def _row(edition: Edition, t: Translator) -> Component:
    by = edition.made_by or t("reports.local_reader")
    made = t("editions.made", day=formats.day(edition.made_at.date(), t.language), by=by)
    cutoff = formats.day(edition.cutoff, t.language) if edition.cutoff else "–"
    href = f"{address('overview', t.language)}?{urlencode({PARAMETER: edition.code})}"
    since = f"{address('changes', t.language)}?{urlencode({'since': edition.code})}"
    return html.Tr(
        [
            html.Th([meeting_name(edition, t), html.Small(edition.code)], scope="row"),
            html.Td(cutoff),
            html.Td(str(edition.version), className="number"),
            html.Td(made),
            html.Td(html.Code(edition.sha256[:SHOWN_DIGITS], title=edition.sha256)),
            html.Td(
                html.Div(
                    [
                        html.A(t("editions.open"), href=href, **data(now="")),
                        html.A(t("editions.changes"), href=since, **data(now="")),
                    ],
                    className="links",
                )
            ),
        ],
        id=f"edition-{edition.code}",
    )


def make_edition_form(version: int, vintage: str, today: str, t: Translator) -> Component:
    """The form that freezes the data of this moment for a meeting."""
    return html.Form(
        [
            html.P(t("editions.form.what", vintage=vintage)),
            html.Label(
                [html.Span(t("editions.form.meeting")), dbc.Input(type="date", name="meeting", value=today)]
            ),
            dbc.Input(type="hidden", name="version", value=str(version)),
            dbc.Input(type="hidden", name="language", value=t.language),
            html.Button(t("editions.form.freeze"), type="submit", className="button"),
        ],
        method="post",
        action="/editions/create",
        className="edition-form",
        **data(now=""),
    )
