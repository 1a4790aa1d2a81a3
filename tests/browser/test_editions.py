"""Editions in Chromium: frozen by keyboard, chosen in the header, kept from page to page, accessible."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page, expect

from components.addresses import address as path_of
from components.i18n.translate import LANGUAGES
from tests.browser.conftest import SIZES, Visit
from tests.browser.test_pages import WCAG

pytestmark = pytest.mark.browser
MEETING = {"fr": ("2026-09-29", "2026-09"), "nl": ("2026-11-27", "2026-11")}
NAMES = {"fr": "Séance du 29 septembre 2026", "nl": "Zitting van 27 november 2026"}


@pytest.fixture
def freeze(visit: Callable[..., Visit]) -> Callable[[str], Page]:
    """The list of meetings in a language, with the one of that language frozen."""

    def open_list(language: str) -> Page:
        page = visit(path_of("editions", language)).page
        day, code = MEETING[language]
        if page.locator(f"#edition-{code}").count() == 0:
            page.locator("input[name=meeting]").fill(day)
            page.locator(".edition-form button").press("Enter")
            page.wait_for_url("**#edition-*")
        return page

    return open_list


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("size", SIZES)
def test_the_pages_of_an_edition_are_sound(
    visit: Callable[..., Visit], freeze: Callable[[str], Page], language: str, size: str
) -> None:
    freeze(language)
    code = MEETING[language][1]
    for path in (
        f"{path_of('editions', language)}?edition={code}",
        f"{path_of('overview', language)}?edition={code}",
        f"{path_of('changes', language)}?since={code}",
    ):
        found = visit(path, size)
        assert found.complaints == []
        assert found.page.evaluate("document.documentElement.scrollWidth") <= SIZES[size][0]
        report = Axe().run(found.page, options=WCAG)
        assert report.violations_count == 0, report.generate_report()


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_meeting_chosen_in_the_header_is_kept_and_left_again(
    visit: Callable[..., Visit], freeze: Callable[[str], Page], language: str
) -> None:
    freeze(language)
    page = visit(path_of("scorecard", language, objective="os2")).page
    page.locator(".edition-choice select").select_option(label=NAMES[language])
    page.locator(".edition-choice button").press("Enter")
    page.wait_for_selector("html[data-ready]")
    expect(page.locator(".edition-banner strong")).to_have_text(NAMES[language])
    page.locator(".navigation a").first.click()
    page.wait_for_selector("html[data-ready]")
    expect(page.locator(".edition-banner strong")).to_have_text(NAMES[language])
    page.locator(".edition-banner a").click()
    page.wait_for_selector("html[data-ready]")
    expect(page.locator(".edition-banner")).to_have_count(0)


def test_a_choice_on_the_funnel_page_stays_in_the_edition(
    visit: Callable[..., Visit], freeze: Callable[[str], Page]
) -> None:
    freeze("fr")
    page = visit(f"{path_of('long_term', 'fr')}?edition=2026-09").page
    page.wait_for_selector("html[data-figures=ready]")
    with page.expect_response("**/_dash-update-component*"):
        page.locator("#funnel-cohort").select_option("2024-Q1")
    expect(
        page.locator("#funnel-rest a[href*='cohort=2024-Q1'][href*='edition=2026-09']").first
    ).to_be_attached()
    assert "edition=2026-09" in page.url
