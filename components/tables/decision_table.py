"""The log of decisions as a table: the signal, what was decided, who answers for it, and what came after."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from urllib.parse import urlencode

from dash import html
from dash.development.base_component import Component

from components.addresses import address
from components.attributes import aria, data
from components.decision_words import (
    SYMBOLS,
    after_sentence,
    signal_word,
    standing_extra,
    standing_word,
    worded,
)
from components.i18n import formats
from components.i18n.translate import Translator
from components.linked_text import linked
from components.status import make_status
from data_access.contract.model import Indicator
from data_access.services.decisions import Decision, DecisionLine, Wording

HEADS = ("decision", "signal", "text", "who", "standing", "after")
TOTAL = "_T"


def make_decision_table(
    lines: Sequence[DecisionLine],
    definitions: Mapping[str, Indicator],
    day: date,
    t: Translator,
    *,
    writes: bool = False,
) -> Component:
    """A row a decision, in the order of the log.

    Args:
        lines: of the log.
        definitions: by code.
        day: on which they stand like this.
        t: the translator.
        writes: whether the reader may change one.
    """
    heads = [html.Th(t(f"decisions.column.{name}"), scope="col", className=f"col-{name}") for name in HEADS]
    caption = html.Caption(t("decisions.caption"), className="visually-hidden")
    rows = [_row(line, definitions.get(line.decision.indicator), day, t, writes=writes) for line in lines]
    return html.Table([caption, html.Thead(html.Tr(heads)), html.Tbody(rows)], className="ledger decisions")


def make_standing(line: DecisionLine, day: date, t: Translator) -> Component:
    """Symbol and word of where it stands, and since or until when."""
    extra = standing_extra(line, day, t)
    return html.Span(
        [
            html.Span(SYMBOLS[line.standing], className="status-symbol", **aria(hidden="true")),
            html.Span(standing_word(line.standing, t), className="status-word"),
            html.Small(extra, className="status-extra") if extra else None,
        ],
        className=f"status standing-{line.standing.value}",
    )


def make_wording(text: Wording, t: Translator) -> list[Component | str]:
    """The text in the page's language, its addresses as links; marked while its translation is awaited."""
    said, language = worded(text, t.language)
    if language == t.language or not said:
        return linked(said)
    awaited = html.Em(t("sheet.comments.awaited"), className="awaited")
    return [awaited, " ", html.Span(linked(said), lang=language)]


def _row(
    line: DecisionLine, definition: Indicator | None, day: date, t: Translator, *, writes: bool
) -> Component:
    decision = line.decision
    after = after_sentence(line.after, definition, t) if line.after and definition else ""
    return html.Tr(
        [
            html.Th(_title(decision, definition, t, writes=writes), scope="row"),
            _cell("signal", _signal(decision, t), t),
            _cell("text", _text(decision, t), t),
            _cell("who", _who(decision, t), t),
            _cell("standing", make_standing(line, day, t), t),
            _cell("after", after, t),
        ],
        id=decision.code,
    )


def _cell(name: str, content: list[Component] | Component | str, t: Translator) -> Component:
    return html.Td(content, className=f"col-{name}", **data(label=t(f"decisions.column.{name}")))


def _title(
    decision: Decision, definition: Indicator | None, t: Translator, *, writes: bool
) -> list[Component | None]:
    """Its code, the meeting and point, and the indicator that it is about."""
    meeting = html.Time(formats.day(decision.meeting, t.language), dateTime=decision.meeting.isoformat())
    point = t("decisions.point", point=decision.point) if decision.point else ""
    edit = f"{address('decisions', t.language)}?{urlencode({'edit': decision.code})}#write"
    return [
        html.Span(decision.code, className="code"),
        html.Span(meeting, className="title"),
        html.Small(point) if point else None,
        _subject(decision, definition, t),
        html.A(t("decisions.edit", code=decision.code), href=edit, className="edit") if writes else None,
    ]


def _subject(decision: Decision, definition: Indicator | None, t: Translator) -> Component:
    if definition is None:
        return html.Small(t("decisions.general"))
    search = "" if decision.operator == TOTAL else f"?{urlencode({'operator': decision.operator})}"
    href = f"{address('indicator', t.language, code=definition.code)}{search}"
    return html.A(f"{definition.code} {definition.title.in_(t.language)}", href=href, className="subject")


def _signal(decision: Decision, t: Translator) -> list[Component]:
    """What was seen at the meeting, and the state that was shown then."""
    then = t("decisions.status_then")
    state = [html.Small(then), make_status(decision.status, t)] if decision.status is not None else []
    return [html.Span(signal_word(decision, t)), *state]


def _text(decision: Decision, t: Translator) -> list[Component]:
    reason = html.Small([t("decisions.reason"), t("punctuation.colon"), *make_wording(decision.reason, t)])
    said = html.Span(make_wording(decision.text, t), className="title")
    return [said] if decision.reason.is_empty else [said, reason]


def _who(decision: Decision, t: Translator) -> list[Component]:
    """The function that answers for it, and its last day."""
    who = [html.Span(decision.role.in_(t.language))]
    if decision.term.due is None:
        return [*who, html.Small(t("decisions.no_due"))]
    key = "decisions.until" if decision.is_deviation else "decisions.due"
    return [*who, html.Small(t(key, day=formats.day(decision.term.due, t.language)))]
