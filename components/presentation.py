"""Presentation mode: a page as a screen for a room, and the way from one to the next."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache as once
from math import ceil
from urllib.parse import urlencode

from dash import html
from dash.development.base_component import Component

from components.addresses import ADDRESSES, address
from components.attributes import aria, data
from components.i18n.translate import Translator
from data_access.contract.load import contract

MODE = "seance"
ROWS = 5  # fit on a screen, their titles on two lines


@dataclass(frozen=True)
class Screen:
    """One step of a presentation: a page, and of a page that takes several the number of this one, from 1."""

    page: str
    parts: Mapping[str, str]
    number: int = 1

    @property
    def query(self) -> dict[str, str]:
        """What its address says besides the mode; the first one is the page itself."""
        return {"screen": str(self.number)} if self.number > 1 else {}


@once
def get_screens() -> tuple[Screen, ...]:
    """All screens in order; an objective takes as many as its indicators need."""
    scorecards = [
        Screen("scorecard", {"objective": objective.code.lower()}, number)
        for objective in contract().objectives
        for number in range(1, screens_of(len(contract().of_objective(objective.code))) + 1)
    ]
    others = [Screen(page, {}) for page in ("attention", "communes", "long_term")]
    return (Screen("overview", {}), *scorecards, *others)


def screens_of(rows: int) -> int:
    """How many screens that many rows take; one where there is none."""
    return max(1, ceil(rows / ROWS))


def screen_number(query: Mapping[str, str], rows: int) -> int:
    """The number of the screen that an address asks for; the first where it asks for none that exists."""
    asked = query.get("screen", "")
    return int(asked) if asked in map(str, range(1, screens_of(rows) + 1)) else 1


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
    screens = get_screens()
    own = [i for i, screen in enumerate(screens) if (screen.page, dict(screen.parts)) == (page, dict(parts))]
    at = next((i for i in own if str(screens[i].number) == query.get("screen")), own[0] if own else None)
    before = at - 1 if at else None
    after = 0 if at is None else at + 1 if at + 1 < len(screens) else None
    plain = {name: value for name, value in query.items() if name not in {"mode", "screen"}}
    known = page in ADDRESSES
    leave = address(page, t.language, **parts) if known else address("overview", t.language)
    counter = t("presentation.counter", at=at + 1, total=len(screens)) if at is not None else None
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
    screen = get_screens()[at]
    href = presented_address(screen.page, screen.parts, screen.query, t.language)
    return html.A(sign, href=href, **aria(label=t(f"presentation.{name}")), **data(step=name))
