"""The meetings that decided about a series, on a figure whose axis is time: a line, and the code above it.

Solid and dark, where a break is dashed and a remark is a number in a frame: legible in greyscale.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Any

from components.figures.theme import INK
from data_access.services.decision_rows import Decision

LOW, OVER_REMARKS, ROW = (
    3,
    22,
    16,
)  # pixels above the plot: of the first row of codes, and of each further one
ROWS = 3  # codes of near meetings stand one above the other
NEAR = 200  # days within which two codes would touch
MARGIN, CODE = 40, 20  # above a plot, and above the place of a code


def shown_decisions(decisions: Sequence[Decision], first: date, last: date) -> list[Decision]:
    """Those whose meeting stands on the axis."""
    return [each for each in decisions if first <= each.meeting <= last]


def decision_lines(decisions: Sequence[Decision]) -> list[dict[str, Any]]:
    """A shape over the whole height of the plot for each meeting."""
    days = dict.fromkeys(each.meeting.isoformat() for each in decisions)
    return [
        {
            "type": "line",
            "x0": day,
            "x1": day,
            "yref": "paper",
            "y0": 0,
            "y1": 1,
            "line": {"color": INK, "width": 1},
        }
        for day in days
    ]


def decision_labels(decisions: Sequence[Decision], *, over_remarks: bool) -> list[dict[str, Any]]:
    """The codes, each above its line; that of a near meeting one row higher.

    Args:
        decisions: those shown.
        over_remarks: whether numbers of remarks stand on the edge of the plot.
    """
    labels, row, before = [], 0, date.min
    base = OVER_REMARKS if over_remarks else LOW
    for each in sorted(decisions, key=lambda d: (d.meeting, d.code)):
        near = before != date.min and (each.meeting - before).days < NEAR
        row = (row + 1) % ROWS if near else 0
        before = each.meeting
        labels.append(_label(each, base + row * ROW))
    return labels


def top_margin(labels: Sequence[dict[str, Any]]) -> int:
    """Pixels that a plot leaves above it for the codes."""
    return max([MARGIN, *(int(label["yshift"]) + CODE for label in labels)])


def _label(decision: Decision, shift: int) -> dict[str, Any]:
    return {
        "x": decision.meeting.isoformat(),
        "yref": "paper",
        "y": 1,
        "yanchor": "bottom",
        "yshift": shift,
        "text": decision.code,
        "showarrow": False,
        "font": {"size": 11, "color": INK},
        "bgcolor": "rgba(255, 255, 255, .85)",
    }
