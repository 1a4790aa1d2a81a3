"""How complete and how punctual each series is, against its own periodicity."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from data_access.cache import cached
from data_access.contract.load import contract
from data_access.domain.confidentiality import Availability, SmallCellRule
from data_access.domain.period import Period
from data_access.services.indicator_rows import IndicatorRow, get_indicator_rows


@dataclass(frozen=True)
class Completeness:
    """One series.

    Attributes:
        first, latest: of its periods with a value or a hidden one; None when nothing was delivered.
        expected: how many periods there are from the first to the latest; ``delivered`` of these have one.
        missing: the periods between without any, the newest first.
        lag: days between the end of the latest period and its publication; None when unknown.
        late: days since the period after the next one ended: the next one is then overdue whatever its
            lag; 0 before.
    """

    code: str
    operator: str
    first: Period | None
    latest: Period | None
    expected: int
    delivered: int
    missing: tuple[Period, ...]
    lag: int | None
    late: int


@cached
def get_completeness(version: int, cutoff: date | None, rule: SmallCellRule) -> tuple[Completeness, ...]:
    """Every series of the contract, those that are late first, then those with holes, then by code."""
    codes = tuple(definition.code for definition in contract().indicators)
    found = [_completeness(row, cutoff) for row in get_indicator_rows(version, cutoff, codes, rule)]
    order = {code: place for place, code in enumerate(codes)}
    return tuple(sorted(found, key=lambda c: (-c.late, -len(c.missing), order[c.code], c.operator)))


def _completeness(row: IndicatorRow, cutoff: date | None) -> Completeness:
    held = {r.period for r in row.readings if r.availability is not Availability.MISSING}
    if not held:
        return Completeness(row.code, row.operator, None, None, 0, 0, (), None, 0)
    first, latest = min(held), max(held)
    every = [first]
    while every[-1] < latest:
        every.append(every[-1].shift(1))
    missing = tuple(period for period in reversed(every) if period not in held)
    published = row.vintage[1] if row.vintage and row.latest and row.latest.period == latest else None
    lag = (published - latest.end).days if published else None
    return Completeness(
        row.code, row.operator, first, latest, len(every), len(held), missing, lag, _late(latest, cutoff)
    )


def _late(latest: Period, cutoff: date | None) -> int:
    """A delivery may take as long as its period; after that it is late."""
    following = latest.shift(2)
    return max(0, (cutoff - following.end).days) if cutoff else 0
