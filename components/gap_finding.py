"""The gap in sentences made from its values: finding, subtitle, composition, communes, notes."""

from __future__ import annotations

from components.group_names import group_name, in_reading_order
from components.i18n import formats
from components.i18n.translate import Translator
from components.map_finding import croissant_name
from components.place_words import cell_text
from data_access.contract.load import contract
from data_access.contract.model import Indicator, Unit
from data_access.domain.comparison import Gap
from data_access.domain.confidentiality import Availability
from data_access.domain.polarity import Polarity
from data_access.services.breakdown_choices import AREA
from data_access.services.gap_model import GapChange, GapSheet, Point, Refusal, RegionalChange, Split
from data_access.services.indicator_rows import TOTAL
from data_access.services.territory_choices import OWN
from data_access.services.territory_gap import PUBLISHED


def gap_finding(sheet: GapSheet, definition: Indicator, t: Translator) -> str:
    """One sentence: both rates, their gap, and what became of it in a year."""
    point = sheet.point
    if point is None:
        return t("gap.finding.nothing")
    period = formats.period(point.period, t.language)
    if point.gap is None:
        state = point.availability
        name = "immature" if state is Availability.AVAILABLE else state.value
        return t(f"gap.finding.{name}", period=period)
    first = _level(point, point.gap, period, definition, t)
    second = _evolution(sheet, point.gap, definition, t)
    return t("gap.finding.two", first=first, second=second) if second else t("gap.finding.one", first=first)


def _level(point: Point, gap: Gap, period: str, definition: Indicator, t: Translator) -> str:
    inside, outside = (cell_text(cell, definition, t) for cell in (point.inside, point.outside))
    facts = {"period": period, "inside": inside, "outside": outside}
    if not gap.significant:
        return t("gap.finding.chance", **facts, gap=signed(gap.points, t), **limits(gap, t))
    name = "higher" if gap.points > 0 else "lower"
    return t(f"gap.finding.{name}", **facts, gap=size(gap.points, t))


def _evolution(sheet: GapSheet, gap: Gap, definition: Indicator, t: Translator) -> str:
    change, point = sheet.change, sheet.point
    if change is Refusal.BREAK and point is not None:
        day = max(d for d in sheet.breaks if point.period.year_before.end < d <= point.period.end)
        return t("gap.finding.break", day=formats.day(day, t.language))
    if not isinstance(change, GapChange):
        return ""
    name = direction(change, gap)
    if name == "stable":
        return t("gap.finding.stable", change=signed(change.difference.points, t))
    if name == "reversed":
        assert change.before.gap is not None, "a change is between two gaps"
        return t("gap.finding.reversed", before=signed(change.before.gap.points, t))
    said = t(f"gap.finding.{name}", size=size(change.wider, t))
    verdict = judgement(change, gap, point, definition.polarity)
    return said if verdict == "neutral" else t(f"gap.finding.{verdict}", said=said)


def direction(change: GapChange, gap: Gap) -> str:
    """``wider``, ``narrower``, ``reversed``, or ``stable`` when chance may explain the change."""
    before = change.before.gap
    if not change.difference.significant or before is None:
        return "stable"
    if before.significant and gap.significant and before.points * gap.points < 0:
        return "reversed"
    return "wider" if change.wider > 0 else "narrower"


def judgement(change: GapChange, gap: Gap, point: Point | None, polarity: Polarity) -> str:
    """What a change of the gap is worth, by the polarity of the measure and never by its sign.

    Returns:
        ``favourable``, ``unfavourable``; ``levelled`` when the gap shrinks but the croissant itself does not
        do better; ``neutral`` when no side is at a disadvantage that polarity could name.
    """
    better = {Polarity.HIGHER: 1, Polarity.LOWER: -1}.get(polarity, 0)
    name = direction(change, gap)
    before = change.before
    if name in {"stable", "reversed"} or before.gap is None or better * before.gap.points >= 0:
        return "neutral"
    if name == "wider":
        return "unfavourable"
    own = 0.0
    if point is not None and point.inside.value is not None and before.inside.value is not None:
        own = better * (point.inside.value - before.inside.value)
    return "favourable" if own > 0 else "levelled"


def signed(points: float, t: Translator, decimals: int = 1) -> str:
    """``+3,3 p.p.``."""
    return formats.difference(points, Unit.PERCENT, decimals, t.language)


def size(points: float, t: Translator) -> str:
    """The same without its sign."""
    return formats.measure(abs(points), Unit.POINTS, 1, t.language)


def limits(gap: Gap, t: Translator, decimals: int = 1) -> dict[str, str]:
    """Both ends of an interval, signed, without unit."""
    return {name: _signed(getattr(gap, name), decimals, t.language) for name in ("low", "high")}


