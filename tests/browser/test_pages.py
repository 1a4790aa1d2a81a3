"""Every page in Chromium, in both languages, at the width of a desk and of a hand."""

from __future__ import annotations

from collections.abc import Callable
from functools import cache

import pytest
from axe_playwright_python.sync_playwright import Axe
from babel.messages.pofile import read_po

from components.i18n.translate import catalogue_path
from tests.browser.conftest import SIZES, Visit
from tests.test_app import PATHS

pytestmark = pytest.mark.browser
WCAG = {"runOnly": {"type": "tag", "values": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa"]}}
EVERYWHERE = [(path, size) for path in [*PATHS, "/fr/rien", "/nl/niets"] for size in SIZES]


@cache
def tell_tales(language: str) -> frozenset[str]:
    """Sentences of a catalogue that are its own: several words, no facts, unlike the other language's.

    A word alone may stand in the text of a table that was loaded, which has the language of its source.
    """

    def read(code: str) -> dict[str, str]:
        with catalogue_path(code).open("rb") as source:
            return {str(m.id): m.string for m in read_po(source) if m.id and isinstance(m.string, str)}

    own, other = read(language), read("nl" if language == "fr" else "fr")
    return frozenset(
        text
        for key, text in own.items()
        if len(text) > 12 and " " in text and "{" not in text and text != other[key]
    )


@pytest.mark.parametrize(("path", "size"), EVERYWHERE)
def test_a_page_is_sound(visit: Callable[..., Visit], address: str, path: str, size: str) -> None:
    """One visit, every promise: status, language, title, hosts, console, width, tongue, accessibility."""
    found = visit(path, size)
    page, language = found.page, path[1:3]
    missing = path.endswith(("rien", "niets"))

    assert found.status == (404 if missing else 200)
    assert page.locator("html").get_attribute("lang") == f"{language}-BE"
    assert "Actiris" in page.title()
    assert page.locator("h1").count() == 1
    assert page.locator("#prerendered").count() == 0

    elsewhere = [url for url in found.requests if not url.startswith((address, "data:"))]
    assert elsewhere == []
    own_404 = "the server responded with a status of 404"
    assert [c for c in found.complaints if not (missing and own_404 in c)] == []

    width = page.evaluate("document.documentElement.scrollWidth")
    assert width <= SIZES[size][0], f"the page is {width} wide"

    text = page.inner_text("body")
    foreign = tell_tales("nl" if language == "fr" else "fr")
    assert [sentence for sentence in foreign if sentence in text] == []

    report = Axe().run(page, options=WCAG)
    assert report.violations_count == 0, report.generate_report()


@pytest.mark.parametrize("size", SIZES)
def test_the_page_prints_without_its_controls(visit: Callable[..., Visit], size: str) -> None:
    page = visit("/fr/objectifs/os2", size).page
    page.emulate_media(media="print")
    assert page.locator("nav.navigation").is_hidden()
    assert page.locator("form.filters").is_hidden()
    assert page.locator("h1").is_visible()
    assert len(page.pdf(format="A4", landscape=True)) > 10_000


def test_the_painted_page_reads_without_scripts(visit: Callable[..., Visit], address: str) -> None:
    browser = visit("/fr/").page.context.browser
    assert browser is not None
    context = browser.new_context(java_script_enabled=False)
    page = context.new_page()
    page.goto(f"{address}/nl/doelstellingen/os2")
    assert page.locator("table.scorecard tbody tr").count() > 14
    assert page.locator("h1").is_visible()
    context.close()


def test_the_skip_link_is_first_and_leads_to_the_content(visit: Callable[..., Visit]) -> None:
    page = visit("/fr/objectifs/os1").page
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.getAttribute('href')") == "#content"
    page.keyboard.press("Enter")
    assert page.evaluate("location.hash") == "#content"
