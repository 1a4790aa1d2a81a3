"""What a cross-check answers: a band or a refusal, and every number that entered the formula."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import TypeAlias


class Method(StrEnum):
    """The five cross-checks, in the order in which they are shown."""

    LINEAR_SHARE = "linear_share"
    CAGR_RATIO = "cagr_ratio"
    WEATHER = "weather"
    UN_RATIO = "un_ratio"
    BFP = "bfp"


class Band(StrEnum):
    """What the methods say, each in its own words."""

    ATTAINED = "attained"
    ON_TRACK = "on_track"
    ACCELERATE = "accelerate"
    LIMITED = "limited"
    DETERIORATING = "deteriorating"
    STAGNATION = "stagnation"
    SUN = "sun"
    SUN_CLOUD = "sun_cloud"
    CLOUD = "cloud"
    THUNDER = "thunder"
    FAVOURABLE = "favourable"
    UNFAVOURABLE = "unfavourable"
    UNDETERMINED = "undetermined"


class Refusal(StrEnum):
    """Why a method says nothing, or why no pace is asked for."""

    NEUTRAL = "neutral"
    CONTEXT = "context"
    BEING_DEFINED = "being_defined"
    NO_VALUE = "no_value"
    SERIES_BREAK = "series_break"
    NO_TARGET = "no_target"
    NO_BASELINE = "no_baseline"
    EQUAL_BASELINE = "equal_baseline"
    TOO_FEW_POINTS = "too_few_points"
    ZERO_BASE = "zero_base"
    SIGN_CHANGE = "sign_change"
    UNCERTAIN = "uncertain"
    TARGET_REACHED = "target_reached"  # of a pace only: none is needed
    TARGET_DUE = "target_due"  # of a pace or a projection: no time is left


class Term(StrEnum):
    """The numbers and days of the formulas, named so that a screen can print the arithmetic.

    Values are in the indicator's unit (absolute values for a gap that should close), shares and rates
    are fractions of one, times are years.
    """

    VALUE = "value"
    DATE = "date"
    BASE_VALUE = "base_value"
    BASE_DATE = "base_date"
    TARGET = "target"
    TARGET_DATE = "target_date"
    DIRECTION = "direction"  # +1 more is better, -1 less is better
    SHARE_OF_WAY = "share_of_way"
    SHARE_OF_TIME = "share_of_time"
    YEARS_SINCE_BASE = "years_since_base"
    YEARS_TO_COVER = "years_to_cover"
    YEARS_LEFT = "years_left"
    GROWTH = "growth"  # compound, a year
    GROWTH_NEEDED = "growth_needed"
    LIMIT = "limit"
    LIMIT_COEFFICIENT = "limit_coefficient"
    POINTS = "points"
    FIRST_DATE = "first_date"
    MEAN_CHANGE = "mean_change"
    LAST_CHANGE = "last_change"
    PROJECTED = "projected"
    SHARE_MISSED = "share_missed"
    SLOPE = "slope"  # a year
    SCATTER = "scatter"  # standard deviation around the line
    MARGIN = "margin"
    T = "t"
    P_VALUE = "p_value"


DUST = 1e-9  # of a share: a difference this small is none

Terms: TypeAlias = tuple[tuple[Term, float | int | date], ...]


@dataclass(frozen=True)
class CrossCheck:
    """The answer of one method.

    Attributes:
        band: None exactly when the method refuses.
        value: the number that the cut-offs judged; None where a rule without a number decided.
        terms: every number and day of the formula, in reading order; of a refusal, those known.
    """

    method: Method
    band: Band | None
    value: float | None
    refusal: Refusal | None
    terms: Terms = ()

    def term(self, name: Term) -> float | int | date | None:
        """One of the terms; None when the formula had no such term."""
        return dict(self.terms).get(name)


def band_of(value: float, cut_offs: Sequence[tuple[float, Band]], otherwise: Band) -> Band:
    """The first band whose lower cut-off is reached; floating point dust does not miss one.

    Args:
        value: what is judged.
        cut_offs: lower bounds with their bands, the highest first.
        otherwise: below all of them.
    """
    return next((band for bound, band in cut_offs if value >= bound - DUST), otherwise)
