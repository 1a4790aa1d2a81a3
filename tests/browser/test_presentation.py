"""Presentation mode in Chromium at 1920 × 1080: legible from afar, and led by a presenter's keys."""

from __future__ import annotations

import re
from collections.abc import Iterator

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, Page

from components.addresses import address as path_of
from tests.browser.test_pages import WCAG

pytestmark = pytest.mark.browser
FICTITIOUS = {"fr": "Données fictives de démonstration", "nl": "Fictieve demonstratiegegevens"}
OBJECTIVES = ("os1", "os2", "os3", "os4", "os5")
PAGES = (
    ("overview", {}),
    *(("scorecard", {"objective": o}) for o in OBJECTIVES),
    ("attention", {}),
    ("communes", {}),
    ("long_term", {}),
)
SCREENS = [(name, parts, ("fr", "nl")[i % 2]) for i, (name, parts) in enumerate(PAGES)]
# What is read, with the size of its letters: text of its own, seen, outside what is for screen readers.
SIZES = """() => {
  const found = [];
  for (const element of document.querySelectorAll("#live .presented *")) {
    const own = [...element.childNodes].some(n => n.nodeType === 3 && n.textContent.trim());
    const box = element.getBoundingClientRect();
    if (!own || box.width < 2 || box.height < 2 || element.closest(".visually-hidden")) continue;
    const style = getComputedStyle(element);
    if (style.visibility === "hidden" || style.display === "none") continue;
    found.push([element.closest("svg") ? "figure" : "text", parseFloat(style.fontSize),
      element.textContent.trim().slice(0, 40)]);
  }
  return found;
}"""


@pytest.fixture
def screen(browser: Browser) -> Iterator[Page]:
    page = browser.new_page(viewport={"width": 1920, "height": 1080}, reduced_motion="reduce")
    page.set_default_timeout(30_000)
    yield page
    page.close()


def show(page: Page, url: str) -> None:
    page.goto(url)
    page.wait_for_selector("html[data-presented]")


@pytest.mark.parametrize(("name", "parts", "language"), SCREENS)
def test_a_screen_is_legible_from_four_metres(
    screen: Page, address: str, name: str, parts: dict[str, str], language: str
) -> None:
    show(screen, f"{address}{path_of(name, language, **parts)}?mode=seance")
    sizes = screen.evaluate(SIZES)
    assert len(sizes) > 10
    assert [found for found in sizes if found[1] < (20 if found[0] == "figure" else 28)] == []
    finding = screen.locator("#live .finding, #live h1").last
    assert float(finding.evaluate("e => parseFloat(getComputedStyle(e).fontSize)")) >= 44
    assert screen.evaluate("document.documentElement.scrollWidth") <= 1920
    line = screen.locator(".presented-line").inner_text()
    assert re.search(r"\d{4}.*version|\d{4}.*versie", line)
    assert FICTITIOUS[language] in line
    report = Axe().run(screen, options={**WCAG, "resultTypes": ["violations"]})
    assert report.violations_count == 0, report.generate_report()


def test_the_keys_lead_through_the_nine_screens_and_out(screen: Page, address: str) -> None:
    show(screen, f"{address}/nl/?mode=seance")
    for at, (name, parts) in enumerate(PAGES):
        assert screen.url == f"{address}{path_of(name, 'nl', **parts)}?mode=seance"
        assert screen.locator("#live .presented-counter").inner_text() == f"{at + 1} / 9"
        if at < 8:
            with screen.expect_navigation():
                screen.keyboard.press("PageDown" if at % 2 else "ArrowRight")
            screen.wait_for_selector("html[data-presented]")
    screen.keyboard.press("ArrowRight")
    for key, position in (("PageUp", 8), ("ArrowLeft", 7)):
        with screen.expect_navigation():
            screen.keyboard.press(key)
        screen.wait_for_selector("html[data-presented]")
        assert screen.locator("#live .presented-counter").inner_text() == f"{position} / 9"
    with screen.expect_navigation():
        screen.keyboard.press("Escape")
    assert screen.url == f"{address}/nl/aandacht"
    assert screen.locator(".navigation").first.is_visible()


def test_the_other_language_keeps_the_mode_and_a_page_leads_into_it(screen: Page, address: str) -> None:
    screen.goto(f"{address}/fr/communes?sex=F")
    screen.get_by_role("link", name="Mode séance").first.click()
    screen.wait_for_selector("html[data-presented]")
    assert screen.url == f"{address}/fr/communes?sex=F&mode=seance"
    with screen.expect_navigation():
        screen.locator("#live .language[lang=nl]").click()
    path, _, query = screen.url.partition("?")
    assert path == f"{address}/nl/gemeenten"
    assert set(query.split("&")) == {"sex=F", "mode=seance"}
