"""Filtering and sorting a scorecard in the browser, by hand and by keyboard, kept in the address."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from playwright.sync_api import Page

from tests.browser.conftest import Visit

pytestmark = pytest.mark.browser
OS2 = "/fr/objectifs/os2"


def shown(page: Page) -> list[str]:
    codes: list[str] = page.locator("tr[data-row]:visible").evaluate_all(
        "rows => rows.map(r => r.dataset.code)"
    )
    return codes


def test_all_rows_are_shown_at_first(visit: Callable[..., Visit]) -> None:
    page = visit(OS2).page
    assert len(shown(page)) == 14
    assert page.locator(".filter-count").inner_text() == "14 indicateurs sur 14"


def test_the_series_are_drawn_large_enough_to_be_read(visit: Callable[..., Visit]) -> None:
    """A table may not squeeze them: 176 by 40 is their size."""
    for size in ("desktop", "phone"):
        images = visit(OS2, size).page.locator("img.sparkline")
        boxes = [images.nth(i).bounding_box() for i in range(images.count())]
        assert len(boxes) == 14
        assert {(box and box["width"], box and box["height"]) for box in boxes} == {(176, 40)}


def test_a_state_leaves_only_its_rows_and_groups_and_stands_in_the_address(
    visit: Callable[..., Visit],
) -> None:
    page = visit(OS2).page
    page.select_option("select[name=state]", "off_track")
    states = page.locator("tr[data-row]:visible").evaluate_all("rows => rows.map(r => r.dataset.state)")
    assert set(states) == {"off_track"}
    groups = page.locator("tbody[data-group]:visible")
    assert all(groups.nth(i).locator("tr[data-row]:visible").count() for i in range(groups.count()))
    assert "state=off_track" in page.url


def test_text_finds_words_of_the_title_in_any_order(visit: Callable[..., Visit]) -> None:
    page = visit(OS2).page
    page.fill("form.filters input[name=q]", "DISCRIMINATION signalements")
    assert shown(page) == ["OS2.13"]


def test_filters_combine_and_an_empty_result_says_so(visit: Callable[..., Visit]) -> None:
    page = visit(OS2).page
    page.select_option("select[name=attribution]", "context")
    assert shown(page) == ["OS2.01", "OS2.02"]
    page.fill("form.filters input[name=q]", "zzz")
    assert shown(page) == []
    assert page.locator(".none-left").is_visible()


def test_reset_brings_everything_back(visit: Callable[..., Visit]) -> None:
    page = visit(f"{OS2}?state=off_track&q=taux&sort=-status").page
    page.click("button[type=reset]")
    assert len(shown(page)) == 14
    assert page.url.endswith(OS2)
    assert page.locator("tbody.flat").count() == 0


def test_an_address_with_filters_opens_filtered(visit: Callable[..., Visit]) -> None:
    page = visit(f"{OS2}?q=discrimination").page
    assert shown(page) == ["OS2.13"]
    assert page.input_value("form.filters input[name=q]") == "discrimination"


def test_reloading_restores_filters_and_order(visit: Callable[..., Visit]) -> None:
    page = visit(OS2).page
    page.fill("form.filters input[name=q]", "taux")
    page.locator("button[data-sort=status]").click()
    before, address = shown(page), page.url
    assert 1 < len(before) < 14
    page.reload()
    page.wait_for_selector("html[data-ready]")
    assert (shown(page), page.url) == (before, address)
    assert page.input_value("form.filters input[name=q]") == "taux"
    assert page.locator("th.col-status").get_attribute("aria-sort") == "ascending"


def test_the_other_language_keeps_the_filters(visit: Callable[..., Visit]) -> None:
    page = visit(OS2).page
    page.select_option("select[name=state]", "context")
    page.click("a.language")
    page.wait_for_selector("html[data-ready]")
    assert "/nl/doelstellingen/os2?state=context" in page.url
    assert shown(page) == ["OS2.01", "OS2.02"]


def test_sorting_by_state_goes_best_first_then_worst_first_then_back(visit: Callable[..., Visit]) -> None:
    page = visit(OS2).page
    button = page.locator("button[data-sort=status]")
    ranks = "rows => rows.map(r => Number(r.getAttribute('data-sort-status')))"
    button.click()
    up = page.locator("tr[data-row]:visible").evaluate_all(ranks)
    assert up == sorted(up)
    assert page.locator("th.col-status").get_attribute("aria-sort") == "ascending"
    button.click()
    down = page.locator("tr[data-row]:visible").evaluate_all(ranks)
    assert down == sorted(down, reverse=True)
    button.click()
    assert shown(page)[:3] == ["OS2.01", "OS2.02", "OS2.03"]
    assert page.locator("tbody[data-group]:visible").count() == 5


def test_the_order_can_be_chosen_where_there_is_no_header(visit: Callable[..., Visit]) -> None:
    """On a phone rows are cards without a header row; the choice of order stands among the filters."""
    page = visit(OS2, "phone").page
    page.select_option("select[name=sort]", "attribution")
    ranks = "rows => rows.map(r => Number(r.getAttribute('data-sort-attribution')))"
    found = page.locator("tr[data-row]:visible").evaluate_all(ranks)
    assert found == sorted(found)
    assert len(set(found)) == 4
    page.select_option("select[name=sort]", "title")
    titles = page.locator("tr[data-row]:visible").evaluate_all("rows => rows.map(r => r.dataset.title)")
    assert titles == page.evaluate("ts => [...ts].sort(new Intl.Collator('fr-BE').compare)", titles)
    assert "sort=title" in page.url
    page.select_option("select[name=sort]", "all")
    assert shown(page)[:3] == ["OS2.01", "OS2.02", "OS2.03"]


def test_an_unknown_order_in_the_address_is_the_contract_s(visit: Callable[..., Visit]) -> None:
    found = visit(f"{OS2}?sort=nonsense")
    assert shown(found.page)[:3] == ["OS2.01", "OS2.02", "OS2.03"]
    assert found.complaints == []


def test_everything_works_from_the_keyboard(visit: Callable[..., Visit]) -> None:
    page = visit(OS2).page
    page.focus("select[name=state]")
    page.keyboard.press("Tab")
    page.keyboard.press("Tab")
    page.keyboard.type("discrimination")
    assert shown(page) == ["OS2.13"]
    page.keyboard.press("Tab")
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    assert len(shown(page)) == 14


def test_sorting_works_from_the_keyboard(visit: Callable[..., Visit]) -> None:
    page = visit(OS2).page
    page.focus("button[data-sort=status]")
    for order in ("ascending", "descending"):
        page.keyboard.press("Enter")
        assert page.locator("th.col-status").get_attribute("aria-sort") == order
        assert page.evaluate("document.activeElement.dataset.sort") == "status"


def test_an_anchor_leads_to_its_row(visit: Callable[..., Visit]) -> None:
    page = visit(f"{OS2}#OS2.14").page
    assert page.evaluate("document.getElementById('OS2.14').getBoundingClientRect().top") < 900


def test_a_definition_opens_when_it_is_linked_to(visit: Callable[..., Visit]) -> None:
    page = visit("/nl/methode#definition-OS2.03").page
    assert page.locator("[id='definition-OS2.03']").get_attribute("open") is not None
