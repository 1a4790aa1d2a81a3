"""Where the five objectives stand, what moved, what needs attention, and the context around them."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from data_access.cache import cached
from data_access.contract.load import contract
from data_access.domain.confidentiality import SmallCellRule
from data_access.domain.status import Reason, Status, distribution
from data_access.services.indicator_rows import IndicatorRow, get_indicator_rows
from data_access.services.scorecard import Scorecard, make_scorecard

CONTEXT_CODES = ("CTX.DEI", "OS2.01", "CTX.RATE")
MOVERS = 2
ATTENTION = 8
# What needs a decision first: states from the worst, then reasons that someone can mend.
_URGENCY = {Status.OFF_TRACK: 0, Status.TO_WATCH: 1}
_MENDABLE = {Reason.MISSING, Reason.SERIES_BREAK}


@dataclass(frozen=True)
class ObjectiveSummary:
    """One objective on the overview, with the indicators that moved most in a year."""

    scorecard: Scorecard
    movers: tuple[IndicatorRow, ...]


@dataclass(frozen=True)
class Overview:
    """Everything the first page says."""

    objectives: tuple[ObjectiveSummary, ...]
    context: tuple[IndicatorRow, ...]
    attention: tuple[IndicatorRow, ...]
    distribution: dict[Status, int]

    @property
    def demonstration(self) -> bool:
        """Whether any value on the page is fictitious."""
        return any(s.scorecard.demonstration for s in self.objectives) or any(
            row.demonstration for row in self.context
        )


@cached
def get_overview(version: int, cutoff: date | None, rule: SmallCellRule) -> Overview:
    """The overview at a data version."""
    codes = tuple(d.code for o in contract().objectives for d in contract().of_objective(o.code))
    every = get_indicator_rows(version, cutoff, tuple(dict.fromkeys(codes + CONTEXT_CODES)), rule)
    scorecards = [make_scorecard(o.code, every) for o in contract().objectives]
    rows = [row for scorecard in scorecards for row in scorecard.rows]
    by_code = {row.code: row for row in every}
    return Overview(
        objectives=tuple(ObjectiveSummary(s, _movers(s.rows)) for s in scorecards),
        context=tuple(by_code[code] for code in CONTEXT_CODES),
        attention=tuple(sorted(filter(_needs_attention, rows), key=_urgency)[:ATTENTION]),
        distribution=distribution([row.assessment.status for row in rows]),
    )


def _movers(rows: Iterable[IndicatorRow]) -> tuple[IndicatorRow, ...]:
    """The scored indicators with the largest comparable change against their own usual yearly change."""
    moved = [
        row
        for row in rows
        if row.movement is not None
        and row.change is not None
        and row.change.comparable
        and row.change.better is not None
    ]
    return tuple(sorted(moved, key=lambda row: (-abs(row.movement or 0.0), row.code))[:MOVERS])


def _needs_attention(row: IndicatorRow) -> bool:
    return row.assessment.status in _URGENCY or row.assessment.reason in _MENDABLE


def _urgency(row: IndicatorRow) -> tuple[int, bool, str]:
    """Off track first, then to watch, then what cannot be judged; what got worse before the rest."""
    worse = row.change is not None and row.change.better is False
    return _URGENCY.get(row.assessment.status, 2), not worse, row.code
