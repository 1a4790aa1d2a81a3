"""The map of the communes: when it is drawn, and how long a choice takes until its figures are redrawn."""

from __future__ import annotations

from typing import Any

from playwright.sync_api import Browser

from bench.choices import DRAWN, choose, note_size
from bench.pages import VIEWPORT, summary

PATH = "/fr/communes"
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
    page.on("requestfinished", lambda request: note_size(request, sizes))
    # Once for the server's cache, then as often as asked for.
    for _ in range(2):
        period = [choose(page, "map-map", "map-period", value) for value in PERIODS]
    measure = [choose(page, "map-map", "map-measure", value) for value in MEASURES * 2][len(MEASURES) :]
    context.close()
    return {
        "drawn_warm": summary(drawn),
        "period": summary(period),
        "measure": summary(measure),
        "payload_kb": round(max(sizes) / 1000, 1),
    }
