"""Presentation mode: a page as a screen for a room, and the way from one to the next."""

from __future__ import annotations

from collections.abc import Mapping
from urllib.parse import urlencode

from dash import html
from dash.development.base_component import Component

from components.addresses import ADDRESSES, address
from components.attributes import aria, data
from components.i18n.translate import Translator

MODE = "seance"
SCREENS: tuple[tuple[str, dict[str, str]], ...] = (
    ("overview", {}),
    *(("scorecard", {"objective": f"os{number}"}) for number in range(1, 6)),
    ("attention", {}),
    ("communes", {}),
    ("long_term", {}),
)


def is_presented(query: Mapping[str, str]) -> bool:
    """Whether the address asks for presentation mode."""
    return query.get("mode") == MODE


def presented_address(page: str, parts: Mapping[str, str], query: Mapping[str, str], language: str) -> str:
    """The same page and filters, as a screen; of an address where nothing lives, the first screen."""
    if page not in ADDRESSES:
        page, parts, query = "overview", {}, {}
    return f"{address(page, language, **parts)}?{urlencode({**query, 'mode': MODE})}"


def make_presentation(
    content: list[Component],
    *,
    page: str,
    parts: Mapping[str, str],
    query: Mapping[str, str],
    vintage: str,
    demonstration: bool,
    languages: Component,
    t: Translator,
) -> Component:
    """A page without its frame: what it shows, its vintage, and where it stands among the screens."""
    notice = html.Strong(t("demonstration.label"), className="presented-notice") if demonstration else None
    line = [notice, html.Span(vintage), languages, _steps(page, parts, query, t)]
    return html.Div(
        [
            html.Main(content, id="content", tabIndex="-1"),
            html.Footer(line, className="presented-line"),
        ],
        className=f"page page-{page} presented",
        lang=t.language,
        **data(page=page),
    )


def _steps(page: str, parts: Mapping[str, str], query: Mapping[str, str], t: Translator) -> Component:
    """Back, where we are, on, and out: links that ``assets/presentation.js`` gives keys."""
    here = (page, dict(parts))
    at = SCREENS.index(here) if here in SCREENS else None
    before = at - 1 if at else None
    after = 0 if at is None else at + 1 if at + 1 < len(SCREENS) else None
    plain = {name: value for name, value in query.items() if name != "mode"}
    known = page in ADDRESSES
    leave = address(page, t.language, **parts) if known else address("overview", t.language)
    counter = t("presentation.counter", at=at + 1, total=len(SCREENS)) if at is not None else None
    return html.Nav(
        [
            _step("previous", "‹", before, t),
            html.Span(counter, className="presented-counter") if counter else None,
            _step("next", "›", after, t),
            html.A(
                "×",
                href=leave + (f"?{urlencode(plain)}" if plain and known else ""),
                **aria(label=t("presentation.leave")),
                **data(step="leave"),
            ),
        ],
        className="presented-steps",
        **aria(label=t("presentation.screens")),
    )


def _step(name: str, sign: str, at: int | None, t: Translator) -> Component | None:
    if at is None:
        return None
    page, parts = SCREENS[at]
    href = presented_address(page, parts, {}, t.language)
    return html.A(sign, href=href, **aria(label=t(f"presentation.{name}")), **data(step=name))
