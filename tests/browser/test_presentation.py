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
INDICATORS = {"os1": 15, "os2": 14, "os3": 11, "os4": 8, "os5": 12}
TAKEN = {"os1": 3, "os2": 3, "os3": 3, "os4": 2, "os5": 3}  # screens of five
PAGES = (
    ("overview", {}, 1),
    *(("scorecard", {"objective": o}, number) for o, most in TAKEN.items() for number in range(1, most + 1)),
    ("attention", {}, 1),
    ("communes", {}, 1),
    ("long_term", {}, 1),
)
SCREENS = [(*screen, ("fr", "nl")[i % 2]) for i, screen in enumerate(PAGES)]
# Where the names of the communes are, in pixels of the window.
NAMES = """() => [...document.querySelectorAll("#live #map-map .scattergeo text")]
  .filter(e => e.textContent.trim()).map(e => {
    const box = e.getBoundingClientRect();
    return [e.textContent, box.left, box.top, box.right, box.bottom];
  })"""
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


def screen_of(name: str, parts: dict[str, str], number: int, language: str) -> str:
    """The path and query of a screen."""
    query = "mode=seance" if number == 1 else f"screen={number}&mode=seance"
    return f"{path_of(name, language, **parts)}?{query}"


def show(page: Page, url: str) -> None:
    page.goto(url)
    page.wait_for_selector("html[data-presented]")


@pytest.mark.parametrize(("name", "parts", "number", "language"), SCREENS)
def test_a_screen_is_legible_from_four_metres(
    screen: Page, address: str, name: str, parts: dict[str, str], number: int, language: str
) -> None:
    show(screen, f"{address}{screen_of(name, parts, number, language)}")
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


def test_the_screens_of_an_objective_show_each_of_its_indicators_once(screen: Page, address: str) -> None:
    for objective, number in INDICATORS.items():
        shown: list[str] = []
        for step in range(1, TAKEN[objective] + 1):
            show(screen, f"{address}{screen_of('scorecard', {'objective': objective}, step, 'fr')}")
            shown += screen.locator("#live .screen-table tbody .code").all_inner_texts()
            last = screen.locator("#live .screen-table tr").last.bounding_box()
            line = screen.locator("#live .presented-line").bounding_box()
            assert last is not None
            assert line is not None
            assert last["y"] + last["height"] <= line["y"], (objective, step)
        assert len(shown) == len(set(shown)) == number
        assert {code[:3].lower() for code in shown} == {objective}


@pytest.mark.parametrize("language", ["fr", "nl"])
def test_names_on_the_map_do_not_touch(screen: Page, address: str, language: str) -> None:
    show(screen, f"{address}{screen_of('communes', {}, 1, language)}")
    names = screen.evaluate(NAMES)
    assert len(names) == 19
    frame = screen.locator("#live #map-map-frame").bounding_box()
    assert frame is not None
    for place, (name, left, top, right, bottom) in enumerate(names):
        assert top >= frame["y"] - 1, name
        assert bottom <= frame["y"] + frame["height"] + 1, name
        for other, left_2, top_2, right_2, bottom_2 in names[place + 1 :]:
            apart = right <= left_2 or right_2 <= left or bottom <= top_2 or bottom_2 <= top
            assert apart, (name, other)


def test_the_keys_lead_through_all_screens_and_out(screen: Page, address: str) -> None:
    show(screen, f"{address}/nl/?mode=seance")
    for at, (name, parts, number) in enumerate(PAGES):
        assert screen.url == f"{address}{screen_of(name, parts, number, 'nl')}"
        assert screen.locator("#live .presented-counter").inner_text() == f"{at + 1} / 18"
        if at < 17:
            with screen.expect_navigation():
                screen.keyboard.press("PageDown" if at % 2 else "ArrowRight")
            screen.wait_for_selector("html[data-presented]")
    screen.keyboard.press("ArrowRight")
    for key, position in (("PageUp", 17), ("ArrowLeft", 16)):
        with screen.expect_navigation():
            screen.keyboard.press(key)
        screen.wait_for_selector("html[data-presented]")
        assert screen.locator("#live .presented-counter").inner_text() == f"{position} / 18"
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
