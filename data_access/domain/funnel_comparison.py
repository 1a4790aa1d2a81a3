"""Two groups through the same funnel: the gap of each step in percentage points, or why there is none."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from math import hypot

from data_access.domain.cohort import Maturity
from data_access.domain.cohort_funnel import CohortFunnel
from data_access.domain.confidentiality import SmallCellRule
from data_access.domain.exposure import funnel_maturity, reform_exposure, step_maturity
from data_access.domain.funnel_flow import DEFAULT_RULE, NoRate, Rate, get_steps
from data_access.domain.interval import difference_interval
from data_access.domain.standardisation import Standardised

TREATED = frozenset({"AT_RISK", "NOT_AT_RISK"})


class NotComparable(StrEnum):
    """Why two funnels, or a step of theirs, are not compared."""

    OTHER_FUNNEL = "other_funnel"
    OTHER_UNIT = "other_unit"
    OTHER_KIND = "other_kind"  # an entry and a stock cohort
    OTHER_WINDOW = "other_window"
    IMMATURE = "immature"
    PARTIAL = "partial"
    HIDDEN = "hidden"
    MISSING = "missing"
    NOBODY = "nobody"
    TOO_FEW = "too_few"


class Caution(StrEnum):
    """What must be said beside a comparison."""

    NOT_CAUSAL = "not_causal"  # who is supported was chosen for being at risk
    OTHER_PERIOD = "other_period"
    OTHER_REFORM_EXPOSURE = "other_reform_exposure"
    OVERLAPPING = "overlapping"  # one group holds the other: the interval takes them for independent
    PUBLICS_OVERLAP = "publics_overlap"  # a person may belong to both
    OTHER_OPERATOR = "other_operator"  # who counts differently


@dataclass(frozen=True)
class Gap:
    """``a - b`` of a rate, as shares (times 100 for percentage points), and its 95 % interval (Newcombe)."""

    value: float
    low: float
    high: float

    @property
    def significant(self) -> bool:
        """Whether the interval leaves zero out."""
        return self.low > 0 or self.high < 0


def standardised_gap(a: Standardised, b: Standardised) -> Gap:
    """The gap between two rates weighed alike, ``a - b``, with its 95 % interval by recovery of variance.

    Each side takes the limits that stretch the gap that way (MOVER), as Newcombe's interval of a difference
    of two plain proportions does. Source: Zou and Donner (2008), Statistics in Medicine 27, 1693-1702.
    """
    gap = a.value - b.value
    return Gap(
        gap, gap - hypot(a.value - a.low, b.high - b.value), gap + hypot(a.high - a.value, b.value - b.low)
    )


@dataclass(frozen=True)
class StepGap:
    """The gap of one step: of the base of the stage, and of those who entered."""

    stage: str
    rate: Gap | NotComparable
    cumulative: Gap | NotComparable


@dataclass(frozen=True)
class FunnelComparison:
    """The gaps of every step and what must be said beside them."""

    gaps: tuple[StepGap, ...]
    cautions: frozenset[Caution]


def compare_funnels(
    a: CohortFunnel,
    b: CohortFunnel,
    vintage: date,
    *,
    break_day: date | None = None,
    rule: SmallCellRule = DEFAULT_RULE,
) -> FunnelComparison | NotComparable:
    """Compare two groups step by step (§3.8.1-3).

    Args:
        a: the group of interest; ``b`` is what it is compared with.
        b: a funnel of the same type, unit, kind and windows, mature like ``a``.
        vintage: day as of which maturity is judged.
        break_day: of the reform; a caution where it weighs differently on the two.
        rule: rates of few cases are not compared.

    Returns:
        The gaps; those of a stage that needs longer than the funnel are refused by themselves.
    """
    if (refusal := _refuse(a, b, vintage)) is not None:
        return refusal
    gaps = []
    for one, other in zip(get_steps(a, rule), get_steps(b, rule), strict=True):
        waiting = _not_mature(a, b, one.stage, vintage)
        gaps.append(
            StepGap(
                one.stage,
                waiting or _gap(one.rate, other.rate),
                waiting or _gap(one.cumulative, other.cumulative),
            )
        )
    return FunnelComparison(tuple(gaps), _cautions(a, b, break_day))


def _refuse(a: CohortFunnel, b: CohortFunnel, vintage: date) -> NotComparable | None:
    if a.kind is not b.kind:
        return NotComparable.OTHER_KIND
    if a.unit is not b.unit:
        return NotComparable.OTHER_UNIT
    if a.code != b.code or _shape(a) != _shape(b):
        return NotComparable.OTHER_FUNNEL
    if a.window != b.window or [s.window for s in a.stages] != [s.window for s in b.stages]:
        return NotComparable.OTHER_WINDOW
    return _worst(funnel_maturity(a, vintage), funnel_maturity(b, vintage))


def _shape(funnel: CohortFunnel) -> list[tuple[str, bool, str | None, bool]]:
    return [(s.code, s.nested, s.within, s.split) for s in funnel.stages]


def _not_mature(a: CohortFunnel, b: CohortFunnel, stage: str, vintage: date) -> NotComparable | None:
    return _worst(*(step_maturity(funnel, funnel.stage(stage), vintage) for funnel in (a, b)))


def _worst(*states: Maturity) -> NotComparable | None:
    if Maturity.IMMATURE in states:
        return NotComparable.IMMATURE
    return NotComparable.PARTIAL if Maturity.PARTIAL in states else None


def _gap(a: Rate | NoRate, b: Rate | NoRate) -> Gap | NotComparable:
    if isinstance(a, NoRate):
        return NotComparable(a.value)
    if isinstance(b, NoRate):
        return NotComparable(b.value)
    limits = difference_interval(a.numerator, a.denominator, b.numerator, b.denominator)
    return Gap(a.share - b.share, *limits)


def _cautions(a: CohortFunnel, b: CohortFunnel, break_day: date | None) -> frozenset[Caution]:
    found = set()
    publics = {funnel.group.get("AUDIENCE") for funnel in (a, b)}
    if publics == TREATED:
        found.add(Caution.NOT_CAUSAL)
    elif len(publics) > 1 and None not in publics:
        found.add(Caution.PUBLICS_OVERLAP)
    if a.group.get("OPERATOR") != b.group.get("OPERATOR"):
        found.add(Caution.OTHER_OPERATOR)
    if a.cohort != b.cohort:
        found.add(Caution.OTHER_PERIOD)
    elif a.group.items() <= b.group.items() or b.group.items() <= a.group.items():
        found.add(Caution.OVERLAPPING)
    if break_day is not None:
        months = a.window.months
        exposures = {reform_exposure(funnel.cohort, months, break_day).share for funnel in (a, b)}
        if len(exposures) > 1:
            found.add(Caution.OTHER_REFORM_EXPOSURE)
    return frozenset(found)
