"""From stage to stage: what share goes on, of the stage before and of those who entered, and how surely."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from data_access.domain.cohort_funnel import CohortFunnel, Count, Stage, is_known
from data_access.domain.confidentiality import Availability, SmallCellRule, is_hidden
from data_access.domain.interval import wilson_interval

DEFAULT_RULE = SmallCellRule()


class NoRate(StrEnum):
    """Why there is no rate; it is never zero instead."""

    HIDDEN = "hidden"  # either side, or those who did not go on, are too few to be shown
    MISSING = "missing"
    NOBODY = "nobody"  # at the stage that it starts from
    TOO_FEW = "too_few"  # there, for a rate to mean anything


class StepKind(StrEnum):
    """What a step is."""

    PASSAGE = "passage"
    BRANCH = "branch"  # those who do not take it are not lost: a share, no conversion
    DETOUR = "detour"  # not nested: of the stage that holds its cases, not of the one before


@dataclass(frozen=True)
class Rate:
    """A proportion of cases and its 95 % interval, as shares (Wilson)."""

    numerator: int
    denominator: int
    low: float
    high: float

    @property
    def share(self) -> float:
        """Between 0 and 1."""
        return self.numerator / self.denominator


@dataclass(frozen=True)
class Step:
    """How one reaches a stage.

    Attributes:
        stage: code of the stage reached.
        base: code of the stage whose cases may reach it.
        kind: what the step is.
        rate: share of the base that reaches the stage.
        cumulative: share of those who entered.
        beside: cases that came without the stage just before; 0 where it is nested.
    """

    stage: str
    base: str
    kind: StepKind
    rate: Rate | NoRate
    cumulative: Rate | NoRate
    beside: Count


def get_steps(funnel: CohortFunnel, rule: SmallCellRule = DEFAULT_RULE) -> tuple[Step, ...]:
    """Every step but the entry, in order.

    Args:
        funnel: whose counts were hidden already where they are small.
        rule: the rates of few cases, or that leave out a few, are hidden too (design §4).
    """
    found = []
    for before, stage in zip(funnel.stages, funnel.stages[1:], strict=False):
        base = funnel.base(stage) or before
        cumulative = make_rate(stage, funnel.stages[0], rule)
        found.append(
            Step(
                stage.code,
                base.code,
                _kind(stage),
                make_rate(stage, base, rule),
                cumulative,
                _beside(before, stage, rule),
            )
        )
    return tuple(found)


def make_rate(stage: Stage, base: Stage, rule: SmallCellRule = DEFAULT_RULE) -> Rate | NoRate:
    """The share of the cases of a stage that reach a later one."""
    return rate_of(stage.count, base.count, rule, sensitive=stage.sensitive or base.sensitive)


def rate_of(top: Count, bottom: Count, rule: SmallCellRule, *, sensitive: bool) -> Rate | NoRate:
    """The share of some cases in all of them, or why there is none.

    Args:
        top: cases counted; those hidden where they are small stay hidden.
        bottom: all cases.
        rule: few cases, few others and few in all give no rate.
        sensitive: the stricter threshold applies.
    """
    if not is_known(top) or not is_known(bottom):
        return NoRate.HIDDEN if Availability.HIDDEN in (top, bottom) else NoRate.MISSING
    if bottom == 0:
        return NoRate.NOBODY
    if bottom < rule.min_denominator:
        return NoRate.TOO_FEW
    if is_hidden(
        numerator=top,
        denominator=bottom,
        value=None,
        conf_status="F",
        persons=True,
        is_count=False,
        sensitive=sensitive,
        rule=rule,
    ):
        return NoRate.HIDDEN
    return Rate(top, bottom, *wilson_interval(top, bottom))


def _kind(stage: Stage) -> StepKind:
    if stage.split:
        return StepKind.BRANCH
    return StepKind.PASSAGE if stage.nested else StepKind.DETOUR


def _beside(before: Stage, stage: Stage, rule: SmallCellRule) -> Count:
    if stage.nested:
        return 0
    if not is_known(stage.count) or not is_known(before.passed):
        missing = Availability.HIDDEN not in (stage.count, before.passed)
        return Availability.MISSING if missing else Availability.HIDDEN
    came = stage.count - before.passed
    smallest = rule.min_count_sensitive if stage.sensitive or before.sensitive else rule.min_count
    return Availability.HIDDEN if 0 < came < smallest else came
