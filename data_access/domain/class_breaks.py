"""Round classes for a map, made once for an indicator so that periods and languages compare.

Breaks are the cuts between classes: k breaks make k + 1 classes, the first open below and the last open
above. A value on a break belongs to the class above it.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable, Iterator, Sequence
from decimal import Decimal
from math import ceil, floor, isfinite, log10

from data_access.domain.quantile import quantile

# Outliers do not stretch the scale: they join the open classes at its ends.
LOW, HIGH = 0.10, 0.90
MANTISSAS = (10, 20, 25, 50)  # steps of 1, 2, 2.5 and 5, in tenths so that they are whole
NOISE = 1e-9  # what arithmetic leaves on a value that is round in truth


def make_breaks(values: Iterable[float], classes: int = 5) -> tuple[float, ...]:
    """Equal steps of 1, 2, 2.5 or 5 times a power of ten between the 10 % and 90 % quantiles of the values.

    The smallest step is taken that makes no more classes than asked for, and there are never fewer than
    three, so that a step can always be read from the breaks. Where all values are equal, theirs is the middle
    class and the step is a tenth of their power of ten; where all are zero, the breaks are 1 and 2.

    Args:
        values: of all areas and periods, in the unit shown; their order does not matter.
        classes: at most.

    Raises:
        ValueError: no value, one that is not finite, or fewer than three classes.
    """
    ordered = sorted(values)
    if not ordered or not all(isfinite(value) for value in ordered) or classes < 3:
        raise ValueError(f"no {classes} classes of {len(ordered)} values")
    for low, high in (_middle(ordered), (ordered[0], ordered[-1])):
        if high - low > NOISE * max(abs(low), abs(high)):
            return _between(low, high, classes)
    return _around(ordered[0])


def class_of(value: float, breaks: Sequence[float]) -> int:
    """Number of the class of a value, counted from 0."""
    return bisect_right(breaks, value)


def gap_breaks(breaks: Sequence[float]) -> tuple[float, ...]:
    """Breaks of five classes of a difference, the middle one around zero, as wide as those of the level.

    Raises:
        ValueError: fewer than two breaks tell no width.
    """
    if len(breaks) < 2:
        raise ValueError(f"no width in {breaks}")
    # In decimals, as printed, so that 12.5 - 10 and 0.3 - 0.2 leave nothing behind.
    width = Decimal(str(breaks[1])) - Decimal(str(breaks[0]))
    return tuple(float(width * Decimal(half) / 2) for half in (-3, -1, 1, 3))


def _middle(ordered: Sequence[float]) -> tuple[float, float]:
    return quantile(ordered, LOW), quantile(ordered, HIGH)


def _between(low: float, high: float, classes: int) -> tuple[float, ...]:
    """The multiples of the smallest fitting step that lie strictly between the two."""
    for mantissa, power in _steps(high - low):
        step = mantissa * 10.0**power
        first, last = floor(low / step + NOISE) + 1, ceil(high / step - NOISE) - 1
        if last - first < classes - 1:
            return _multiples(range(first, max(last, first + 1) + 1), mantissa, power)
    raise AssertionError("steps grow without end")


def _steps(span: float) -> Iterator[tuple[int, int]]:
    """Mantissa and power of ten of round steps, rising from far below the span to beyond it."""
    power = floor(log10(span)) - 3
    while True:
        yield from ((mantissa, power) for mantissa in MANTISSAS)
        power += 1


def _around(value: float) -> tuple[float, ...]:
    if value == 0:
        return 1.0, 2.0
    power = floor(log10(abs(value))) - 1
    first = floor(value / 10.0**power + NOISE)
    return _multiples(range(first, first + 2), 1, power)


def _multiples(indices: Iterable[int], mantissa: int, power: int) -> tuple[float, ...]:
    """Through decimals: 3 * 0.1 is 0.3."""
    return tuple(float(Decimal(index * mantissa).scaleb(power)) for index in indices)
