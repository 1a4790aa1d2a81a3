"""The slow twin of the control chart: exact fractions and the words of the rules, point by point."""

from __future__ import annotations

from collections.abc import Sequence
from fractions import Fraction

Rules = list[set[str]]


def limits(values: Sequence[int], *, screening: bool) -> tuple[Fraction, Fraction]:
    """Mean and mean moving range."""
    ranges = [abs(values[i] - values[i - 1]) for i in range(1, len(values))]
    usual = Fraction(sum(ranges), len(ranges))
    if screening and usual:
        ranges = [r for r in ranges if r < Fraction(3267, 1000) * usual]
        usual = Fraction(sum(ranges), len(ranges))
    return Fraction(sum(values), len(values)), usual


def rules(values: Sequence[int], *, screening: bool) -> Rules:
    """The rules that each value of one segment breaks."""
    mean, usual = limits(values, screening=screening)
    far = Fraction(266, 100) * usual
    found: Rules = [set() for _ in values]
    for i, value in enumerate(values):
        if abs(value - mean) > far:
            found[i].add("outside")
        if any(_one_side(seven, mean) for seven in _windows(values, i, 7)):
            found[i].add("shift")
        if any(_climbs(seven) or _climbs(seven[::-1]) for seven in _windows(values, i, 7)):
            found[i].add("trend")
        beyond_near = abs(value - mean) > far * 2 / 3
        if beyond_near and any(_two_far(three, mean, far * 2 / 3) for three in _windows(values, i, 3)):
            found[i].add("two_of_three")
    return found


def _windows(values: Sequence[int], index: int, length: int) -> list[Sequence[int]]:
    """Every stretch of that length that holds the index."""
    starts = range(max(0, index - length + 1), min(index, len(values) - length) + 1)
    return [values[start : start + length] for start in starts]


def _one_side(values: Sequence[int], mean: Fraction) -> bool:
    return min(values) > mean or max(values) < mean


def _climbs(values: Sequence[int]) -> bool:
    return sorted(set(values)) == list(values)


def _two_far(values: Sequence[int], mean: Fraction, near: Fraction) -> bool:
    return _one_side(values, mean) and sum(abs(v - mean) > near for v in values) >= 2
