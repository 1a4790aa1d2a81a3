"""What changed from one edition to another, or to the data of this moment."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date

from data_access.contract.load import contract
from data_access.contract.model import Indicator
from data_access.domain.assessment import Thresholds
from data_access.domain.confidentiality import SmallCellRule
from data_access.domain.edition import Edition
from data_access.domain.edition_change import Cause, EditionChange, Seen, compare_editions, is_late, weight
from data_access.domain.period import Period
from data_access.domain.state_cause import Counterfactuals, StateCause, find_state_cause
from data_access.domain.target import TargetPath
from data_access.services.data_state import get_data_state
from data_access.services.edition_results import Result, get_results
from data_access.services.editions import get_edition, get_frozen, method_digest, viewing
from data_access.services.indicator_rows import IndicatorRow, assess, get_indicator_rows

# What a value is computed from; titles, sources and notes may be reworded.
CALCULATED = {
    "definition", "numerator", "denominator", "unit", "measure", "polarity", "periodicity", "cohort",
    "numerator_within_denominator",
}  # fmt: skip
RANKS = {"attained": 4, "on_track": 3, "to_watch": 2, "off_track": 1}


@dataclass(frozen=True)
class Changed:
    """One indicator of one operator that does not look as it did.

    Attributes:
        definition: as the newer edition has it; as the older one had it where it is no more.
    """

    code: str
    operator: str
    definition: Indicator
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
    """Everything that one edition shows.

    Attributes:
        past: its values by indicator, operator and period.
        rows: what its states were judged from.
        definitions: by code.
        thresholds: those in force at its cut-off; None without any data.
    """

    edition: Edition | None
    cutoff: date | None
    seen: dict[tuple[str, str], Seen]
    past: dict[tuple[str, str, str], float | None]
    rows: dict[tuple[str, str], IndicatorRow]
    definitions: Mapping[str, Indicator]
    thresholds: Thresholds | None
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
    definitions = {**before.definitions, **after.definitions}
    with viewing(until or None):  # the states that would be are judged by the newer contract
        every = [
            Changed(*key, definitions[key[0]], _compare(key, before, after))
            for key in {**after.seen, **before.seen}
        ]
    changed = [one for one in every if one.change.causes or one.change.state_changed]
    changed.sort(key=lambda one: weight(one.change, RANKS), reverse=True)
    fictitious = before.demonstration or after.demonstration
    return Changes(before.edition, after.edition, tuple(changed), len(every), fictitious)


def _side(code: str | None, rule: SmallCellRule) -> _Side:
    with viewing(code):
        edition, state = get_edition(code) if code else None, get_data_state()
        defined = dict(contract().by_code)
        definitions = {code: _digest(definition) for code, definition in defined.items()}
        rows = get_indicator_rows(state.version, state.cutoff, tuple(definitions), rule)
        results = get_results(state.version, state.cutoff, rule)
        method = edition.method if edition else method_digest()
        judged = (
            {(r["code"], r["operator"]): (r["state"], r["reason"]) for r in get_frozen(code)} if code else {}
        )
        return _Side(
            edition,
            state.cutoff,
            {(r.code, r.operator): _seen(r, definitions[r.code], method, judged) for r in results},
            {
                (row.code, row.operator, str(r.period)): _as_shown(r.value, row.code)
                for row in rows
                for r in row.readings
            },
            {(row.code, row.operator): row for row in rows},
            defined,
            contract().rules_on(state.cutoff).house if state.cutoff else None,
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
    return Seen(period, value, state, reason, result.goal, definition, method, result.state)


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
    moved_by = old.state != new.state and _by_thresholds(key, before, after)
    change = compare_editions(old, new, past, late=late, thresholds=moved_by)
    moved = (old.period, old.value) != (new.period, new.value)
    if not (moved and change.state_changed and Cause.TARGET in change.causes):
        return change
    return replace(change, flip=_flip(key, change, before, after))


def _by_thresholds(key: tuple[str, str], before: _Side, after: _Side) -> bool:
    """Whether the newer values and target would have another state under the older thresholds."""
    row, definition = after.rows.get(key), contract().find(key[0])
    same = before.thresholds == after.thresholds or before.thresholds is None
    if same or row is None or definition is None or after.cutoff is None:
        return False
    now, then = (
        _judge(definition, row, row.assessment.path, after.cutoff, thresholds)
        for thresholds in (after.thresholds, before.thresholds)
    )
    return now != then


def _judge(
    definition: Indicator,
    row: IndicatorRow,
    path: TargetPath | None,
    cutoff: date,
    thresholds: Thresholds | None = None,
) -> tuple[str, str]:
    """The state and its reason of a series under a target, as of a day."""
    paths = () if path is None else (path,)
    found = assess(definition, row.readings, paths, row.breaks, cutoff, thresholds)
    return found.status.value, found.reason.value if found.reason is not None else ""


def _flip(key: tuple[str, str], change: EditionChange, before: _Side, after: _Side) -> StateCause | None:
    """What alone gives the new state; None where the definition or the rules are others too."""
    old, new = before.rows.get(key), after.rows.get(key)
    definition = contract().find(key[0])
    others = {Cause.DEFINITION, Cause.METHOD} & set(change.causes)
    if old is None or new is None or definition is None or others or not before.cutoff or not after.cutoff:
        return None
    old_path, new_path = old.assessment.path, new.assessment.path
    held = new_path and replace(new_path, valid_from=min(new_path.valid_from, before.cutoff))

    found = Counterfactuals(
        before=_judge(definition, old, old_path, before.cutoff),
        after=_judge(definition, new, new_path, after.cutoff),
        value=_judge(definition, new, old_path, after.cutoff),
        target=_judge(definition, old, held, before.cutoff),
    )
    shown = [(seen.state, seen.reason) for seen in (change.before, change.after)]
    return find_state_cause(found) if shown == [found.before, found.after] else None


def _lag(seen: Seen, cutoff: date | None) -> tuple[Period, int] | None:
    if seen.period is None or cutoff is None:
        return None
    return seen.period, (cutoff - seen.period.end).days
