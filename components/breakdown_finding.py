"""The finding of a breakdown in one sentence, made from its values."""

from __future__ import annotations

from collections.abc import Sequence

from components.group_names import group_name
from components.i18n import formats
from components.i18n.translate import Translator
from components.tables.breakdown_table import gap_interval, gap_text
from data_access.contract.model import Indicator
from data_access.services.breakdown import Breakdown, Facet, Group, Reference


def breakdown_finding(breakdown: Breakdown, definition: Indicator, t: Translator) -> str:
    """One sentence: the largest significant gap, or that there is none; of counts, the largest group."""
    shown = [(f, g) for f in breakdown.facets for g in f.groups if g.cell.value is not None]
    if breakdown.period is None or not shown:
        return t("breakdown.finding.nothing")
    period = formats.period(breakdown.period, t.language)
    if not breakdown.is_mature:
        return t("breakdown.finding.immature", period=period)
    compared = [(f, g) for f, g in shown if g.gap is not None]
    if breakdown.reference is Reference.OTHER:  # the two groups of a facet have one gap between them
        compared = [(f, g) for f, g in compared if g.item == f.groups[0].item]
    if compared:
        return _gap_finding(compared, breakdown, definition, period, t)
    return _range_finding(shown, breakdown, definition, period, t)


def _gap_finding(
    compared: Sequence[tuple[Facet, Group]],
    breakdown: Breakdown,
    definition: Indicator,
    period: str,
    t: Translator,
) -> str:
    strong = [(f, g) for f, g in compared if g.gap is not None and g.gap.significant]
    if not strong:
        return t("breakdown.finding.none", period=period)
    facet, group = max(strong, key=lambda pair: abs(pair[1].gap.points if pair[1].gap else 0.0))
    assert group.gap is not None
    sentence = t(
        f"breakdown.finding.{breakdown.reference.value}",
        group=_called(facet, group, breakdown, t),
        value=_value(group, definition, t),
        period=period,
        gap=gap_text(group.gap, t),
        interval=gap_interval(group.gap, t),
        other=_other(facet, group, breakdown, t),
    )
    if breakdown.reference is Reference.OTHER and breakdown.then is None:
        return sentence
    return f"{sentence} {t('breakdown.finding.count', strong=len(strong), all=len(compared))}"


def _range_finding(
    shown: Sequence[tuple[Facet, Group]],
    breakdown: Breakdown,
    definition: Indicator,
    period: str,
    t: Translator,
) -> str:
    def size(pair: tuple[Facet, Group]) -> float:
        return pair[1].cell.value or 0.0

    (low_facet, low), (high_facet, high) = min(shown, key=size), max(shown, key=size)
    return t(
        "breakdown.finding.range",
        period=period,
        low=_called(low_facet, low, breakdown, t),
        low_value=_value(low, definition, t),
        high=_called(high_facet, high, breakdown, t),
        high_value=_value(high, definition, t),
    )


def _value(group: Group, definition: Indicator, t: Translator) -> str:
    assert group.cell.value is not None
    return formats.measure(group.cell.value, definition.unit, definition.decimals, t.language)


def _called(facet: Facet, group: Group, breakdown: Breakdown, t: Translator) -> str:
    name = group_name(breakdown.inner, group.item, t)
    return name if breakdown.then is None else f"{group_name(breakdown.by, facet.item, t)}, {name}"


def _other(facet: Facet, group: Group, breakdown: Breakdown, t: Translator) -> str:
    others = [g.item for g in facet.groups if g.item != group.item]
    return group_name(breakdown.inner, others[0], t) if others else ""
