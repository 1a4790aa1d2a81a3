"""Stacked bars as a native chart, each piece with its number in it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from pptx.chart.data import CategoryChartData
from pptx.enum.chart import XL_CHART_TYPE, XL_LABEL_POSITION, XL_LEGEND_POSITION, XL_TICK_LABEL_POSITION
from pptx.enum.chart import XL_TICK_MARK as TICK
from pptx.util import Inches, Pt

from components.exports.delimited import FORMULA
from components.exports.slides.deck import colour_of, name
from components.exports.slides.place import Box
from components.figures.theme import HAIRLINE, INK

WHITE = "#ffffff"


@dataclass(frozen=True)
class Bars:
    """What a chart of stacked bars shows.

    Attributes:
        categories: a bar each, the first on top.
        series: name and a number for each category, None where there is none to show.
        colours: of the series.
        patterns: number format of the labels in the pieces of each series.
        size: of the letters, in points.
    """

    categories: tuple[str, ...]
    series: tuple[tuple[str, tuple[float | None, ...]], ...]
    colours: tuple[str, ...]
    patterns: tuple[str, ...]
    size: int = 12


def add_bars(slide: Any, box: Box, bars: Bars, alt: str) -> Any:
    """The chart, its legend under it (the pieces have their numbers, the legend their names)."""
    held = CategoryChartData()
    held.categories = [inert(category) for category in bars.categories]
    for label, values in bars.series:
        held.add_series(inert(label), values)
    place = (Inches(box.left), Inches(box.top), Inches(box.width), Inches(box.height))
    frame = slide.shapes.add_chart(XL_CHART_TYPE.BAR_STACKED, *place, held)
    name(frame, alt)
    chart = frame.chart
    chart.font.size, chart.font.name = Pt(bars.size), "Arial"
    chart.font.color.rgb = colour_of(INK)
    chart.has_title = False
    chart.has_legend = True
    chart.legend.position, chart.legend.include_in_layout = XL_LEGEND_POSITION.BOTTOM, False
    _axes(chart)
    plot = chart.plots[0]
    plot.gap_width, plot.overlap = 45, 100
    for series, colour, pattern in zip(plot.series, bars.colours, bars.patterns, strict=True):
        _paint(series, colour, pattern, bars.size)
    return frame


def inert(text: str) -> str:
    """A label that no spreadsheet takes for a formula."""
    return f" {text}" if text.startswith(FORMULA) else text


def _axes(chart: Any) -> None:
    names, numbers = chart.category_axis, chart.value_axis
    names.reverse_order = True
    names.major_tick_mark = names.minor_tick_mark = TICK.NONE
    names.format.line.color.rgb = colour_of(HAIRLINE)
    names.has_major_gridlines = False
    numbers.has_major_gridlines = False
    numbers.major_tick_mark = numbers.minor_tick_mark = TICK.NONE
    numbers.tick_label_position = XL_TICK_LABEL_POSITION.NONE
    numbers.format.line.fill.background()


def _paint(series: Any, colour: str, pattern: str, size: int) -> None:
    series.format.fill.solid()
    series.format.fill.fore_color.rgb = colour_of(colour)
    series.format.line.color.rgb = colour_of("#8a959d" if is_light(colour) else colour)
    series.format.line.width = Pt(0.75)
    labels = series.data_labels
    labels.show_value = True
    labels.number_format, labels.number_format_is_linked = pattern, False
    labels.position = XL_LABEL_POSITION.CENTER
    labels.font.size = Pt(size)
    labels.font.color.rgb = colour_of(INK if is_light(colour) else WHITE)


def is_light(colour: str) -> bool:
    """Whether dark letters are read on it (relative brightness of sRGB)."""
    red, green, blue = (int(part) for part in colour_of(colour))
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue > 255 / 2
