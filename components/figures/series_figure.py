"""The main figure of a sheet: series, target as dated steps, required path, projection, breaks."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from components.figures.alt_text import sparkline_alt_text
from components.figures.break_marks import break_label, break_line
from components.figures.decision_marks import decision_labels, decision_lines, shown_decisions, top_margin
from components.figures.theme import ACCENT, BREAK, INK, OPEN, OTHER, PAST, QUIET, TARGET
from components.i18n import formats
from components.i18n.translate import Translator
from components.values import goal_text, value_text
from data_access.contract.model import Indicator
from data_access.domain.confidentiality import Availability
from data_access.domain.pace import Pace
from data_access.domain.projection import Projection
from data_access.domain.reading import Reading
from data_access.domain.season import Season
from data_access.domain.target import Goal, TargetPath
from data_access.services.compare import Compared
from data_access.services.sheet import Remark, Sheet

FIRST, LAST = date(2017, 1, 1), date(2027, 12, 31)
FAN = {95: "rgba(11, 79, 108, .10)", 80: "rgba(11, 79, 108, .18)"}
LIMITS = "limits"  # the traces that assets/sheet.js shows and hides
Trace = dict[str, Any]


@dataclass(frozen=True)
class View:
    """What the reader chose.

    Attributes:
        first, last: days at the ends of the axis; None shows the whole series.
        limits: whether the control limits are drawn.
    """

    first: date | None = None
    last: date | None = None
    limits: bool = False


def has_limits(sheet: Sheet) -> bool:
    """Whether control limits can be drawn on the series itself: a chart, of values with their season."""
    return sheet.noise.chart.refusal is None and sheet.noise.season is Season.NONE


def series_figure(
    sheet: Sheet,
    definition: Indicator,
    annotations: Sequence[tuple[int, Remark]],
    compared: Compared | None,
    view: View,
    t: Translator,
) -> dict[str, Any]:
    """The figure as plain values; every number of it stands in the tables of the sheet."""
    traces = [
        *_past_targets(sheet, definition, t),
        *_target(sheet, definition, t),
        *_fan(sheet, definition, t),
        *_required(sheet, definition, t),
        *_limits(sheet, view),
        *_compared(compared, definition, t),
        *_series(sheet, definition, t),
    ]
    labels = [*_labels(sheet, definition, compared, t), *_marks(annotations)]
    breaks = [day for day in sheet.row.breaks if _first_day(sheet) < day < LAST]
    decided = shown_decisions(sheet.decisions, view.first or _first_day(sheet), view.last or LAST)
    codes = decision_labels(decided, over_remarks=bool(annotations))
    return {
        "data": traces,
        "layout": {
            "xaxis": _time_axis(sheet, view),
            "yaxis": _value_axis(sheet, traces, definition, t),
            "separators": {"fr": ",\u202f", "nl": ",."}[t.language],
            "shapes": [*(break_line(day) for day in breaks), *decision_lines(decided)],
            "annotations": [*labels, *(break_label(day, t) for day in breaks), *codes],
            "hovermode": "closest",
            "dragmode": "zoom",
            "margin": {"l": 8, "r": 16, "t": top_margin(codes), "b": 8},
        },
    }


def series_alt_text(sheet: Sheet, definition: Indicator, compared: Compared | None, t: Translator) -> str:
    """Title, then first, last, lowest and highest value, target, breaks and projection in words."""
    sentences = [f"{definition.title.in_(t.language)}.", sparkline_alt_text(sheet.row, definition, t)]
    if isinstance(sheet.projection, Projection):
        last = sheet.projection.steps[-1]
        low, high = (_text(edge, definition, t) for edge in (last.low80, last.high80))
        sentences.append(t("sheet.alt.projection", low=low, high=high, year=last.at.year))
    if compared is not None:
        sentences.append(t("sheet.alt.compared", other=compared.option.label.in_(t.language)))
    sentences += [
        t("sheet.alt.decision", code=each.code, day=formats.day(each.meeting, t.language))
        for each in sheet.decisions
    ]
    return " ".join(sentences)


def _first_day(sheet: Sheet) -> date:
    """The first of January of the first year known, 2017 at the earliest, 2022 at the latest."""
    known = [r.period.start.year for r in sheet.row.readings if r.availability is Availability.AVAILABLE]
    return date(min(max(min(known, default=2022), FIRST.year), 2022), 1, 1)


def _time_axis(sheet: Sheet, view: View) -> Trace:
    first, last = view.first or _first_day(sheet), view.last or date(2028, 3, 1)
    return {
        "type": "date",
        "range": [first.isoformat(), last.isoformat()],
        "hoverformat": "%d/%m/%Y",
        "showgrid": False,
        # A value stands at the end of its period: the name of a year stands in its middle, not at its start.
        "dtick": "M12",
        "ticklabelmode": "period",
        "tickformat": "%Y",
        "ticks": "outside",
        "ticklen": 6,
    }


def _value_axis(sheet: Sheet, traces: Sequence[Trace], definition: Indicator, t: Translator) -> Trace:
    """Wide enough for everything but immature cohorts: those count the not-yet as the never."""
    unfinished = {(r.period.end.isoformat(), r.value) for r in sheet.immature}
    values = (
        [
            y
            for trace in traces
            for x, y in zip(trace["x"], trace["y"], strict=True)
            if y is not None and trace.get("visible", True) and (x, y) not in unfinished
        ]
        or [r.value for r in sheet.immature if r.value is not None]
        or [0.0]
    )
    low, high = min(values), max(values)
    pad = 0.12 * (high - low) or 0.1 * abs(high) or 1.0
    return {
        "fixedrange": True,
        "range": [low - pad if low < 0 or low > pad else 0, high + pad],
        "ticksuffix": formats.unit_mark(definition.unit, t.language),
    }


def _series(sheet: Sheet, definition: Indicator, t: Translator) -> list[Trace]:
    """Definitive points full, provisional ones hollow, open cohorts as triangles outside the line."""
    immature = set(sheet.immature)
    known = [r for r in sheet.row.readings if r.value is not None]
    judged = [r for r in known if r not in immature]
    line = _line(judged, sheet.row.breaks)
    small = len(judged) > 30
    return [
        {
            "type": "scatter",
            "mode": "lines",
            "x": [x for x, _ in line],
            "y": [y for _, y in line],
            "line": {"color": INK, "width": 2},
            "hoverinfo": "skip",
        },
        _points([r for r in judged if not r.provisional], definition, t, size=5 if small else 7),
        _points([r for r in judged if r.provisional], definition, t, size=7, symbol="circle-open"),
        _points([r for r in known if r in immature], definition, t, size=8, symbol=OPEN, colour=QUIET),
    ]


def _line(readings: Sequence[Reading], breaks: Sequence[date]) -> list[tuple[str | None, float | None]]:
    """Neighbouring periods joined; a gap or a break lifts the pen."""
    line: list[tuple[str | None, float | None]] = []
    for before, reading in zip([None, *readings], readings, strict=False):
        broken = before is not None and any(before.period.end < day <= reading.period.end for day in breaks)
        if before is not None and (broken or before.period.shift(1) != reading.period):
            line.append((None, None))
        line.append((reading.period.end.isoformat(), reading.value))
    return line


def _points(
    readings: Sequence[Reading],
    definition: Indicator,
    t: Translator,
    *,
    size: int,
    symbol: str = "circle",
    colour: str = INK,
) -> Trace:
    return {
        "type": "scatter",
        "mode": "markers",
        "x": [r.period.end.isoformat() for r in readings],
        "y": [r.value for r in readings],
        "text": [_reading_text(r, definition, t) for r in readings],
        "hoverinfo": "text",
        "marker": {"color": colour, "size": size, "symbol": symbol, "line": {"width": 1.5, "color": colour}},
    }


def _reading_text(reading: Reading, definition: Indicator, t: Translator) -> str:
    period, value = formats.period(reading.period, t.language), value_text(reading, definition, t.language)
    text = f"{period}{_colon(t)}{value}"
    return f"{text} ({t('note.provisional')})" if reading.provisional else text


def _goals(path: TargetPath) -> list[Goal]:
    found = [goal for goal in (path.baseline, *path.milestones, path.target) if goal is not None]
    return sorted(found, key=lambda goal: goal.due)


def _steps(path: TargetPath) -> list[tuple[date, float]]:
    """Where each goal holds: from the goal before it to its own day."""
    goals = [g for g in _goals(path) if g.value is not None]
    if len(goals) == 1:
        return [(path.valid_from, goals[0].value or 0.0), (goals[0].due, goals[0].value or 0.0)]
    return [(g.due, g.value or 0.0) for g in goals]


def _step_trace(path: TargetPath, colour: str, definition: Indicator, t: Translator, **line: Any) -> Trace:
    steps = _steps(path)
    decision = t(
        "sheet.figure.decision",
        body=path.deciding_body,
        day=formats.day(path.decided_on, t.language),
        reference=path.decision_ref,
    )
    return {
        "type": "scatter",
        "mode": "lines+markers",
        "x": [day.isoformat() for day, _ in steps],
        "y": [value for _, value in steps],
        "text": [f"{day.year}{_colon(t)}{_text(value, definition, t)}<br>{decision}" for day, value in steps],
        "hoverinfo": "text",
        "line": {"color": colour, "shape": "vh", **line},
        "marker": {
            "color": colour,
            "size": 9,
            "symbol": "line-ew-open",
            "line": {"width": 2, "color": colour},
        },
    }


def _past_targets(sheet: Sheet, definition: Indicator, t: Translator) -> list[Trace]:
    """Versions of the target that are no longer in force, or not yet."""
    others = [path for path in sheet.row.paths if path != sheet.row.assessment.path]
    return [
        _step_trace(path, PAST, definition, t, width=1, dash="dot")
        for path in others
        if path.target.value is not None
    ]


def _target(sheet: Sheet, definition: Indicator, t: Translator) -> list[Trace]:
    path = sheet.row.assessment.path
    if path is None:
        return []
    if path.target.value is None:
        return _band(path)
    straight = {
        "type": "scatter",
        "mode": "lines",
        "x": [day.isoformat() for day, _ in _steps(path)],
        "y": [value for _, value in _steps(path)],
        "line": {"color": TARGET, "width": 1, "dash": "dot"},
        "hoverinfo": "skip",
    }
    return [straight, _step_trace(path, TARGET, definition, t, width=2, dash="dash")]


def _band(path: TargetPath) -> list[Trace]:
    """The band from the day it is valid; an open side is not drawn."""
    days = [path.valid_from.isoformat(), path.target.due.isoformat()]
    edges = [edge for edge in (path.target.low, path.target.high) if edge is not None]
    line = {"color": TARGET, "width": 2, "dash": "dash"}
    base = {"type": "scatter", "mode": "lines", "x": days, "line": line, "hoverinfo": "skip"}
    traces: list[Trace] = [{**base, "y": [edge, edge]} for edge in edges]
    if len(traces) == 2:
        traces[1] |= {"fill": "tonexty", "fillcolor": "rgba(107, 76, 154, .08)"}
    return traces


def _required(sheet: Sheet, definition: Indicator, t: Translator) -> list[Trace]:
    reading, path = sheet.row.assessment.reading, sheet.row.assessment.path
    if not isinstance(sheet.pace, Pace) or reading is None or path is None or reading.value is None:
        return []
    goal = reading.value + sheet.pace.remaining if path.target.value is None else path.target.value
    return [
        {
            "type": "scatter",
            "mode": "lines",
            "x": [reading.period.end.isoformat(), path.target.due.isoformat()],
            "y": [reading.value, goal],
            "line": {"color": ACCENT, "width": 2, "dash": "dashdot"},
            "hoverinfo": "text",
            "text": t(
                "sheet.figure.required",
                pace=formats.difference(
                    sheet.pace.required, definition.unit, max(definition.decimals, 1), t.language
                ),
            ),
        }
    ]


def _fan(sheet: Sheet, definition: Indicator, t: Translator) -> list[Trace]:
    """What a new value would lie within, if the trend since the last break went on."""
    if not isinstance(sheet.projection, Projection):
        return []
    steps = sheet.projection.steps
    days = [step.at.isoformat() for step in steps]
    bounds = {95: ("low95", "high95"), 80: ("low80", "high80")}
    fans: list[Trace] = [
        {
            "type": "scatter",
            "mode": "lines",
            "x": days + days[::-1],
            "y": [getattr(s, high) for s in steps] + [getattr(s, low) for s in reversed(steps)],
            "fill": "toself",
            "fillcolor": FAN[level],
            "line": {"width": 0},
            "hoverinfo": "skip",
        }
        for level, (low, high) in bounds.items()
    ]
    middle = {
        "type": "scatter",
        "mode": "lines",
        "x": days,
        "y": [step.value for step in steps],
        "line": {"color": ACCENT, "width": 1},
        "hoverinfo": "text",
        "text": [f"{t('sheet.key.projection')}{_colon(t)}{_text(s.value, definition, t)}" for s in steps],
    }
    return [*fans, middle]


def _limits(sheet: Sheet, view: View) -> list[Trace]:
    """Mean and control limits of each segment; points with a signal ringed."""
    if not has_limits(sheet):
        return []
    readings, chart = sheet.noise.readings, sheet.noise.chart
    lines: list[Trace] = []
    for segment in chart.segments:
        days = [
            readings[segment.start].period.end.isoformat(),
            readings[segment.stop - 1].period.end.isoformat(),
        ]
        for value, dash in [(segment.mean, "solid"), (segment.lower, "dash"), (segment.upper, "dash")]:
            lines.append(
                _limit_trace(days, [value, value], view, line={"color": QUIET, "width": 1, "dash": dash})
            )
    ringed = [readings[point.index] for point in chart.points if point.rules]
    marks = _limit_trace(
        [r.period.end.isoformat() for r in ringed],
        [r.value for r in ringed],
        view,
        mode="markers",
        marker={"color": BREAK, "size": 13, "symbol": "circle-open", "line": {"width": 2}},
    )
    return [*lines, marks] if ringed else lines


def _limit_trace(days: list[str], values: Sequence[float | None], view: View, **more: Any) -> Trace:
    shown = {"type": "scatter", "mode": "lines", "hoverinfo": "skip", "meta": LIMITS, "visible": view.limits}
    return {**shown, "x": days, "y": list(values), **more}


def _compared(compared: Compared | None, definition: Indicator, t: Translator) -> list[Trace]:
    if compared is None:
        return []
    known = [r for r in compared.readings if r.value is not None]
    label = compared.option.label.in_(t.language)
    return [
        {
            "type": "scatter",
            "mode": "lines+markers",
            "x": [r.period.end.isoformat() for r in known],
            "y": [r.value for r in known],
            "text": [f"{label}<br>{_reading_text(r, definition, t)}" for r in known],
            "hoverinfo": "text",
            "line": {"color": OTHER, "width": 1.5, "dash": "dash"},
            "marker": {"color": OTHER, "size": 5, "symbol": "square"},
        }
    ]


def _labels(
    sheet: Sheet, definition: Indicator, compared: Compared | None, t: Translator
) -> list[dict[str, Any]]:
    """What a legend would say, written where it belongs: judged value, target, other series."""
    labels = []
    last = sheet.row.latest
    if last is not None and last.value is not None:
        text = f"<b>{value_text(last, definition, t.language)}</b>"
        labels.append(_label(last.period.end, last.value, text, INK))
    path = sheet.row.assessment.path
    if path is not None:
        goal = path.target
        middle = [edge for edge in (goal.value, goal.low, goal.high) if edge is not None][-1]
        text = t("sheet.figure.target", year=goal.due.year, value=goal_text(goal, definition, t.language))
        below = last is not None and last.value is not None and middle < last.value
        labels.append(
            {**_label(goal.due, middle, text, TARGET), "xanchor": "right", "yshift": -14 if below else 14}
        )
    known = [r for r in compared.readings if r.value is not None] if compared is not None else []
    if compared is not None and known:
        text = _short(compared.option.label.in_(t.language))
        labels.append(_label(known[-1].period.end, known[-1].value or 0.0, text, OTHER))
    return labels


def _label(day: date, value: float, text: str, colour: str) -> dict[str, Any]:
    return {
        "x": day.isoformat(),
        "y": value,
        "text": text,
        "font": {"color": colour},
        "showarrow": False,
        "yshift": 14,
        "bgcolor": "rgba(255, 255, 255, .85)",
    }


def _short(text: str, length: int = 42) -> str:
    return text if len(text) <= length else f"{text[: length - 1].rstrip()}…"


def _marks(annotations: Sequence[tuple[int, Remark]]) -> list[dict[str, Any]]:
    """Numbers above the plot; what they say stands as a list under it."""
    return [
        {
            "x": remark.day.isoformat(),
            "yref": "paper",
            "y": 1,
            "yanchor": "bottom",
            "yshift": 2,
            "text": f"<b>{number}</b>",
            "showarrow": False,
            "font": {"size": 11, "color": ACCENT},
            "bordercolor": ACCENT,
            "borderpad": 2,
            "bgcolor": "#fff",
        }
        for number, remark in annotations
        if FIRST <= remark.day <= LAST
    ]


def _text(value: float, definition: Indicator, t: Translator) -> str:
    return formats.measure(value, definition.unit, definition.decimals, t.language)


def _colon(t: Translator) -> str:
    return "\u00a0: " if t.language == "fr" else ": "
