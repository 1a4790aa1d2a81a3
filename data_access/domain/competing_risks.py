"""What share has left by each way out, when one way out rules out the others: cumulative incidence."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from math import exp, fsum, log, sqrt
from typing import Generic

from data_access.domain.interval import Z95
from data_access.domain.life_table import Cause, Month, NoTime, refuse_table

_ROUNDING = 1e-12  # everybody, as a sum of quotients may have it


@dataclass(frozen=True)
class Incidence:
    """Share that has left by one way out up to a month.

    Attributes:
        variance: of the delta method.
        low: of the 95 % interval; None where there is none: nobody, or everybody, has left this way.
        high: likewise.
    """

    month: int
    share: float
    variance: float
    low: float | None
    high: float | None


@dataclass(frozen=True)
class CumulativeIncidence(Generic[Cause]):
    """The curve of each way out, and the share still waiting; at each month they add up to 1."""

    causes: Mapping[Cause, tuple[Incidence, ...]]
    waiting: tuple[float, ...]


@dataclass(frozen=True)
class _Jump:
    """One month: those at risk, events of all causes, the share waiting at its start."""

    at_risk: int
    events: int
    waiting: float


def estimate_incidence(rows: Sequence[Month[Cause]], z: float = Z95) -> CumulativeIncidence[Cause] | NoTime:
    """Aalen and Johansen's estimate of each cause from grouped counts.

        F(t) = Σ S(s-) d_k / n,  S the Kaplan-Meier curve of all causes together

    Its variance is that of the delta method, not Aalen's nor Gray's:

        Σ (F(t) - F(s))² d / (n (n - d)) + Σ S(s-)² d_k (n - d_k) / n³ - 2 Σ (F(t) - F(s)) S(s-) d_k / n²

    Without censoring it is p (1 - p) / N. Limits: F^exp(±z √variance / (F log F)), between 0 and 1.
    Sources: Aalen and Johansen (1978), Scandinavian Journal of Statistics 5, 141-150; variance: Dinse and
    Larson (1986), Biometrika 73, 379-386; limits: Pintilie (2006), Competing Risks, §4.

    Args:
        rows: months since entry, ascending; a cause absent from one has no events in it.
        z: of the intervals.
    """
    if (refusal := refuse_table(rows)) is not None:
        return refusal
    jumps, waiting, after = [], 1.0, []
    for row in rows:
        jumps.append(_Jump(row.at_risk, row.event_count, waiting))
        waiting *= (row.at_risk - row.event_count) / row.at_risk
        after.append(waiting)
    months = [row.month for row in rows]
    causes = dict.fromkeys(cause for row in rows for cause in row.events)
    curves = {k: _curve(months, jumps, [row.events.get(k, 0) for row in rows], z) for k in causes}
    return CumulativeIncidence(curves, tuple(after))


def _curve(
    months: Sequence[int], jumps: Sequence[_Jump], events: Sequence[int], z: float
) -> tuple[Incidence, ...]:
    shares: list[float] = []
    points = []
    for at, month in enumerate(months):
        grown = jumps[at].waiting * events[at] / jumps[at].at_risk
        shares.append((shares[-1] if shares else 0.0) + grown)
        variance = _variance(jumps, events, shares)
        points.append(Incidence(month, shares[-1], variance, *_limits(shares[-1], variance, z)))
    return tuple(points)


def _variance(jumps: Sequence[_Jump], events: Sequence[int], shares: Sequence[float]) -> float:
    """The delta method's, at the last of the shares."""
    terms = []
    for jump, own, share in zip(jumps, events, shares, strict=False):
        n, d, rest = jump.at_risk, jump.events, shares[-1] - share
        if rest:  # at the last jump it is zero, where n - d may be too
            terms.append(rest**2 * d / (n * (n - d)))
        terms.append(jump.waiting**2 * own * (n - own) / n**3)
        terms.append(-2 * rest * jump.waiting * own / n**2)
    return max(0.0, fsum(terms))


def _limits(share: float, variance: float, z: float) -> tuple[float | None, float | None]:
    if share == 0 or 1 - share < _ROUNDING:
        return None, None
    power = sqrt(variance) * z / (share * log(share))
    low, high = sorted((share ** exp(power), share ** exp(-power)))
    return low, high
