"""Where the flow leaks most: what one percentage point more at each step would bring to the last stage."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from fractions import Fraction
from itertools import pairwise

from data_access.domain.cohort import Maturity
from data_access.domain.cohort_funnel import CohortFunnel, Stage
from data_access.domain.confidentiality import SmallCellRule
from data_access.domain.exposure import step_maturity
from data_access.domain.funnel_flow import DEFAULT_RULE, NoRate, Rate, make_rate

POINT = Fraction(1, 100)


class NoGain(StrEnum):
    """Why a step has no gain."""

    SPLIT = "split"  # more cases on one branch are no improvement
    ASIDE = "aside"  # the last stage is reached without it: a branch beside, or a stage not nested after it
    CEILING = "ceiling"  # less than one point below 100 %
    HIDDEN = "hidden"
    MISSING = "missing"
    NOBODY = "nobody"  # at the step, or at a later one, so that its rate is not known
    TOO_FEW = "too_few"
    NOT_MATURE = "not_mature"  # the step or a later one


class Assumption(StrEnum):
    """What the gains take for granted; the page says it beside them."""

    LATER_RATES_HOLD = "later_rates_hold"
    NEWCOMERS_LIKE_OTHERS = "newcomers_like_others"  # those who stay on would go on as those who do now
    NO_EARLIER_EXIT_LOST = "no_earlier_exit_lost"  # nobody stays on who would otherwise have found a job
    POINTS_COST_THE_SAME = "points_cost_the_same"
    BRANCH_SHARES_HOLD = "branch_shares_hold"  # a branch lies on the way
    OTHER_BRANCH_NOT_COUNTED = "other_branch_not_counted"  # nor what those on the other branch attain
    DETOURS_COUNTED_WHOLE = "detours_counted_whole"  # a stage not nested is taken from the one that holds it


@dataclass(frozen=True)
class Leak:
    """One step.

    Attributes:
        gain: cases more at the last stage, or why none can be told.
    """

    stage: str
    base: str
    gain: float | NoGain


@dataclass(frozen=True)
class Leaks:
    """Every step of a funnel.

    Attributes:
        steps: in order.
        largest: the stage, or the stages in a tie, whose step brings most; none when no gain is above zero.
        assumptions: what holds for this funnel.
    """

    steps: tuple[Leak, ...]
    largest: tuple[str, ...]
    assumptions: frozenset[Assumption]


def find_leaks(funnel: CohortFunnel, vintage: date, rule: SmallCellRule = DEFAULT_RULE) -> Leaks:
    """What each step would bring if its conversion rose by one percentage point, all else equal.

    The gain is the count at the base of the step, times 0.01, times the later rates on the way to the last
    stage. The way runs through the stages that hold those after them (``CohortFunnel.path``): a parallel
    branch is not on it, and a stage that is not nested is counted from its holder.

    Args:
        vintage: day as of which maturity is judged: open windows would show leaks that are only waiting.
        rule: rates of few cases give no gain.
    """
    path = funnel.path()
    links = tuple(pairwise(path))
    rates = [_link(funnel, base, stage, vintage, rule) for base, stage in links]
    gains: dict[str, Fraction | NoGain] = {
        stage.code: _gain(base, stage, rates[at], rates[at + 1 :]) for at, (base, stage) in enumerate(links)
    }
    found = {s.code: gains.get(s.code, NoGain.SPLIT if s.split else NoGain.ASIDE) for s in funnel.stages[1:]}
    most = max((gain for gain in found.values() if not isinstance(gain, NoGain)), default=Fraction(0))
    steps = tuple(Leak(s.code, (funnel.base(s) or s).code, _plain(found[s.code])) for s in funnel.stages[1:])
    return Leaks(steps, tuple(c for c, gain in found.items() if most > 0 and gain == most), _assume(path))


def _link(
    funnel: CohortFunnel, base: Stage, stage: Stage, vintage: date, rule: SmallCellRule
) -> Rate | NoGain:
    """The rate of a step on the way, or why it has none."""
    if step_maturity(funnel, stage, vintage) is not Maturity.MATURE:
        return NoGain.NOT_MATURE
    rate = make_rate(stage, base, rule)
    return NoGain(rate.value) if isinstance(rate, NoRate) else rate


def _gain(
    base: Stage, stage: Stage, rate: Rate | NoGain, later: Sequence[Rate | NoGain]
) -> Fraction | NoGain:
    if stage.split:
        return NoGain.SPLIT
    if isinstance(rate, NoGain):
        return rate
    if Fraction(rate.numerator, rate.denominator) + POINT > 1:
        return NoGain.CEILING
    gain = POINT * rate.denominator
    for after in later:
        if isinstance(after, NoGain):
            return after
        gain *= Fraction(after.numerator, after.denominator)
    return gain


def _plain(gain: Fraction | NoGain) -> float | NoGain:
    return gain if isinstance(gain, NoGain) else float(gain)


def _assume(path: Sequence[Stage]) -> frozenset[Assumption]:
    found = {
        Assumption.LATER_RATES_HOLD,
        Assumption.NEWCOMERS_LIKE_OTHERS,
        Assumption.NO_EARLIER_EXIT_LOST,
        Assumption.POINTS_COST_THE_SAME,
    }
    if any(stage.split for stage in path):
        found |= {Assumption.BRANCH_SHARES_HOLD, Assumption.OTHER_BRANCH_NOT_COUNTED}
    if any(not stage.nested for stage in path):
        found.add(Assumption.DETOURS_COUNTED_WHOLE)
    return frozenset(found)
