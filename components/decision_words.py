"""What pages and files say of a decision: where it stands, its signal, and what its series did after."""

from __future__ import annotations

from datetime import date

from components.i18n import formats
from components.i18n.translate import Translator
from components.values import change_text, value_text
from data_access.contract.model import Indicator
from data_access.domain.change import STABLE, Change
from data_access.domain.decision import Acceptance, NoChange, Standing
from data_access.domain.reading import Reading
from data_access.services.decisions import Decision, DecisionLine, DecisionLog, Wording

SYMBOLS = {
    Standing.LATE: "■",
    Standing.OPEN: "○",
    Standing.IN_FORCE: "▣",
    Standing.ENDED: "□",
    Standing.DONE: "✓",
    Standing.DROPPED: "–",
}
ACCEPTED = SYMBOLS[Standing.IN_FORCE]


def standing_word(standing: Standing, t: Translator) -> str:
    """The word of a standing."""
    return t(f"decisions.standing.{standing.value}")


def standing_extra(line: DecisionLine, day: date, t: Translator) -> str:
    """How late it is; until when a deviation is accepted, or since when it is over; when it was closed."""
    term, standing = line.decision.term, line.standing
    if standing is Standing.LATE and term.due is not None:
        return t.plural("decisions.late", (day - term.due).days)
    if standing in {Standing.DONE, Standing.DROPPED} and term.closed_on is not None:
        return t("decisions.closed_on", day=formats.day(term.closed_on, t.language))
    if line.acceptance is not None:
        key = "decisions.until" if line.acceptance.in_force else "decisions.ended_on"
        return t(key, day=formats.day(line.acceptance.until, t.language))
    return ""


def signal_word(decision: Decision, t: Translator) -> str:
    """What the Comité saw: a reason of the list of attention, or something else."""
    return t(f"decisions.signal.{decision.signal}")


def worded(text: Wording, language: str) -> tuple[str, str]:
    """The text and the language it is in: the other one while its translation is awaited."""
    other = "nl" if language == "fr" else "fr"
    own = text.in_(language)
    return (own, language) if own else (text.in_(other) or "", other)


def text_in(text: Wording, t: Translator) -> str:
    """The text in one line; that its translation is awaited stands before it."""
    said, language = worded(text, t.language)
    awaited = said and language != t.language
    return f"{t('sheet.comments.awaited')} – {said}" if awaited else said


def decision_line(decision: Decision, t: Translator) -> str:
    """A decision in one line, as figures and files explain the code that they bear."""
    day = formats.day(decision.meeting, t.language)
    said = t("decisions.line", code=decision.code, day=day, text=text_in(decision.text, t))
    if not decision.is_deviation or decision.term.due is None:
        return said
    until = t("decisions.until", day=formats.day(decision.term.due, t.language))
    return f"{said} ({t('acceptance.word').lower()} {until})"


def after_sentence(after: Change | NoChange, definition: Indicator, t: Translator) -> str:
    """Two values and what lies between them; never that one follows from a decision."""
    if isinstance(after, NoChange):
        known = _valued(after.before, definition, t) if after.before is not None else ""
        return t(f"decisions.after.{after.reason.value}", known=known)
    facts = {
        "before": _valued(after.before, definition, t),
        "after": _valued(after.after, definition, t),
        "change": change_text(after, definition, t.language),
    }
    return t(f"decisions.after.{_verdict(after)}", **facts)


def _verdict(change: Change) -> str:
    if not change.comparable:
        return "broken"
    if change.direction == STABLE:
        return "stable"
    return {True: "better", False: "worse", None: "neutral"}[change.better]


def _valued(reading: Reading, definition: Indicator, t: Translator) -> str:
    period = formats.period(reading.period, t.language)
    return t("decisions.value", value=value_text(reading, definition, t.language), period=period)


def acceptance_text(acceptance: Acceptance | None, t: Translator) -> str:
    """The badge in words; empty where no deviation is in force."""
    if acceptance is None or not acceptance.in_force:
        return ""
    until = t("acceptance.until", day=formats.short_day(acceptance.until, t.language))
    return f"{ACCEPTED} {t('acceptance.word')} {until}"


def acceptance_sentence(acceptance: Acceptance, t: Translator) -> str:
    """Until when a deviation is accepted, or that this is over and the ordinary state holds again."""
    meeting, until = (formats.day(day, t.language) for day in (acceptance.meeting, acceptance.until))
    key = "acceptance.in_force" if acceptance.in_force else "acceptance.ended"
    return t(key, meeting=meeting, until=until, code=acceptance.code)


def decisions_sentence(log: DecisionLog, t: Translator) -> str:
    """How many decisions are open, how many of them are late, and how many deviations are accepted."""
    counts = log.counts
    late, accepted = counts.get(Standing.LATE, 0), counts.get(Standing.IN_FORCE, 0)
    said = [
        t.plural("decisions.sentence.open", len(log.pending)) if log.pending else t("decisions.sentence.none")
    ]
    said += [t.plural("decisions.sentence.late", late)] if late else []
    said += [t.plural("decisions.sentence.accepted", accepted)] if accepted else []
    return " ".join(said)
