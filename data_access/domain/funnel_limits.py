"""Which groups differ from the whole by more than chance: control limits of proportions by size.

The limits around the reference p of a group of n persons are

    p ± z √φ √(p (1 - p) / n)

cut at 0 and 1, with z = 1.959964 (95 %) and 3.090232 (99.8 %). With φ = 1 they are those of OHID's Fingertips
(``phe_funnels`` of the R package PHEindicatormethods). Counts of everybody vary by chance too: what is asked
is whether one and the same chance for all explains them.

Overdispersion is scatter beyond that. φ is the mean square of the z-scores of all groups at φ = 1, after
the lowest and the highest tenth of them were pulled in to the 10 % and 90 % quantiles (R's type 7), and the
limits widen by √φ. Sources: Spiegelhalter (2005), Statistics in Medicine 24, 1185-1202; on pulling in, the
same (2005), Quality and Safety in Health Care 14, 347-351.

Choices made for nineteen communes:

- The z-scores are pulled in, as in these papers, although it concerns only two communes at either end:
  otherwise one commune far out would widen the limits and hide itself. It costs something: where the scatter
  is normal φ comes out a third too low, so the wider limits are rather too narrow than too wide.
- Whether there is overdispersion is tested on the z-scores as they are, because their squares then add up to
  Pearson's chi-square, whose distribution is known; those pulled in add up to less and would hardly ever be
  significant. Degrees of freedom are one fewer than groups when the reference is their own pooled proportion,
  and as many as groups when it comes from elsewhere.
- Both must hold, a significant test and φ above 1, else nothing is widened. One commune far out makes the
  test significant and leaves φ small: it stays outside.
"""

from __future__ import annotations

from collections.abc import Hashable, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from math import fsum, sqrt
from typing import Generic, TypeVar

from scipy.special import chdtrc  # type: ignore[import-untyped]

from data_access.domain.interval import Z95 as Z95  # both levels are asked for here
from data_access.domain.quantile import quantile

Key = TypeVar("Key", bound=Hashable)

Z998 = 3.090232
# Fewer groups tell neither their scatter nor who stands out from it.
MIN_GROUPS = 5
WINSORISED = 0.10  # at either end (Spiegelhalter 2005)
LEVEL = 0.05  # of the test for overdispersion


class Position(StrEnum):
    """Where a group lies; on a limit is inside it."""

    LOW = "low"  # below the 99.8 % limit
    NEAR_LOW = "near_low"  # between the two lower limits
    WITHIN = "within"  # inside 95 %: no difference from the whole can be seen
    NEAR_HIGH = "near_high"
    HIGH = "high"

    @property
    def stands_out(self) -> bool:
        """Whether it is beyond 99.8 %, which alone deserves a colour."""
        return self in {Position.LOW, Position.HIGH}


class NoFunnel(StrEnum):
    """Why there is no funnel."""

    TOO_FEW = "too_few"
    NO_PROPORTION = "no_proportion"
    NO_VARIATION = "no_variation"


@dataclass(frozen=True)
class Overdispersion:
    """Scatter of the groups, measured in what chance alone would give.

    Attributes:
        factor: φ, from z-scores pulled in.
        statistic: sum of the squared z-scores as they are.
        degrees: of freedom.
        p_value: chance of at least this statistic when all groups share the reference.
    """

    factor: float
    statistic: float
    degrees: int
    p_value: float

    @property
    def significant(self) -> bool:
        """Whether chance alone gives this scatter in fewer than five cases of a hundred."""
        return self.p_value < LEVEL

    @property
    def inflation(self) -> float:
        """What the variance is multiplied by; 1 unless there is overdispersion."""
        return max(1.0, self.factor) if self.significant else 1.0


@dataclass(frozen=True)
class Funnel(Generic[Key]):
    """Groups against their limits.

    Attributes:
        reference: the proportion in the middle, as a share.
        raw: position of each group at φ = 1.
        corrected: likewise, at the inflation of the overdispersion; the same as ``raw`` when that is 1.
    """

    reference: float
    overdispersion: Overdispersion
    raw: Mapping[Key, Position]
    corrected: Mapping[Key, Position]


@dataclass(frozen=True)
class Curve:
    """A pair of limits to draw: denominators, and the limits there as shares."""

    denominators: tuple[float, ...]
    low: tuple[float, ...]
    high: tuple[float, ...]


def limits(reference: float, denominator: float, z: float, inflation: float = 1.0) -> tuple[float, float]:
    """Control limits of a group, as shares between 0 and 1.

    Args:
        reference: the proportion in the middle, as a share.
        denominator: persons in the group.
        z: ``Z95`` or ``Z998``.
        inflation: φ, which multiplies the variance.

    Raises:
        ValueError: the reference is no share, or the denominator or the inflation is not positive.
    """
    half = z * _spread(reference, denominator, inflation)
    return max(0.0, reference - half), min(1.0, reference + half)


