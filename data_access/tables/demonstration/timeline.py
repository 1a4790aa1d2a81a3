"""When: periods, values along a path, seasons, breaks, and what an immature cohort shows so far."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Mapping, Sequence
from datetime import date

import numpy as np

from data_access.contract.model import CohortWindow
from data_access.domain.cohort import Maturity, Window, maturity
from data_access.domain.period import PERIODS_PER_YEAR, Freq, Period
from data_access.tables.demonstration.streams import Floats, added

CUTOFF = date(2026, 10, 31)  # last day covered by the demonstration
_SPANS = {
    Freq.MONTH: ("2022-01", "2026-10"),
    Freq.QUARTER: ("2022-Q1", "2026-Q3"),
    Freq.SEMESTER: ("2022-S1", "2026-S1"),
    Freq.ANNUAL: ("2021", "2025"),
}


def periods(freq: Freq) -> tuple[Period, ...]:
    """Every period of a frequency in the demonstration, oldest first."""
    first, last = map(Period.parse, _SPANS[freq])
    found = [first]
    while found[-1] < last:
        found.append(found[-1].shift(1))
    return tuple(found)


def middle(period: Period) -> float:
    """Middle of a period as a decimal year: 2024 is 2024.5, 2024-Q1 is 2024.125."""
    return period.year + (period.number - 0.5) / PERIODS_PER_YEAR[period.freq]


def along(path: Mapping[str, float], when: Sequence[Period]) -> Floats:
    """Values of a piecewise linear path at the middle of some periods, level before and after it.

    Args:
        path: value by period (``2022``, ``2024-09``), each standing at the middle of its period.
        when: the periods wanted.
    """
    points = sorted((middle(Period.parse(text)), value) for text, value in path.items())
    return np.array([_between(points, middle(p)) for p in when])


def _between(points: Sequence[tuple[float, float]], at: float) -> float:
    after = bisect_right(points, at, key=lambda point: point[0])
    if after == 0:
        return points[0][1]
    if after == len(points):
        return points[-1][1]
    (x0, y0), (x1, y1) = points[after - 1], points[after]
    return y0 + (y1 - y0) * ((at - x0) / (x1 - x0))


def season(profile: Sequence[float], when: Sequence[Period]) -> Floats:
    """Mean seasonal factor of each period.

    Args:
        profile: twelve factors, January first, whose mean is 1.
        when: the periods wanted.
    """
    return np.array([_mean(profile[p.start.month - 1 : p.end.month]) for p in when])


def _mean(factors: Sequence[float]) -> float:
    return added(factors) / len(factors)


def since(day: date, when: Sequence[Period]) -> Floats:
    """1.0 for the periods that begin on that day or later, else 0.0."""
    return np.array([float(p.start >= day) for p in when])


def accrued(window: CohortWindow | None, when: Sequence[Period]) -> Floats:
    """Share of its final result that a cohort shows at the cut-off: 1 once mature, 0 before any is seen.

    Results come early in the window: after half of it, three quarters of them are there.
    """
    if window is None:
        return np.ones(len(when))
    seen = [_share_seen(window, p) for p in when]
    return np.array([share * (2.0 - share) for share in seen])


def _share_seen(window: CohortWindow, period: Period) -> float:
    if is_mature(window, period):
        return 1.0
    known_until = CUTOFF.year + CUTOFF.month / 12 - window.lag_months / 12
    months = (known_until - middle(period)) * 12
    # A window that is still open shows clearly less than all: 0.7 of it, hence 0.91 of its results.
    return min(max(months / window.window_months, 0.0), 0.7)


def is_mature(window: CohortWindow, period: Period) -> bool:
    """Whether the whole cohort has been followed, and its source has delivered, at the cut-off."""
    return maturity(period, Window(window.window_months, window.lag_months), CUTOFF) is Maturity.MATURE
