"""What both figures of the gap over time share: their years and the breaks."""

from __future__ import annotations

from datetime import date
from typing import Any

from components.figures.break_marks import break_label, break_line
from components.figures.theme import ACCENT, QUIET
from components.i18n.translate import Translator
from data_access.contract.model import INSIDE, OUTSIDE
from data_access.domain.comparison import Cell
from data_access.services.gap_model import GapSheet, Point

DENSE = 30  # points from which marks are small
COLOURS = {INSIDE: ACCENT, OUTSIDE: QUIET}
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
    return [break_line(day) for day in _seen_breaks(sheet)]


def break_labels(sheet: GapSheet, t: Translator) -> list[Trace]:
    """What each of these lines is."""
    return [break_label(day, t) for day in _seen_breaks(sheet)]


def _seen_breaks(sheet: GapSheet) -> list[date]:
    """The breaks between the first and the last period."""
    if not sheet.points:
        return []
    first, last = sheet.points[0].period.start, sheet.points[-1].period.end
    return [day for day in sheet.breaks if first < day <= last]


def side_cell(point: Point, side: str) -> Cell:
    """The croissant (``INSIDE``) or the rest of the Region in a period."""
    return point.inside if side == INSIDE else point.outside


def day_of(point: Point) -> str:
    """Where a period stands on the axis: at its end."""
    return point.period.end.isoformat()
