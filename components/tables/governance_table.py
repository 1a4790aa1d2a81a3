"""The governance calendar as tables: what presses, and every obligation by its last day, a group a year."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from datetime import date
from itertools import groupby

from dash import html
from dash.development.base_component import Component

from components.addresses import address
from components.attributes import aria, data
from components.governance_words import (
    SYMBOLS,
    basis_text,
    document_of,
    edition_text,
    parties_text,
    period_text,
    quoted,
    state_extra,
    state_word,
)
from components.i18n import formats
from components.i18n.translate import Translator
from data_access.contract.model import Obligation
from data_access.domain.obligation import HORIZON, ObligationState
from data_access.services.governance import DocumentedStep, ObligationLine

HEADS = ("obligation", "term", "state", "who", "steps", "edition")
Days = Callable[[ObligationLine, Translator], list[Component]]


def make_state(state: ObligationState, t: Translator, *, extra: str = "") -> Component:
    """Symbol and word of a state; ``extra`` follows in small type."""
    return html.Span(
        [
            html.Span(SYMBOLS[state], className="status-symbol", **aria(hidden="true")),
            html.Span(state_word(state, t), className="status-word"),
            html.Small(extra, className="status-extra") if extra else None,
        ],
        className=f"status obligation-{state.value}",
    )


def make_pressing_table(lines: Sequence[ObligationLine], today: date, t: Translator) -> Component:
    """What is late or comes soon, with the days that are left."""

    def days(line: ObligationLine, t: Translator) -> list[Component]:
        return _next_day(line, today, t)

    body = html.Tbody([_row(line, today, days, t) for line in lines])
    return _table(t("governance.pressing", days=HORIZON.days), [body], t)


def make_calendar_table(lines: Iterable[ObligationLine], today: date, t: Translator) -> Component:
    """Every obligation, in the order of the lines; a group of rows a year, the continuous ones at the end."""
    groups = groupby(lines, key=lambda line: line.obligation.day.year if line.obligation.day else None)
    return _table(t("governance.all"), [_group(year, found, today, t) for year, found in groups], t)


def _table(caption: str, bodies: Sequence[Component], t: Translator) -> Component:
    heads = [html.Th(t(f"governance.column.{name}"), scope="col", className=f"col-{name}") for name in HEADS]
    said = html.Caption(caption, className="visually-hidden")
    return html.Table([said, html.Thead(html.Tr(heads)), *bodies], className="ledger obligations")


def _group(year: int | None, lines: Iterable[ObligationLine], today: date, t: Translator) -> Component:
    title = str(year) if year is not None else t("governance.no_day")
    head = html.Tr(html.Th(title, colSpan=str(len(HEADS)), scope="rowgroup"), className="group")
    return html.Tbody([head, *(_row(line, today, _last_day, t, anchored=True) for line in lines)])


def _row(
    line: ObligationLine, today: date, days: Days, t: Translator, *, anchored: bool = False
) -> Component:
    """A row; ``anchored`` where its code is an address of the page."""
    return html.Tr(
        [
            html.Th(_title(line.obligation, t, anchored=anchored), scope="row"),
            _cell("term", days(line, t), t),
            _cell("state", make_state(line.state, t, extra=state_extra(line, today, t)), t),
            _cell("who", _who(line.obligation, t), t),
            _cell("steps", _steps(line, t), t),
            _cell("edition", _edition(line, t), t),
        ]
    )


def _edition(line: ObligationLine, t: Translator) -> Component | str:
    """The session whose edition was transmitted: its place in the list, where it can be opened."""
    if not line.edition:
        return ""
    place = f"{address('editions', t.language)}#edition-{line.edition}"
    return html.A(edition_text(line.edition, t), href=place)


def _cell(name: str, content: list[Component] | Component | str | None, t: Translator) -> Component:
    return html.Td(content, className=f"col-{name}", **data(label=t(f"governance.column.{name}")))


def _title(obligation: Obligation, t: Translator, *, anchored: bool) -> list[Component]:
    code, title = obligation.code, obligation.title.in_(t.language)
    shown = html.Span(code, id=code, className="code") if anchored else html.Span(code, className="code")
    return [shown, html.Span(title, className="title")]


def _next_day(line: ObligationLine, today: date, t: Translator) -> list[Component]:
    """The day that comes, or the one that has passed: how far it is, and how it is known."""
    day = line.next_day
    assert day is not None, "what presses has a day"
    opening = t("governance.opening") if line.opening else ""
    left = t.plural("calendar.days", (day - today).days) if day >= today else ""
    said = " · ".join(filter(None, (left, opening)))
    strong = [html.Small(said, className="left")] if said else []
    return [_time(day, line.obligation, t), *strong, *_small(_basis(line.obligation, t))]


def _last_day(line: ObligationLine, t: Translator) -> list[Component]:
    """The last day or, where there is none, the words of the contract; the period, and how it is known."""
    obligation = line.obligation
    if obligation.day is None:
        return _small([obligation.timing.in_(t.language)])
    running = t("governance.running") if line.running else ""
    known = [period_text(obligation, t), running, *_basis(obligation, t)]
    return [_time(obligation.day, obligation, t), *_small(known)]


def _time(day: date, obligation: Obligation, t: Translator) -> Component:
    """A day; one that was only proposed looks so."""
    name = "day proposed" if obligation.basis == "proposed" else "day"
    return html.Time(formats.day(day, t.language), dateTime=day.isoformat(), className=name)


def _basis(obligation: Obligation, t: Translator) -> list[str]:
    """How the day is known, and on what it rests."""
    note = obligation.note.in_(t.language) if obligation.note is not None else ""
    return [basis_text(obligation, t), note]


def _small(texts: Iterable[str]) -> list[Component]:
    """Lines in small type; what was said already (a period that the note repeats) is not said again."""
    lines = {text.casefold(): text for text in reversed([*texts]) if text}
    return [html.Small(text) for text in reversed(lines.values())]


def _who(obligation: Obligation, t: Translator) -> list[Component]:
    return [
        html.Span(parties_text(obligation, t)),
        html.Span(quoted(obligation.verb.in_(t.language), t), className="verb"),
    ]


def _steps(line: ObligationLine, t: Translator) -> Component | None:
    """What happened, oldest first: the state, its day and its document."""
    return html.Ul([_step(step, t) for step in line.steps]) if line.steps else None


def _step(step: DocumentedStep, t: Translator) -> Component:
    document, language = document_of(step, t.language)
    day = html.Time(formats.short_day(step.day, t.language), dateTime=step.day.isoformat())
    said: list[Component | str] = [html.Span(state_word(step.state, t), className="step"), " ", day]
    if not document:
        return html.Li(said)
    if language == t.language:
        return html.Li([*said, t("punctuation.colon"), document])
    awaited = html.Em(t("sheet.comments.awaited"), className="awaited")
    return html.Li([*said, t("punctuation.colon"), awaited, " ", html.Span(document, lang=language)])
