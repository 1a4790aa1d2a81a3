"""From an address to a whole page: one data version, the frame around the content, errors as pages."""

from __future__ import annotations

import logging
import uuid
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from dash import html
from dash.development.base_component import Component
from flask import current_app

from components.addresses import address
from components.edition_links import NOW, sent
from components.edition_links import PARAMETER as EDITION
from components.i18n.errors import error_sentence
from components.i18n.translate import Translator, translator
from components.prerender import to_html
from components.presentation import is_presented
from components.shell import make_shell, vintage_sentence
from data_access.cache import cached
from data_access.contract.load import contract
from data_access.domain.confidentiality import SmallCellRule
from data_access.domain.edition import Edition
from data_access.domain.errors import UserError
from data_access.services.attention import count_attention
from data_access.services.data_state import get_data_state
from data_access.services.editions import get_editions, get_view, viewing
from data_access.services.geometry import get_geometry

logger = logging.getLogger(__name__)


class PageNotFound(UserError):
    """The address has the form of a page, but what it names does not exist."""


@dataclass(frozen=True)
class Visit:
    """What a page needs to know of the request.

    Attributes:
        language: ``fr`` or ``nl``.
        parts: the variable parts of the path.
        query: the filters in the address.
        version, cutoff: the current data version and the last day that it covers.
        rule: small-cell thresholds of the audience.
        today: the reader's day, for the calendar only.
        writes: whether the reader may write: a steward, and not on a page of an edition.
    """

    language: str
    parts: Mapping[str, str]
    query: Mapping[str, str]
    version: int
    cutoff: date | None
    rule: SmallCellRule
    today: date
    writes: bool = False

    @property
    def t(self) -> Translator:
        """The translator of the page's language."""
        return translator(self.language)


@dataclass(frozen=True)
class Content:
    """What a page shows, and whether any value in it is fictitious."""

    body: list[Component]
    demonstration: bool


@dataclass(frozen=True)
class Page:
    """A whole page: as plain values for Dash, and painted as HTML for the first answer."""

    plain: dict[str, Any]
    painted: str
    status: int = 200


Builder = Callable[[Visit], Content]
BUILDERS: dict[str, Builder] = {}
SCREENS: dict[str, Builder] = {}  # of presentation mode, where the page itself is too long
LIST_KEYS = ("state", "attribution", "objective", "reason", "q", "sort")
SHEET_KEYS = ("from", "to", "limits", "operator", "with", "by", "then", "period")
MAP_KEYS = ("measure", "view", "sex", "age", "croissant")
FUNNEL_KEYS = ("funnel", "cohort", "group", "against", "figure", "months")
PLAN_KEYS = ("year", "commitment")
EDITION_KEYS = (EDITION, "since", "until", "cause", "refused", "file", "attack")
WRITE_KEYS = ("draft", "edit", "about", "written")
QUERY_KEYS = (
    *LIST_KEYS,
    *SHEET_KEYS,
    *MAP_KEYS,
    *FUNNEL_KEYS,
    *PLAN_KEYS,
    *EDITION_KEYS,
    *WRITE_KEYS,
    "mode",
    "screen",
)
LIVE = ("reports", "editions", "changes", "data")  # what these show changes without a new data version
UNCHOSEN = {
    (EDITION, NOW),
    ("until", NOW),
    ("cause", "all"),
    ("objective", "all"),
}  # a choice that chooses nothing
MAX_FILTER = 100


def make_layout(
    page: str,
    language: str,
    builder: Builder,
    part_names: tuple[str, ...] = (),
    *,
    screen: Builder | None = None,
) -> Callable[..., dict[str, Any]]:
    """The ``layout`` that Dash calls with the variable parts of the path and the query string."""
    BUILDERS[page] = builder
    if screen is not None:
        SCREENS[page] = screen

    def layout(**arguments: Any) -> dict[str, Any]:
        parts = {name: str(arguments.get(name, "")) for name in part_names}
        return get_page(page, language, parts, known_filters(arguments)).plain

    return layout


def known_filters(arguments: Mapping[str, Any]) -> dict[str, str]:
    """The filters among the arguments of an address, none longer than a person would type."""
    known = {key: str(arguments[key])[:MAX_FILTER] for key in QUERY_KEYS if arguments.get(key)}
    return {key: value for key, value in known.items() if (key, value) not in UNCHOSEN}


def page_title(page: str, parts: Mapping[str, str], language: str) -> str:
    """The title of a page: what it shows, then the product."""
    t = translator(language)
    facts = {name: value.upper() for name, value in parts.items()}
    if definition := contract().find(parts.get("code", "")):
        facts |= {"code": definition.code, "name": definition.title.in_(language)}
    elif page == "indicator":
        page = "not_found"
    if page == "communes_profile":
        named = {c.nis: c.name.in_(language) for c in contract().communes}
        page = page if parts.get("nis") in named else "not_found"
        facts["commune"] = named.get(parts.get("nis", ""), "")
    return f"{t(f'title.{page}', **facts)} – {t('app.name')} – Actiris"


