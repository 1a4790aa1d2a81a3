"""The funnels in Chromium: both languages, two sizes, nothing from another host."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from axe_playwright_python.sync_playwright import Axe

from components.addresses import address as address_of
from tests.browser.conftest import SIZES, Visit
from tests.browser.test_pages import WCAG

pytestmark = pytest.mark.browser
QUERIES = {
    "prevention": "",
    "two sides": "?funnel=F-ABS-E&group=CROISSANT.IN&against=CROISSANT.OUT",
    "stock, plain": "?funnel=F-ABS-S&figure=plain",
    "sessions": "?funnel=F-SI.VDAB&group=AGE.Y_GE50&against=OPERATOR.BF",
    "open cohort": "?funnel=F-KIT-J&cohort=2026-Q3",
    "partners": "?funnel=F-PART&group=SEX.F&against=SEX.M",
}


@pytest.mark.parametrize("size", SIZES)
@pytest.mark.parametrize("language", ["fr", "nl"])
@pytest.mark.parametrize("name", QUERIES)
def test_every_funnel_opens_without_a_complaint(
    visit: Callable[..., Visit], address: str, name: str, language: str, size: str
) -> None:
    found = visit(address_of("long_term", language) + QUERIES[name], size)
    page = found.page
    page.wait_for_selector("html[data-figures=ready]")
    assert found.status == 200
    assert found.complaints == []
    assert [url for url in found.requests if not url.startswith((address, "data:", "blob:"))] == []
    assert page.evaluate("document.documentElement.scrollWidth") <= SIZES[size][0]
    report = Axe().run(page, options={**WCAG, "resultTypes": ["violations"]})
    assert report.violations_count == 0, report.generate_report()


def test_choices_by_keyboard_act_at_once_and_live_in_the_address(visit: Callable[..., Visit]) -> None:
    found = visit("/fr/chomage-longue-duree")
    page = found.page
    page.wait_for_selector("html[data-figures=ready]")
    page.evaluate("window.sameDocument = true")
    page.locator("#funnel-cohort").focus()
    page.keyboard.press("Home")  # the newest cohort comes first
    page.wait_for_selector("#funnel-text .maturity-immature")
    assert "cohort=2026-Q3" in page.url
    assert "Cohorte immature" in page.locator("#funnel-flow .annotation").last.text_content()
    page.keyboard.press("End")
    page.wait_for_selector("#funnel-text .maturity-mature")
    page.locator("#funnel-group").focus()
    page.keyboard.press("ArrowDown")  # after everybody come the women
    page.wait_for_function("document.querySelector('#funnel-text .finding').textContent.includes('Femmes')")
    page.wait_for_function("document.querySelector('#funnel-rest').textContent.includes('Femmes')")
    assert "group=SEX.F" in page.url
    page.locator("#funnel-funnel").focus()
    page.keyboard.press("End")
    page.wait_for_function("document.querySelector('#live h1').textContent.includes('partenaire')")
    assert page.evaluate("window.sameDocument") is True, "no choice asks for another page"
    assert found.complaints == []
    page.reload()
    page.wait_for_selector("html[data-ready]")
    assert "Femmes" in page.locator("#funnel-text .finding").inner_text()
