"""Files of figures: how long a warm picture takes, and thirty of them, the start of the renderer included."""

from __future__ import annotations

import time
from pathlib import Path
from typing import Any

from bench.pages import summary
from components.exports.asked import Asked
from components.exports.exhibit import Drawing, Exhibit
from components.exports.recipes import RECIPES
from components.exports.renderer.client import bind_renderer, draw, stop
from components.exports.sheet import exhibit_png, exhibit_svg
from data_access.contract.load import contract
from data_access.domain.confidentiality import SmallCellRule
from data_access.domain.errors import UserError
from data_access.services.data_state import get_data_state
from data_access.services.geometry import bind_geometry
from tests.browser.chromium import find_chromium

MANY = 30


def measure_exports(folder: Path) -> dict[str, Any]:
    """Medians in milliseconds of ``svg`` and ``png`` with a warm renderer; ``many_s`` with its start.

    Nothing is cached: the sheet is composed at each call.
    """
    bind_geometry(folder)
    bind_renderer(folder, find_chromium())
    exhibits = _exhibits()
    drawings = [e.drawing for e in exhibits if isinstance(e.drawing, Drawing)]
    start = time.perf_counter()
    draw(drawings, "fr")
    many = time.perf_counter() - start
    svg = [_taken(exhibit_svg, each) for each in exhibits]
    png = [_taken(exhibit_png, each) for each in exhibits]
    stop()
    return {"svg": summary(svg), "png": summary(png), "many_s": round(many, 2)}


def _exhibits() -> list[Exhibit]:
    """The series of the first indicators that hold values."""
    state, found = get_data_state(), []
    for definition in contract().indicators:
        asked = Asked("fr", {"code": definition.code}, state.version, state.cutoff, SmallCellRule())
        try:
            found.append(RECIPES["indicator"].make(asked))
        except UserError:
            continue
        if len(found) == MANY:
            break
    return found


def _taken(write: Any, exhibit: Exhibit) -> float:
    start = time.perf_counter()
    write(exhibit, "16x9")
    return 1000 * (time.perf_counter() - start)
