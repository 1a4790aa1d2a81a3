"""What changed since the meeting before: a part of its own, or a sentence where there was none."""

from __future__ import annotations

from dataclasses import dataclass, field

from components.change_words import (
    cause_sentence,
    changed_states,
    changes_sentence,
    difference_text,
    period_text,
    seen_text,
    since_name,
    until_name,
)
from components.exports.asked import Asked
from components.exports.pack.model import Notice, Part, State, Value
from components.exports.pack.pieces import operator_names
from components.figures.theme import SYMBOLS
from components.i18n import formats
from components.i18n.translate import Translator
from data_access.contract.model import Indicator
from data_access.domain.edition_change import Seen
from data_access.services.changes_since import get_changes_since
from data_access.services.edition_changes import Changed, Changes

HEADS = ("indicator", "before", "after", "published", "real", "revision", "definition", "why")
WEIGHTIEST = 20  # rows of the short pack


@dataclass(frozen=True)
class ChangeRow:
    """A series that does not look as it did.

    Attributes:
        parts: of the difference: published, real, revision, definition.
        states: the former and the present state; empty where it is the same.
    """

    code: str
    title: str
    before: Value
    after: Value
    parts: tuple[str, ...]
    states: tuple[State, ...]
    why: str


@dataclass(frozen=True, kw_only=True)
class ChangesPage(Part):
    """Every change since the meeting before, the weightiest first."""

    kind: str = field(default="changes", init=False)
    lede: str
    rule: str
    heads: tuple[str, ...]
    rows: tuple[ChangeRow, ...]
    more: str


def make_changes_page(asked: Asked, most: int | None = None) -> ChangesPage | None:
    """The changes between the newest meeting before and what the document is of.

    Args:
        asked: version, language and rule.
        most: how many rows at most; None for all.

    Returns:
        None when there was no meeting before.
    """
    t = asked.t
    changes = get_changes_since("", "", asked.rule)
    if changes is None:
        return None
    heading = t("pack.changes", day=formats.day(changes.since.meeting, t.language))
    count, shown = len(changes.changed), changes.changed[:most]
    return ChangesPage(
        heading=heading,
        running=heading,
        demonstration=changes.demonstration,
        lede=changes_sentence(changes, t),
        rule=t("changes.rule") if shown else "",
        heads=_heads(changes, t),
        rows=tuple(_row(one, t) for one in shown),
        more=t("pack.changes.more", shown=len(shown), total=count) if len(shown) < count else "",
    )


def make_no_changes(asked: Asked) -> Notice:
    """That there is no meeting to compare with."""
    t = asked.t
    return Notice(t("pack.changes.nothing_before"), "", None, t("pack.changes.none"))


def _heads(changes: Changes, t: Translator) -> tuple[str, ...]:
    meetings = {"before": since_name(changes, t), "after": until_name(changes, t)}
    return tuple(meetings.get(name) or t(f"changes.head.{name}") for name in HEADS)


def _row(one: Changed, t: Translator) -> ChangeRow:
    change, definition = one.change, one.definition
    operator = operator_names(t.language).get(one.operator)
    parts = (change.published, change.real, change.revision, change.definition)
    states = changed_states(change) or ()
    return ChangeRow(
        code=one.code,
        title=definition.title.in_(t.language) + (f" · {operator}" if operator else ""),
        before=_value(change.before, definition, t),
        after=_value(change.after, definition, t),
        parts=tuple(difference_text(part, definition, t) for part in parts),
        states=tuple(State(s.value, SYMBOLS[s], t(f"status.{s.value}")) for s in states),
        why=cause_sentence(change, definition, t),
    )


def _value(seen: Seen, definition: Indicator, t: Translator) -> Value:
    period = period_text(seen, t)
    return Value(seen_text(seen, definition, t), period, absent=not period)
