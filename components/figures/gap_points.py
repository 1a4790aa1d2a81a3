"""The gap in points over time, around zero."""

from __future__ import annotations

from typing import Any

from components.figures.gap_frame import DENSE, break_lines, day_of, time_axis
from components.figures.theme import ACCENT, INK, QUIET
from components.gap_finding import interval_words, signed
from components.i18n import formats
from components.i18n.translate import Translator
from data_access.contract.model import Unit
from data_access.services.gap_model import GapSheet

GAP_HEIGHT = 240


def gap_points_figure(sheet: GapSheet, t: Translator) -> dict[str, Any]:
    """``data`` and ``layout`` for ``make_graph``: the gap with its interval; zero is no gap.

    A diamond differs from zero, a circle does not; the chosen period is larger.
    """
    shown = [p for p in sheet.points if p.gap is not None]
    gaps = [p.gap for p in shown if p.gap is not None]
    strong = [gap.significant for gap in gaps]
    chosen = [p == sheet.point for p in shown]
    colours = [ACCENT if s else QUIET for s in strong]
    small = 7 if len(shown) > DENSE else 9
    trace = {
        "type": "scatter",
        "mode": "markers",
        "x": [day_of(p) for p in shown],
        "y": [gap.points for gap in gaps],
        "text": [
            f"{formats.period(p.period, t.language)}<br>{signed(gap.points, t)} {interval_words(gap, t)}"
            for p, gap in zip(shown, gaps, strict=True)
        ],
        "hoverinfo": "text",
        "marker": {
            "opacity": 1,
            "size": [small + 4 if c else small for c in chosen],
            "symbol": ["diamond" if s else "circle" for s in strong],
            "color": ["#fff" if p.provisional else c for p, c in zip(shown, colours, strict=True)],
            "line": {"color": colours, "width": 2},
        },
        "error_y": {
            "type": "data",
            "symmetric": False,
            "array": [gap.high - gap.points for gap in gaps],
            "arrayminus": [gap.points - gap.low for gap in gaps],
            "color": QUIET,
            "thickness": 1,
            "width": 0,
        },
    }
    ends = [0.0, *(edge for gap in gaps for edge in (gap.low, gap.high))]
    pad = 0.1 * (max(ends) - min(ends)) or 1.0
    return {
        "data": [trace],
        "layout": {
            "xaxis": time_axis(sheet),
            "yaxis": {
                "range": [min(ends) - pad, max(ends) + pad],
                "ticksuffix": formats.unit_mark(Unit.POINTS, t.language),
                "zeroline": True,
                "zerolinecolor": INK,
                "zerolinewidth": 1.5,
                "nticks": 5,
            },
            "separators": {"fr": ",\u202f", "nl": ",."}[t.language],
            "hovermode": "closest",
            "shapes": break_lines(sheet),
            "margin": {"l": 8, "r": 16, "t": 12, "b": 8},
        },
    }


def gap_points_alt_text(sheet: GapSheet, t: Translator) -> str:
    """The smallest and largest gap by size, and how many differ from zero."""
    known = [(p, p.gap) for p in sheet.points if p.gap is not None]
    if not known:
        return t("gap.alt.empty")
    small, large = (pick(known, key=lambda pair: abs(pair[1].points)) for pick in (min, max))
    facts = {
        f"{name}_{what}": said
        for name, (point, gap) in (("small", small), ("large", large))
        for what, said in (
            ("period", formats.period(point.period, t.language)),
            ("gap", signed(gap.points, t)),
        )
    }
    strong = sum(gap.significant for _, gap in known)
    return f"{t('gap.alt.points', **facts)} {t.plural('gap.alt.significant', strong, total=len(known))}"
