"""How long a reader waits, measured in Chromium: painted, live, and bytes over the wire."""

from __future__ import annotations

import statistics
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from playwright.sync_api import Browser, ViewportSize, sync_playwright

from tests.browser.chromium import find_chromium
from tests.browser.conftest import ARGUMENTS

VIEWPORT: ViewportSize = {"width": 1440, "height": 900}
# When the selector is first there and has been drawn, in milliseconds since the navigation began.
PAINTED = """selector => new Promise((done, fail) => {
  setTimeout(() => fail(new Error(`${location.href}: ${selector} was not drawn in 30 s`)), 30000);
  const look = () => {
    const node = document.querySelector(selector);
    if (node && node.getClientRects().length) requestAnimationFrame(() => done(performance.now()));
    else requestAnimationFrame(look);
  };
  look();
})"""
LIVE = """() => new Promise((done, fail) => {
  setTimeout(() => fail(new Error(`${location.href} was not live in 30 s`)), 30000);
  const look = () => {
    const mark = performance.getEntriesByName('page:live')[0];
    if (mark) done(mark.startTime); else setTimeout(look, 5);
  };
  look();
})"""


@contextmanager
def chromium() -> Iterator[Browser]:
    """One browser for all measurements."""
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=find_chromium(), args=ARGUMENTS)
        yield browser
        browser.close()


def measure_page(browser: Browser, url: str, selector: str, *, runs: int, ours: bool) -> dict[str, Any]:
    """Cold (empty browser cache) and warm visits of one page.

    Returns:
        Medians and ranges in milliseconds of ``painted`` (the selector is drawn) and, for our pages,
        ``live`` (Dash has taken over), and the kilobytes of a first visit.
    """
    samples: dict[str, list[float]] = {}
    kilobytes: list[float] = []
    for _ in range(runs):
        context = browser.new_context(viewport=VIEWPORT)
        for visit in ("cold", "warm"):
            page = context.new_page()
            received = _count_bytes(page) if visit == "cold" else []
            page.goto(url, wait_until="commit")
            samples.setdefault(f"painted_{visit}", []).append(page.evaluate(PAINTED, selector))
            if ours:
                samples.setdefault(f"live_{visit}", []).append(page.evaluate(LIVE))
            page.wait_for_load_state("networkidle")
            if visit == "cold":
                kilobytes.append(sum(received) / 1000)
            page.close()
        context.close()
    return {
        **{name: summary(values) for name, values in samples.items()},
        "first_visit_kb": summary(kilobytes),
    }


def _count_bytes(page: Any) -> list[int]:
    session = page.context.new_cdp_session(page)
    session.send("Network.enable")
    received: list[int] = []
    session.on("Network.loadingFinished", lambda event: received.append(event["encodedDataLength"]))
    return received


def summary(values: list[float]) -> dict[str, float]:
    """Median and range, to a tenth."""
    return {
        "median": round(statistics.median(values), 1),
        "min": round(min(values), 1),
        "max": round(max(values), 1),
    }
