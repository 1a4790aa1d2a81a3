"""The columns of the table of decisions and accepted deviations."""

from __future__ import annotations

from dataclasses import replace

from data_access.domain.concern import AttentionReason
from data_access.domain.decision import OTHER_SIGNAL, Closing, DecisionKind
from data_access.domain.status import Status
from data_access.imports.column import Column, Kind

KINDS = tuple(kind.value for kind in DecisionKind)
SIGNALS = (*(reason.value for reason in AttentionReason), OTHER_SIGNAL)
STATUSES = tuple(status.value for status in Status)
STATES = tuple(state.value for state in Closing)

# An empty text awaits its translation; whoever answers for it is known in both languages.
_TEXT = Column(
    "TEXT_FR",
    Kind.TEXT,
    default="",
    about="decision_text_fr",
    example="Présenter un plan de rattrapage.",
)
_REASON = Column("REASON_FR", Kind.TEXT, default="", example="La rupture de série fausse l’année de départ.")
_ROLE = Column(
    "ROLE_FR", Kind.TEXT, required=True, about="decision_role_fr", example="direction Chercheurs d’emploi"
)
DECISION = (
    Column("DECISION", Kind.CODE, required=True, example="D-2026-11-03"),
    Column("KIND", Kind.CODE, required=True, allowed=KINDS, about="decision_kind", example="decision"),
    Column(
        "INDICATOR",
        Kind.CODE,
        default="",
        unknown="unknown_indicator",
        about="decision_indicator",
        example="OS2.03",
    ),
    Column("OPERATOR", Kind.CODE, default="_T", example="BF"),
    Column("SIGNAL", Kind.CODE, required=True, allowed=SIGNALS, example="off_track"),
    Column("STATUS", Kind.CODE, default="", allowed=STATUSES, example="off_track"),
    Column("MEETING", Kind.DATE, required=True, example="2026-11-26"),
    Column("POINT", Kind.TEXT, default="", example="7"),
    _TEXT,
    replace(_TEXT, name="TEXT_NL", about="decision_text_nl", example="Een inhaalplan voorleggen."),
    _REASON,
    replace(_REASON, name="REASON_NL", example="De reeksbreuk vertekent het vertrekjaar."),
    _ROLE,
    replace(_ROLE, name="ROLE_NL", about="role_nl", example="directie Werkzoekenden"),
    Column("DUE", Kind.DATE, about="decision_due", example="2027-03-31"),
    Column("STATE", Kind.CODE, default="open", allowed=STATES, about="decision_state", example="open"),
    Column("CLOSED_ON", Kind.DATE, example="2027-03-12"),
)
