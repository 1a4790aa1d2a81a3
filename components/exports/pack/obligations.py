"""The obligations of the governance calendar on the day of a document, with the states of its page."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

from components.exports.asked import Asked
from components.exports.pack.pieces import reporting_day
from components.governance_words import SYMBOLS, basis_text, state_extra, state_word
from components.i18n import formats
from components.i18n.translate import Translator
from data_access.services.governance import Governance, ObligationLine, get_governance

AHEAD_YEARS = 1


def get_calendar(asked: Asked) -> Governance:
    """The whole calendar on the last day that the data cover."""
    return get_governance(asked.version, reporting_day(asked))


def obligation_rows(asked: Asked) -> Iterable[tuple[str, ...]]:
    """What the contract asks for until a year after the cut-off: its last day, how it is known, its state."""
    day, t = reporting_day(asked), asked.t
    last = replace_year(day, day.year + AHEAD_YEARS)
    for line in get_calendar(asked).lines:
        if line.obligation.day is not None and line.obligation.day <= last:
            yield _row(line, line.obligation.day, day, t)


def replace_year(day: date, year: int) -> date:
    """The same day of another year; the 29th of February becomes the 28th."""
    return day.replace(year=year, day=min(day.day, 28) if day.month == 2 else day.day)


def _row(line: ObligationLine, due: date, today: date, t: Translator) -> tuple[str, ...]:
    owed = line.obligation
    state = f"{SYMBOLS[line.state]} {state_word(line.state, t)}"
    beside = [state_extra(line, today, t)]
    if line.since is not None:
        beside.append(formats.short_day(line.since, t.language))
    said = ", ".join(filter(None, beside))
    return (
        f"{owed.code} {owed.title.in_(t.language)}",
        formats.short_day(due, t.language),
        basis_text(owed, t),
        f"{state} ({said})" if said else state,
    )
