"""What the main figure of a sheet takes: built anew, from the cache, and as JSON; over every indicator."""

from __future__ import annotations

import json
import shutil
import statistics
import time
from pathlib import Path
from typing import Any

from app import create_app
from components.figures.series_figure import View
from components.i18n.translate import LANGUAGES
from components.series_answer import get_series_figure
from data_access.contract.load import contract
from data_access.services.data_state import get_data_state
from data_access.settings import Settings


def measure_figures(folder: Path) -> dict[str, Any]:
    """Milliseconds from data to figure over all sheets in both languages, and kilobytes of the largest.

    Returns:
        ``uncached`` (empty cache: queries, verdicts and figure) and ``cached`` with p50, p95 and max, and
        ``largest_kb``.
    """
    app = create_app(Settings.from_env({"DATA_DIR": str(folder)}))
    rule = app.server.config["SMALL_CELLS"]
    state = get_data_state()
    asked = [(d.code, language) for d in contract().indicators for language in LANGUAGES]

    def build(code: str, language: str) -> tuple[float, dict[str, Any]]:
        start = time.perf_counter()
        figure = get_series_figure(state.version, state.cutoff, code, "_T", "", View(), language, rule)
        return 1000 * (time.perf_counter() - start), figure

    build(*asked[0])  # imports and compiled statements: once in the life of a worker
    uncached = []
    for one in asked:
        shutil.rmtree(folder / "cache", ignore_errors=True)
        (folder / "cache").mkdir()
        uncached.append(build(*one)[0])
    made = [build(*one) for one in asked]
    again = [build(*one)[0] for one in asked]
    largest = max(len(json.dumps(figure, separators=(",", ":")).encode()) for _, figure in made)
    return {"uncached": _summary(uncached), "cached": _summary(again), "largest_kb": round(largest / 1000, 1)}


def _summary(times: list[float]) -> dict[str, float]:
    return {
        "p50": round(statistics.median(times), 2),
        "p95": round(statistics.quantiles(times, n=20)[18], 2),
        "max": round(max(times), 2),
    }
