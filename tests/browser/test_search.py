"""The search field in Chromium: keyboard only, beside the server's own ranking, and without scripts."""

from __future__ import annotations

from collections.abc import Callable
from urllib.parse import unquote

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, Page, Route, expect

from data_access.services.search import Hit, search
from tests.browser.conftest import SIZES, Visit
from tests.browser.test_pages import WCAG

pytestmark = pytest.mark.browser
MOST = 8
TYPED = [
    "os2.3",
    "os2",
    "OS2.03 taux",
    "bv4a",
    "2.03",
    "chôm",
    "WERKL",
    "taux de sorties",
    "mise à l’emploi",
    "mise a l'emploi",
    "œuvre",
    "kaplan",
    "kit de base",
    "graad",
    "ff",
    "bilan",
    "OS1-E5b",
    "xyzzy",
]


def options(page: Page) -> list[str]:
    return [" ".join(row.split()) for row in page.locator("form.search [role=option]").all_inner_texts()]


def ask(page: Page, text: str) -> None:
    """Type into the field, reached by its key, and wait for the answer."""
    page.keyboard.press("/")
    page.keyboard.type(text)
    page.wait_for_function("document.querySelector('form.search [role=status]').textContent")


@pytest.mark.parametrize("size", SIZES)
def test_the_keyboard_goes_from_a_page_to_a_sheet(
    visit: Callable[..., Visit], address: str, size: str
) -> None:
    found = visit("/nl/", size)
    page = found.page
    ask(page, "langdurige")
    field = page.locator("form.search input")
    assert field.get_attribute("aria-expanded") == "true"
    assert len(options(page)) == MOST
    report = Axe().run(page, options=WCAG)
    assert report.violations_count == 0, report.generate_report()

    page.keyboard.press("ArrowDown")
    chosen = page.locator(f"#{field.get_attribute('aria-activedescendant')}")
    assert chosen.get_attribute("aria-selected") == "true"
    assert chosen.inner_text().startswith("OS2.01")
    with page.expect_navigation():
        page.keyboard.press("Enter")
    assert page.url == f"{address}/nl/indicatoren/OS2.01"
    assert [url for url in found.requests if not url.startswith((address, "data:"))] == []


def test_nothing_is_fetched_before_the_field_is_used(visit: Callable[..., Visit]) -> None:
    found = visit("/fr/")
    assert [url for url in found.requests if "search-index" in url] == []
    ask(found.page, "bilan")
    assert len([url for url in found.requests if "search-index" in url]) == 1


@pytest.mark.parametrize(("path", "language"), [("/fr/methode", "fr"), ("/nl/methode", "nl")])
def test_suggestions_rank_as_the_server_does(visit: Callable[..., Visit], path: str, language: str) -> None:
    def shown(hit: Hit) -> str:
        return " ".join(f"{hit.code} {hit.title.in_(language)}".split())

    page = visit(path).page
    for text in TYPED:
        page.fill("form.search input", "")
        page.locator("form.search input").blur()
        ask(page, text)
        expected = search(text)
        status = page.locator("form.search [role=status]").inner_text()
        assert [
            o for o, hit in zip(options(page), expected, strict=False) if not o.startswith(shown(hit))
        ] == []
        assert len(options(page)) == min(len(expected), MOST), text
        assert str(len(expected)) in status or not expected, text


def test_the_field_says_how_many_answers_there_are(visit: Callable[..., Visit]) -> None:
    page = visit("/nl/").page
    status = page.locator("form.search [role=status]")
    ask(page, "os2.03")
    assert status.text_content() == "1 resultaat"
    page.fill("form.search input", "xyzzy")
    assert status.text_content() == "Geen resultaat"
    assert page.locator("form.search input").get_attribute("aria-expanded") == "false"
    page.fill("form.search input", "os2")
    assert status.text_content() == f"8 van {len(search('os2'))} resultaten · Enter toont ze allemaal"


def test_a_word_of_the_other_language_shows_the_title_that_holds_it(visit: Callable[..., Visit]) -> None:
    page = visit("/nl/").page
    ask(page, "discrimination")
    assert "FR Part des signalements de discrimination à l’embauche" in options(page)[0]
    assert page.locator("form.search [role=option] small").first.get_attribute("lang") == "fr"


def test_arrows_go_round_through_the_field(visit: Callable[..., Visit]) -> None:
    page = visit("/fr/").page
    field = page.locator("form.search input")
    ask(page, "os2.1")  # OS2.01, OS2.10 … OS2.14
    seen = []
    for _ in range(8):
        page.keyboard.press("ArrowUp")
        seen.append(field.get_attribute("aria-activedescendant"))
    assert seen == [*(f"search-option-{n}" for n in (5, 4, 3, 2, 1, 0)), None, "search-option-5"]


def test_enter_without_a_choice_shows_all_results(visit: Callable[..., Visit], address: str) -> None:
    page = visit("/fr/objectifs/os2").page
    ask(page, "taux d'emploi")
    with page.expect_navigation():
        page.keyboard.press("Enter")
    assert unquote(page.url) == f"{address}/fr/recherche?q=taux+d'emploi"
    assert page.locator(".results li").count() > MOST


def test_escape_closes_the_list_then_goes_back(visit: Callable[..., Visit]) -> None:
    page = visit("/fr/").page
    page.focus("nav.navigation a[href='/fr/methode']")
    ask(page, "bilan")
    page.keyboard.press("Escape")
    assert page.locator("form.search [role=listbox]").is_hidden()
    assert page.input_value("form.search input") == "bilan"
    page.keyboard.press("Escape")
    assert page.evaluate("document.activeElement.getAttribute('href')") == "/fr/methode"


