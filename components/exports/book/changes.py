"""The sheet of what changed since the meeting before: a row a series, the parts of its difference."""

from __future__ import annotations

from decimal import Decimal

from xlsxwriter.worksheet import Worksheet

from components.change_words import (
    cause_sentence,
    changes_sentence,
    difference_text,
    period_text,
    seen_text,
    since_name,
    states_text,
    until_name,
)
from components.exports.book.sheet import HEAD_ROW, Book, Cell, Heading, add_sheet, make_table, write_row
from components.group_names import group_name
from data_access.contract.model import Indicator
from data_access.domain.edition_change import Seen
from data_access.services.edition_changes import Changed, Changes
from data_access.services.indicator_rows import TOTAL

NUMBER, PERIOD = 13.0, 12.0  # letters
PARTS = ("published", "real", "revision", "definition")


def add_changes(book: Book, name: str, changes: Changes) -> Worksheet:
    """Every change, the weightiest first; numbers add up as they are written."""
    t = book.t
    headings = [
        Heading(t("book.column.code"), 12),
        Heading(t("column.indicator"), 44),
        Heading(t("column.operator"), 20),
        Heading(since_name(changes, t), NUMBER),
        Heading(t("changes.head.before_period"), PERIOD),
        Heading(until_name(changes, t), NUMBER),
        Heading(t("changes.head.after_period"), PERIOD),
        *(Heading(t(f"changes.head.{part}"), NUMBER) for part in PARTS),
        Heading(t("changes.head.states"), 32),
        Heading(t("changes.head.why"), 44),
    ]
    title, said = t("book.changes"), f"{changes_sentence(changes, t)} {t('changes.rule')}"
    sheet = add_sheet(book, name, title, said, headings, demonstration=changes.demonstration)
    for number, one in enumerate(changes.changed, start=HEAD_ROW + 1):
        write_row(sheet, number, _cells(one, book), headings)
    make_table(sheet, "changes", len(changes.changed), headings, book)
    return sheet


def _cells(one: Changed, book: Book) -> list[Cell]:
    t, text, change = book.t, book.styles.text, one.change
    definition = one.definition
    operator = "" if one.operator == TOTAL else group_name("OPERATOR", one.operator, t)
    return [
        (one.code, book.styles.code),
        (definition.title.in_(t.language), text),
        (operator, text),
        _seen(change.before, definition, book),
        (period_text(change.before, t), text),
        _seen(change.after, definition, book),
        (period_text(change.after, t), text),
        *(_part(getattr(change, part), definition, book) for part in PARTS),
        (states_text(change, t), text),
        (cause_sentence(change, definition, t), text),
    ]


def _seen(seen: Seen, definition: Indicator, book: Book) -> Cell:
    if not period_text(seen, book.t):
        return seen_text(seen, definition, book.t), book.styles.word
    return seen.value, book.styles.number(definition.unit, definition.decimals)


def _part(part: Decimal | None, definition: Indicator, book: Book) -> Cell:
    if part is None:
        return difference_text(part, definition, book.t), book.styles.word
    return float(part), book.styles.difference(definition.unit, definition.decimals)
