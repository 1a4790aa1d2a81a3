"""What the rate of a group would be if it were composed like a standard: direct standardisation."""

from __future__ import annotations

from collections.abc import Hashable, Mapping
from dataclasses import dataclass
from enum import StrEnum
from math import fsum, hypot
from typing import TypeVar

from data_access.domain.interval import Z95, wilson_interval

Stratum = TypeVar("Stratum", bound=Hashable)


class NotStandardised(StrEnum):
    """Why there is no standardised rate."""

    NO_STRATA = "no_strata"
    STRATUM_MISSING = "stratum_missing"  # in the group: nobody there to tell its rate
    NOT_IN_STANDARD = "not_in_standard"  # persons to whom the standard gives no weight, not even 0
    NO_PROPORTION = "no_proportion"


@dataclass(frozen=True)
class Standardised:
    """A directly standardised proportion with its 95 % interval, as shares."""

    value: float
    low: float
    high: float


def standardise(
    groups: Mapping[Stratum, tuple[float, float]], standard: Mapping[Stratum, float], z: float = Z95
) -> Standardised | NotStandardised:
    """Weigh the proportions of the strata as the standard is composed: ``sum w p / sum w``.

    The interval is that of a weighted sum of independent binomial proportions by recovery of variance
    (MOVER): with the Wilson limits l and u of each stratum,

        value - √ sum (w (p - l))²  and  value + √ sum (w (u - p))²,  the weights adding up to 1.

    Unlike the normal interval with variance ``sum w² p (1 - p) / n`` it has a width where a stratum shows
    nobody or everybody, and stays between 0 and 1. With one stratum it is Wilson's; of a half of one
    proportion and a half of the complement of another it is Newcombe's interval of their difference, which
    the project uses for gaps. Source: Zou, Huang and Zhang (2009), Computational Statistics and Data Analysis
    53, 1080-1085.

    Args:
        groups: numerator and denominator by stratum.
        standard: weight by stratum, persons or shares alike; 0 leaves a stratum out on purpose.
        z: of the interval.

    Returns:
        The rate, or why there is none: no weight at all (``NO_STRATA``), a weight where the group has nobody
        (``STRATUM_MISSING``; merge strata, do not drop them), persons in a stratum that the standard does not
        know (``NOT_IN_STANDARD``), or a numerator outside its denominator (``NO_PROPORTION``).

    Raises:
        ValueError: a weight is negative or not a number.
    """
    if not all(weight >= 0 for weight in standard.values()):
        raise ValueError("a weight is negative")
    if (refusal := _refusal(groups, standard)) is not None:
        return refusal
    total = fsum(standard.values())
    parts = [(weight / total, *groups[stratum]) for stratum, weight in standard.items() if weight > 0]
    value = fsum(weight * x / n for weight, x, n in parts)
    below, above = [], []
    for weight, x, n in parts:
        low, high = wilson_interval(x, n, z)
        below.append(weight * (x / n - low))
        above.append(weight * (high - x / n))
    return Standardised(value, max(0.0, value - hypot(*below)), min(1.0, value + hypot(*above)))


def _refusal(
    groups: Mapping[Stratum, tuple[float, float]], standard: Mapping[Stratum, float]
) -> NotStandardised | None:
    if not any(standard.values()):
        return NotStandardised.NO_STRATA
    if not all(0 <= x <= n for x, n in groups.values()):
        return NotStandardised.NO_PROPORTION
    peopled = {stratum for stratum, (_, n) in groups.items() if n > 0}
    if not peopled <= set(standard):
        return NotStandardised.NOT_IN_STANDARD
    if not {stratum for stratum, weight in standard.items() if weight > 0} <= peopled:
        return NotStandardised.STRATUM_MISSING
    return None
