"""The forms of stewards in Chromium: accessible while they are open, and whole without a script."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from axe_playwright_python.sync_playwright import Axe

from tests.browser.conftest import SIZES, Visit
from tests.browser.test_pages import WCAG

pytestmark = pytest.mark.browser
OPEN = [
    "/fr/decisions?edit=D-2026-06-02",
    "/nl/beslissingen?about=OS1.07",
    "/nl/beslissingen?objective=OS1&state=late",
    "/fr/indicateurs/OS3.07",
    "/nl/indicatoren/OS4.08",
]


@pytest.mark.parametrize("size", SIZES)
@pytest.mark.parametrize("path", OPEN)
def test_a_page_with_its_form_open_is_accessible(visit: Callable[..., Visit], path: str, size: str) -> None:
    found = visit(path, size)
    page = found.page
    page.evaluate("document.querySelectorAll('details').forEach(each => each.open = true)")
    assert page.locator("form.write-form").count() == 1
    assert page.locator("form.write-form").is_visible()
    assert page.evaluate("document.documentElement.scrollWidth") <= SIZES[size][0]
    report = Axe().run(page, options=WCAG)
    assert report.violations_count == 0, report.generate_report()
    assert found.complaints == []


@pytest.mark.parametrize("scripts", [True, False])
def test_a_comment_is_written_refused_and_mended_with_and_without_scripts(
    visit: Callable[..., Visit], address: str, *, scripts: bool
) -> None:
    browser = visit("/fr/").page.context.browser
    assert browser is not None
    context = browser.new_context(java_script_enabled=scripts)
    page = context.new_page()
    root = "#live" if scripts else "#prerendered"
    said = f"Écrit avec scripts : {scripts}."

    def publish() -> None:
        page.locator(f"{root} .write button[type=submit]").click()
        page.wait_for_url("**?*")
        page.locator(f"{root} form.write-form").wait_for(state="attached")

    page.goto(f"{address}/fr/indicateurs/OS2.08")
    page.locator(f"{root} .write > summary").click()
    page.locator(f"{root} [name='finding.new.fr']").fill(said)
    publish()
    assert page.locator(f"{root} .write [role=alert]").is_visible()
    assert page.locator(f"{root} [name='finding.new.fr']").input_value() == said
    for name, role in {"role_fr": "direction", "role_nl": "directie"}.items():
        page.locator(f"{root} [name='{name}']").fill(role)
    with page.expect_navigation(url="**?written=*"):
        page.locator(f"{root} .write button[type=submit]").click()
    page.locator(f"{root} .comment dd", has_text=said).wait_for()
    assert page.locator(f"{root} .written").is_visible()
    context.close()