def _spread(reference: float, denominator: float, inflation: float = 1.0) -> float:
    if not (0 <= reference <= 1 and denominator > 0 and inflation > 0):
        raise ValueError(f"no limits around {reference} for {denominator}, inflation {inflation}")
    return sqrt(inflation * reference * (1 - reference) / denominator)


def position(numerator: float, denominator: float, reference: float, inflation: float = 1.0) -> Position:
    """Where a group lies against its limits.

    Raises:
        ValueError: no proportion, or no limits.
    """
    if not _is_proportion(numerator, denominator):
        raise ValueError(f"not a proportion: {numerator} of {denominator}")
    share = numerator / denominator
    low, high = limits(reference, denominator, Z998, inflation)
    if share < low or share > high:
        return Position.LOW if share < low else Position.HIGH
    low, high = limits(reference, denominator, Z95, inflation)
    if share < low or share > high:
        return Position.NEAR_LOW if share < low else Position.NEAR_HIGH
    return Position.WITHIN


def overdispersion(
    counts: Sequence[tuple[float, float]], reference: float | None = None
) -> Overdispersion | NoFunnel:
    """How much more the groups scatter than chance alone would have it; sources in the module.

    Args:
        counts: numerator and denominator of each group.
        reference: a share from elsewhere; None takes the proportion of all groups together.
    """
    if (refusal := _refusal(counts, reference)) is not None:
        return refusal
    middle = _pooled(counts) if reference is None else reference
    scores = sorted((x / n - middle) / _spread(middle, n) for x, n in counts)
    statistic = fsum(score**2 for score in scores)
    degrees = len(scores) - (reference is None)
    factor = fsum(score**2 for score in _winsorised(scores)) / len(scores)
    return Overdispersion(factor, statistic, degrees, float(chdtrc(degrees, statistic)))


def evaluate_funnel(
    groups: Mapping[Key, tuple[float, float]], reference: float | None = None
) -> Funnel[Key] | NoFunnel:
    """Place groups in the funnel, as chance has it and corrected for overdispersion.

    Args:
        groups: numerator and denominator by key; the caller leaves out what is hidden or missing.
        reference: a share from elsewhere; None takes the proportion of all groups together, never a mean
            of their rates.

    Returns:
        The funnel, or why there is none: fewer than five groups (``TOO_FEW``), a numerator outside its
        denominator (``NO_PROPORTION``), or a reference of 0 or 1, around which nothing may vary
        (``NO_VARIATION``).
    """
    counts = list(groups.values())
    scatter = overdispersion(counts, reference)
    if isinstance(scatter, NoFunnel):
        return scatter
    middle = _pooled(counts) if reference is None else reference
    raw = {key: position(x, n, middle) for key, (x, n) in groups.items()}
    corrected = {key: position(x, n, middle, scatter.inflation) for key, (x, n) in groups.items()}
    return Funnel(middle, scatter, raw, corrected)


def curve(
    reference: float, n_min: float, n_max: float, points: int, z: float, inflation: float = 1.0
) -> Curve:
    """Limits to draw from one denominator to another, closer together where they bend.

    Raises:
        ValueError: fewer than two points, denominators not rising from above zero, or no limits.
    """
    if points < 2 or not 0 < n_min < n_max:
        raise ValueError(f"no curve of {points} points from {n_min} to {n_max}")
    ratio = n_max / n_min
    inner = [n_min * ratio ** (step / (points - 1)) for step in range(1, points - 1)]
    denominators = (n_min, *inner, n_max)
    pairs = [limits(reference, n, z, inflation) for n in denominators]
    return Curve(denominators, tuple(low for low, _ in pairs), tuple(high for _, high in pairs))


def _refusal(counts: Sequence[tuple[float, float]], reference: float | None) -> NoFunnel | None:
    if len(counts) < MIN_GROUPS:
        return NoFunnel.TOO_FEW
    if not all(_is_proportion(x, n) for x, n in counts):
        return NoFunnel.NO_PROPORTION
    if reference is None:
        varies = any(x > 0 for x, _ in counts) and any(x < n for x, n in counts)
        return None if varies else NoFunnel.NO_VARIATION
    return None if 0 < reference < 1 else NoFunnel.NO_VARIATION


def _is_proportion(numerator: float, denominator: float) -> bool:
    return denominator > 0 and 0 <= numerator <= denominator


def _pooled(counts: Sequence[tuple[float, float]]) -> float:
    return fsum(x for x, _ in counts) / fsum(n for _, n in counts)


def _winsorised(ordered: Sequence[float]) -> list[float]:
    """The values, none beyond the quantiles at either end."""
    low, high = quantile(ordered, WINSORISED), quantile(ordered, 1 - WINSORISED)
    return [min(max(value, low), high) for value in ordered]
