"""Where one strategic objective stands: its commitments, their indicators, the distribution of states."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from data_access.cache import cached
from data_access.contract.load import contract
from data_access.domain.confidentiality import SmallCellRule
from data_access.domain.status import Status, distribution, share_not_assessable
from data_access.services.indicator_rows import IndicatorRow, get_indicator_rows


@dataclass(frozen=True)
class CommitmentGroup:
    """A commitment, the rows shown under it and those shown under an earlier one.

    Attributes:
        commitment: code of a leaf commitment.
        rows: indicators whose first commitment of this objective it is.
        elsewhere: codes of indicators that serve it too, shown under an earlier commitment.
    """

    commitment: str
    rows: tuple[IndicatorRow, ...]
    elsewhere: tuple[str, ...]


@dataclass(frozen=True)
class Scorecard:
    """One objective: groups in the contract's order; counts over distinct indicators."""

    objective: str
    groups: tuple[CommitmentGroup, ...]
    distribution: dict[Status, int]
    not_assessable: float | None
    demonstration: bool

    @property
    def rows(self) -> tuple[IndicatorRow, ...]:
        """Every row once."""
        return tuple(row for group in self.groups for row in group.rows)


@cached
def get_scorecard(version: int, cutoff: date | None, objective: str, rule: SmallCellRule) -> Scorecard:
    """The scorecard of ``OS1`` … ``OS5`` at a data version."""
    codes = tuple(d.code for d in contract().of_objective(objective))
    return make_scorecard(objective, get_indicator_rows(version, cutoff, codes, rule))


def make_scorecard(objective: str, rows: Iterable[IndicatorRow]) -> Scorecard:
    """The scorecard of an objective from the rows of its indicators (others are passed over)."""
    definitions = contract().of_objective(objective)
    codes = {d.code for d in definitions}
    by_code = {row.code: row for row in rows if row.code in codes}
    leaves = next(o for o in contract().objectives if o.code == objective).leaves
    first = {d.code: next(leaf.code for leaf in leaves if leaf.code in d.commitments) for d in definitions}
    groups = tuple(
        CommitmentGroup(
            commitment=leaf.code,
            rows=tuple(by_code[d.code] for d in definitions if first[d.code] == leaf.code),
            elsewhere=tuple(
                d.code for d in definitions if leaf.code in d.commitments and first[d.code] != leaf.code
            ),
        )
        for leaf in leaves
    )
    states = [row.assessment.status for row in by_code.values()]
    return Scorecard(
        objective=objective,
        groups=groups,
        distribution=distribution(states),
        not_assessable=share_not_assessable(states),
        demonstration=any(row.demonstration for row in by_code.values()),
    )
