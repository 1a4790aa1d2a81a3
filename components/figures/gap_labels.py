"""What is written into the figure of both rates: the name of each line, and the gap of the chosen period."""

from __future__ import annotations

from collections.abc import Sequence

from components.figures.gap_frame import COLOURS, Trace, day_of, side_cell
from components.figures.theme import INK
from components.gap_finding import signed
from components.i18n.translate import Translator
from components.place_words import cell_text
from data_access.contract.model import INSIDE, OUTSIDE, Indicator
from data_access.domain.comparison import Kind, interval
from data_access.services.gap_model import GapSheet, Point


def line_labels(sheet: GapSheet, definition: Indicator, t: Translator) -> list[Trace]:
    """The name of each line with its last value, beyond all that the lines draw there."""
    compared = [p for p in sheet.points if p.gap is not None]
    if not compared:
        return []
    last, near = compared[-1], compared[len(compared) // 3 :]
    above = (last.inside.value or 0.0) >= (last.outside.value or 0.0)
    return [
        _label(side, last, near, definition, t, above=is_above)
        for side, is_above in ((INSIDE, above), (OUTSIDE, not above))
    ]


def _label(
    side: str,
    last: Point,
    near: Sequence[Point],
    definition: Indicator,
    t: Translator,
    *,
    above: bool,
) -> Trace:
    edges = [
        edge for p in near for s in (INSIDE, OUTSIDE) for edge in interval(side_cell(p, s), Kind.SHARE) or ()
    ]
    return {
        "x": day_of(last),
        "y": max(edges) if above else min(edges),
        "text": f"<b>{t(f'croissant.{side}')}</b> {cell_text(side_cell(last, side), definition, t)}",
        "font": {"color": COLOURS[side]},
        "showarrow": False,
        "xanchor": "right",
        "yanchor": "bottom" if above else "top",
    }


def bracket(sheet: GapSheet) -> list[Trace]:
    """The gap of the chosen period as a line between its two points."""
    point = sheet.point
    if point is None or point.gap is None:
        return []
    ends = {"y0": point.inside.value, "y1": point.outside.value}
    return [
        {"type": "line", "x0": day_of(point), "x1": day_of(point), **ends, "line": {"color": INK, "width": 2}}
    ]


def bracket_label(sheet: GapSheet, t: Translator) -> list[Trace]:
    """The gap beside that line."""
    point = sheet.point
    if point is None or point.gap is None:
        return []
    middle = ((point.inside.value or 0.0) + (point.outside.value or 0.0)) / 2
    return [
        {
            "x": day_of(point),
            "y": middle,
            "text": f"<b>{signed(point.gap.points, t)}</b>",
            "showarrow": False,
            "xanchor": "right",
            "xshift": -6,
            "bgcolor": "rgba(255, 255, 255, .85)",
        }
    ]
