"""The slides of what changed since the meeting before: the weightiest rows, as a native table."""

from __future__ import annotations

from components.change_words import (
    cause_sentence,
    change_name,
    changes_sentence,
    difference_text,
    period_text,
    seen_text,
    since_name,
    states_text,
    until_name,
)
from components.exports.slides.deck import Deck
from components.exports.slides.place import CONTENT
from components.exports.slides.table import Grid, Row, Text, add_table
from components.i18n import formats
from components.i18n.translate import Translator
from data_access.contract.model import Indicator
from data_access.domain.edition_change import Seen
from data_access.services.edition_changes import Changed, Changes

WEIGHTIEST = 20  # rows: two or three slides
HEADS = ("indicator", "before", "after", "published", "real", "revision", "definition", "why")
WIDTHS = (3.4, 1.1, 1.1, 1.05, 0.95, 0.95, 0.95, 2.733)


def add_changes(deck: Deck, changes: Changes) -> None:
    """The weightiest changes, with the whole count in the title."""
    t, shown = deck.t, changes.changed[:WEIGHTIEST]
    subtitle = t("pack.changes", day=formats.day(changes.since.meeting, t.language))
    names = {"before": since_name(changes, t), "after": until_name(changes, t)}
    labels = tuple(names.get(head) or t(f"changes.head.{head}") for head in HEADS)
    grid = Grid(labels, WIDTHS, tuple(_row(one, t) for one in shown), frozenset(range(1, 7)))
    pages = grid.pages(CONTENT.height) if shown else []
    notes = [t("changes.rule"), deck.foot]
    if len(shown) < len(changes.changed):
        notes.insert(0, t("pack.changes.more", shown=len(shown), total=len(changes.changed)))
    for number, page in enumerate(pages, start=1):
        counted = f" ({number}/{len(pages)})" if len(pages) > 1 else ""
        slide = deck.add(
            changes_sentence(changes, t),
            subtitle + counted,
            "\n".join(notes),
            demonstration=changes.demonstration,
        )
        add_table(slide, grid, page, subtitle + counted)


def _row(one: Changed, t: Translator) -> Row:
    change, definition = one.change, one.definition
    parts = (change.published, change.real, change.revision, change.definition)
    said = "\n".join(filter(None, (states_text(change, t), cause_sentence(change, definition, t))))
    return Row(
        (
            Text(change_name(one, t)),
            _seen(change.before, definition, t),
            _seen(change.after, definition, t),
            *(Text(difference_text(part, definition, t), bold=i == 0) for i, part in enumerate(parts)),
            Text(said),
        )
    )


def _seen(seen: Seen, definition: Indicator, t: Translator) -> Text:
    return Text(f"{seen_text(seen, definition, t)}\n{period_text(seen, t)}".rstrip())
