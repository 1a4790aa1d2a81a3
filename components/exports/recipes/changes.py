"""What changed between two meetings as a table: a row a series, the parts of its difference as numbers."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal

from components.change_words import (
    cause_sentence,
    change_name,
    changes_sentence,
    difference_text,
    narrowed_sentence,
    period_text,
    seen_text,
    since_name,
    states_text,
    until_name,
)
from components.edition_links import NOW
from components.exports.asked import Asked
from components.exports.exhibit import Cell, Column, Exhibit, Kind, Table
from components.exports.recipes.recipe import exhibit_of, require
from components.i18n.translate import Translator
from data_access.contract.load import contract
from data_access.contract.model import Indicator, Unit
from data_access.domain.edition_change import Cause, Seen
from data_access.domain.errors import UserError
from data_access.services.changes_since import get_changes_since, narrow
from data_access.services.data_state import get_data_state
from data_access.services.edition_changes import Changed, Changes
from data_access.services.editions import get_editions, viewing

BEFORE, AFTER = "before", "after"
COLUMNS = {
    "indicator": Kind.TEXT,
    "unit": Kind.TEXT,
    BEFORE: Kind.NUMBER,
    "before_period": Kind.TEXT,
    AFTER: Kind.NUMBER,
    "after_period": Kind.TEXT,
    "published": Kind.NUMBER,
    "real": Kind.NUMBER,
    "revision": Kind.NUMBER,
    "definition": Kind.NUMBER,
    "states": Kind.TEXT,
    "why": Kind.TEXT,
}


def make_changes(asked: Asked) -> Exhibit:
    """The series that changed between the two meetings, narrowed as the page narrows them."""
    t, codes = asked.t, [edition.code for edition in get_editions()]
    if not codes:
        raise UserError("export_nothing")
    since, until = require(asked, "since", codes), require(asked, "until", [*codes, NOW])
    require(asked, "objective", [o.code for o in contract().objectives])
    require(asked, "cause", [cause.value for cause in Cause])
    changes = get_changes_since(since, "" if until == NOW else until, asked.rule)
    narrowed = None if changes is None else narrow(changes, asked.query)
    if changes is None or narrowed is None or not narrowed.shown:
        raise UserError("export_nothing")
    title = t("changes.caption", since=since_name(changes, t), until=until_name(changes, t))
    said = changes_sentence(changes, t)
    with viewing(changes.until.code if changes.until else None):
        state = get_data_state()
        return exhibit_of(
            replace(asked, version=state.version, cutoff=state.cutoff),
            name="changes",
            subject=_subject(changes, narrowed.objective, t),
            title=title,
            subtitle=said,
            source=t("changes.source"),
            notes=[narrowed_sentence(narrowed, changes, t), t("changes.rule"), t("changes.units")],
            demonstration=changes.demonstration,
            alt=said,
            drawing=None,
            table=Table(_columns(changes, t), tuple(_row(one, t) for one in narrowed.shown)),
        )


def _subject(changes: Changes, objective: str, t: Translator) -> str:
    """For the name of the file: « changements OS2 2026-06 2026-11 »."""
    until = changes.until.code if changes.until else ""
    return " ".join(filter(None, (t("changes.file"), objective, changes.since.code, until)))


def _columns(changes: Changes, t: Translator) -> tuple[Column, ...]:
    meetings = {BEFORE: since_name(changes, t), AFTER: until_name(changes, t)}
    return tuple(
        Column(meetings.get(name) or t(f"changes.head.{name}"), kind) for name, kind in COLUMNS.items()
    )


def _row(one: Changed, t: Translator) -> tuple[Cell, ...]:
    change, definition = one.change, one.definition
    parts = (change.published, change.real, change.revision, change.definition)
    return (
        Cell(change_name(one, t)),
        Cell(_unit(definition, t)),
        _seen(change.before, definition, t),
        Cell(period_text(change.before, t)),
        _seen(change.after, definition, t),
        Cell(period_text(change.after, t)),
        *(_part(part, definition, t) for part in parts),
        Cell(states_text(change, t)),
        Cell(cause_sentence(change, definition, t)),
    )


def _unit(definition: Indicator, t: Translator) -> str:
    """The unit as it stands beside a value."""
    if definition.unit in {Unit.COUNT, Unit.PERCENT}:
        return "%" if definition.unit is Unit.PERCENT else t("unit.count")
    return t(f"unit.mark.{definition.unit.value}")


def _seen(seen: Seen, definition: Indicator, t: Translator) -> Cell:
    text = seen_text(seen, definition, t)
    return Cell(text, seen.value if period_text(seen, t) else None)


def _part(part: Decimal | None, definition: Indicator, t: Translator) -> Cell:
    """The number that the page writes; as decimals they add up, and are written with as many as shown."""
    return Cell(difference_text(part, definition, t), None if part is None else float(part))
