"""Cumulative incidence by months since entry: a stepped line and its band a way out, two groups together."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from components.figures.funnel_flow import GAIN
from components.figures.graph import Figure
from components.figures.theme import ACCENT, QUIET
from components.i18n import formats
from components.i18n.translate import Translator
from components.incidence_words import CAUSES, Shown, point_text, share_text, until_common
from data_access.contract.model import Unit
from data_access.domain.cohort_funnel import Outcome
from data_access.services.incidence import CohortIncidence

HEIGHT, LOWEST = 420, 340  # pixels: on the page, on a sheet that leaves the screen
COLOURS = {Outcome.EMPLOYMENT: GAIN, Outcome.TRAINING: ACCENT, Outcome.OTHER_EXIT: QUIET}
BANDS = {
    Outcome.EMPLOYMENT: "rgba(47, 133, 90, .14)",
    Outcome.TRAINING: "rgba(11, 79, 108, .12)",
    Outcome.OTHER_EXIT: "rgba(91, 103, 112, .14)",
}
DASHES = ("solid", "dash")
_LINE, _NAME = 16, 14  # pixels of a line of a label; letters of a group's name in it
Trace = dict[str, Any]


def incidence_figure(shown: Shown, t: Translator) -> Figure:
    """The figure as plain values, two groups as far as both were followed; the table holds some months of it.

    Args:
        shown: one group, or two of the same cohort: the first solid, the second dashed.
    """
    shown = until_common(shown)
    bands = [trace for _, found in shown for cause in CAUSES for trace in _band(found, cause)]
    lines = [
        _line(name, found, cause, dash, t)
        for (name, found), dash in zip(shown, DASHES, strict=False)
        for cause in CAUSES
    ]
    top = max((y for trace in (*bands, *lines) for y in trace["y"]), default=0.0)
    top = min(100.0, 1.12 * top + 2.0)
    last = max(found.months[-1] for _, found in shown)
    return {
        "data": [*bands, *lines],
        "layout": {
            "xaxis": {
                "title": {"text": t("incidence.axis.months")},
                "range": [0, 1.02 * last],
                "dtick": 3 if last <= 36 else 6,
                "showgrid": False,
                "ticks": "outside",
            },
            "yaxis": {
                "range": [0, top],
                "ticksuffix": formats.unit_mark(Unit.PERCENT, t.language),
                "fixedrange": True,
            },
            "separators": {"fr": ",\u202f", "nl": ",."}[t.language],
            "annotations": _labels(shown, top, t),
            "hovermode": "closest",
            "margin": {"l": 8, "r": 118 if len(shown) == 1 else 150, "t": 16, "b": 8},
        },
    }


def incidence_alt_text(shown: Shown, definition: str, t: Translator) -> str:
    """Title, then for each group where every way out stands at the last month of the figure."""
    parts = [t("incidence.alt.title", funnel=definition)]
    for name, found in until_common(shown):
        points = {c.value: point_text(found.curves[c][-1], t) for c in CAUSES}
        cohort = formats.period(found.cohort, t.language)
        facts = {"cohort": cohort, "group": name, "entered": formats.number(found.entered, 0, t.language)}
        parts.append(t("incidence.alt.group", **facts, **points, months=found.months[-1]))
    return " ".join(parts)


def _band(found: CohortIncidence, cause: Outcome) -> list[Trace]:
    """Lower, then upper limit, the area between them filled; where there is none, the curve itself."""
    points = found.curves[cause]
    if all(point.low is None for point in points):
        return []
    low = [0.0, *(_percent(p.share if p.low is None else p.low) for p in points)]
    high = [0.0, *(_percent(p.share if p.high is None else p.high) for p in points)]
    edge: Trace = {
        "type": "scatter",
        "mode": "lines",
        "x": [0, *found.months],
        "line": {"shape": "hv", "width": 0, "color": COLOURS[cause]},
        "hoverinfo": "skip",
    }
    return [{**edge, "y": low}, {**edge, "y": high, "fill": "tonexty", "fillcolor": BANDS[cause]}]


def _line(name: str, found: CohortIncidence, cause: Outcome, dash: str, t: Translator) -> Trace:
    points = found.curves[cause]
    label = t(f"incidence.cause.{cause.value}")
    words = [
        t("incidence.point", group=name, cause=label, months=p.month, share=point_text(p, t)) for p in points
    ]
    return {
        "type": "scatter",
        "mode": "lines+markers",
        "marker": {"size": [*[0] * len(points), 7], "color": COLOURS[cause]},  # where it ends
        "x": [0, *found.months],
        "y": [0.0, *(_percent(point.share) for point in points)],
        "text": ["", *words],
        "hoverinfo": "text",
        "line": {
            "shape": "hv",
            "width": 2.5 if dash == "solid" else 2,
            "color": COLOURS[cause],
            "dash": dash,
        },
    }


def _labels(shown: Shown, top: float, t: Translator) -> list[Trace]:
    """Beside the end of the curves, for each way out: its name, and where each group stands; kept apart."""
    ends = sorted((_percent(shown[0][1].curves[cause][-1].share), cause) for cause in CAUSES)
    apart = top * _LINE * (1 + len(shown)) / (LOWEST - 70)
    return [
        {
            "x": 1,
            "xref": "paper",
            "xshift": 6,
            "y": y,
            "text": _label(shown, cause, t),
            "showarrow": False,
            "xanchor": "left",
            "yanchor": "middle",
            "align": "left",
            "font": {"color": COLOURS[cause], "size": 12},
        }
        for (_, cause), y in zip(ends, _spread([share for share, _ in ends], apart), strict=True)
    ]


def _label(shown: Shown, cause: Outcome, t: Translator) -> str:
    lines = [f"<b>{t(f'incidence.cause.{cause.value}')}</b>"]
    for name, found in shown:
        share = share_text(found.curves[cause][-1].share, t)
        lines.append(f"{name[:_NAME]} {share}" if len(shown) > 1 else share)
    return "<br>".join(lines)


def _spread(heights: Sequence[float], apart: float) -> list[float]:
    """The same heights, from the lowest on, none nearer than that to the one below."""
    placed: list[float] = []
    for height in heights:
        placed.append(max(height, placed[-1] + apart) if placed else height)
    return placed


def _percent(share: float) -> float:
    return round(100 * share, 2)
