"""The quantile that R and numpy take unless told otherwise."""

from __future__ import annotations

from collections.abc import Sequence
from math import ceil, floor


def quantile(ordered: Sequence[float], share: float) -> float:
    """Linear between the two neighbours: type 7 of Hyndman and Fan (1996), The American Statistician 50.

    Args:
        ordered: at least one value, the smallest first.
        share: between 0 and 1.
    """
    at = share * (len(ordered) - 1)
    below, above = ordered[floor(at)], ordered[ceil(at)]
    return below + (at - floor(at)) * (above - below)
