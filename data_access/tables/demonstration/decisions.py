"""Rows of the decision table: fictitious decisions and accepted deviations, read from decisions.toml."""

from __future__ import annotations

import tomllib
from collections.abc import Iterator
from datetime import date
from functools import lru_cache
from pathlib import Path

from data_access.contract.model import Contract, Frozen, Sentence
from data_access.tables.demonstration.cell import TOTAL
from data_access.tables.demonstration.remarks import load_remarks

_FILE = Path(__file__).with_name("decisions.toml")
_FICTITIOUS = {"fr": "démonstration", "nl": "demonstratie"}

Row = tuple[str, ...]


class Wording(Frozen):
    """A text in one language, in both, or in none."""

    fr: Sentence | None = None
    nl: Sentence | None = None


class Decided(Frozen):
    """One decision; ``point`` is the number on the agenda, ``role`` a key of the roles of remarks.toml."""

    code: str
    kind: str = "decision"
    signal: str
    indicator: str = ""
    operator: str = TOTAL
    status: str = ""
    meeting: date
    point: str
    role: str
    due: date | None = None
    state: str = "open"
    closed_on: date | None = None
    text: Wording
    reason: Wording = Wording()


class Decisions(Frozen):
    """The whole of decisions.toml."""

    decisions: tuple[Decided, ...]


@lru_cache(maxsize=1)
def load_decided() -> tuple[Decided, ...]:
    """The decisions that ship.

    Raises:
        pydantic.ValidationError: decisions.toml does not fit the classes above.
    """
    return Decisions.model_validate(tomllib.loads(_FILE.read_text(encoding="utf-8"))).decisions


def decision_rows(contract: Contract) -> Iterator[Row]:
    """The rows of every decision, in the columns of the decision table.

    Raises:
        UnknownIndicator: a decision is about a code that the contract does not know.
        KeyError: a decision names a role that remarks.toml does not have.
    """
    roles = load_remarks().roles
    for each in load_decided():
        if each.indicator:
            contract.indicator(each.indicator)
        role = roles[each.role]
        yield (
            each.code,
            each.kind,
            each.indicator,
            each.operator,
            each.signal,
            each.status,
            each.meeting.isoformat(),
            f"{each.point} ({' / '.join(_FICTITIOUS.values())})",
            each.text.fr or "",
            each.text.nl or "",
            each.reason.fr or "",
            each.reason.nl or "",
            *(f"{role.in_(language)} ({mark})" for language, mark in _FICTITIOUS.items()),
            _day(each.due),
            each.state,
            _day(each.closed_on),
        )


def _day(day: date | None) -> str:
    return "" if day is None else day.isoformat()
