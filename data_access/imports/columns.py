"""The columns of the seven kinds of input table: they drive reading, checking and the reference."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import replace

from data_access.contract.model import QUARTER_SIDES, Contract
from data_access.imports.column import Column, Kind
from data_access.imports.decision_columns import DECISION
from data_access.imports.governance_columns import GOVERNANCE, PLAN, governance_items

REGION = "BRU"
TOTAL = "_T"
MONTHS = tuple(f"{month:02}" for month in range(1, 61))  # since entry; no window is longer


def _dimension(name: str, example: str) -> Column:
    return Column(name, Kind.CODE, default=TOTAL, example=example)


_INDICATOR = Column("INDICATOR", Kind.CODE, required=True, unknown="unknown_indicator", example="OS2.03")
# A commune that somebody forgot must not pass for the Region.
_AREA = Column("REF_AREA", Kind.CODE, whole=True, default=REGION, unknown="unknown_ref_area", example="21012")
_OPERATOR = _dimension("OPERATOR", "BF")
_DIMENSIONS = (
    _dimension("SEX", "F"),
    _dimension("AGE", "Y_LT25"),
    _dimension("EDUCATION", "LOW"),
    _dimension("DURATION", "M_GE12"),
    _dimension("AUDIENCE", "PP2"),
    _OPERATOR,
    _dimension("WORKPLACE", "VLA"),
)
_CONFIDENTIALITY = Column("CONF_STATUS", Kind.CODE, default="F", allowed=("F", "C", "D"), example="F")
_COMMENT = Column("COMMENT", Kind.TEXT, default="")
_ORIGIN = (Column("SOURCE", Kind.TEXT, default="", example="Actiris, dossier unique"), _COMMENT)

OBSERVATION = (
    _INDICATOR,
    Column("FREQ", Kind.CODE, allowed=("A", "S", "Q", "M"), example="Q"),
    Column("TIME_PERIOD", Kind.PERIOD, required=True, example="2026-Q3"),
    _AREA,
    *_DIMENSIONS,
    Column("NUMERATOR", Kind.NUMBER, example="1204"),
    Column("DENOMINATOR", Kind.NUMBER, example="8350"),
    Column("OBS_VALUE", Kind.NUMBER, example="14.4"),
    Column("OBS_STATUS", Kind.CODE, default="A", allowed=("A", "P", "E", "B", "M"), example="P"),
    _CONFIDENTIALITY,
    *_ORIGIN,
)
COHORT = (
    Column("FUNNEL", Kind.CODE, required=True, unknown="unknown_funnel", example="F-PREV"),
    Column("COHORT", Kind.PERIOD, required=True, example="2025-Q1"),
    Column("STAGE", Kind.CODE, required=True, example="P2"),
    Column(
        "OUTCOME",
        Kind.CODE,
        required=True,
        allowed=("next", "employment", "training", "other_exit", "pending"),
        example="next",
    ),
    _AREA,
    *_DIMENSIONS,
    Column("MONTH", Kind.CODE, default=TOTAL, allowed=(TOTAL, *MONTHS), example="07"),
    _dimension("OBSTACLE", "LANGUAGE"),
    Column("COUNT", Kind.WHOLE, example="812"),
    Column("WINDOW_MONTHS", Kind.WHOLE, example="12"),
    Column("OBSERVED_THROUGH", Kind.DATE, required=True, example="2026-10-31"),
    _CONFIDENTIALITY,
    *_ORIGIN,
)
_DECISION = Column(
    "DECISION_REF", Kind.TEXT, required=True, empty="missing_decision", example="CG 2023-12, point 7"
)
TARGET = (
    _INDICATOR,
    Column("KIND", Kind.CODE, required=True, allowed=("baseline", "milestone", "target"), example="target"),
    Column("DUE", Kind.DATE, required=True, example="2027-12-31"),
    _AREA,
    _OPERATOR,
    Column("VALID_FROM", Kind.DATE, required=True, example="2024-01-01"),
    Column("VALUE", Kind.NUMBER, example="38.0"),
    Column("LOW", Kind.NUMBER, example="90"),
    Column("HIGH", Kind.NUMBER, example="110"),
    replace(_DECISION, name="DECIDED_ON", kind=Kind.DATE, example="2023-12-14"),
    _DECISION,
    replace(_DECISION, name="DECIDING_BODY", example="Comité de gestion"),
    replace(
        _DECISION,
        name="REASON",
        kind=Kind.CODE,
        allowed=("annex", "avenant", "annual_evaluation", "budget"),
        example="annex",
    ),
    _COMMENT,
)
# An empty text awaits its translation; whoever speaks is known in both languages.
_TEXT = Column("TEXT_FR", Kind.TEXT, default="", example="Le taux progresse depuis le printemps.")
_ROLE = Column("ROLE_FR", Kind.TEXT, required=True, example="direction Employeurs")
REMARK = (
    _INDICATOR,
    Column(
        "KIND",
        Kind.CODE,
        required=True,
        allowed=("finding", "cause", "action", "annotation"),
        example="finding",
        about="remark_kind",
    ),
    Column("DAY", Kind.DATE, required=True, example="2026-11-09"),
    _OPERATOR,
    Column("RANK", Kind.WHOLE, default="1", example="2"),
    Column("DUE", Kind.DATE, example="2027-03-31", about="remark_due"),
    _TEXT,
    replace(_TEXT, name="TEXT_NL", example="Het percentage stijgt sinds het voorjaar."),
    _ROLE,
    replace(_ROLE, name="ROLE_NL", example="directie Werkgevers"),
)
TABLES: Mapping[str, tuple[Column, ...]] = {
    "observation": OBSERVATION,
    "cohort": COHORT,
    "target": TARGET,
    "remark": REMARK,
    "governance": GOVERNANCE,
    "plan": PLAN,
    "decision": DECISION,
}
# One of these columns must be there, whatever the rows hold.
VALUES: Mapping[str, tuple[str, ...]] = {
    "observation": ("OBS_VALUE", "NUMERATOR"),
    "cohort": ("COUNT",),
    "target": ("VALUE", "LOW", "HIGH"),
    "remark": ("TEXT_FR", "TEXT_NL"),
    "governance": ("STATE",),
    "plan": ("TITLE_FR", "TITLE_NL"),
    "decision": ("TEXT_FR", "TEXT_NL"),
}
# What a header must have for its table to be recognised; checked in this order.
SIGNATURES: Mapping[str, frozenset[str]] = {
    "decision": frozenset({"DECISION", "MEETING"}),  # before the target: it has its three columns too
    "governance": frozenset({"OBLIGATION", "STATE"}),
    "plan": frozenset({"ACTION", "LEVEL"}),
    "cohort": frozenset({"FUNNEL", "STAGE"}),
    "remark": frozenset({"INDICATOR", "KIND", "DAY"}),  # before the target: it has a DUE too
    "target": frozenset({"INDICATOR", "KIND", "DUE"}),
    "observation": frozenset({"INDICATOR", "TIME_PERIOD"}),
}


def recognise(header: Iterable[str]) -> str | None:
    """Which kind of table a header (upper case) announces; None for none of ours."""
    names = set(header)
    return next((kind for kind, needed in SIGNATURES.items() if needed <= names), None)


def items_of(column: Column, contract: Contract) -> tuple[str, ...]:
    """The items that a column may hold, in the order of the contract; none when anything goes."""
    if column.allowed:
        return column.allowed
    if column.name == "INDICATOR":
        return tuple(i.code for i in contract.indicators)
    if column.name == "FUNNEL":
        return tuple(f.code for f in contract.funnels)
    if items := governance_items(column.name, contract):
        return items
    if column.name == "REF_AREA":
        return (REGION, *(c.nis for c in contract.communes), *QUARTER_SIDES)
    return tuple(i.code for i in contract.codelists if i.dimension == column.name)
