"""What changed from one edition to another, or to the data of this moment."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from data_access.contract.load import contract
from data_access.contract.model import Indicator
from data_access.domain.confidentiality import SmallCellRule
from data_access.domain.edition import Edition
from data_access.domain.edition_change import EditionChange, Seen, compare_editions, is_late, weight
from data_access.domain.period import Period
from data_access.services.data_state import get_data_state
from data_access.services.edition_results import Result, get_results
from data_access.services.editions import get_edition, get_frozen, method_digest, viewing
from data_access.services.indicator_rows import get_indicator_rows

# What a value is computed from; titles, sources and notes may be reworded.
CALCULATED = {
    "definition", "numerator", "denominator", "unit", "measure", "polarity", "periodicity", "cohort",
    "numerator_within_denominator",
}  # fmt: skip
RANKS = {"attained": 4, "on_track": 3, "to_watch": 2, "off_track": 1}


@dataclass(frozen=True)
class Changed:
    """One indicator of one operator that does not look as it did."""

    code: str
    operator: str
    change: EditionChange


@dataclass(frozen=True)
class Changes:
    """Everything that changed between two editions.

    Attributes:
        since: the older edition; ``until`` the newer one, None for the data of this moment.
        changed: the weightiest first.
        compared: how many were looked at, those that did not change included.
        demonstration: whether any value is fictitious.
    """

    since: Edition
    until: Edition | None
    changed: tuple[Changed, ...]
    compared: int
    demonstration: bool


@dataclass(frozen=True)
class _Side:
    """Everything that one edition shows; ``past`` holds its values by indicator, operator and period."""

    edition: Edition | None
    cutoff: date | None
    seen: dict[tuple[str, str], Seen]
    past: dict[tuple[str, str, str], float | None]
    demonstration: bool


def get_changes(since: str, until: str | None, rule: SmallCellRule) -> Changes:
    """What changed between two editions.

    Args:
        since: code of the older one; ``until`` of the newer one, None or empty for this moment.
        rule: small-cell thresholds of the audience; what they hide is not compared.

    Raises:
        UserError: ``unknown_edition``.
    """
    before, after = _side(since, rule), _side(until or None, rule)
    assert before.edition is not None, "an unknown one was refused"
    every = [Changed(*key, _compare(key, before, after)) for key in {**after.seen, **before.seen}]
    changed = [one for one in every if one.change.causes or one.change.state_changed]
    changed.sort(key=lambda one: weight(one.change, RANKS), reverse=True)
    fictitious = before.demonstration or after.demonstration
    return Changes(before.edition, after.edition, tuple(changed), len(every), fictitious)


def _side(code: str | None, rule: SmallCellRule) -> _Side:
    with viewing(code):
        edition, state = get_edition(code) if code else None, get_data_state()
        definitions = {d.code: _digest(d) for d in contract().indicators}
        rows = get_indicator_rows(state.version, state.cutoff, tuple(definitions), rule)
        results = get_results(state.version, state.cutoff, rule)
    method = edition.method if edition else method_digest()
    judged = {(r["code"], r["operator"]): (r["state"], r["reason"]) for r in get_frozen(code)} if code else {}
    return _Side(
        edition,
        state.cutoff,
        {(r.code, r.operator): _seen(r, definitions[r.code], method, judged) for r in results},
        {
            (row.code, row.operator, str(r.period)): _as_shown(r.value, row.code)
            for row in rows
            for r in row.readings
        },
        any(row.demonstration for row in rows),
    )


def _seen(
    result: Result, definition: str, method: str, judged: Mapping[tuple[str, str], tuple[str, str]]
) -> Seen:
    """A result; its state as the meeting saw it, whatever today's rules would say."""
    key = (result.code, result.operator)
    state, reason = judged.get(key, (result.state, result.reason))
    period = Period.parse(result.period) if result.period else None
    value = _as_shown(result.value, result.code)
    return Seen(period, value, state, reason, result.goal, definition, method)


def _as_shown(value: float | None, code: str) -> float | None:
    """The number that a reader saw, so that differences add up to the eye too."""
    return None if value is None else round(value, contract().indicator(code).decimals) + 0.0


def _digest(definition: Indicator) -> str:
    content = definition.model_dump_json(include=CALCULATED)
    return hashlib.sha256(content.encode()).hexdigest()[:16]


NOTHING = Seen(None, None, "", "", None, "", "")


def _compare(key: tuple[str, str], before: _Side, after: _Side) -> EditionChange:
    old, new = before.seen.get(key, NOTHING), after.seen.get(key, NOTHING)
    past = after.past.get((*key, str(old.period))) if old.period else None
    late = is_late(_lag(old, before.cutoff), _lag(new, after.cutoff))
    return compare_editions(old, new, past, late=late)


def _lag(seen: Seen, cutoff: date | None) -> tuple[Period, int] | None:
    if seen.period is None or cutoff is None:
        return None
    return seen.period, (cutoff - seen.period.end).days
