"""The governance calendar as a table: a row an obligation, its days as days."""

from __future__ import annotations

from datetime import date

from components.exports.asked import Asked
from components.exports.exhibit import Cell, Column, Exhibit, Kind, Table
from components.exports.recipes.recipe import exhibit_of
from components.governance_words import (
    SYMBOLS,
    basis_text,
    documents_text,
    edition_text,
    governance_sentence,
    state_extra,
    state_word,
)
from components.i18n import formats
from components.i18n.translate import Translator
from data_access.contract.load import contract
from data_access.services.governance import ObligationLine, get_governance

COLUMNS = {
    "obligation": Kind.TEXT,
    "from": Kind.TEXT,
    "to": Kind.TEXT,
    "verb": Kind.TEXT,
    "timing": Kind.TEXT,
    "opens": Kind.DATE,
    "day": Kind.DATE,
    "basis": Kind.TEXT,
    "state": Kind.TEXT,
    "since": Kind.DATE,
    "steps": Kind.TEXT,
    "edition": Kind.TEXT,
}


def day_of(asked: Asked) -> date:
    """The day for which states are told: the reader's, else the last that the data cover."""
    return asked.today or asked.cutoff or contract().start


def make_governance(asked: Asked) -> Exhibit:
    """Every obligation by its last day, as it stands on the reader's day."""
    t, today = asked.t, day_of(asked)
    calendar = get_governance(asked.version, today)
    said = governance_sentence(calendar, t)
    columns = tuple(Column(t(f"governance.column.{name}"), kind) for name, kind in COLUMNS.items())
    return exhibit_of(
        asked,
        name="governance",
        subject=t("governance.title"),
        title=t("governance.title"),
        subtitle=said,
        source=t("governance.source"),
        notes=[
            t("governance.as_of", day=formats.day(today, t.language)),
            t("governance.rule"),
            "" if calendar.known else t("governance.unknown"),
        ],
        demonstration=calendar.demonstration,
        alt=said,
        drawing=None,
        table=Table(columns, tuple(_row(line, today, t) for line in calendar.lines)),
    )


def _row(line: ObligationLine, today: date, t: Translator) -> tuple[Cell, ...]:
    owed, language = line.obligation, t.language
    extra = state_extra(line, today, t)
    state = f"{SYMBOLS[line.state]} {state_word(line.state, t)}"
    return (
        Cell(f"{owed.code} {owed.title.in_(language)}"),
        Cell(owed.from_.in_(language)),
        Cell(owed.to.in_(language) if owed.to is not None else ""),
        Cell(owed.verb.in_(language)),
        Cell(owed.timing.in_(language)),
        day_cell(owed.opens, t),
        day_cell(owed.day, t),
        Cell(basis_text(owed, t) if owed.day is not None else ""),
        Cell(f"{state} ({extra})" if extra else state),
        day_cell(line.since, t),
        Cell(documents_text(line, t)),
        Cell(edition_text(line.edition, t) if line.edition else ""),
    )


def day_cell(day: date | None, t: Translator) -> Cell:
    """A day as the screen writes it and as a spreadsheet counts with it; empty where there is none."""
    return Cell("") if day is None else Cell(formats.short_day(day, t.language), day)
