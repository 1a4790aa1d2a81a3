"""One warm Chromium page that draws: plotly.js, the sheet around a figure, and no way to another host."""

from __future__ import annotations

import base64
import os
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from playwright.sync_api import Error as BrowserError
from playwright.sync_api import Page, Route, sync_playwright

from components.exports.renderer.same_svg import same_svg
from components.figures.bundle.serve import get_bundle

SHEET = Path(__file__).with_name("sheet.js")
HOME = "http://figures.invalid/"  # no such host: every request is answered here or refused
GEOMETRY = "/geometry/"
ARGUMENTS = [
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--disable-dev-shm-usage",
    "--font-render-hinting=none",
    # What a drawing leaves behind is collected at once and not grown into: half as much memory.
    "--js-flags=--max-semi-space-size=1",
    "--enable-features=NetworkServiceInProcess2",  # every request is answered by this process or refused
]
TIDY = 10  # drawings between two collections
PAGE = "<!doctype html><meta charset=utf-8><title>figures</title><body></body>"
STUB = "window.PlotlyGeoAssets={topojson:{world_110m:{type:'Topology',objects:{},arcs:[]}}};"


class Easel:
    """The page; made once, used by one thread, closed with its process.

    Args:
        executable: Chromium.
    """

    def __init__(self, executable: str) -> None:
        # Root cannot have the sandbox of Chromium; anybody else keeps it.
        more = ["--no-sandbox"] if os.geteuid() == 0 else []
        self._playwright = sync_playwright().start()
        self._browser = self._playwright.chromium.launch(executable_path=executable, args=ARGUMENTS + more)
        self._shapes = b"{}"
        self._drawn = 0
        self._page: Page = self._browser.new_page(viewport={"width": 1280, "height": 800})
        self._tools = self._page.context.new_cdp_session(self._page)
        self._page.route("**/*", self._answer)
        self._page.goto(HOME)
        self._page.add_script_tag(content=STUB)
        self._page.add_script_tag(content=get_bundle().path.read_text("utf-8"))
        self._page.add_script_tag(content=SHEET.read_text("utf-8"))

    def _answer(self, route: Route) -> None:
        path = route.request.url.removeprefix(HOME.rstrip("/"))
        if path == "/":
            route.fulfill(body=PAGE, content_type="text/html")
        elif path.startswith(GEOMETRY):
            route.fulfill(body=self._shapes, content_type="application/geo+json")
        else:
            route.abort()

    def figure_svg(self, job: Mapping[str, Any], shapes: bytes) -> str:
        """A figure by itself; ``job`` has ``figure`` (data, layout, config), ``width`` and ``height``."""
        return self._made("job => Sheet.figure(job)", job, shapes)

    def sheet_svg(self, job: Mapping[str, Any], shapes: bytes) -> str:
        """A figure with its words around it; ``job`` is of ``sheet.sheet_job``."""
        return self._made("job => Sheet.compose(job)", job, shapes)

    def _made(self, script: str, job: Mapping[str, Any], shapes: bytes) -> str:
        self._shapes = shapes
        svg = same_svg(str(self._page.evaluate(script, dict(job))))
        self._drawn += 1
        if self._drawn % TIDY == 0:
            self._tools.send("HeapProfiler.collectGarbage")
        return svg

    def png(self, svg: str, scale: float) -> bytes:
        """The image of an SVG, its size times the scale."""
        text = self._page.evaluate("([svg, scale]) => Sheet.png(svg, scale)", [svg, scale])
        return base64.b64decode(text)

    def alive(self) -> bool:
        """Whether the page can draw another time."""
        return self._browser.is_connected() and not self._page.is_closed() and self._answers()

    def _answers(self) -> bool:
        try:
            return bool(self._page.evaluate("() => Boolean(window.Sheet)"))
        except BrowserError:
            return False

    def close(self) -> None:
        """End the browser."""
        self._browser.close()
        self._playwright.stop()
