"""What is said of the releases of an indicator, on its sheet and in its file."""

from __future__ import annotations

from components.i18n import formats
from components.i18n.translate import Translator
from components.values import value_text
from data_access.contract.model import Indicator
from data_access.domain.confidentiality import Availability
from data_access.domain.reading import Reading
from data_access.services.releases import Release, Triangle, Vintages


def revision_sentence(found: Triangle, definition: Indicator, t: Translator) -> str:
    """How first figures fared: mean and mean absolute revision, or that there is nothing to say."""
    if found.record is None:
        return t("revisions.once")
    periods = formats.number(found.record.periods, 0, t.language)
    if not found.revised:
        return t("revisions.unchanged", periods=periods)
    decimals = definition.decimals + 1  # a mean of differences is finer than each of them
    return t(
        "revisions.sentence",
        periods=periods,
        revised=formats.number(found.revised, 0, t.language),
        mean=formats.difference(found.record.mean, definition.unit, decimals, t.language),
        absolute=formats.difference(found.record.mean_absolute, definition.unit, decimals, t.language).lstrip(
            "+"
        ),
    )


def release_text(release: Release, t: Translator) -> str:
    """When a release was published, and as which version."""
    return t("revisions.release", day=formats.short_day(release.day, t.language), version=release.version)


def known_text(value: Reading | None, definition: Indicator, t: Translator) -> str:
    """What a release said of a period; nothing before the first one."""
    if value is None:
        return ""
    if value.availability is Availability.AVAILABLE:
        return value_text(value, definition, t.language)
    hidden = value.availability is Availability.HIDDEN
    return t("value.hidden.short" if hidden else "value.missing.short")


def written(value: Reading | None, definition: Indicator) -> float | None:
    """The number that a release shows, as it is written; None without one."""
    return None if value is None or value.value is None else round(value.value, definition.decimals)


def moved(row: Vintages, definition: Indicator) -> float | None:
    """Last minus first, of the numbers as they are written; None where one of them is not known."""
    first, last = written(row.first, definition), written(row.last, definition)
    return None if first is None or last is None else round(last - first, definition.decimals)


def moved_text(row: Vintages, definition: Indicator, t: Translator) -> str:
    """Last minus first with its sign; nothing where it is not known."""
    difference = moved(row, definition)
    if difference is None:
        return ""
    return formats.difference(difference, definition.unit, definition.decimals, t.language)
