"""How sure a rate is."""

from __future__ import annotations

from math import hypot, sqrt

Z95 = 1.959964


def wilson_interval(numerator: float, denominator: float, z: float = Z95) -> tuple[float, float]:
    """Wilson score interval of a proportion, without continuity correction.

    Source: Newcombe (1998), Statistics in Medicine 17, 857-872, method 3.

    Raises:
        ValueError: no denominator, or a numerator outside it.
    """
    if denominator <= 0 or not 0 <= numerator <= denominator:
        raise ValueError(f"not a proportion: {numerator} of {denominator}")
    share = numerator / denominator
    scale = 1 + z * z / denominator
    centre = (share + z * z / (2 * denominator)) / scale
    half = z * sqrt(share * (1 - share) / denominator + z * z / (4 * denominator**2)) / scale
    low = 0.0 if numerator == 0 else centre - half  # exact at the ends, where rounding would not be
    return low, 1.0 if numerator == denominator else centre + half


def wilson_half_width(numerator: float, denominator: float, z: float = Z95) -> float:
    """Half the width of the Wilson interval."""
    low, high = wilson_interval(numerator, denominator, z)
    return (high - low) / 2


def difference_interval(
    numerator_a: float, denominator_a: float, numerator_b: float, denominator_b: float, z: float = Z95
) -> tuple[float, float]:
    """Hybrid score interval of a difference of two independent proportions, ``a - b``.

    Each side takes the Wilson limits that stretch the difference that way:
    ``d - hypot(p_a - l_a, u_b - p_b)`` and ``d + hypot(u_a - p_a, p_b - l_b)``.
    Source: Newcombe (1998), Statistics in Medicine 17, 873-890, method 10.

    Returns:
        Lower and upper limit, as shares (times 100 for percentage points).

    Raises:
        ValueError: either side is not a proportion.
    """
    low_a, high_a = wilson_interval(numerator_a, denominator_a, z)
    low_b, high_b = wilson_interval(numerator_b, denominator_b, z)
    share_a, share_b = numerator_a / denominator_a, numerator_b / denominator_b
    difference = share_a - share_b
    return (
        difference - hypot(share_a - low_a, high_b - share_b),
        difference + hypot(high_a - share_a, share_b - low_b),
    )
