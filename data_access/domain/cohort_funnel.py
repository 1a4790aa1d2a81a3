"""One cohort followed from its entry, stage by stage, with everybody's whereabouts; it cannot be built wrong.

Rules: domain report §3.1. Rates are ``funnel_flow``'s, maturity ``exposure``'s.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum
from itertools import pairwise
from typing import Literal, TypeGuard

from data_access.domain.cohort import Window
from data_access.domain.confidentiality import Availability
from data_access.domain.period import Period

# A number of cases, or why there is none. Neither is zero.
Unknown = Literal[Availability.HIDDEN, Availability.MISSING]
Count = int | Unknown


class Unit(StrEnum):
    """What is counted; rates of one unit are not those of another."""

    PERSON = "person"
    SPELL = "spell"  # person and registration spell
    INVITATION = "invitation"  # person and session
    REFERRAL = "referral"


class Kind(StrEnum):
    """Who is in a cohort. A stock over-represents long spells: the two are never compared (§3.3)."""

    ENTRY = "entry"
    STOCK = "stock"


class Outcome(StrEnum):
    """What became of a case at a stage; disjoint, together the stage (§3.1.3)."""

    NEXT = "next"
    EMPLOYMENT = "employment"
    TRAINING = "training"
    OTHER_EXIT = "other_exit"
    PENDING = "pending"


class ExitReason(StrEnum):
    """What an other exit was; leaving the register is no success."""

    MOVED = "moved"
    ILLNESS = "illness"
    PENSION = "pension"
    SANCTION = "sanction"
    EXCLUSION_2026 = "exclusion_2026"
    DEATH = "death"
    UNKNOWN = "unknown"


class Impossible(StrEnum):
    """Why there cannot be such a funnel."""

    ENTRY_MISSING = "entry_missing"
    STAGE_TWICE = "stage_twice"
    UNITS_MIXED = "units_mixed"
    NEGATIVE = "negative"
    OUTCOME_MISSING = "outcome_missing"
    OUTCOMES_DO_NOT_SUM = "outcomes_do_not_sum"
    REASONS_DO_NOT_SUM = "reasons_do_not_sum"
    LARGER_THAN_BEFORE = "larger_than_before"
    NOT_WHO_PASSED = "not_who_passed"  # differs from those whom the stage before passed on
    HOLDER_UNKNOWN = "holder_unknown"  # not nested, and within no earlier stage
    LARGER_THAN_HOLDER = "larger_than_holder"
    FEWER_THAN_PASSED = "fewer_than_passed"  # not nested, and without those whom the stage before passed on


class ImpossibleFunnel(ValueError):
    """Counts that contradict each other: ``reason`` says how, ``stage`` where."""

    def __init__(self, reason: Impossible, stage: str) -> None:
        self.reason = reason
        self.stage = stage
        super().__init__(f"{reason.value} at {stage or 'the entry'}")


@dataclass(frozen=True)
class Stage:
    """One stage of a cohort.

    Attributes:
        count: cases that reached it.
        outcomes: what became of them, all five outcomes.
        unit: what is counted.
        window: time from entry to reach it, and the delay of its source.
        nested: every case was at the stage just before.
        within: for a stage that is not nested, the earlier stage that holds all its cases.
        split: a branching, not a loss: the others take another path.
        sensitive: the stricter threshold for small groups applies.
        exits: the other exits by reason; empty when the source does not tell.
    """

    code: str
    count: Count
    outcomes: Mapping[Outcome, Count]
    unit: Unit
    window: Window
    nested: bool = True
    within: str | None = None
    split: bool = False
    sensitive: bool = False
    exits: Mapping[ExitReason, Count] = field(default_factory=dict)

    def __post_init__(self) -> None:
        if set(self.outcomes) != set(Outcome):
            raise ImpossibleFunnel(Impossible.OUTCOME_MISSING, self.code)
        if any(is_known(n) and n < 0 for n in (self.count, *self.outcomes.values(), *self.exits.values())):
            raise ImpossibleFunnel(Impossible.NEGATIVE, self.code)
        if not _adds_up(self.count, self.outcomes.values()):
            raise ImpossibleFunnel(Impossible.OUTCOMES_DO_NOT_SUM, self.code)
        if self.exits and not _adds_up(self.outcomes[Outcome.OTHER_EXIT], self.exits.values()):
            raise ImpossibleFunnel(Impossible.REASONS_DO_NOT_SUM, self.code)

    @property
    def passed(self) -> Count:
        """Those who went on to the next stage."""
        return self.outcomes[Outcome.NEXT]


@dataclass(frozen=True)
class CohortFunnel:
    """One cohort through its stages.

    Attributes:
        code: type of the funnel.
        unit: what is counted, at every stage.
        kind: entry or stock cohort.
        entry: code of the stage at which cases enter, which comes first.
        cohort: period of entry (for a stock, the period whose first day it is taken on).
        window: how long cases are followed, and the delay of the source.
        observed_through: last day that the data cover.
        stages: in order.
        group: which part of the cohort: item by dimension, empty for everybody.
    """

    code: str
    unit: Unit
    kind: Kind
    entry: str
    cohort: Period
    window: Window
    observed_through: date
    stages: tuple[Stage, ...]
    group: Mapping[str, str] = field(default_factory=dict)

    def __post_init__(self) -> None:
        if not self.stages or self.stages[0].code != self.entry:
            raise ImpossibleFunnel(Impossible.ENTRY_MISSING, "")
        for position, stage in enumerate(self.stages):
            if stage.unit is not self.unit:
                raise ImpossibleFunnel(Impossible.UNITS_MIXED, stage.code)
            if stage.code in {earlier.code for earlier in self.stages[:position]}:
                raise ImpossibleFunnel(Impossible.STAGE_TWICE, stage.code)
        for before, stage in pairwise(self.stages):
            if (reason := self._refuse(before, stage)) is not None:
                raise ImpossibleFunnel(reason, stage.code)

    def _refuse(self, before: Stage, stage: Stage) -> Impossible | None:
        """What is wrong between a stage and those before it."""
        if stage.nested:
            if _exceeds(stage.count, before.count):
                return Impossible.LARGER_THAN_BEFORE
            differs = _exceeds(stage.count, before.passed) or _exceeds(before.passed, stage.count)
            return Impossible.NOT_WHO_PASSED if differs else None
        earlier = {s.code: s for s in self.stages[: self.stages.index(stage)]}
        if stage.within not in earlier:
            return Impossible.HOLDER_UNKNOWN
        if _exceeds(stage.count, earlier[stage.within].count):
            return Impossible.LARGER_THAN_HOLDER
        return Impossible.FEWER_THAN_PASSED if _exceeds(before.passed, stage.count) else None

    def stage(self, code: str) -> Stage:
        """A stage by its code.

        Raises:
            KeyError: the funnel has none of this code.
        """
        return {stage.code: stage for stage in self.stages}[code]

    def base(self, stage: Stage) -> Stage | None:
        """The stage whose cases may reach it: the one before, or the one it names; None for the entry."""
        if stage.code == self.entry:
            return None
        if not stage.nested and stage.within is not None:
            return self.stage(stage.within)
        return self.stages[self.stages.index(stage) - 1]

    def path(self) -> tuple[Stage, ...]:
        """The entry, the last stage, and what lies between them: without the parallel branches."""
        found = [self.stages[-1]]
        while (base := self.base(found[0])) is not None:
            found.insert(0, base)
        return tuple(found)


def is_known(count: Count) -> TypeGuard[int]:
    """Whether there is a number; zero is one."""
    return not isinstance(count, Availability)


def _exceeds(count: Count, most: Count) -> bool:
    """Whether it is certain that a number is larger than another."""
    return is_known(count) and is_known(most) and count > most


def _adds_up(whole: Count, parts: Iterable[Count]) -> bool:
    """Whether parts may make the whole; those unknown may be anything that is not negative."""
    listed = list(parts)
    known = sum(n for n in listed if is_known(n))
    if not is_known(whole):
        return True
    return known == whole if all(map(is_known, listed)) else known <= whole
