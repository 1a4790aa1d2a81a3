"""A renderer for the tests: one Chromium page, and plotly.js as the plotly package brings it."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from urllib.parse import unquote

import plotly
from playwright.sync_api import sync_playwright

from components.exports.exhibit import Drawing
from components.exports.pack.model import Draw
from tests.browser.chromium import find_chromium

PLOTLY = Path(plotly.__file__).parent / "package_data" / "plotly.min.js"
TO_SVG = """async ([figure, width, height]) => {
  const uri = await Plotly.toImage(figure, {format: 'svg', width, height});
  return uri;
}"""


@contextmanager
def drawer() -> Iterator[Draw]:
    """Draws figures for as long as the page is open."""
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=find_chromium(), args=["--no-sandbox"])
        page = browser.new_page()
        page.set_content("<html><body></body></html>")
        page.add_script_tag(path=str(PLOTLY))

        def draw(drawings: Sequence[Drawing]) -> list[str]:
            uris = [page.evaluate(TO_SVG, [dict(d.figure), d.width, d.height]) for d in drawings]
            return [unquote(uri.partition(",")[2]) for uri in uris]

        try:
            yield draw
        finally:
            browser.close()
