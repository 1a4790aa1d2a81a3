"""How long a choice takes until its figure is drawn anew, as a hand makes it."""

from __future__ import annotations

from typing import Any

from playwright.sync_api import Page

# When all figures of the page have been drawn, in milliseconds since the navigation began.
DRAWN = """() => new Promise((done, fail) => {
  setTimeout(() => fail(new Error(`${location.href}: figures were not drawn in 30 s`)), 30000);
  const look = () => {
    const mark = performance.getEntriesByName('page:figures')[0];
    if (mark) done(mark.startTime); else setTimeout(look, 5);
  };
  look();
})"""
CHOOSE = """([figure, control, value]) => new Promise((done, fail) => {
  setTimeout(() => fail(new Error(`${control}=${value}: ${figure} was not drawn in 10 s`)), 10000);
  const plot = document.querySelector(`#${figure} .js-plotly-plot`);
  const field = document.querySelector('#' + control);
  const start = performance.now();
  plot.once('plotly_afterplot', () => done(performance.now() - start));
  Object.getOwnPropertyDescriptor(HTMLSelectElement.prototype, 'value').set.call(field, value);
  field.dispatchEvent(new Event('change', { bubbles: true }));
})"""


def choose(page: Page, figure: str, control: str, value: str) -> float:
    """Milliseconds from a choice to its figure; then the rest of the page is waited for."""
    taken: float = page.evaluate(CHOOSE, [figure, control, value])
    page.wait_for_load_state("networkidle")
    page.wait_for_timeout(150)  # tables and small figures follow by themselves
    return taken


def note_size(request: Any, sizes: list[int]) -> None:
    """Keep how large an answer to a choice was, as it came over the wire."""
    if "_dash-update" in request.url:
        sizes.append(request.sizes()["responseBodySize"])
