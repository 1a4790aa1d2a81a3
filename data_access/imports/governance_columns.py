"""The columns of the tables of governance and of the development plan."""

from __future__ import annotations

from dataclasses import replace

from data_access.contract.model import Contract
from data_access.imports.column import Column, Kind

MULTIANNUAL = "_T"  # in YEAR: the plan of the whole contract
STATES = ("preparation", "transmitted", "examined", "closed", "not_applicable")
PROJECT, ACTION = "project", "action"

# An empty document awaits its translation, or there is none.
_DOCUMENT = Column("DOCUMENT_FR", Kind.TEXT, default="", example="Rapport d’exécution 2025")
GOVERNANCE = (
    Column("OBLIGATION", Kind.CODE, required=True, unknown="unknown_obligation", example="GV-05-2025"),
    Column("STATE", Kind.CODE, required=True, allowed=STATES, example="transmitted"),
    Column("DAY", Kind.DATE, required=True, example="2026-06-11", about="state_day"),
    _DOCUMENT,
    replace(_DOCUMENT, name="DOCUMENT_NL", example="Uitvoeringsverslag 2025"),
    Column("EDITION", Kind.PERIOD, default="", example="2026-06"),
    Column("COMMENT", Kind.TEXT, default="", about="governance_comment"),
)
_CODES = Column("COMMITMENTS", Kind.TEXT, default="", example="OS2-E1a OS2-E2")
_TITLE = Column("TITLE_FR", Kind.TEXT, default="", example="Étendre le bilan à l’inscription")
_OWNER = Column("OWNER_FR", Kind.TEXT, required=True, example="direction Chercheurs d’emploi")
_BUDGET = Column("BUDGET_RUN", Kind.NUMBER, example="120000")
PLAN = (
    Column("ACTION", Kind.CODE, required=True, example="P2.1"),
    Column("LEVEL", Kind.CODE, required=True, allowed=(PROJECT, ACTION), example=ACTION),
    Column("PARENT", Kind.CODE, default="", example="P2"),
    _CODES,
    replace(_CODES, name="INDICATORS", example="OS2.03 OS2.04"),
    _TITLE,
    replace(_TITLE, name="TITLE_NL", example="De balans bij inschrijving uitbreiden"),
    _OWNER,
    replace(_OWNER, name="OWNER_NL", example="directie Werkzoekenden"),
    Column("STARTS_ON", Kind.DATE, required=True, example="2026-01-01"),
    Column("ENDS_ON", Kind.DATE, required=True, example="2027-06-30"),
    Column("PROGRESS", Kind.NUMBER, example="40"),
    _BUDGET,
    replace(_BUDGET, name="BUDGET_CHANGE", example="80000"),
    Column("YEAR", Kind.CODE, default=MULTIANNUAL, example="2026"),
)


def governance_items(name: str, contract: Contract) -> tuple[str, ...]:
    """The items of a column of these tables that depend on the contract; none for another column."""
    if name == "OBLIGATION":
        return tuple(obligation.code for obligation in contract.obligations)
    if name == "YEAR":
        years = range(contract.start.year, contract.end.year + 1)
        return (MULTIANNUAL, *map(str, years))
    return ()
