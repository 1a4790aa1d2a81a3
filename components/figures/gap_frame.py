"""What both figures of the gap over time share: their years and the breaks."""

from __future__ import annotations

from datetime import date
from typing import Any

from components.figures.theme import BREAK
from components.i18n import formats
from components.i18n.translate import Translator
from data_access.services.gap_model import GapSheet, Point

DENSE = 30  # points from which marks are small
Trace = dict[str, Any]


def time_axis(sheet: GapSheet) -> Trace:
    """The years of the series, the same for both figures; a value stands at the end of its period."""
    first = sheet.points[0].period.start.year if sheet.points else 2022
    last = sheet.points[-1].period.end.year if sheet.points else first
    return {
        "type": "date",
        "range": [date(first, 1, 1).isoformat(), date(last + 1, 2, 1).isoformat()],
        "showgrid": False,
        "fixedrange": True,
        "dtick": "M12",
        "ticklabelmode": "period",
        "tickformat": "%Y",
        "ticks": "outside",
        "ticklen": 6,
    }


def break_lines(sheet: GapSheet) -> list[Trace]:
    """A dashed line at each break that the series crosses."""
    line = {"color": BREAK, "width": 1.5, "dash": "4px,3px"}
    return [
        {
            "type": "line",
            "x0": d.isoformat(),
            "x1": d.isoformat(),
            "yref": "paper",
            "y0": 0,
            "y1": 1,
            "line": line,
        }
        for d in _seen_breaks(sheet)
    ]


def break_labels(sheet: GapSheet, t: Translator) -> list[Trace]:
    """What each of these lines is."""
    return [
        {
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
        for day in _seen_breaks(sheet)
    ]


def _seen_breaks(sheet: GapSheet) -> list[date]:
    """The breaks between the first and the last period."""
    if not sheet.points:
        return []
    first, last = sheet.points[0].period.start, sheet.points[-1].period.end
    return [day for day in sheet.breaks if first < day <= last]


def day_of(point: Point) -> str:
    """Where a period stands on the axis: at its end."""
    return point.period.end.isoformat()
