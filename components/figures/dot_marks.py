"""Dots with intervals, as every plot of groups draws them: filled or hollow, large where they stand out."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from components.figures.theme import QUIET

Limits = Sequence[tuple[float, float]]


def dot_marks(
    strong: Sequence[bool], hollow: Sequence[bool], colours: Sequence[str], symbols: Sequence[str]
) -> dict[str, Any]:
    """The ``marker`` of a scatter trace; a hollow dot is provisional or of a cohort that is not closed."""
    return {
        "opacity": 1,
        "size": [11 if is_strong else 9 for is_strong in strong],
        "symbol": list(symbols),
        "color": ["#fff" if is_hollow else c for is_hollow, c in zip(hollow, colours, strict=True)],
        "line": {"color": list(colours), "width": 2},
    }


def interval_bars(values: Sequence[float], limits: Limits) -> dict[str, Any]:
    """The ``error_x`` of a scatter trace, from the low and high end of each interval."""
    return {
        "type": "data",
        "symmetric": False,
        "array": [high - value for (_, high), value in zip(limits, values, strict=True)],
        "arrayminus": [value - low for (low, _), value in zip(limits, values, strict=True)],
        "color": QUIET,
        "thickness": 1.5,
        "width": 0,
    }
