"""Every kind of figure in Chromium, in both languages, with our own plotly.js and with the stock one."""

from __future__ import annotations

import os
import shutil
import socket
import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser

from tests.browser.conftest import ROOT, SIZES, Visit, _wait_for
from tests.browser.figure_page import FIGURES, HEIGHT
from tests.browser.test_pages import WCAG

pytestmark = pytest.mark.browser
PATHS = {"fr": "/fr/methode", "nl": "/nl/methode"}
WRITTEN = {"fr": ("67\u202f216,7", "février 2026"), "nl": ("67.216,7", "februari 2026")}
BOXES = "frames => frames.map(f => { const b = f.getBoundingClientRect(); return [b.top, b.height]; })"


@pytest.fixture(scope="module", params=["own", "stock"])
def address(
    request: pytest.FixtureRequest, shipped: Path, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[str]:
    """A page of figures, served; where our own plotly.js is not built, both are the stock one."""
    folder = tmp_path_factory.mktemp("figures")
    shutil.copytree(shipped, folder, dirs_exist_ok=True)
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    environment = {**os.environ, "DATA_DIR": str(folder), "PORT": str(port), "WORKERS": "1"}
    log = (folder / "log.txt").open("w")
    command = [sys.executable, "-m", "tests.browser.figure_page", request.param]
    server = subprocess.Popen(command, cwd=ROOT, env=environment, stdout=log, stderr=log)
    try:
        _wait_for(f"http://127.0.0.1:{port}/readyz", server, folder / "log.txt")
        yield f"http://127.0.0.1:{port}"
    finally:
        server.terminate()
        server.wait(timeout=20)
        log.close()


@pytest.mark.parametrize("language", PATHS)
def test_every_figure_is_drawn_here_alone_in_the_reader_s_language(
    visit: Callable[..., Visit], address: str, language: str
) -> None:
    found = visit(PATHS[language])
    page = found.page
    page.wait_for_selector("html[data-figures=ready]")
    assert page.locator(".figure-frame .main-svg").count() >= len(FIGURES)
    text = page.locator("#line").inner_text()
    assert [written for written in WRITTEN[language] if written not in text] == []
    assert page.locator("#map .choroplethlayer path").count() == 2
    assert page.locator("#sankey .sankey-link").count() == 1
    assert page.locator("#funnel .funnellayer .point").count() == 2
    assert page.locator("#heatmap .heatmaplayer image").count() == 1
    assert [url for url in found.requests if not url.startswith((address, "data:", "blob:"))] == []
    assert found.complaints == []
    assert len([url for url in found.requests if "plotly" in url]) == 1


@pytest.mark.parametrize("size", SIZES)
def test_nothing_moves_when_the_figures_come(
    visit: Callable[..., Visit], browser: Browser, address: str, size: str
) -> None:
    width, height = SIZES[size]
    context = browser.new_context(java_script_enabled=False, viewport={"width": width, "height": height})
    painted = context.new_page()
    painted.goto(address + PATHS["fr"])
    before = painted.locator("#prerendered .figure-frame").evaluate_all(BOXES)
    assert painted.locator("#prerendered .figure-waiting").first.is_visible()
    context.close()
    page = visit(PATHS["fr"], size).page
    page.wait_for_selector("html[data-figures=ready]")
    assert page.locator(".figure-frame").evaluate_all(BOXES) == before
    assert {height for _, height in before} == {HEIGHT}
    assert {
        page.locator(f"#{name} .main-svg").first.evaluate("svg => svg.getBoundingClientRect().height")
        for name in FIGURES
    } == {HEIGHT}
    assert page.locator(".figure-waiting:visible").count() == 0
    assert page.evaluate("document.documentElement.scrollWidth") <= width


def test_a_figure_is_an_image_with_its_text(visit: Callable[..., Visit]) -> None:
    page = visit(PATHS["fr"]).page
    page.wait_for_selector("html[data-figures=ready]")
    assert page.get_by_role("img", name="line alt").count() == 1
    report = Axe().run(page, options=WCAG)
    assert report.violations_count == 0, report.generate_report()


def test_on_paper_figures_are_as_wide_as_the_sheet_and_then_as_the_screen_again(
    visit: Callable[..., Visit],
) -> None:
    page = visit(PATHS["fr"]).page
    page.wait_for_selector("html[data-figures=ready]")
    width = "document.querySelector('#bar .main-svg').getBoundingClientRect().width"
    on_screen = page.evaluate(width)
    page.evaluate("window.dispatchEvent(new Event('beforeprint'))")
    page.wait_for_function(f"{width} === 1030")
    page.evaluate("window.dispatchEvent(new Event('afterprint'))")
    page.wait_for_function(f"{width} === {on_screen}")


def test_a_figure_that_cannot_come_leaves_its_frame_and_the_way_to_its_values(
    browser: Browser, address: str
) -> None:
    context = browser.new_context()
    page = context.new_page()
    page.route("**/plotly*.js", lambda route: route.abort())
    page.goto(address + PATHS["nl"])
    page.wait_for_selector("html[data-ready]")
    assert page.locator("html").get_attribute("data-figures") == "drawing"
    assert page.locator("#live .figure-waiting").first.is_visible()
    # Dash tries again and again, so the frame may be missing for the moment of one look.
    page.wait_for_function(f"document.querySelector('#live .figure-frame')?.offsetHeight === {HEIGHT}")
    context.close()


def test_a_page_without_a_figure_loads_no_plotly_and_is_ready_at_once(visit: Callable[..., Visit]) -> None:
    found = visit("/fr/")
    found.page.wait_for_selector("html[data-figures=ready]")
    found.page.wait_for_load_state("networkidle")
    assert [url for url in found.requests if "plotly" in url or "async-graph" in url] == []
