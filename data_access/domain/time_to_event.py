"""How long until the event, of those who may still be waiting: Kaplan and Meier's curve and its median.

For delays with one way out. Where there are several (employment, training, other exits) the share that one of
them takes is ``competing_risks``'s: one minus this curve, with the others taken for censored, overstates it.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from math import exp, inf, log, sqrt

from data_access.domain.interval import Z95
from data_access.domain.life_table import Cause, Month, NoTime, refuse_table


@dataclass(frozen=True)
class Survival:
    """Share still without the event after a month.

    Attributes:
        variance: Greenwood's; None once nobody is left, where the formula divides by zero.
        low: of the 95 % interval; None where there is none: nothing has happened yet, or nobody is left.
        high: likewise.
    """

    month: int
    share: float
    variance: float | None
    low: float | None
    high: float | None


@dataclass(frozen=True)
class Median:
    """Months until half have had the event.

    Attributes:
        months: None while more than half are waiting: not reached.
        low: of the 95 % interval; None when even its lower limit is beyond what was observed.
        high: likewise; None is no limit.
    """

    months: int | None
    low: int | None
    high: int | None


@dataclass(frozen=True)
class SurvivalCurve:
    """The curve at each month of the table, and its median."""

    points: tuple[Survival, ...]
    median: Median


def estimate_survival(rows: Sequence[Month[Cause]], z: float = Z95) -> SurvivalCurve | NoTime:
    """The product-limit estimate from grouped counts; events of all causes are one event.

        S(t) = Π (1 - d/n),  variance S² Σ d / (n (n - d)),  limits S^exp(±z √Σ / log S)

    with d events among n at risk in each month up to t. The limits are symmetric on the scale
    log(-log S) and stay between 0 and 1. Sources: Kaplan and Meier (1958), Journal of the American
    Statistical Association 53, 457-481; Greenwood (1926); limits: Kalbfleisch and Prentice (1980), The
    Statistical Analysis of Failure Time Data, §1.3.

    The median is the first month with S ≤ ½, its interval the months at which S does not differ from ½ on
    that same scale: Brookmeyer and Crowley (1982), Biometrics 38, 29-41.

    Args:
        rows: months since entry, ascending.
        z: of the intervals.
    """
    if (refusal := refuse_table(rows)) is not None:
        return refusal
    points, share, spread = [], 1.0, 0.0
    for row in rows:
        events, left = row.event_count, row.at_risk - row.event_count
        share *= left / row.at_risk
        spread = spread + events / (row.at_risk * left) if left else inf
        points.append(_point(row.month, share, spread, z))
    return SurvivalCurve(tuple(points), _median(points))


def _point(month: int, share: float, spread: float, z: float) -> Survival:
    if spread == inf:
        return Survival(month, 0.0, None, None, None)
    if spread == 0:
        return Survival(month, 1.0, 0.0, None, None)
    reach = exp(z * sqrt(spread) / -log(share))
    return Survival(month, share, share**2 * spread, share**reach, share ** (1 / reach))


def _median(points: Sequence[Survival]) -> Median:
    """Where the curve and its limits first reach one half."""
    low = _first(points, lambda p: (p.low if p.low is not None else p.share) <= _HALF)
    high = _first(points, lambda p: (p.high if p.high is not None else p.share) <= _HALF)
    return Median(_first(points, lambda p: p.share <= _HALF), low, high)


_HALF = 0.5 + 1e-12  # 1/2 as a product of quotients may come out a rounding above


def _first(points: Sequence[Survival], holds: Callable[[Survival], bool]) -> int | None:
    return next((point.month for point in points if holds(point)), None)
