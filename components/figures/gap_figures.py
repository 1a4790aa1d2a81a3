"""Both rates over time, and the band between them."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date
from typing import Any

from components.figures.gap_frame import (
    COLOURS,
    DENSE,
    Trace,
    break_labels,
    break_lines,
    day_of,
    side_cell,
    time_axis,
)
from components.figures.gap_labels import bracket, bracket_label, line_labels
from components.figures.theme import OPEN
from components.i18n import formats
from components.i18n.translate import Translator
from components.place_words import cell_text
from data_access.contract.model import INSIDE, OUTSIDE, Indicator
from data_access.domain.comparison import Cell, Kind, interval
from data_access.services.gap_model import GapSheet, Point

HEIGHT = 380
BAND = "rgba(11, 79, 108, .10)"
SYMBOLS = {INSIDE: "circle", OUTSIDE: "square"}


def gap_lines_figure(sheet: GapSheet, definition: Indicator, t: Translator) -> dict[str, Any]:
    """``data`` and ``layout`` for ``make_graph``: two lines with their intervals, the band between them.

    A period without both rates and a break lift the pen; open cohorts are hollow triangles outside the
    lines, provisional values are hollow.
    """
    sides = (INSIDE, OUTSIDE)
    traces = [_band(run) for run in _runs(sheet)]
    traces += [trace for side in sides for trace in _side(sheet, side, definition, t)]
    return {
        "data": traces,
        "layout": {
            "xaxis": time_axis(sheet),
            "yaxis": {
                "range": _range(sheet),
                "ticksuffix": formats.unit_mark(definition.unit, t.language),
                "zeroline": False,
                "nticks": 6,
            },
            "separators": {"fr": ",\u202f", "nl": ",."}[t.language],
            "hovermode": "closest",
            "shapes": [*break_lines(sheet), *bracket(sheet)],
            "annotations": [
                *break_labels(sheet, t),
                *line_labels(sheet, definition, t),
                *bracket_label(sheet, t),
            ],
            "margin": {"l": 8, "r": 16, "t": 24, "b": 8},
        },
    }


def _runs(sheet: GapSheet) -> list[list[Point]]:
    """Neighbouring periods that have a gap and no break between them."""
    runs: list[list[Point]] = []
    for point in (p for p in sheet.points if p.gap is not None):
        if runs and _is_joined(runs[-1][-1], point, sheet.breaks):
            runs[-1].append(point)
        else:
            runs.append([point])
    return runs


def _is_joined(before: Point, after: Point, breaks: Sequence[date]) -> bool:
    broken = any(before.period.end < day <= after.period.end for day in breaks)
    return before.period.shift(1) == after.period and not broken


def _band(run: Sequence[Point]) -> Trace:
    days = [day_of(p) for p in run]
    return {
        "type": "scatter",
        "mode": "lines",
        "x": days + days[::-1],
        "y": [p.inside.value for p in run] + [p.outside.value for p in reversed(run)],
        "fill": "toself",
        "fillcolor": BAND,
        "line": {"width": 0},
        "hoverinfo": "skip",
    }


def _side(sheet: GapSheet, side: str, definition: Indicator, t: Translator) -> list[Trace]:
    """The line of one side with its intervals, and its immature cohorts apart."""
    shown = [p for p in sheet.points if side_cell(p, side).value is not None]
    compared = [p for p in shown if p.mature]
    x, y = _pen(compared, side, sheet.breaks)
    line: Trace = {
        "type": "scatter",
        "mode": "lines",
        "x": x,
        "y": y,
        "hoverinfo": "skip",
        "line": {"color": COLOURS[side], "width": 2.5 if side == INSIDE else 2},
    }
    symbol = SYMBOLS[side]
    return [
        line,
        _marks(compared, side, symbol, definition, t, dense=len(shown) > DENSE),
        _marks([p for p in shown if not p.mature], side, OPEN, definition, t, dense=False),
    ]


def _pen(
    points: Sequence[Point], side: str, breaks: Sequence[date]
) -> tuple[list[str | None], list[float | None]]:
    x: list[str | None] = []
    y: list[float | None] = []
    for i, point in enumerate(points):
        if i and not _is_joined(points[i - 1], point, breaks):
            x.append(None)
            y.append(None)
        x.append(day_of(point))
        y.append(side_cell(point, side).value)
    return x, y


def _marks(
    points: Sequence[Point], side: str, symbol: str, definition: Indicator, t: Translator, *, dense: bool
) -> Trace:
    colour = COLOURS[side]
    known = [(p, side_cell(p, side)) for p in points]
    values = [cell.value or 0.0 for _, cell in known]
    ends = [interval(cell, Kind.SHARE) or (v, v) for (_, cell), v in zip(known, values, strict=True)]
    return {
        "type": "scatter",
        "mode": "markers",
        "x": [day_of(p) for p in points],
        "y": values,
        "text": [_hover(p, cell, side, definition, t) for p, cell in known],
        "hoverinfo": "text",
        "marker": {
            "opacity": 1,
            "size": 5 if dense else 7,
            "symbol": symbol,
            "color": colour if symbol.endswith("open") else _fills(known, colour),
            "line": {"color": colour, "width": 1.5},
        },
        "error_y": {
            "type": "data",
            "symmetric": False,
            "array": [high - v for (_, high), v in zip(ends, values, strict=True)],
            "arrayminus": [v - low for (low, _), v in zip(ends, values, strict=True)],
            "color": "rgba(91, 103, 112, .45)",
            "thickness": 1,
            "width": 0,
        },
    }


def _fills(known: Iterable[tuple[Point, Cell]], colour: str) -> list[str]:
    return ["#fff" if cell.provisional else colour for _, cell in known]


def _hover(point: Point, cell: Cell, side: str, definition: Indicator, t: Translator) -> str:
    period = formats.period(point.period, t.language)
    said = f"<b>{t(f'croissant.{side}')}</b><br>{period}<br>{cell_text(cell, definition, t)}"
    return said if point.mature else f"{said}<br>{t('gap.immature')}"


def _range(sheet: GapSheet) -> list[float]:
    """Wide enough for the intervals of all but immature cohorts: those count the not-yet as the never."""
    mature = [p for p in sheet.points if p.mature] or sheet.points
    found = [
        edge for p in mature for cell in (p.inside, p.outside) for edge in interval(cell, Kind.SHARE) or ()
    ]
    low, high = min(found, default=0.0), max(found, default=100.0)
    pad = 0.2 * (high - low) or 1.0
    return [max(0.0, low - pad), min(100.0 + pad, high + pad)]


def gap_lines_alt_text(sheet: GapSheet, definition: Indicator, t: Translator) -> str:
    """First and last period with a gap, both rates; how many periods have none."""
    known = [p for p in sheet.points if p.gap is not None]
    if not known:
        return t("gap.alt.empty")
    said = [t("gap.alt.lines", title=definition.title.in_(t.language))]
    for point in known[:1] if len(known) == 1 else (known[0], known[-1]):
        inside, outside = (cell_text(cell, definition, t) for cell in (point.inside, point.outside))
        period = formats.period(point.period, t.language)
        said.append(t("gap.alt.point", period=period, inside=inside, outside=outside))
    if without := len(sheet.points) - len(known):
        said.append(t.plural("gap.alt.without", without))
    return " ".join(said)
