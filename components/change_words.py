"""What the page, the files and the pack say of what changed: the two meetings, numbers, states, causes."""

from __future__ import annotations

from decimal import Decimal

from components.cards.edition import in_sentence, meeting_name
from components.figures.theme import SYMBOLS
from components.group_names import group_name
from components.i18n import formats
from components.i18n.translate import Translator
from data_access.contract.model import Indicator
from data_access.domain.assessment import Status
from data_access.domain.edition_change import Cause, EditionChange, Seen
from data_access.services.changes_since import Narrowed
from data_access.services.edition_changes import Changed, Changes
from data_access.services.indicator_rows import TOTAL

ABSENT = "—"


def since_name(changes: Changes, t: Translator) -> str:
    """The older meeting."""
    return meeting_name(changes.since, t)


def until_name(changes: Changes, t: Translator) -> str:
    """The newer meeting, or that the data of this moment are meant."""
    return meeting_name(changes.until, t) if changes.until else t("edition.now")


def changes_sentence(changes: Changes, t: Translator) -> str:
    """How many indicators do not look as they did, and how many changed state."""
    states = sum(one.change.state_changed for one in changes.changed)
    count = len(changes.changed)
    until = in_sentence(changes.until, t) if changes.until else t("changes.this_moment")
    facts = {"since": in_sentence(changes.since, t), "until": until, "compared": changes.compared}
    if not count:
        return t("changes.sentence.none", **facts)
    key = "changes.sentence" if states else "changes.sentence.same_states"
    return t(key, **facts, count=count, states=states)


def narrowed_sentence(narrowed: Narrowed, changes: Changes, t: Translator) -> str:
    """By what the list is narrowed and how many are left of it; empty where it is whole."""
    filters = []
    if narrowed.objective:
        filters.append(t("changes.filter.objective", code=narrowed.objective))
    if narrowed.cause:
        filters.append(t("changes.filter.cause", cause=t(f"changes.cause.{narrowed.cause}")))
    if not filters:
        return ""
    facts = {"count": len(narrowed.shown), "every": len(changes.changed)}
    return t("changes.filtered", filters=", ".join(filters), **facts)


def change_name(one: Changed, t: Translator) -> str:
    """Code, title and operator in one line."""
    operator = "" if one.operator == TOTAL else f" · {group_name('OPERATOR', one.operator, t)}"
    return f"{one.code} {one.definition.title.in_(t.language)}{operator}"


def seen_text(seen: Seen, definition: Indicator, t: Translator) -> str:
    """A value with its unit, or a dash."""
    if seen.value is None or seen.period is None:
        return ABSENT
    return formats.measure(seen.value, definition.unit, definition.decimals, t.language)


def period_text(seen: Seen, t: Translator) -> str:
    """The period of a value; empty without one."""
    if seen.value is None or seen.period is None:
        return ""
    return formats.period(seen.period, t.language)


def difference_text(part: Decimal | None, definition: Indicator, t: Translator) -> str:
    """A part of the difference, signed, in the unit of differences."""
    if part is None:
        return ABSENT
    if part == 0:
        return formats.number(0, definition.decimals, t.language)
    return formats.difference(float(part), definition.unit, definition.decimals, t.language)


def changed_states(change: EditionChange) -> tuple[Status, Status] | None:
    """From which state to which; None where both are the same or one side has none."""
    if not change.state_changed or not change.before.state or not change.after.state:
        return None
    before, after = Status(change.before.state), Status(change.after.state)
    return None if before is after else (before, after)


def states_text(change: EditionChange, t: Translator) -> str:
    """« ◆ En bonne voie → ■ Hors trajectoire »; empty where the state is the same."""
    found = changed_states(change)
    return " → ".join(f"{SYMBOLS[s]} {t(f'status.{s.value}')}" for s in found) if found else ""


def cause_sentence(change: EditionChange, definition: Indicator, t: Translator) -> str:
    """Every cause, the weightiest first, each with its fact."""
    if not change.causes:
        return t("changes.why.reason_only")
    parts = [_cause(cause, change, definition, t) for cause in change.causes]
    if change.flip is not None:
        parts.append(t(f"changes.flip.{change.flip.value}"))
    return "\u00a0; ".join(parts) if t.language == "fr" else "; ".join(parts)


def _cause(cause: Cause, change: EditionChange, definition: Indicator, t: Translator) -> str:
    facts: dict[str, str] = {}
    if cause is Cause.NEW_PERIOD and change.after.period:
        facts["period"] = formats.period(change.after.period, t.language)
    if cause in {Cause.REVISION, Cause.LATE, Cause.GONE} and change.before.period:
        facts["period"] = formats.period(change.before.period, t.language)
    if cause is Cause.REVISION:
        facts["by"] = difference_text(change.revision, definition, t)
    return t(f"changes.why.{cause.value}", **facts)
