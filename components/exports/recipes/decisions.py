"""The log of decisions as a table: a row a decision, its days as days."""

from __future__ import annotations

from datetime import date

from components.decision_words import (
    SYMBOLS,
    after_sentence,
    decisions_sentence,
    signal_word,
    standing_extra,
    standing_word,
    text_in,
)
from components.exports.asked import Asked
from components.exports.exhibit import Cell, Column, Exhibit, Kind, Table
from components.exports.recipes.governance import day_cell, day_of
from components.exports.recipes.recipe import exhibit_of, require
from components.i18n import formats
from components.i18n.translate import Translator
from data_access.contract.load import contract
from data_access.domain.decision import Standing
from data_access.domain.errors import UserError
from data_access.services.attention import SHARED
from data_access.services.decisions import DecisionLine, Selection, day_shown, get_decisions

COLUMNS = {
    "code": Kind.TEXT,
    "kind": Kind.TEXT,
    "meeting": Kind.DATE,
    "point": Kind.TEXT,
    "indicator": Kind.TEXT,
    "signal": Kind.TEXT,
    "status": Kind.TEXT,
    "text": Kind.TEXT,
    "reason": Kind.TEXT,
    "role": Kind.TEXT,
    "due": Kind.DATE,
    "standing": Kind.TEXT,
    "closed_on": Kind.DATE,
    "after": Kind.TEXT,
}


def make_decisions(asked: Asked) -> Exhibit:
    """Every decision asked for, as it stands on the reader's day or that of the meeting."""
    t, day = asked.t, day_shown(day_of(asked))
    require(asked, "objective", [SHARED, *(o.code for o in contract().objectives)])
    require(asked, "state", [standing.value for standing in Standing])
    log = get_decisions(asked.version, asked.cutoff, day, asked.rule).choose(Selection.of(asked.query))
    if not log.lines:
        raise UserError("export_nothing")
    said = decisions_sentence(log, t)
    return exhibit_of(
        asked,
        name="decisions",
        subject=t("decisions.title"),
        title=t("decisions.title"),
        subtitle=said,
        source=t("decisions.source"),
        notes=[t("decisions.rule", day=formats.day(day, t.language))],
        demonstration=log.demonstration,
        alt=said,
        drawing=None,
        table=Table(
            tuple(Column(t(f"decisions.column.{name}"), kind) for name, kind in COLUMNS.items()),
            tuple(_row(line, day, t) for line in log.lines),
        ),
    )


def _row(line: DecisionLine, day: date, t: Translator) -> tuple[Cell, ...]:
    decision = line.decision
    definition = contract().find(decision.indicator)
    extra = standing_extra(line, day, t)
    standing = f"{SYMBOLS[line.standing]} {standing_word(line.standing, t)}"
    after = after_sentence(line.after, definition, t) if line.after and definition else ""
    return (
        Cell(decision.code),
        Cell(t(f"decisions.kind.{decision.term.kind.value}")),
        day_cell(decision.meeting, t),
        Cell(decision.point),
        Cell(
            f"{definition.code} {definition.title.in_(t.language)}" if definition else t("decisions.general")
        ),
        Cell(signal_word(decision, t)),
        Cell(t(f"status.{decision.status.value}") if decision.status else ""),
        Cell(text_in(decision.text, t)),
        Cell(text_in(decision.reason, t)),
        Cell(decision.role.in_(t.language)),
        day_cell(decision.term.due, t),
        Cell(f"{standing} ({extra})" if extra else standing),
        day_cell(decision.term.closed_on, t),
        Cell(after),
    )
