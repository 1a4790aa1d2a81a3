"""What needs attention: one ordered list over all scored indicators, each with its reasons in facts."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Self

from data_access.cache import cached
from data_access.contract.load import contract
from data_access.contract.model import Attribution, Indicator, State
from data_access.domain.assessment import Assessment
from data_access.domain.attention import (
    insufficient_pace,
    late,
    off_track,
    provisional_too_long,
    special_cause,
)
from data_access.domain.concern import AttentionReason, Concern, NoTarget, in_order, rank
from data_access.domain.confidentiality import SmallCellRule
from data_access.domain.pace import required_pace
from data_access.domain.period import Freq
from data_access.domain.reading import Reading
from data_access.domain.status import evaluate_status
from data_access.services.indicator_rows import (
    STALE_AFTER,
    IndicatorRow,
    get_indicator_rows,
    is_mature,
    window_of,
)
from data_access.services.sheet import find_noise

SHARED = "shared"  # stands for an objective in the choice of indicators that belong to none


@dataclass(frozen=True)
class AttentionItem:
    """One indicator (of one operator) that asks for attention.

    Attributes:
        concerns: why, the most pressing first; at least one.
        demonstration: whether its values or its target are fictitious.
    """

    code: str
    operator: str
    assessment: Assessment
    concerns: tuple[Concern, ...]
    demonstration: bool

    @property
    def reasons(self) -> frozenset[AttentionReason]:
        """Every reason for it to be on the list."""
        return frozenset(concern.reason for concern in self.concerns)


@dataclass(frozen=True)
class Selection:
    """Which items are wanted; None is any.

    Attributes:
        objective: ``OS1`` … ``OS5``, or ``shared``.
        attribution: who answers for the value.
        reason: one of the item's reasons, not only the most pressing.
    """

    objective: str | None = None
    attribution: Attribution | None = None
    reason: AttentionReason | None = None

    @classmethod
    def of(cls, query: Mapping[str, str]) -> Self:
        """The selection that an address asks for; what it names wrongly narrows nothing."""
        objective, attribution, reason = (query.get(n, "") for n in ("objective", "attribution", "reason"))
        return cls(
            objective if objective in {SHARED, *(o.code for o in contract().objectives)} else None,
            Attribution(attribution) if attribution in set(Attribution) else None,
            AttentionReason(reason) if reason in set(AttentionReason) else None,
        )


ANYTHING = Selection()


@cached
def get_attention(version: int, cutoff: date | None, rule: SmallCellRule) -> tuple[AttentionItem, ...]:
    """Everything that needs attention at a data version, the most pressing first.

    Order: by the first reason of ``AttentionReason`` that holds; within it by how far off the indicator is
    (share of the way, moving ranges, times the best pace, days); then as the contract lists them.

    Args:
        version: data version (key of the cache).
        cutoff: reporting date; None when nothing is loaded, and then the list is empty.
        rule: small-cell thresholds of the audience.
    """
    if cutoff is None:
        return ()
    codes = tuple(d.code for d in contract().indicators if d.scored and (d.objective or d.annex))
    rows = get_indicator_rows(version, cutoff, codes, rule)
    items = [_item(contract().indicator(row.code), row, cutoff) for row in rows]
    return rank((item for item in items if item.concerns), lambda item: item.concerns)


@cached
def count_attention(version: int, cutoff: date | None, rule: SmallCellRule) -> int:
    """How many lines the list has; for the head of every page."""
    return len(get_attention(version, cutoff, rule))


def choose(items: Iterable[AttentionItem], wanted: Selection) -> tuple[AttentionItem, ...]:
    """The items that answer a selection, in their order."""

    def fits(item: AttentionItem) -> bool:
        definition = contract().indicator(item.code)
        return (
            wanted.objective in {None, definition.objective or SHARED}
            and wanted.attribution in {None, definition.attribution}
            and (wanted.reason is None or wanted.reason in item.reasons)
        )

    return tuple(filter(fits, items))


def _item(definition: Indicator, row: IndicatorRow, cutoff: date) -> AttentionItem:
    return AttentionItem(
        code=row.code,
        operator=row.operator,
        assessment=row.assessment,
        concerns=in_order(_concerns(definition, row, cutoff)),
        demonstration=row.demonstration,
    )


def _concerns(definition: Indicator, row: IndicatorRow, cutoff: date) -> Iterable[Concern]:
    """What holds for an indicator in use; nothing is asked of a definition that was withdrawn."""
    if definition.state is State.WITHDRAWN:
        return []
    window, path = window_of(definition), row.assessment.path
    mature = [r for r in row.readings if is_mature(r, window, cutoff)]
    noise = find_noise(definition, row, mature)
    pace = required_pace(row.assessment, mature, polarity=definition.polarity, breaks=row.breaks, on=cutoff)
    found = [
        _off_track(definition, row, cutoff),
        special_cause(noise.chart, noise.readings, row.latest),
        insufficient_pace(pace, path.target.due if path else None, cutoff),
        late(row.readings, Freq(definition.periodicity), window, start=contract().start, on=cutoff),
        provisional_too_long(row.readings, window, cutoff),
        None if path else _no_target(row.latest),
    ]
    return [concern for concern in found if concern is not None]


def _no_target(latest: Reading | None) -> NoTarget:
    return NoTarget(latest.period, latest.value) if latest is not None else NoTarget()


def _off_track(definition: Indicator, row: IndicatorRow, cutoff: date) -> Concern | None:
    def assess(readings: Sequence[Reading], on: date) -> Assessment:
        return evaluate_status(
            readings,
            row.paths,
            polarity=definition.polarity,
            scored=definition.scored,
            on=on,
            breaks=row.breaks,
            window=window_of(definition),
            stale_after_months=STALE_AFTER[Freq(definition.periodicity)],
            thresholds=contract().rules_on(cutoff).house,
        )

    return off_track(row.assessment, row.readings, definition.polarity, cutoff, assess)
