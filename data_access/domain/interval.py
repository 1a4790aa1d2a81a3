"""How sure a rate is."""

from __future__ import annotations

from math import sqrt

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
