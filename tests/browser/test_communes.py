"""The communes in Chromium: both languages, two sizes, keyboard only, nothing from another host."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page

from components.addresses import address as address_of
from tests.browser.conftest import SIZES, Visit
from tests.browser.test_pages import WCAG

pytestmark = pytest.mark.browser
PAGES = {
    "map": ("communes", {}, ""),
    "counts": ("communes", {}, "?measure=OS2.01"),
    "gaps": ("communes", {}, "?measure=OS2.03&view=gap"),
    "profile": ("communes_profile", {"nis": "21012"}, ""),
    "two profiles": ("communes_profile", {"nis": "21011"}, "?with=21014"),
    "gap": ("communes_gap", {}, ""),
}
MAP = "document.querySelector('#map-map .js-plotly-plot')"


def ready(found: Visit) -> Page:
    found.page.wait_for_selector("html[data-figures=ready]")
    return found.page


@pytest.mark.parametrize("size", SIZES)
@pytest.mark.parametrize("language", ["fr", "nl"])
@pytest.mark.parametrize("name", PAGES)
def test_every_page_opens_without_a_complaint_or_another_host(
    visit: Callable[..., Visit], address: str, name: str, language: str, size: str
) -> None:
    page_name, parts, query = PAGES[name]
    found = visit(address_of(page_name, language, **parts) + query, size)
    page = ready(found)
    assert found.status == 200
    assert found.complaints == []
    assert [url for url in found.requests if not url.startswith((address, "data:", "blob:"))] == []
    assert page.evaluate("document.documentElement.scrollWidth") <= SIZES[size][0]
    report = Axe().run(page, options={**WCAG, "resultTypes": ["violations"]})
    assert report.violations_count == 0, report.generate_report()


def test_the_map_draws_nineteen_communes_without_a_base_map(visit: Callable[..., Visit]) -> None:
    found = visit("/fr/communes")
    page = ready(found)
    drawn = page.evaluate(f"{MAP}.querySelectorAll('.choroplethlayer path').length")
    assert drawn == 19
    asked = [url for url in found.requests if "/geometry/communes-" in url]
    assert len(set(asked)) == 1
    assert not [url for url in found.requests if "topojson" in url or "world" in url]


def lit(page: Page) -> dict[str, int]:
    """How many marks of a commune are lit, by figure, and rows of the table."""
    found: dict[str, int] = page.evaluate(
        """() => ({
          map: document.querySelectorAll('#map-map .choroplethlayer .lit').length,
          dots: document.querySelectorAll('#map-dots .points .lit').length,
          funnel: document.querySelectorAll('#map-funnel .points .lit').length,
          rows: document.querySelectorAll('tr.lit').length,
        })"""
    )
    return found


def test_focus_on_a_commune_lights_it_everywhere_and_enter_opens_its_profile(
    visit: Callable[..., Visit],
) -> None:
    page = ready(visit("/nl/gemeenten"))
    page.locator('#live a[data-nis="21012"]').focus()
    assert lit(page) == {"map": 1, "dots": 1, "funnel": 1, "rows": 1}
    page.keyboard.press("Tab")
    assert page.evaluate("document.querySelector('tr.lit').dataset.nis") != "21012"
    page.locator('#live a[data-nis="21012"]').focus()
    page.keyboard.press("Enter")
    page.wait_for_url("**/nl/gemeenten/21012*")
    assert "Molenbeek" in page.locator("h1").inner_text()


def test_the_pointer_on_the_map_lights_the_row_and_a_click_opens_the_profile(
    visit: Callable[..., Visit],
) -> None:
    page = ready(visit("/fr/communes"))
    page.locator("#map-map").scroll_into_view_if_needed()
    place = page.evaluate(
        f"""() => {{
          const path = [...{MAP}.querySelectorAll('.choroplethlayer path')]
            .find(p => p.__data__.loc === '21016');
          const box = path.getBoundingClientRect();
          return [box.x + box.width / 2, box.y + box.height / 2];
        }}"""
    )
    page.mouse.move(place[0], place[1])
    page.wait_for_function("document.querySelector('tr.lit[data-nis=\"21016\"]')")
    assert lit(page)["dots"] == 1
    page.mouse.click(place[0], place[1])
    page.wait_for_url("**/fr/communes/21016*")


def test_the_choices_act_by_keyboard_and_live_in_the_address(visit: Callable[..., Visit]) -> None:
    page = ready(visit("/fr/communes"))
    page.select_option("#map-view", "gap")
    page.wait_for_function("document.querySelector('#map-text').innerText.includes('Écart à la Région')")
    assert "view=gap" in page.url
    page.locator("#map-slider input").focus()
    before = page.locator("#map-period").input_value()
    page.keyboard.press("ArrowLeft")
    page.wait_for_function(f"document.querySelector('#map-period').value !== '{before}'")
    chosen = page.locator("#map-period").input_value()
    page.wait_for_function(f"new URL(location).searchParams.get('period') === '{chosen}'")
    said = page.locator("#map-slider input").get_attribute("aria-valuetext")
    assert said == page.locator("#map-period option:checked").inner_text()
    page.reload()
    page.wait_for_selector("html[data-figures=ready]")
    assert page.locator("#map-period").input_value() == chosen
    assert page.locator("#map-view").input_value() == "gap"


def test_play_walks_through_the_periods_and_stops(visit: Callable[..., Visit]) -> None:
    page = ready(visit("/fr/communes?period=2022-Q1"))
    page.locator("#map-slider button").click()
    page.wait_for_function("document.querySelector('#map-period').selectedIndex >= 2")
    page.locator("#map-slider button").click()
    stopped = page.locator("#map-period").input_value()
    page.wait_for_timeout(1200)
    assert page.locator("#map-period").input_value() == stopped


def test_a_change_of_period_sends_little(visit: Callable[..., Visit]) -> None:
    page = ready(visit("/fr/communes"))
    with page.expect_response(lambda r: "_dash-update" in r.url) as caught:
        page.select_option("#map-period", "2024-Q4")
    caught.value.finished()
    assert caught.value.request.sizes()["responseBodySize"] < 15_000
    assert "coordinates" not in caught.value.text()


def test_without_scripts_the_map_page_has_its_table_and_its_form(
    visit: Callable[..., Visit], address: str
) -> None:
    browser = visit("/fr/").page.context.browser
    assert browser is not None
    context = browser.new_context(java_script_enabled=False)
    page = context.new_page()
    page.goto(f"{address}/nl/gemeenten?measure=OS2.02&period=2024-06")
    assert page.locator("table tbody tr").count() >= 19
    page.select_option("select[name=view]", "gap")  # the painted page has no ids
    page.locator("form.map-controls button[type=submit]").click()
    assert "view=gap" in page.url
    assert "Verschil met het Gewest" in page.locator("main").inner_text()
    context.close()
