"""One decision of the Comité as it was delivered, for the log, the overview and the sheets."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from sqlalchemy import Connection

from data_access.contract.model import Text
from data_access.domain.decision import Closing, DecisionKind, Term
from data_access.domain.status import Status
from data_access.repositories.decisions import load_decisions
from data_access.services.series import Record

DEMONSTRATION = "demonstration"


@dataclass(frozen=True)
class Wording:
    """A text in both languages; None where there is none, or where its translation is awaited."""

    fr: str | None
    nl: str | None

    def in_(self, language: str) -> str | None:
        """The text in ``fr`` or ``nl``."""
        return self.nl if language == "nl" else self.fr

    @property
    def is_empty(self) -> bool:
        """Whether nothing was said in either language."""
        return not (self.fr or self.nl)


@dataclass(frozen=True)
class Decision:
    """A decision, or a deviation that was accepted.

    Attributes:
        indicator: that it is about; empty for a general decision.
        signal: an ``AttentionReason``, or ``other``.
        status: the state that was shown at the meeting; None where it was not noted.
        point: of the agenda; empty where it was not noted.
        reason: of an accepted deviation, or why a decision was given up.
        role: who is responsible, a function.
        known_since: the data version since which it reads like this.
        demonstration: whether it is fictitious.
    """

    code: str
    indicator: str
    operator: str
    signal: str
    status: Status | None
    point: str
    text: Wording
    reason: Wording
    role: Text
    term: Term
    known_since: int
    demonstration: bool

    @property
    def is_deviation(self) -> bool:
        """Whether a deviation was accepted, rather than something to do decided."""
        return self.term.kind is DecisionKind.DEVIATION

    @property
    def meeting(self) -> date:
        """The day on which it was taken."""
        return self.term.meeting


def read_decisions(connection: Connection, indicator: str | None = None) -> tuple[Decision, ...]:
    """The decisions at the version that a connection reads, oldest meeting first."""
    frame = load_decisions(connection, indicator)
    return tuple(_decision({str(k): v for k, v in row.items()}) for row in frame.to_dict("records"))


def _decision(record: Record) -> Decision:
    return Decision(
        code=record["decision"],
        indicator=record["indicator"],
        operator=record["operator"],
        signal=record["signal"],
        status=Status(record["status"]) if record["status"] else None,
        point=record["point"],
        text=Wording(record["text_fr"] or None, record["text_nl"] or None),
        reason=Wording(record["reason_fr"] or None, record["reason_nl"] or None),
        role=Text(fr=record["role_fr"], nl=record["role_nl"]),
        term=Term(
            DecisionKind(record["kind"]),
            record["meeting"],
            _day(record["due"]),
            Closing(record["state"]),
            _day(record["closed_on"]),
        ),
        known_since=int(record["first_batch"]),
        demonstration=record["provenance"] == DEMONSTRATION,
    )


def _day(value: object) -> date | None:
    return value if isinstance(value, date) else None
