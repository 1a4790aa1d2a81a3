"""What an edition shows for every indicator: frozen when it is made, and what two of them are compared by."""

from __future__ import annotations

from dataclasses import asdict, dataclass
from datetime import date
from typing import Any

from data_access.contract.load import contract
from data_access.db.reading import as_of
from data_access.domain.confidentiality import SmallCellRule
from data_access.domain.edition import Draft
from data_access.services.data_state import get_data_state
from data_access.services.editions import method_digest
from data_access.services.indicator_rows import IndicatorRow, get_indicator_rows


@dataclass(frozen=True)
class Result:
    """One indicator of one operator as it was shown.

    Attributes:
        period: of the value shown, empty when there is none.
        value: None unless available.
        availability: ``available``, ``missing``, ``hidden``, or empty without any reading.
        state, reason: of the assessment; ``reason`` is empty when there is a state.
        goal: the target judged against, as ``value``, ``low`` and ``high``, and its day.
    """

    code: str
    operator: str
    period: str
    value: float | None
    availability: str
    state: str
    reason: str
    goal: tuple[float | None, float | None, float | None, str] | None


def get_results(version: int, cutoff: date | None, rule: SmallCellRule) -> tuple[Result, ...]:
    """Every indicator of the contract, in its order."""
    codes = tuple(definition.code for definition in contract().indicators)
    return tuple(_result(row) for row in get_indicator_rows(version, cutoff, codes, rule))


def as_records(results: tuple[Result, ...]) -> list[dict[str, Any]]:
    """Results as values that JSON can hold."""
    return [{**asdict(one), "goal": list(one.goal) if one.goal else None} for one in results]


def make_draft(meeting: date, version: int, rule: SmallCellRule) -> Draft:
    """What an edition of that data version would freeze; ``actions.create_edition`` does.

    Args:
        meeting: day of the meeting.
        version: the data version that was looked at.
        rule: small-cell thresholds of the audience.
    """
    with as_of(version):
        results = get_results(version, get_data_state().cutoff, rule)
    definitions = contract().model_dump_json()
    return Draft(meeting, version, definitions, method_digest(), as_records(results))


def _result(row: IndicatorRow) -> Result:
    latest, found = row.latest, row.assessment
    goal = found.path.target if found.path is not None else None
    return Result(
        row.code,
        row.operator,
        "" if latest is None else str(latest.period),
        None if latest is None else latest.value,
        "" if latest is None else latest.availability.value,
        found.status.value,
        "" if found.reason is None else found.reason.value,
        None if goal is None else (goal.value, goal.low, goal.high, goal.due.isoformat()),
    )
