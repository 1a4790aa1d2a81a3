"""What the pages and files of governance say of an obligation: state, days, parties, documents."""

from __future__ import annotations

from datetime import date

from components.i18n import formats
from components.i18n.translate import Translator
from data_access.contract.model import Obligation
from data_access.domain.obligation import HORIZON, ObligationState
from data_access.domain.period import Period
from data_access.services.governance import DocumentedStep, Governance, ObligationLine

SYMBOLS = {
    ObligationState.LATE: "■",
    ObligationState.TO_COME: "○",
    ObligationState.PREPARATION: "◔",
    ObligationState.TRANSMITTED: "◑",
    ObligationState.EXAMINED: "◕",
    ObligationState.CLOSED: "✓",
    ObligationState.NOT_APPLICABLE: "–",
    ObligationState.CONTINUOUS: "↻",
}


def state_word(state: ObligationState, t: Translator) -> str:
    """The word of a state."""
    return t(f"governance.state.{state.value}")


def state_extra(line: ObligationLine, today: date, t: Translator) -> str:
    """What a late obligation is late on, and since when; a proposed day is said to be one."""
    if line.state is not ObligationState.LATE or line.obligation.day is None:
        return ""
    late = t.plural("governance.late", (today - line.obligation.day).days)
    return late + (t("governance.late.proposed") if line.obligation.basis == "proposed" else "")


def basis_text(obligation: Obligation, t: Translator) -> str:
    """How its day is known."""
    return t(f"governance.basis.{obligation.basis}")


def period_text(obligation: Obligation, t: Translator) -> str:
    """The period in which it is to be fulfilled; empty where there is none."""
    if obligation.opens is None or obligation.day is None:
        return ""
    days = {"start": obligation.opens, "end": obligation.day}
    return t("governance.period", **{name: formats.day(day, t.language) for name, day in days.items()})


def parties_text(obligation: Obligation, t: Translator) -> str:
    """Who owes it, and to whom where the contract names somebody."""
    owed = obligation.from_.in_(t.language)
    return owed if obligation.to is None else f"{owed} → {obligation.to.in_(t.language)}"


def quoted(words: str, t: Translator) -> str:
    """Words of the contract, between the quotation marks of the language."""
    return t("governance.quoted", words=words)


def edition_text(edition: str, t: Translator) -> str:
    """The month of a session: ``juin 2026``."""
    return formats.period(Period.parse(edition), t.language)


def document_of(step: DocumentedStep, language: str) -> tuple[str, str]:
    """The document and the language it is in: the other one while its translation is awaited."""
    other = "nl" if language == "fr" else "fr"
    own = step.in_(language)
    return (own, language) if own else (step.in_(other) or "", other)


def documents_text(line: ObligationLine, t: Translator) -> str:
    """Every step with its day and document, in one line."""
    said = []
    for step in line.steps:
        document, language = document_of(step, t.language)
        awaited = f" ({t('sheet.comments.awaited')})" if document and language != t.language else ""
        name = f"{t('punctuation.colon')}{document}{awaited}" if document else ""
        said.append(f"{state_word(step.state, t)} {formats.short_day(step.day, t.language)}{name}")
    return " · ".join(said)


def governance_sentence(calendar: Governance, t: Translator) -> str:
    """How many obligations there are, how many are late, and how many come soon."""
    late = calendar.counts.get(ObligationState.LATE, 0)
    soon = len(calendar.pressing) - late
    return " ".join(
        [
            t("governance.sentence", n=len(calendar.lines)),
            t.plural("governance.sentence.late", late) if late else t("governance.sentence.none_late"),
            t.plural("governance.sentence.soon", soon, days=HORIZON.days)
            if soon
            else t("governance.sentence.none_soon", days=HORIZON.days),
        ]
    )
