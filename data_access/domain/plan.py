"""Arithmetic of a development plan: amounts that may be unknown, progress, and what covers a commitment."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum


@dataclass(frozen=True)
class Amount:
    """A sum of money.

    Attributes:
        known: what is known of it, in euro.
        unknown: how many of its parts are not known; nothing is not the same as unknown.
        parts: how many there are.
    """

    known: float
    unknown: int
    parts: int

    @property
    def is_unknown(self) -> bool:
        """Whether no part of it is known."""
        return self.unknown == self.parts

    def __add__(self, other: Amount) -> Amount:
        return Amount(self.known + other.known, self.unknown + other.unknown, self.parts + other.parts)


NOTHING = Amount(0.0, 0, 0)


def total(values: Iterable[float | None]) -> Amount:
    """The sum of what is known, and how many are not."""
    found = list(values)
    known = [value for value in found if value is not None]
    return Amount(sum(known), len(found) - len(known), len(found))


def mean_progress(values: Iterable[float | None]) -> float | None:
    """The plain mean (per cent) of the progress that is known; None where none is."""
    known = [value for value in values if value is not None]
    return sum(known) / len(known) if known else None


class Gap(StrEnum):
    """What a commitment lacks, the widest gap first."""

    EVERYTHING = "everything"
    INDICATOR = "indicator"
    ACTION = "action"
    NOTHING = "nothing"


def gap_of(indicators: int, actions: int) -> Gap:
    """What a commitment with so many indicators and actions lacks."""
    if not indicators:
        return Gap.INDICATOR if actions else Gap.EVERYTHING
    return Gap.NOTHING if actions else Gap.ACTION
