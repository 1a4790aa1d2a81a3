"""Every sheet of the 80 indicators in Chromium, in both languages; some context series beside them."""

from __future__ import annotations

from collections.abc import Callable, Iterator

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, BrowserContext, Page

from components.addresses import address as address_of
from data_access.contract.load import contract
from tests.browser.conftest import SIZES, Visit
from tests.browser.test_pages import WCAG

pytestmark = pytest.mark.browser
CONTEXT = ("CTX.DEI", "CTX.RATE", "CTX.CCI_DE")
CODES = [d.code for d in contract().indicators if not d.code.startswith("CTX") or d.code in CONTEXT]
# A series with everything, a stock with a break, a gap without a target, an operator, context alone.
PHONE = ("OS2.03", "OS2.01", "OS1.11", "VD-7", "CTX.DEI")


@pytest.fixture(scope="module")
def desk(browser: Browser) -> Iterator[BrowserContext]:
    """One reader who goes from sheet to sheet: the browser keeps what it has read once."""
    width, height = SIZES["desktop"]
    context = browser.new_context(viewport={"width": width, "height": height}, reduced_motion="reduce")
    yield context
    context.close()


@pytest.fixture
def reader(desk: BrowserContext) -> Iterator[Page]:
    page = desk.new_page()
    yield page
    page.close()


@pytest.mark.parametrize("language", ["fr", "nl"])
@pytest.mark.parametrize("code", CODES)
def test_every_sheet_opens_without_a_complaint(reader: Page, address: str, code: str, language: str) -> None:
    complaints: list[str] = []
    requests: list[str] = []
    reader.on("console", lambda m: complaints.append(m.text) if m.type in {"error", "warning"} else None)
    reader.on("pageerror", lambda error: complaints.append(str(error)))
    reader.on("request", lambda request: requests.append(request.url))
    response = reader.goto(address + address_of("indicator", language, code=code))
    reader.wait_for_selector("html[data-figures=ready]")
    assert response is not None
    assert response.status == 200
    assert code in reader.locator("h1").inner_text()
    assert complaints == []
    assert [url for url in requests if not url.startswith((address, "data:", "blob:"))] == []
    assert reader.evaluate("document.documentElement.scrollWidth") <= SIZES["desktop"][0]
    report = Axe().run(reader, options={**WCAG, "resultTypes": ["violations"]})
    assert report.violations_count == 0, report.generate_report()


@pytest.mark.parametrize("language", ["fr", "nl"])
@pytest.mark.parametrize("code", PHONE)
def test_a_sheet_fits_a_hand(visit: Callable[..., Visit], code: str, language: str) -> None:
    found = visit(address_of("indicator", language, code=code), "phone")
    found.page.wait_for_selector("html[data-figures=ready]")
    assert found.complaints == []
    assert found.page.evaluate("document.documentElement.scrollWidth") <= SIZES["phone"][0]
    report = Axe().run(found.page, options=WCAG)
    assert report.violations_count == 0, report.generate_report()


def axis(page: Page) -> list[str]:
    drawn = "document.querySelector('#sheet-figure .js-plotly-plot')"
    return [str(end)[:10] for end in page.evaluate(f"{drawn}.layout.xaxis.range")]


def test_the_years_are_chosen_by_keyboard_and_live_in_the_address(visit: Callable[..., Visit]) -> None:
    page = visit("/fr/indicateurs/OS2.03").page
    page.wait_for_selector("html[data-figures=ready]")
    page.locator("#figure-from").focus()
    page.keyboard.type("2024")
    page.wait_for_function("new URL(location).searchParams.get('from') === '2024'")
    assert axis(page)[0] == "2024-01-01"
    page.reload()
    page.wait_for_selector("html[data-figures=ready]")
    assert axis(page)[0] == "2024-01-01"
    assert page.locator("#figure-from").input_value() == "2024"


def test_control_limits_come_on_demand(visit: Callable[..., Visit]) -> None:
    page = visit("/nl/indicatoren/OS5.03").page
    page.wait_for_selector("html[data-figures=ready]")
    limits = "document.querySelector('#sheet-figure .js-plotly-plot').data.filter(t => t.meta === 'limits')"
    if not page.evaluate(f"{limits}.length"):
        pytest.fail("OS5.03 has no limits: choose another indicator for this test")
    assert page.evaluate(f"{limits}.every(t => t.visible === false)")
    page.locator("#figure-limits").select_option("1")
    page.wait_for_function(f"{limits}.every(t => t.visible === true)")
    assert "limits=1" in page.url


def test_another_indicator_stands_beside_on_the_same_axis(visit: Callable[..., Visit]) -> None:
    page = visit("/fr/indicateurs/OS2.03?with=OS2.05").page
    page.wait_for_selector("html[data-figures=ready]")
    assert page.locator("#figure-with").input_value() == "OS2.05"
    assert page.locator("#sheet-figure .yaxislayer-above").count() == 1


def test_the_sheet_reads_without_scripts(visit: Callable[..., Visit], address: str) -> None:
    browser = visit("/fr/").page.context.browser
    assert browser is not None
    context = browser.new_context(java_script_enabled=False)
    page = context.new_page()
    page.goto(f"{address}/nl/indicatoren/OS2.03?limits=1")
    assert page.locator("table tbody tr").count() > 40
    assert page.locator(".figure-waiting").first.is_visible()
    context.close()
