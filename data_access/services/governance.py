"""The governance calendar: every obligation of the contract with its state, days, documents and edition."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from itertools import groupby
from typing import Any

from data_access.cache import cached
from data_access.contract.load import contract
from data_access.contract.model import Obligation
from data_access.db.reading import reading
from data_access.domain.obligation import (
    DONE,
    ObligationState,
    Step,
    Term,
    is_open,
    is_pressing,
    next_day,
    state_on,
)
from data_access.repositories.governance import load_steps

DEMONSTRATION = "demonstration"


@dataclass(frozen=True)
class DocumentedStep:
    """A state that was reached by today.

    Attributes:
        state, day: which, and when.
        fr, nl: the document in both languages; None where there is none or its translation is awaited.
        edition: month of the session whose edition was transmitted (``2026-06``); None for none.
        demonstration: whether it is fictitious.
    """

    state: ObligationState
    day: date
    fr: str | None
    nl: str | None
    edition: str | None
    demonstration: bool

    def in_(self, language: str) -> str | None:
        """The document in ``fr`` or ``nl``."""
        return self.nl if language == "nl" else self.fr


@dataclass(frozen=True)
class ObligationLine:
    """One obligation on a day.

    Attributes:
        obligation: as the contract has it.
        state: on that day.
        next_day: its opening while that is to come, else its last day; None when it is continuous.
        opening: whether ``next_day`` is the opening.
        running: whether its period is running.
        pressing: whether it is late, or not done and ``next_day`` is near.
        steps: what happened, oldest first.
    """

    obligation: Obligation
    state: ObligationState
    next_day: date | None
    opening: bool
    running: bool
    pressing: bool
    steps: tuple[DocumentedStep, ...]

    @property
    def since(self) -> date | None:
        """The day on which it reached its state; None where the dates alone make it so."""
        return next((s.day for s in reversed(self.steps) if s.state is self.state), None)

    @property
    def edition(self) -> str | None:
        """The newest edition that was transmitted."""
        return next((s.edition for s in reversed(self.steps) if s.edition), None)


@dataclass(frozen=True)
class Governance:
    """The whole calendar on a day.

    Attributes:
        lines: every obligation by its last day, those without one at the end.
        known: whether anything was delivered; without it, what is past seems late.
        demonstration: whether anything shown is fictitious.
    """

    lines: tuple[ObligationLine, ...]
    known: bool
    demonstration: bool

    @property
    def pressing(self) -> tuple[ObligationLine, ...]:
        """What is late, then what comes soon, each by its next day."""
        found = [line for line in self.lines if line.pressing]
        return tuple(sorted(found, key=lambda line: (line.state is not ObligationState.LATE, _order(line))))

    @property
    def done(self) -> frozenset[str]:
        """Codes of the obligations of which nothing more is asked."""
        return frozenset(line.obligation.code for line in self.lines if line.state in DONE)

    @property
    def counts(self) -> dict[ObligationState, int]:
        """How many obligations are in each state, in the order of the states."""
        found = Counter(line.state for line in self.lines)
        return {state: found[state] for state in ObligationState if found[state]}


@cached
def get_governance(version: int, today: date) -> Governance:
    """The calendar at a data version, on a day."""
    del version  # part of the key only
    with reading() as connection:
        rows = load_steps(connection).to_dict("records")
    steps = {
        str(code): tuple(_step(row) for row in found)
        for code, found in groupby(rows, lambda r: r["obligation"])
    }
    lines = [_line(o, steps.get(o.code, ()), today) for o in contract().obligations]
    lines.sort(key=lambda line: (line.obligation.day or date.max, line.obligation.code))
    shown = [step for line in lines for step in line.steps]
    return Governance(tuple(lines), bool(rows), any(step.demonstration for step in shown))


def _step(row: Mapping[Any, Any]) -> DocumentedStep:
    return DocumentedStep(
        state=ObligationState(row["state"]),
        day=row["day"],
        fr=row["document_fr"] or None,
        nl=row["document_nl"] or None,
        edition=row["edition"] or None,
        demonstration=row["provenance"] == DEMONSTRATION,
    )


def _line(obligation: Obligation, steps: tuple[DocumentedStep, ...], today: date) -> ObligationLine:
    term = Term(obligation.day, obligation.opens, obligation.occurs)
    taken = tuple(step for step in steps if step.day <= today)
    state = state_on(today, term, [Step(step.state, step.day) for step in taken])
    day = next_day(today, term)
    return ObligationLine(
        obligation=obligation,
        state=state,
        next_day=day,
        opening=day is not None and day != term.due,
        running=is_open(today, term),
        pressing=is_pressing(today, term, state),
        steps=taken,
    )


def _order(line: ObligationLine) -> tuple[date, str]:
    return line.next_day or date.max, line.obligation.code
