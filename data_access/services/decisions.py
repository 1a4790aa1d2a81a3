"""The log of decisions: each with its signal, where it stands on a day, and what its series did after."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from itertools import groupby
from typing import Self

from data_access.cache import cached
from data_access.contract.load import contract
from data_access.db.reading import reading
from data_access.domain.change import Change
from data_access.domain.confidentiality import SmallCellRule
from data_access.domain.decision import (
    PENDING,
    Acceptance,
    NoChange,
    Standing,
    acceptance_on,
    change_since,
    standing_on,
)
from data_access.services.attention import SHARED
from data_access.services.decision_rows import Decision, Wording, read_decisions
from data_access.services.editions import get_view
from data_access.services.indicator_rows import IndicatorRow, get_indicator_rows, is_mature, window_of

__all__ = [
    "Decision",
    "DecisionLine",
    "DecisionLog",
    "Selection",
    "Wording",
    "day_shown",
    "get_acceptances",
    "get_decisions",
]


@dataclass(frozen=True)
class DecisionLine:
    """One decision on a day.

    Attributes:
        acceptance: of a deviation, whether it holds and until when.
        after: what the series did since the meeting; None where the decision is about no indicator.
    """

    decision: Decision
    standing: Standing
    acceptance: Acceptance | None
    after: Change | NoChange | None


@dataclass(frozen=True)
class Selection:
    """Which lines are wanted; None is any.

    Attributes:
        objective: ``OS1`` … ``OS5``, or ``shared``; a general decision belongs to none.
        standing: where they stand.
    """

    objective: str | None = None
    standing: Standing | None = None

    @classmethod
    def of(cls, query: Mapping[str, str]) -> Self:
        """The selection that an address asks for; what it names wrongly narrows nothing."""
        objective, state = query.get("objective", ""), query.get("state", "")
        return cls(
            objective if objective in {SHARED, *(o.code for o in contract().objectives)} else None,
            Standing(state) if state in set(Standing) else None,
        )


@dataclass(frozen=True)
class DecisionLog:
    """The decisions taken by a day: what is late first, then what is open, in force, over and closed."""

    lines: tuple[DecisionLine, ...]

    @property
    def pending(self) -> tuple[DecisionLine, ...]:
        """What is still to be done, late first."""
        return tuple(line for line in self.lines if line.standing in PENDING)

    @property
    def counts(self) -> dict[Standing, int]:
        """How many stand where, in the order of the list."""
        found = Counter(line.standing for line in self.lines)
        return {standing: found[standing] for standing in Standing if found[standing]}

    @property
    def demonstration(self) -> bool:
        """Whether anything in it is fictitious."""
        return any(line.decision.demonstration for line in self.lines)

    def choose(self, wanted: Selection) -> Self:
        """The lines that answer a selection, in their order."""
        return type(self)(tuple(line for line in self.lines if _fits(line, wanted)))

    def of_indicator(self, code: str, operator: str) -> Self:
        """The lines about one indicator of one operator."""
        about = (code, operator)
        return type(self)(
            tuple(line for line in self.lines if (line.decision.indicator, line.decision.operator) == about)
        )

    def find(self, code: str) -> DecisionLine | None:
        """One line by its code."""
        return next((line for line in self.lines if line.decision.code == code), None)


def day_shown(today: date) -> date:
    """The day on which decisions are looked at: that of the meeting in an edition, else the reader's."""
    view = get_view()
    return today if view is None else view.edition.meeting


@cached
def get_decisions(version: int, cutoff: date | None, day: date, rule: SmallCellRule) -> DecisionLog:
    """The log at a data version.

    Args:
        version: data version (key of the cache).
        cutoff: reporting date.
        day: on which it is looked at (``day_shown``); later meetings are left out.
        rule: small-cell thresholds of the audience.
    """
    with reading() as connection:
        taken = [each for each in read_decisions(connection) if each.meeting <= day]
    codes = tuple(dict.fromkeys(each.indicator for each in taken if each.indicator))
    rows = get_indicator_rows(version, cutoff, codes, rule) if codes else ()
    series = {(row.code, row.operator): row for row in rows}
    lines = [
        _line(each, series.get((each.indicator, each.operator)), cutoff or date.min, day) for each in taken
    ]
    return DecisionLog(tuple(sorted(lines, key=_order)))


@cached
def get_acceptances(version: int, day: date) -> dict[tuple[str, str], Acceptance]:
    """What has been accepted of each indicator and operator, on a day."""
    del version  # part of the key only
    with reading() as connection:
        deviations = [each for each in read_decisions(connection) if each.is_deviation]

    def about(each: Decision) -> tuple[str, str]:
        return each.indicator, each.operator

    found = {
        key: acceptance_on(day, [(each.code, each.term) for each in group])
        for key, group in groupby(sorted(deviations, key=about), about)
    }
    return {key: acceptance for key, acceptance in found.items() if acceptance is not None}


def _line(decision: Decision, row: IndicatorRow | None, cutoff: date, day: date) -> DecisionLine:
    term = decision.term
    return DecisionLine(
        decision=decision,
        standing=standing_on(day, term),
        acceptance=acceptance_on(day, [(decision.code, term)]),
        after=_after(decision, row, cutoff) if decision.indicator else None,
    )


def _after(decision: Decision, row: IndicatorRow | None, cutoff: date) -> Change | NoChange:
    definition = contract().indicator(decision.indicator)
    readings = row.readings if row is not None else ()
    return change_since(
        [each for each in readings if is_mature(each, window_of(definition), cutoff)],
        decision.meeting,
        polarity=definition.polarity,
        breaks=row.breaks if row is not None else (),
        decimals=definition.decimals,
    )


def _order(line: DecisionLine) -> tuple[int, int, str]:
    """By where it stands; what is to come by its day, what is over from the newest meeting on."""
    term, place = line.decision.term, tuple(Standing).index(line.standing)
    ahead = line.standing in PENDING or line.standing is Standing.IN_FORCE
    day = (term.due or date.max).toordinal() if ahead else -term.meeting.toordinal()
    return place, day, line.decision.code


def _fits(line: DecisionLine, wanted: Selection) -> bool:
    if wanted.standing not in {None, line.standing}:
        return False
    if wanted.objective is None:
        return True
    code = line.decision.indicator
    return bool(code) and wanted.objective == (contract().indicator(code).objective or SHARED)
