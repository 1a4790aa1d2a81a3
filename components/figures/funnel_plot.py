"""Rate against size: the limits within which communes do not differ from the Region."""

from __future__ import annotations

from typing import Any

from components.figures.dot_marks import dot_marks
from components.figures.theme import ACCENT, INK, QUIET
from components.group_names import group_name, in_reading_order, short_name
from components.i18n import formats
from components.i18n.translate import Translator
from components.place_words import beyond, place_lines
from data_access.contract.model import Indicator
from data_access.domain.funnel_limits import Z95, Z998, Funnel, Position, curve
from data_access.services.breakdown_choices import AREA
from data_access.services.territory_model import Place, Territory

HEIGHT = 360
POINTS = 40


def funnel_plot_figure(territory: Territory, definition: Indicator, t: Translator) -> dict[str, Any]:
    """``data`` and ``layout`` for ``make_graph``; without a funnel, axes without marks."""
    funnel = territory.funnel
    shown = [p for p in territory.places if funnel is not None and p.nis in funnel.corrected]
    mark = formats.unit_mark(definition.unit, t.language)
    return {
        "data": [*_limits(shown, funnel), _dots(shown, territory, definition, t)],
        "layout": {
            # margins of our own: finding them, plotly.js would draw everything twice
            "margin": {"l": 52, "r": 16, "t": 12, "b": 52},
            "xaxis": {
                "automargin": False,
                "title": {"text": t("map.funnel.size"), "font": {"size": 12, "color": QUIET}},
                "rangemode": "tozero",
                "separatethousands": True,
                "zeroline": False,
            },
            "yaxis": {
                "automargin": False,
                "ticksuffix": mark,
                "zeroline": False,
                "nticks": 6,
                **_span(shown, funnel),
            },
            "hovermode": "closest",
            "annotations": _labels(shown, territory, t),
        },
    }


def _span(shown: list[Place], funnel: Funnel[str] | None) -> dict[str, Any]:
    """The heights that the communes take, and some air: the limits of the smallest may leave the frame."""
    values = [p.cell.value for p in shown if p.cell.value is not None]
    if funnel is None or not values:
        return {}
    values.append(100 * funnel.reference)
    air = 0.3 * (max(values) - min(values)) + 1
    return {"range": [max(min(values) - air, -2), min(max(values) + air, 102)]}


def _limits(shown: list[Place], funnel: Funnel[str] | None) -> list[dict[str, Any]]:
    """The Region's line, two pairs of limits and, thin, those of chance alone where they were widened."""
    sizes = [p.cell.denominator for p in shown if p.cell.denominator]
    if funnel is None or not sizes:
        return [_line([], [], INK, "solid")] * 7
    first, last = 0.6 * min(sizes), 1.08 * max(sizes)
    lines = [_line([first, last], [100 * funnel.reference] * 2, INK, "solid")]
    inflation = funnel.overdispersion.inflation
    kinds = [(Z95, "dot", inflation, 1.2), (Z998, "solid", inflation, 1.2), (Z998, "solid", 1.0, 0.5)]
    for z, dash, scatter, width in kinds:
        found = curve(funnel.reference, first, last, POINTS, z, scatter)
        x = [round(n, 1) for n in found.denominators]
        for side in (found.low, found.high):
            y = [round(100 * value, 3) for value in side] if width > 1 or inflation > 1 else []
            lines.append(_line(x if y else [], y, QUIET, dash, width))
    return lines


def _line(x: list[float], y: list[float], colour: str, dash: str, width: float = 1.2) -> dict[str, Any]:
    style = {"color": colour, "width": width, "dash": dash}
    return {"type": "scatter", "mode": "lines", "x": x, "y": y, "line": style, "hoverinfo": "skip"}


def _dots(shown: list[Place], territory: Territory, definition: Indicator, t: Translator) -> dict[str, Any]:
    strong = set(beyond(territory))
    colours = [ACCENT if p.nis in strong else QUIET for p in shown]
    hollow = [p.cell.provisional for p in shown]
    is_strong = [p.nis in strong for p in shown]
    return {
        "type": "scatter",
        "mode": "markers",
        "x": [p.cell.denominator for p in shown],
        "y": [p.cell.value for p in shown],
        "ids": [p.nis for p in shown],
        "marker": dot_marks(is_strong, hollow, colours, ["diamond" if s else "circle" for s in is_strong]),
        "text": ["<br>".join(place_lines(p, territory, definition, t)) for p in shown],
        "hoverinfo": "text",
    }


def _labels(shown: list[Place], territory: Territory, t: Translator) -> list[dict[str, Any]]:
    """The names of those outside the 95 % limits; the others do not differ and need none."""
    funnel = territory.funnel
    if funnel is None:
        return []
    outside = [p for p in shown if funnel.corrected[p.nis] is not Position.WITHIN]
    return [
        {
            "text": short_name(AREA, p.nis, t),
            "x": p.cell.denominator,
            "y": p.cell.value,
            "showarrow": False,
            "yshift": 13 if (p.cell.value or 0) >= 100 * funnel.reference else -13,
            "font": {"size": 11, "color": INK if p.nis in beyond(territory) else QUIET},
        }
        for p in outside
    ]


def funnel_alt_text(territory: Territory, t: Translator) -> str:
    """Who stands beyond which limits, and whether the communes scatter more than chance."""
    funnel = territory.funnel
    if funnel is None:
        return t("map.funnel.none")
    sentences = []
    groups = {
        "beyond": [nis for nis, p in funnel.corrected.items() if p.stands_out],
        "near": [n for n, p in funnel.corrected.items() if p is not Position.WITHIN and not p.stands_out],
    }
    for name, members in groups.items():
        if members:
            names = ", ".join(group_name(AREA, nis, t) for nis in in_reading_order(AREA, members, t))
            sentences.append(t(f"map.funnel.alt.{name}", names=names))
    within = len(funnel.corrected) - sum(map(len, groups.values()))
    sentences.append(t.plural("map.funnel.alt.within", within))
    return " ".join(sentences)
