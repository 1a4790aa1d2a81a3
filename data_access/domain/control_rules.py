"""The four rules that tell a signal from the usual noise of a process (NHS, Making Data Count)."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum
from itertools import pairwise

from data_access.domain.control_limits import Segment, sign_of_difference

RUN = 7


class Rule(StrEnum):
    """Why a point is a signal."""

    OUTSIDE = "outside"
    SHIFT = "shift"
    TREND = "trend"
    TWO_OF_THREE = "two_of_three"


@dataclass(frozen=True)
class ControlPoint:
    """What the rules say of one value.

    Attributes:
        index: of the value in the series.
        rules: those it breaks, in the order of ``Rule``; none for common cause.
        above: the mean of its segment; None on it, and in a stretch without limits.
    """

    index: int
    rules: tuple[Rule, ...] = ()
    above: bool | None = None


def judge_points(values: Sequence[float], segment: Segment) -> list[ControlPoint]:
    """The points of one segment; no run looks beyond it.

    - OUTSIDE: beyond a limit; on it is inside.
    - SHIFT: seven or more in a row on one side of the mean; a point on the mean ends the run.
    - TREND: seven or more in a row, each higher (or each lower) than the one before; equal values end it.
    - TWO_OF_THREE: of three in a row on one side of the mean, two or three beyond the near limit.

    All points of a shift or a trend are flagged, of two in three those beyond the near limit, as
    NHSRplotthedots does (``ptd_calculate_point_type``; issue 143 for the side of the third). Points beyond
    the limit count as beyond the near limit, as in the tools of Making Data Count since 2023 (issue 194);
    NHSRplotthedots itself leaves them out.
    """
    part = values[segment.start : segment.stop]
    sides = [segment.side(v, segment.mean) for v in part]
    steps = [sign_of_difference(b, a, segment.moving_range) for a, b in pairwise(part)]
    flagged = {
        Rule.OUTSIDE: {i for i, v in enumerate(part) if _is_beyond(v, segment.lower, segment.upper, segment)},
        Rule.SHIFT: _in_runs(sides, RUN),
        # Six equal steps join seven points: a step belongs to both its ends.
        Rule.TREND: {i + end for i in _in_runs(steps, RUN - 1) for end in (0, 1)},
        Rule.TWO_OF_THREE: _two_of_three(part, sides, segment),
    }
    return [
        ControlPoint(
            index=segment.start + i,
            rules=tuple(rule for rule in Rule if i in flagged[rule]),
            above=None if side == 0 else side > 0,
        )
        for i, side in enumerate(sides)
    ]


def _is_beyond(value: float, lower: float, upper: float, segment: Segment) -> bool:
    return segment.side(value, lower) < 0 or segment.side(value, upper) > 0


def _in_runs(signs: Sequence[int], length: int) -> set[int]:
    """Indices that lie in a run of equal signs of at least that length; a zero has no sign."""
    return {
        start + step
        for start in range(len(signs) - length + 1)
        if signs[start] and len(set(signs[start : start + length])) == 1
        for step in range(length)
    }


def _two_of_three(part: Sequence[float], sides: Sequence[int], segment: Segment) -> set[int]:
    near = [_is_beyond(v, segment.near_lower, segment.near_upper, segment) for v in part]
    return {
        i
        for start in _starts_of_three(sides)
        if sum(near[start : start + 3]) >= 2
        for i in range(start, start + 3)
        if near[i]
    }


def _starts_of_three(sides: Sequence[int]) -> list[int]:
    """Where three points on the same side of the mean begin."""
    return [i for i in range(len(sides) - 2) if sides[i] and sides[i] == sides[i + 1] == sides[i + 2]]
