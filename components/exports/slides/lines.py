"""Lines as a native chart: gaps where nothing is known or a break starts, labels beside the last points."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date
from itertools import pairwise
from math import ceil, floor, log10
from typing import Any

from pptx.chart.data import CategoryChartData
from pptx.enum.chart import XL_CHART_TYPE, XL_LABEL_POSITION, XL_MARKER_STYLE, XL_TICK_LABEL_POSITION
from pptx.enum.chart import XL_TICK_MARK as TICK
from pptx.enum.dml import MSO_LINE_DASH_STYLE
from pptx.oxml.ns import qn
from pptx.util import Inches, Pt

from components.exports.slides.bars import WHITE, inert
from components.exports.slides.deck import colour_of, name
from components.exports.slides.place import Box
from components.figures.theme import HAIRLINE, INK, QUIET

EPOCH = date(1899, 12, 30)  # day 0 of a spreadsheet
STEPS = 5  # about as many lines across the chart
MARKER = 7


@dataclass(frozen=True)
class Curve:
    """One line.

    Attributes:
        values: one for each category, None where there is none to show.
        width: in points; none for points alone.
        marker: kind of its points, None for a line without.
        hollow: places of the points that are drawn empty.
        labels: words beside some points, by place.
        above: whether the words stand above their points, else below.
    """

    label: str
    values: tuple[float | None, ...]
    colour: str
    width: float | None = 2.25
    dashed: bool = False
    marker: XL_MARKER_STYLE | None = XL_MARKER_STYLE.CIRCLE
    hollow: frozenset[int] = frozenset()
    labels: dict[int, str] = field(default_factory=dict)
    above: bool = True


@dataclass(frozen=True)
class Lines:
    """A chart of lines.

    Attributes:
        categories: days, or words.
        pattern: number format of its values.
        title: of the axis of the categories; empty without one.
        room: the last day of an axis of days, later than the last point, for the words beside it.
    """

    categories: tuple[str, ...] | tuple[date, ...]
    curves: tuple[Curve, ...]
    pattern: str
    title: str = ""
    room: date | None = None


def add_lines(slide: Any, box: Box, lines: Lines, alt: str) -> Any:
    """The chart; without a legend, for the words stand beside the lines."""
    held = CategoryChartData(number_format=lines.pattern)
    held.categories = [inert(c) if isinstance(c, str) else c for c in lines.categories]
    for curve in lines.curves:
        held.add_series(inert(curve.label), curve.values)
    place = (Inches(box.left), Inches(box.top), Inches(box.width), Inches(box.height))
    frame = slide.shapes.add_chart(XL_CHART_TYPE.LINE_MARKERS, *place, held)
    name(frame, alt)
    chart = frame.chart
    chart.has_legend = chart.has_title = False
    chart.font.size, chart.font.name = Pt(12), "Arial"
    chart.font.color.rgb = colour_of(QUIET)
    _axes(chart, lines)
    for series, curve in zip(chart.plots[0].series, lines.curves, strict=True):
        _draw(series, curve)
    return frame


def _axes(chart: Any, lines: Lines) -> None:
    times, values = chart.category_axis, chart.value_axis
    low, high, step = nice_bounds(v for curve in lines.curves for v in curve.values if v is not None)
    values.minimum_scale, values.maximum_scale, values.major_unit = low, high, step
    values.tick_labels.number_format, values.tick_labels.number_format_is_linked = lines.pattern, False
    values.major_gridlines.format.line.color.rgb = colour_of("#e6eaed")
    values.format.line.fill.background()
    values.major_tick_mark = values.minor_tick_mark = TICK.NONE
    times.format.line.color.rgb = colour_of(HAIRLINE)
    times.major_tick_mark, times.minor_tick_mark = TICK.OUTSIDE, TICK.NONE
    times.tick_label_position = XL_TICK_LABEL_POSITION.LOW
    if lines.title:
        times.has_title = True
        times.axis_title.text_frame.text = lines.title
        font = times.axis_title.text_frame.paragraphs[0].runs[0].font
        font.size, font.bold = Pt(12), False
    days = [c for c in lines.categories if isinstance(c, date)]
    if days:
        annual = all(later.year > day.year for day, later in pairwise(days))
        _years(times, date(days[0].year, 1, 1), lines.room or days[-1], annual=annual)


def _years(times: Any, first: date, last: date, *, annual: bool) -> None:
    """A mark and a name for each year; days are counted as a spreadsheet counts them.

    A value of a year stands at its name, one of a shorter period at the month in which it ends.
    """
    times.minimum_scale, times.maximum_scale = (float((day - EPOCH).days) for day in (first, last))
    times.tick_labels.number_format, times.tick_labels.number_format_is_linked = "yyyy", False
    base = times._element.find(qn("c:baseTimeUnit"))
    base.set("val", "years" if annual else "months")
    for tag, value in (("c:majorTimeUnit", "years"), ("c:majorUnit", "1")):
        for old in times._element.findall(qn(tag)):
            times._element.remove(old)
        base.addnext(base.makeelement(qn(tag), {"val": value}))


def nice_bounds(values: Iterable[float]) -> tuple[float, float, float]:
    """Ends and step of an axis, in round numbers; zero is an end when it is near."""
    known = list(values) or [0.0, 1.0]
    low, high = min(known), max(known)
    low = 0.0 if 0 < low < 0.3 * high else low
    high = 0.0 if 0 > high > 0.3 * low else high
    span = (high - low) or abs(high) or 1.0
    power = 10.0 ** floor(log10(span / STEPS))
    step = next(power * n for n in (1, 2, 5, 10) if power * n >= span / STEPS)
    first, last = floor(low / step), ceil(high / step)
    # a point on the edge is half a point, and its label would leave the chart
    last += 1 if high > (last - 0.5) * step and high != 0 else 0
    first -= 1 if low < (first + 0.3) * step and low != 0 else 0
    return round(first * step, 10), round(last * step, 10), step


def _draw(series: Any, curve: Curve) -> None:
    series.smooth = False
    line = series.format.line
    if curve.width is None:
        line.fill.background()
    else:
        line.color.rgb, line.width = colour_of(curve.colour), Pt(curve.width)
        if curve.dashed:
            line.dash_style = MSO_LINE_DASH_STYLE.DASH
    _mark(series.marker, curve, hollow=False)
    for place in sorted(curve.hollow):
        _mark(series.points[place].marker, curve, hollow=True)
    for place, words in curve.labels.items():
        _label(series.points[place], words, curve)


def _mark(marker: Any, curve: Curve, *, hollow: bool) -> None:
    marker.style = curve.marker or XL_MARKER_STYLE.NONE
    if curve.marker is None:
        return
    marker.size = MARKER if len(curve.values) <= 40 else MARKER - 2
    marker.format.fill.solid()
    marker.format.fill.fore_color.rgb = colour_of(WHITE if hollow else curve.colour)
    marker.format.line.color.rgb = colour_of(curve.colour)


def _label(point: Any, words: str, curve: Curve) -> None:
    label = point.data_label
    label.has_text_frame = True
    frame = label.text_frame
    frame.text = words
    font = frame.paragraphs[0].runs[0].font
    font.size, font.bold = Pt(12), True
    font.color.rgb = colour_of(curve.colour if curve.colour != HAIRLINE else INK)
    label.position = XL_LABEL_POSITION.ABOVE if curve.above else XL_LABEL_POSITION.BELOW


def at_places(size: int, found: Sequence[tuple[int, float | None]]) -> tuple[float | None, ...]:
    """Values at their places among that many, nothing between."""
    values: list[float | None] = [None] * size
    for place, value in found:
        values[place] = value
    return tuple(values)