def _signed(value: float, decimals: int, language: str) -> str:
    return ("+" if round(value, decimals) > 0 else "") + formats.number(value, decimals, language)


def interval_words(gap: Gap, t: Translator, decimals: int = 1) -> str:
    """``(de −10,0 à −6,8)``."""
    return t("breakdown.gap.interval", **limits(gap, t, decimals))


def gap_subtitle(sheet: GapSheet, definition: Indicator, t: Translator) -> str:
    """What the gap is of, then its source: between middle dots."""
    source = t("sheet.subtitle.source", source=definition.source.in_(t.language))
    return f"{gap_measured(sheet, definition, t)} · {source}"


def gap_measured(sheet: GapSheet, definition: Indicator, t: Translator) -> str:
    """Measure, unit, territory, period, definition of the croissant: between middle dots."""
    operator = sheet.selection.series.operator
    parts = [
        definition.title.in_(t.language),
        t(f"unit.{definition.unit.value}"),
        group_name("OPERATOR", operator, t) if operator != TOTAL else "",
        t("map.subtitle.territory"),
        formats.period(sheet.point.period, t.language) if sheet.point else "",
        t("map.subtitle.croissant", name=croissant_name(sheet.selection.croissant, t)),
    ]
    return " · ".join(part for part in parts if part)


def published_sentence(sheet: GapSheet, t: Translator) -> str:
    """That the gap is an indicator of the contract, and whether its delivered value is the one made here."""
    code = PUBLISHED.get(sheet.selection.series.code)
    if code is None:
        return ""
    said = t("gap.published", code=code, rate=sheet.selection.series.code)
    found = sheet.published
    if found is None or sheet.point is None or sheet.point.gap is None:
        return said
    facts = {
        "code": code,
        "period": formats.period(sheet.point.period, t.language),
        "delivered": signed(found.value, t),
        "own": signed(sheet.point.gap.points, t),
    }
    return f"{said} {t('gap.published.agrees' if found.agrees else 'gap.published.differs', **facts)}"


def split_sentence(split: Split, t: Translator) -> str:
    """What of the gap is composition, what is within the groups, and the standardised gap."""
    said = t(
        f"gap.split.{split.dimension}",
        gap=signed(split.points, t),
        composition=signed(split.composition, t),
        within=signed(split.within, t),
    )
    if split.standardised is None:
        return said
    interval = interval_words(split.standardised, t)
    return (
        f"{said} {t('gap.split.standardised', gap=signed(split.standardised.points, t), interval=interval)}"
    )


def regional_sentence(sheet: GapSheet, regional: RegionalChange, definition: Indicator, t: Translator) -> str:
    """The change of the Region, and how much of it either side brought; two decimals throughout.

    With the decimals of the indicator the rates would round away what the communes add up to.
    """
    assert sheet.point is not None, "a change ends in a period"
    members = set(sheet.selection.members)
    inside = sum(c.points for c in regional.communes if c.nis in members)
    outside = sum(c.points for c in regional.communes if c.nis not in members)
    before, after = (
        formats.measure(rate, definition.unit, 2, t.language) for rate in (regional.before, regional.after)
    )
    return t(
        "gap.regional",
        start=formats.period(regional.start, t.language),
        end=formats.period(sheet.point.period, t.language),
        before=before,
        after=after,
        change=signed(regional.points, t, 2),
        interval=interval_words(regional.interval, t, 2),
        inside=signed(inside, t, 2),
        outside=signed(outside, t, 2),
    )


def gap_notes(sheet: GapSheet, t: Translator) -> list[str]:
    """What the reader must know before concluding."""
    code = sheet.selection.croissant
    said = {
        "breakdown.note.hidden": any(p.availability is Availability.HIDDEN for p in sheet.points),
        "gap.note.immature": any(not p.mature for p in sheet.points),
        "map.note.provisional": any(p.provisional for p in sheet.points),
        "gap.note.no_ranking": True,
    }
    return [
        t("map.note.croissant", name=croissant_name(code, t), rule=_rule(sheet, t)),
        t("gap.note.pooled"),
        t("gap.note.interval"),
        t("gap.note.composition"),
        *(t("map.note.break", day=formats.day(day, t.language)) for day in sheet.breaks),
        *(t(key) for key, holds in said.items() if holds),
    ]


def _rule(sheet: GapSheet, t: Translator) -> str:
    code = sheet.selection.croissant
    if code == OWN:
        names = [group_name(AREA, nis, t) for nis in in_reading_order(AREA, sheet.selection.members, t)]
        return t("map.croissant.own_rule", names=", ".join(names))
    return next(d for d in contract().croissants if d.code == code).rule.in_(t.language)
