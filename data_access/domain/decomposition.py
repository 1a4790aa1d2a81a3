"""Why two rates differ: other people, or other rates of the same people; and which area moved the whole.

With w a stratum's share of its population, r its rate, R the rate of all strata together, Δ the difference
between the two populations and a bar their mean, Kitagawa's identity is

    ΔR = sum r̄ Δw  (composition)  +  sum w̄ Δr  (within)

because Δ(w r) = r̄ Δw + w̄ Δr in every stratum. Shares add up to 1 in both populations, so sum Δw = 0 and R̄
may be taken from every r̄ without changing the sum:

    ΔR = sum (r̄ - R̄) Δw + sum w̄ Δr

This second form is used stratum by stratum. A stratum that weighs more in one population then counts for as
much as its rate lies above or below the whole; in the first form each stratum that grows would seem to raise
the rate, even one with the lowest rate of all. The symmetric form leaves no interaction over.

Source: Kitagawa (1955), Components of a difference between two rates, Journal of the American Statistical
Association 50, 1168-1194. With areas for strata and two dates for populations it is the symmetric shift-share
analysis. It is arithmetic, not cause: « within » holds all that the strata do not tell apart.
"""

from __future__ import annotations

from collections.abc import Hashable, Iterable, Mapping
from dataclasses import dataclass
from enum import StrEnum
from math import fsum
from typing import Generic, TypeVar

Key = TypeVar("Key", bound=Hashable)


class NoDecomposition(StrEnum):
    """Why a difference is not decomposed."""

    NO_STRATA = "no_strata"
    STRATUM_MISSING = "stratum_missing"  # in one of the two
    NO_RATE = "no_rate"


@dataclass(frozen=True)
class Component:
    """What one stratum or area adds to a difference, in shares (times 100 for percentage points)."""

    composition: float
    within: float

    @property
    def total(self) -> float:
        """Both together."""
        return self.composition + self.within


@dataclass(frozen=True)
class Decomposition(Generic[Key]):
    """A difference of two rates by stratum, in shares.

    Attributes:
        rate_a: of all strata together; ``rate_b`` likewise.
        strata: what each adds to ``rate_a - rate_b``.
    """

    rate_a: float
    rate_b: float
    strata: Mapping[Key, Component]

    @property
    def difference(self) -> float:
        """``rate_a - rate_b``."""
        return self.rate_a - self.rate_b

    @property
    def composition(self) -> float:
        """What comes from other shares of the strata."""
        return fsum(part.composition for part in self.strata.values())

    @property
    def within(self) -> float:
        """What comes from other rates in the same strata."""
        return fsum(part.within for part in self.strata.values())


@dataclass(frozen=True)
class Contributions(Generic[Key]):
    """A change of the rate of the whole by area, in shares.

    Attributes:
        before: rate of the whole; ``after`` likewise.
        areas: what each adds to ``after - before``: ``within`` by its own rate, ``composition`` by its
            weight.
    """

    before: float
    after: float
    areas: Mapping[Key, Component]

    @property
    def change(self) -> float:
        """``after - before``."""
        return self.after - self.before


def kitagawa(
    a: Mapping[Key, tuple[float, float]], b: Mapping[Key, tuple[float, float]]
) -> Decomposition[Key] | NoDecomposition:
    """Decompose the difference of two rates, ``a - b``; formula and source in the module.

    Args:
        a: numerator and denominator by stratum; ``b`` likewise. A stratum without persons in either is left
            out, a key that is absent has no persons.

    Returns:
        The decomposition, or why there is none: nobody in one of the two (``NO_STRATA``), a stratum with
        persons in one and nobody in the other (``STRATUM_MISSING``), or a count below zero or a numerator
        without denominator (``NO_RATE``). In the second case the missing rate could be taken as equal to the
        known one, which books everything as composition; that is an assumption that nobody would see, so
        strata are to be merged instead.
    """
    if (refusal := _refusal(a, b)) is not None:
        return refusal
    total_a, total_b = (fsum(n for _, n in side.values()) for side in (a, b))
    rate_a, rate_b = (fsum(x for x, _ in a.values()) / total_a, fsum(x for x, _ in b.values()) / total_b)
    middle = (rate_a + rate_b) / 2

    def component(key: Key) -> Component:
        (x_a, n_a), (x_b, n_b) = a[key], b[key]
        r_a, r_b, w_a, w_b = x_a / n_a, x_b / n_b, n_a / total_a, n_b / total_b
        return Component((w_a - w_b) * ((r_a + r_b) / 2 - middle), (r_a - r_b) * (w_a + w_b) / 2)

    return Decomposition(rate_a, rate_b, {key: component(key) for key, (_, n) in a.items() if n > 0})


def contributions(
    before: Mapping[Key, tuple[float, float]], after: Mapping[Key, tuple[float, float]]
) -> Contributions[Key] | NoDecomposition:
    """How much of the change of the rate of the whole each area brought; formula and source in the module.

    With s an area's share of the whole, ``s̄ Δr`` by its own rate and ``(r̄ - R̄) Δs`` by its weight.

    Args:
        before: numerator and denominator of every area of the whole; ``after`` likewise.

    Returns:
        The contributions, or why there are none, as for ``kitagawa``.
    """
    found = kitagawa(after, before)
    if isinstance(found, NoDecomposition):
        return found
    return Contributions(found.rate_b, found.rate_a, found.strata)


def _refusal(
    a: Mapping[Key, tuple[float, float]], b: Mapping[Key, tuple[float, float]]
) -> NoDecomposition | None:
    if not (_are_rates(a.values()) and _are_rates(b.values())):
        return NoDecomposition.NO_RATE
    peopled_a, peopled_b = ({key for key, (_, n) in side.items() if n > 0} for side in (a, b))
    if not (peopled_a and peopled_b):
        return NoDecomposition.NO_STRATA
    return None if peopled_a == peopled_b else NoDecomposition.STRATUM_MISSING


def _are_rates(counts: Iterable[tuple[float, float]]) -> bool:
    """Whether all counts are at least zero, and zero where there is nobody; a rate may exceed 1."""
    return all((x >= 0 and n > 0) or x == n == 0 for x, n in counts)
