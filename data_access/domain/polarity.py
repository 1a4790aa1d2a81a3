"""Which way is better: a field of every definition, never guessed from a name."""

from enum import StrEnum


class Polarity(StrEnum):
    """Desired direction of a measure."""

    HIGHER = "higher"
    LOWER = "lower"
    BAND = "band"
    ZERO_GAP = "zero_gap"
    NEUTRAL = "neutral"
