"""The gap of two groups as it would be were both composed like the two together."""

from __future__ import annotations

from collections.abc import Hashable, Mapping
from math import hypot
from typing import TypeVar

from data_access.domain.funnel_comparison import Gap
from data_access.domain.standardisation import NotStandardised, standardise

Stratum = TypeVar("Stratum", bound=Hashable)


def standardised_gap(
    a: Mapping[Stratum, tuple[float, float]], b: Mapping[Stratum, tuple[float, float]]
) -> Gap | NotStandardised:
    """``a - b`` with the cases of both together as the standard, and its interval.

    The limits of the two standardised rates are joined as those of any difference are (MOVER; Zou, Huang and
    Zhang 2009), so that with one stratum the interval is Newcombe's.

    Args:
        a: numerator and denominator by stratum; ``b`` likewise.
        b: of the group that is compared with.
    """
    standard = {stratum: n + b.get(stratum, (0.0, 0.0))[1] for stratum, (_, n) in a.items()}
    standard |= {stratum: n for stratum, (_, n) in b.items() if stratum not in a}
    one, other = standardise(a, standard), standardise(b, standard)
    if isinstance(one, NotStandardised):
        return one
    if isinstance(other, NotStandardised):
        return other
    gap = one.value - other.value
    return Gap(
        gap,
        gap - hypot(one.value - one.low, other.high - other.value),
        gap + hypot(one.high - one.value, other.value - other.low),
    )
