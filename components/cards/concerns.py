"""Why an indicator asks for attention, in words made from the facts of each reason."""

from __future__ import annotations

from components.i18n import formats
from components.i18n.translate import Translator
from components.values import goal_text
from data_access.contract.model import Indicator
from data_access.domain.attention import ALLOWED_DELAY, PACE_MONTHS, PROVISIONAL_MONTHS
from data_access.domain.concern import (
    AttentionReason,
    Concern,
    InsufficientPace,
    Late,
    NoTarget,
    OffTrack,
    ProvisionalTooLong,
    SpecialCause,
)
from data_access.domain.control_rules import RUN
from data_access.domain.season import Season

SYMBOLS = {
    AttentionReason.NEWLY_OFF_TRACK: "▼",
    AttentionReason.SPECIAL_CAUSE: "≠",
    AttentionReason.INSUFFICIENT_PACE: "»",
    AttentionReason.OFF_TRACK: "■",
    AttentionReason.LATE: "…",
    AttentionReason.PROVISIONAL_TOO_LONG: "~",
    AttentionReason.NO_TARGET: "○",
}


def reason_rule(reason: AttentionReason, t: Translator) -> str:
    """When the reason holds, with the constants that decide it."""
    facts = {f"delay_{freq.value}": months for freq, months in ALLOWED_DELAY.items()}
    return t(
        f"attention.rule.{reason.value}", pace=PACE_MONTHS, provisional=PROVISIONAL_MONTHS, run=RUN, **facts
    )


def why(concern: Concern, definition: Indicator, t: Translator) -> str:
    """One sentence or two: since when, how much, against what."""
    match concern:
        case OffTrack():
            return _off_track(concern, definition, t)
        case SpecialCause():
            return _special_cause(concern, definition, t)
        case InsufficientPace():
            return _pace(concern, definition, t)
        case Late():
            return _late(concern, t)
        case ProvisionalTooLong():
            return _provisional(concern, t)
        case NoTarget():
            return _no_target(concern, definition, t)


def _value(value: float, definition: Indicator, t: Translator) -> str:
    return formats.measure(value, definition.unit, definition.decimals, t.language)


def _off_track(concern: OffTrack, definition: Indicator, t: Translator) -> str:
    since = formats.period(concern.since, t.language)
    if concern.moving_away and concern.year_before is not None:
        value, past = _apart(concern.value, concern.year_before, definition, t)
        sentence = t("attention.why.away", since=since, value=_dated(value, concern, t), past=past)
    elif concern.expected is not None:
        value, expected = _apart(concern.value, concern.expected, definition, t)
        sentence = t(
            "attention.why.expected", since=since, value=_dated(value, concern, t), expected=expected
        )
    else:
        assert concern.goal is not None, "off track of a target"
        value, goal = _value(concern.value, definition, t), goal_text(concern.goal, definition, t.language)
        sentence = t("attention.why.band", since=since, value=_dated(value, concern, t), goal=goal)
    return f"{sentence} {_before(concern, t)}".strip()


def _apart(a: float, b: float, definition: Indicator, t: Translator) -> tuple[str, str]:
    """Two values with as many decimals as it takes to tell them apart, two more than usual at most."""
    for decimals in range(definition.decimals, definition.decimals + 3):
        texts = [formats.measure(value, definition.unit, decimals, t.language) for value in (a, b)]
        if texts[0] != texts[1]:
            break
    return texts[0], texts[1]


def _dated(value: str, concern: OffTrack, t: Translator) -> str:
    """The value with its period, unless the sentence has just named that one."""
    if concern.since == concern.period:
        return value
    return f"{value} ({formats.period(concern.period, t.language)})"


def _before(concern: OffTrack, t: Translator) -> str:
    """The state that it had just before; said only where that is the news."""
    if concern.reason is not AttentionReason.NEWLY_OFF_TRACK:
        return ""
    if concern.before is None:
        return t("attention.why.first")
    return t("attention.why.before", state=t(f"status.{concern.before.value}").lower())


def _special_cause(concern: SpecialCause, definition: Indicator, t: Translator) -> str:
    on_year = definition.season is Season.YEAR_ON_YEAR

    def amount(value: float) -> str:
        if on_year:
            return formats.difference(value, definition.unit, definition.decimals, t.language)
        return _value(value, definition, t)

    side = "high" if concern.high else "low"
    sentence = t(
        f"attention.why.{concern.rule.value}.{side}",
        period=formats.period(concern.period, t.language),
        value=amount(concern.value),
        mean=amount(concern.mean),
        limit=amount(concern.upper if concern.high else concern.lower),
        run=RUN,
    )
    return f"{sentence} {t('attention.why.on_year')}" if on_year else sentence


def _pace(concern: InsufficientPace, definition: Indicator, t: Translator) -> str:
    def pace(value: float) -> str:
        return formats.difference(value, definition.unit, definition.decimals, t.language)

    facts = {"due": formats.day(concern.due, t.language), "required": pace(concern.required)}
    if concern.best is None:
        assert concern.since is not None, "changes were counted from a period"
        return t("attention.why.never", since=formats.period(concern.since, t.language), **facts)
    return t(
        "attention.why.pace",
        ratio=formats.number(concern.size, 1, t.language),
        best=pace(concern.best.change),
        start=formats.period(concern.best.before, t.language),
        end=formats.period(concern.best.after, t.language),
        **facts,
    )


def _late(concern: Late, t: Translator) -> str:
    facts = {
        "awaited": formats.period(concern.awaited, t.language),
        "due": formats.day(concern.due, t.language),
    }
    if concern.newest is None:
        return t("attention.why.never_loaded", **facts)
    return t("attention.why.late", newest=formats.period(concern.newest, t.language), **facts)


def _no_target(concern: NoTarget, definition: Indicator, t: Translator) -> str:
    if concern.period is None or concern.value is None:
        return t("attention.why.no_target_no_value")
    return t(
        "attention.why.no_target",
        value=_value(concern.value, definition, t),
        period=formats.period(concern.period, t.language),
    )


def _provisional(concern: ProvisionalTooLong, t: Translator) -> str:
    return t(
        "attention.why.provisional",
        period=formats.period(concern.period, t.language),
        day=formats.day(concern.complete, t.language),
    )
