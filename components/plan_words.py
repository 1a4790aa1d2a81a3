"""What the pages and files of governance say of the development plan and of the coverage."""

from __future__ import annotations

from components.i18n import formats
from components.i18n.translate import Translator
from data_access.contract.model import Unit
from data_access.domain.plan import Amount, Gap, mean_progress
from data_access.services.coverage import Coverage, Covered
from data_access.services.plan import MULTIANNUAL, DevelopmentPlan, PlanEntry


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
    return formats.measure(progress, Unit.PERCENT, 0, t.language)


def plan_name(year: str, t: Translator) -> str:
    """What a plan is called: of the contract, or of a year."""
    return t("plan.multiannual") if year == MULTIANNUAL else t("plan.annual", year=year)


def amount_text(amount: Amount, t: Translator) -> str:
    """A sum in euro, to the cent where it has any; that none of it is known where none is."""
    if amount.is_unknown:
        return t("plan.amount.unknown")
    whole = float(round(amount.known, 2)).is_integer()
    return t("plan.amount", amount=formats.number(amount.known, 0 if whole else 2, t.language))


def plan_sentence(plan: DevelopmentPlan, t: Translator) -> str:
    """How many projects and actions are shown, how far they are, and what they cost."""
    both = plan.run + plan.change
    progress = mean_progress(action.progress for action in plan.actions)
    money = {"run": plan.run, "change": plan.change, "total": both}
    counts = {
        "projects": t.plural("plan.projects", len(plan.projects)),
        "actions": t.plural("plan.actions", len(plan.actions)),
    }
    said = [t("plan.sentence", name=plan_name(plan.year, t), **counts)]
    if progress is not None:
        said.append(t("plan.sentence.progress", progress=progress_text(progress, t)))
    if not both.is_unknown:
        said.append(t("plan.sentence.money", **{name: amount_text(a, t) for name, a in money.items()}))
    return " ".join(said)


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