def test_the_key_is_a_letter_where_one_types(visit: Callable[..., Visit]) -> None:
    page = visit("/fr/objectifs/os2").page
    page.focus("form.filters input[name=q]")
    page.keyboard.type("a/b")
    assert page.input_value("form.filters input[name=q]") == "a/b"
    assert page.input_value("form.search input") == ""


def test_control_k_reaches_the_field_and_selects_what_it_holds(visit: Callable[..., Visit]) -> None:
    page = visit("/fr/recherche?q=bilan").page
    page.keyboard.press("Control+k")
    page.keyboard.type("kit")
    assert page.input_value("form.search input") == "kit"


def test_the_key_of_one_character_can_be_switched_off(visit: Callable[..., Visit]) -> None:
    page = visit("/fr/recherche").page
    page.click("[data-shortcut]")
    page.reload()
    page.wait_for_selector("html[data-ready]")
    page.keyboard.press("/")
    assert page.evaluate("document.activeElement.tagName") == "BODY"
    page.keyboard.press("Control+k")
    assert page.evaluate("document.activeElement.name") == "q"
    page.click("[data-shortcut]")
    page.focus("h1 >> xpath=ancestor::main")
    page.keyboard.press("/")
    assert page.evaluate("document.activeElement.name") == "q"


def test_a_click_opens_a_suggestion(visit: Callable[..., Visit], address: str) -> None:
    page = visit("/fr/").page
    ask(page, "dossier unique")
    with page.expect_navigation():
        page.locator("form.search [role=option]").first.click()
    assert page.url == f"{address}/fr/methode#glossary"


def test_what_is_typed_stays_text_in_the_list(visit: Callable[..., Visit]) -> None:
    found = visit("/fr/")
    ask(found.page, '"><script>alert(1)</script>')
    assert found.page.locator("form.search script").count() == 0
    assert found.complaints == []


def test_what_was_typed_before_the_page_came_to_life_is_kept(browser: Browser, address: str) -> None:
    context = browser.new_context()
    page, waiting = context.new_page(), list[Route]()
    page.route("**/dash_renderer*", lambda route: waiting.append(route))
    page.route("**/dash-renderer/**", lambda route: waiting.append(route))
    page.goto(f"{address}/fr/", wait_until="commit")
    page.wait_for_selector("#prerendered form.search [role=status]", state="attached")
    ask(page, "bil")
    assert page.locator("#prerendered").count() == 1
    while page.locator("#prerendered").count():
        for route in waiting:
            route.continue_()
        waiting.clear()
        page.wait_for_timeout(50)
    expect(page.locator("form.search input")).to_be_focused()
    page.keyboard.type("an")
    assert page.input_value("form.search input") == "bilan"
    assert options(page)[0].startswith("OS2.04")
    context.close()


@pytest.mark.parametrize("size", SIZES)
def test_without_scripts_the_form_answers(browser: Browser, address: str, size: str) -> None:
    width, height = SIZES[size]
    context = browser.new_context(java_script_enabled=False, viewport={"width": width, "height": height})
    page = context.new_page()
    page.goto(f"{address}/nl/")
    page.fill("form.search input", "werkloosheid")
    page.click("form.search button")
    assert page.url == f"{address}/nl/zoeken?q=werkloosheid"
    assert page.locator(".results a[href='/nl/indicatoren/OS2.03']").is_visible()
    assert page.locator("[data-shortcut]").is_hidden()
    context.close()


@pytest.mark.parametrize("language", ["fr", "nl"])
def test_the_header_has_room_for_the_field(visit: Callable[..., Visit], language: str) -> None:
    page = visit(f"/{language}/").page

    def box(part: str) -> dict[str, float]:
        return dict(page.locator(f".header {part}").bounding_box() or {})

    for width in (320, 390, 768, 1000, 1280, 1440):
        page.set_viewport_size({"width": width, "height": 800})
        field, languages, title = box(".search"), box(".languages"), box(".brand span")
        assert field["width"] >= 150, width
        assert languages["x"] + languages["width"] <= width, width
        # The languages stand on the line of the field, never alone under it; the title is one line.
        middles = [part["y"] + part["height"] / 2 for part in (field, languages)]
        assert abs(middles[0] - middles[1]) < 12, width
        assert title["height"] < 30 or width < 390, width


@pytest.mark.parametrize("path", ["/fr/recherche", "/nl/zoeken", "/fr/recherche?q=bilan", "/nl/zoeken?q=zzz"])
@pytest.mark.parametrize("size", SIZES)
def test_the_page_of_results_is_sound(
    visit: Callable[..., Visit], address: str, path: str, size: str
) -> None:
    found = visit(path, size)
    assert found.status == 200
    assert found.complaints == []
    assert [url for url in found.requests if not url.startswith((address, "data:"))] == []
    assert found.page.evaluate("document.documentElement.scrollWidth") <= SIZES[size][0]
    report = Axe().run(found.page, options=WCAG)
    assert report.violations_count == 0, report.generate_report()


def test_paper_shows_no_field(visit: Callable[..., Visit]) -> None:
    page = visit("/fr/recherche?q=bilan").page
    page.emulate_media(media="print")
    assert page.locator("form.search").is_hidden()
    assert page.locator(".search-keys").is_hidden()
    assert page.locator(".results").first.is_visible()
