"""Random numbers that are the same bits on every machine.

Each series draws from a stream of its own, derived from the seed and its name, so that a new
indicator leaves the numbers of the others alone. Only +, -, * and / follow the raw uniform numbers:
those are exact in IEEE 754, whereas the normal variates, powers and logarithms of a numerical
library may differ in their last bit from one processor or version to the next.
"""

from __future__ import annotations

from collections.abc import Iterable

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float64]


def stream(seed: int, *names: str) -> np.random.Generator:
    """The stream of a series.

    Args:
        seed: seed of the whole set.
        names: what the series is, e.g. an indicator code and an operator.
    """
    words = [seed, *"/".join(names).encode()]
    return np.random.Generator(np.random.PCG64(np.random.SeedSequence(words)))


def bell(rng: np.random.Generator, *shape: int) -> Floats:
    """Draws with mean 0 and variance 1, nearly normal: twelve uniforms added up (Irwin-Hall), minus six."""
    total = np.zeros(shape)
    for _ in range(12):
        total = total + rng.random(shape)
    return total - 6.0


def added(values: Iterable[float]) -> float:
    """Sum in order, one addition after the other: ``sum`` compensates its rounding from Python 3.12 on."""
    total = 0.0
    for value in values:
        total = total + value
    return total
