"""What the pages and files of governance say of the development plan and of the coverage."""

from __future__ import annotations

from components.i18n import formats
from components.i18n.translate import Translator
from data_access.domain.plan import Gap
from data_access.services.coverage import Coverage, Covered
from data_access.services.plan import MULTIANNUAL, PlanEntry


def title_of(entry: PlanEntry, language: str) -> tuple[str, str]:
    """The title and the language it is in: the other one while its translation is awaited."""
    other = "nl" if language == "fr" else "fr"
    own = entry.in_(language)
    return (own, language) if own else (entry.in_(other) or "", other)


def title_text(entry: PlanEntry, t: Translator) -> str:
    """The title in one line; one whose translation is awaited says so."""
    title, language = title_of(entry, t.language)
    return title if language == t.language else f"{title} ({t('sheet.comments.awaited')})"


def progress_text(progress: float | None, t: Translator) -> str:
    """A progress in per cent, or that it is not known."""
    if progress is None:
        return t("plan.progress.unknown")
    return formats.percentage(progress / 100, t.language)


def plan_name(year: str, t: Translator) -> str:
    """What a plan is called: of the contract, or of a year."""
    return t("plan.multiannual") if year == MULTIANNUAL else t("plan.annual", year=year)


def commitment_text(line: Covered, t: Translator) -> str:
    """The words of a commitment; of a half, those of the whole before it."""
    own = line.commitment.text.in_(t.language)
    return own if line.whole is None else f"{line.whole.text.in_(t.language)} {own}"


def coverage_sentence(coverage: Coverage, t: Translator) -> str:
    """How many commitments have no indicator, and how many no action."""
    bare = len(coverage.of(Gap.EVERYTHING))
    without_indicator = bare + len(coverage.of(Gap.INDICATOR))
    without_action = bare + len(coverage.of(Gap.ACTION))
    whole = {(line.whole or line.commitment).code for line in coverage.lines}
    return " ".join(
        [
            t("coverage.sentence", whole=len(whole), n=len(coverage.lines)),
            t.plural("coverage.sentence.no_indicator", without_indicator)
            if without_indicator
            else t("coverage.sentence.all_indicators"),
            t.plural("coverage.sentence.no_action", without_action)
            if without_action
            else t("coverage.sentence.all_actions"),
        ]
    )
