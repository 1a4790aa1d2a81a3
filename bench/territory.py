"""The map of the communes: when it is drawn, and how long a choice takes until its figures are redrawn."""

from __future__ import annotations

import statistics
from typing import Any

from playwright.sync_api import Browser, Page

from bench.pages import VIEWPORT

PATH = "/fr/communes"
# When the map and the plots beside it have been drawn, in milliseconds since the navigation began.
DRAWN = """() => new Promise((done, fail) => {
  setTimeout(() => fail(new Error(`${location.href}: figures were not drawn in 30 s`)), 30000);
  const look = () => {
    const mark = performance.getEntriesByName('page:figures')[0];
    if (mark) done(mark.startTime); else setTimeout(look, 5);
  };
  look();
})"""
# From the choice, as a hand makes it, to the map being drawn anew.
CHOOSE = """([name, value]) => new Promise((done, fail) => {
  setTimeout(() => fail(new Error(`${name}=${value}: the map was not drawn in 10 s`)), 10000);
  const plot = document.querySelector('#map-map .js-plotly-plot');
  const field = document.querySelector('#map-' + name);
  const start = performance.now();
  plot.once('plotly_afterplot', () => done(performance.now() - start));
  Object.getOwnPropertyDescriptor(HTMLSelectElement.prototype, 'value').set.call(field, value);
  field.dispatchEvent(new Event('change', { bubbles: true }));
})"""
PERIODS = ("2024-Q4", "2024-Q3", "2024-Q2", "2024-Q1", "2023-Q4", "2023-Q3", "2023-Q2", "2023-Q1")
MEASURES = ("OS2.03", "OS2.09", "OS1.02", "OS2.02", "OS1.01")


def measure_territory(browser: Browser, address: str, *, runs: int) -> dict[str, Any]:
    """Warm visits, then changes of period and of measure.

    Returns:
        ``drawn_warm``, ``period`` and ``measure``: medians and ranges in milliseconds; ``payload_kb``: the
        largest answer to a choice, as it came over the wire.
    """
    context = browser.new_context(viewport=VIEWPORT)
    drawn: list[float] = []
    for visit in range(runs + 1):
        page = context.new_page()
        page.goto(address + PATH, wait_until="commit")
        taken = page.evaluate(DRAWN)
        page.wait_for_load_state("networkidle")
        if visit:  # the first one fills the browser's cache
            drawn.append(taken)
        page.close()
    page = context.new_page()
    page.goto(address + PATH)
    page.evaluate(DRAWN)
    page.wait_for_load_state("networkidle")
    sizes: list[int] = []
    page.on("requestfinished", lambda request: _note(request, sizes))
    # Once for the server's cache, then as often as asked for.
    for _ in range(2):
        period = [_choose(page, "period", value) for value in PERIODS]
    measure = [_choose(page, "measure", value) for value in MEASURES * 2][len(MEASURES) :]
    context.close()
    return {
        "drawn_warm": _summary(drawn),
        "period": _summary(period),
        "measure": _summary(measure),
        "payload_kb": round(max(sizes) / 1000, 1),
    }


def _note(request: Any, sizes: list[int]) -> None:
    if "_dash-update" in request.url:
        sizes.append(request.sizes()["responseBodySize"])


def _choose(page: Page, name: str, value: str) -> float:
    taken: float = page.evaluate(CHOOSE, [name, value])
    page.wait_for_load_state("networkidle")
    page.wait_for_timeout(150)  # tables and small maps follow by themselves
    return taken


def _summary(values: list[float]) -> dict[str, float]:
    return {
        "median": round(statistics.median(values), 1),
        "min": round(min(values), 1),
        "max": round(max(values), 1),
    }
