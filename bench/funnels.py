"""The funnel page: how long a change of cohort or of group takes until the flow is drawn anew."""

from __future__ import annotations

from typing import Any

from playwright.sync_api import Browser

from bench.choices import DRAWN, choose
from bench.pages import VIEWPORT, summary

PATH = "/fr/chomage-longue-duree"
COHORTS = ("2024-Q1", "2023-Q4", "2023-Q3", "2023-Q2", "2023-Q1")
GROUPS = ("SEX.F", "SEX.M", "AGE.Y_LT25", "CROISSANT.IN", "CROISSANT.OUT")


def measure_funnels(browser: Browser, address: str) -> dict[str, Any]:
    """Medians and ranges in milliseconds of ``cohort`` and ``group``, with a warm server cache."""
    context = browser.new_context(viewport=VIEWPORT)
    page = context.new_page()
    page.goto(address + PATH)
    page.evaluate(DRAWN)
    page.wait_for_load_state("networkidle")
    # Once for the server's cache, then as measured.
    for _ in range(2):
        cohort = [choose(page, "funnel-flow", "funnel-cohort", value) for value in COHORTS]
        group = [choose(page, "funnel-flow", "funnel-group", value) for value in GROUPS]
        choose(page, "funnel-flow", "funnel-group", "0")
    context.close()
    return {"cohort": summary(cohort), "group": summary(group)}