def make_title(page: str, language: str) -> Callable[..., str]:
    """The ``title`` that Dash calls with the variable parts of the path."""

    def title(**parts: str) -> str:
        return page_title(page, parts, language)

    return title


def get_page(page: str, language: str, parts: Mapping[str, str], query: Mapping[str, str]) -> Page:
    """A whole page; never raises: what goes wrong becomes a page that says so."""
    t = translator(language)
    try:
        with viewing(query.get(EDITION)):
            return _get_page(page, language, parts, query)
    except UserError as error:  # no such edition, or one that this program no longer understands
        content, known = error_content(t, error_sentence(error, t)), error.code != "unknown_edition"
        content.body.append(html.P(html.A(t("error.editions"), href=address("editions", language))))
        now = get_data_state()
        return _frame(content, "error", {}, {}, now.cutoff, now.version, t, 500 if known else 404)


def _get_page(page: str, language: str, parts: Mapping[str, str], query: Mapping[str, str]) -> Page:
    t = translator(language)
    state = None
    try:
        state = get_data_state()
        # What somebody types is not worth an entry of its own: only pages without filters are kept, of this
        # moment and of each edition.
        build = _build if set(query) - {EDITION} or page in LIVE else _kept
        return build(
            state.version,
            state.cutoff,
            page,
            language,
            tuple(sorted(parts.items())),
            tuple(sorted(query.items())),
            current_app.config["SMALL_CELLS"],
            date.today(),  # noqa: DTZ011  the calendar of the contract is in local days
            get_geometry().digest,
            get_editions(),
            current_app.config["MAY_WRITE"]() and get_view() is None,
        )
    except PageNotFound:
        content, status = not_found_content(t), 404
    except UserError as error:
        content, status = error_content(t, error_sentence(error, t)), 500
    except Exception:  # the edge of a page: the reader gets a reference, and the log has the reason
        reference = uuid.uuid4().hex[:8]
        logger.exception("page %s failed, reference %s", page, reference)
        content, status = error_content(t, t("error.unexpected", reference=reference)), 500
    name = "not_found" if status == 404 else "error"
    cutoff, version = (state.cutoff, state.version) if state else (None, 0)
    return _frame(content, name, {}, {}, cutoff, version, t, status)


def _build(
    version: int,
    cutoff: date | None,
    page: str,
    language: str,
    parts: tuple[tuple[str, str], ...],
    query: tuple[tuple[str, str], ...],
    rule: SmallCellRule,
    today: date,
    geometry: str,
    editions: tuple[Edition, ...],
    writes: bool,
) -> Page:
    """The page; ``geometry`` is here for the key of what is kept: other shapes make other pages."""
    if page not in BUILDERS:
        raise PageNotFound("page_not_found", value=page)
    visit = Visit(language, dict(parts), dict(query), version, cutoff, rule, today, writes)
    count = count_attention(version, cutoff, rule)
    builder = SCREENS.get(page, BUILDERS[page]) if is_presented(visit.query) else BUILDERS[page]
    return _frame(
        builder(visit),
        page,
        visit.parts,
        visit.query,
        cutoff,
        version,
        visit.t,
        attention=count,
        editions=editions,
    )


_kept = cached(_build)


def _frame(
    content: Content,
    page: str,
    parts: Mapping[str, str],
    query: Mapping[str, str],
    cutoff: date | None,
    version: int,
    t: Translator,
    status: int = 200,
    *,
    attention: int | None = None,
    editions: tuple[Edition, ...] = (),
) -> Page:
    shell = make_shell(
        content.body,
        page=page,
        parts=parts,
        query=query,
        objectives=contract().objectives,
        attention=attention,
        vintage=vintage_sentence(cutoff, version, t),
        demonstration=content.demonstration,
        editions=editions,
        view=get_view(),
        t=t,
    )
    plain = sent(shell, query.get(EDITION, ""))
    return Page(plain, to_html(plain), status)


def refusal_page(sentence: str, status: int, language: str) -> Page:
    """Why something asked of the page of documents is not done, framed as that page is."""
    t, state = translator(language), get_data_state()
    back = html.A(t("reports.refused.back"), href=address("reports", language))
    content = Content([html.H1(t("reports.refused")), html.P(sentence), html.P(back)], demonstration=False)
    return _frame(content, "reports", {}, {}, state.cutoff, state.version, t, status)


def not_found_content(t: Translator) -> Content:
    """The page for an address where nothing lives, in the reader's language, with ways on."""
    return Content(
        [
            html.H1(t("not_found.title")),
            html.P(t("not_found.sentence")),
            _ways_on(t),
        ],
        demonstration=False,
    )


def error_content(t: Translator, sentence: str) -> Content:
    """The page for what went wrong: what happened, and what to do next."""
    return Content([html.H1(t("error.title")), html.P(sentence), _ways_on(t)], demonstration=False)


def _ways_on(t: Translator) -> Component:
    pages = [("overview", t("nav.overview")), ("training", t("nav.training")), ("method", t("nav.method"))]
    return html.Ul([html.Li(html.A(label, href=address(page, t.language))) for page, label in pages])
