"""A series break on a figure whose axis is time: a dashed line, and what it is."""

from __future__ import annotations

from datetime import date
from typing import Any

from components.figures.theme import BREAK
from components.i18n import formats
from components.i18n.translate import Translator


def break_line(day: date) -> dict[str, Any]:
    """A shape over the whole height of the plot."""
    return {
        "type": "line",
        "x0": day.isoformat(),
        "x1": day.isoformat(),
        "yref": "paper",
        "y0": 0,
        "y1": 1,
        "line": {"color": BREAK, "width": 1.5, "dash": "4px,3px"},
    }


def break_label(day: date, t: Translator) -> dict[str, Any]:
    """An annotation at the foot of the line, left of it."""
    return {
        "x": day.isoformat(),
        "yref": "paper",
        "y": 0,
        "yanchor": "bottom",
        "xanchor": "right",
        "text": t("sheet.figure.break", day=formats.short_day(day, t.language)),
        "font": {"size": 11, "color": BREAK},
        "showarrow": False,
        "bgcolor": "rgba(255, 255, 255, .85)",
    }
