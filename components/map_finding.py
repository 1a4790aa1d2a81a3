"""The headline of the map in one sentence made from its values, its subtitle and its notes."""

from __future__ import annotations

from components.figures.map_scale import shown_value
from components.group_names import group_name, in_reading_order
from components.i18n import formats
from components.i18n.translate import Translator
from components.place_words import beyond, cell_text, change_text
from data_access.contract.load import contract
from data_access.contract.model import Indicator
from data_access.domain.comparison import Kind
from data_access.domain.confidentiality import Availability
from data_access.services.breakdown_choices import AREA
from data_access.services.indicator_rows import TOTAL
from data_access.services.reform import crosses_break
from data_access.services.territory_choices import OWN, QUARTERS, View
from data_access.services.territory_model import Territory


def map_finding(territory: Territory, definition: Indicator, t: Translator) -> str:
    """One sentence: the croissant against the rest, then who differs from the Region, if anybody."""
    if territory.period is None:
        return t("map.finding.nothing")
    period = formats.period(territory.period, t.language)
    if not territory.is_mature:
        return t("map.finding.immature", period=period)
    if territory.selection.view is View.CHANGE:
        return _changes(territory, definition, period, t)
    sides = _sides(territory, definition, period, t)
    communes = _communes(territory, t)
    if not sides and communes:
        return t("map.finding.dated", period=period, said=communes)
    return " ".join(said for said in (sides, communes) if said) or _range(territory, definition, period, t)


def _changes(territory: Territory, definition: Indicator, period: str, t: Translator) -> str:
    """The changes of the Region and of both sides on a year before, or that a break lies between."""
    region, kind = territory.region_change, territory.series.kind
    if region is None:
        return t("map.finding.no_year_before", period=period)
    if not region.comparable:
        return t("map.finding.break", period=period)
    whole = change_text(region, kind, definition, t)
    if any(side.change is None for side in territory.sides) or not territory.sides:
        return t("map.finding.change_region", period=period, region=whole)
    inside, outside = (change_text(side.change, kind, definition, t) for side in territory.sides)
    return t("map.finding.change", period=period, region=whole, inside=inside, outside=outside)


def _sides(territory: Territory, definition: Indicator, period: str, t: Translator) -> str:
    gap, sides = territory.gap, territory.sides
    if not sides or any(side.cell.value is None for side in sides):
        return ""
    inside, outside = (cell_text(side.cell, definition, t) for side in sides)
    facts = {"period": period, "inside": inside, "outside": outside}
    if territory.series.kind is Kind.COUNT:
        total = sum(side.cell.value or 0.0 for side in sides)
        if not total:
            return ""
        share = formats.percentage((sides[0].cell.value or 0.0) / total, t.language)
        whole = formats.measure(total, definition.unit, definition.decimals, t.language)
        return t("map.finding.count", **facts, share=share, total=whole)
    if gap is None:
        return t("map.finding.sides", **facts)
    if not gap.significant:
        return t("map.finding.same", **facts)
    size = formats.difference(abs(gap.points), definition.unit, 1, t.language).removeprefix("+")
    return t("map.finding.higher" if gap.points > 0 else "map.finding.lower", **facts, gap=size)


def _communes(territory: Territory, t: Translator) -> str:
    """Who stands beyond the 99.8 % limits, by name; how many beyond those of chance alone, if widened.

    Limits that were widened tell who stands out from the scatter of the communes, not from chance.
    """
    funnel = territory.funnel
    if funnel is None:
        return ""
    widened, outside = funnel.overdispersion.inflation > 1, beyond(territory)
    parts = []
    if widened:
        raw = sum(position.stands_out for position in funnel.raw.values())
        parts.append(t.plural("map.finding.scatter", raw, all=len(funnel.raw)))
    if not outside:
        key = "map.finding.within_widened" if widened else "map.finding.within"
        return " ".join([*parts, t(key, n=len(funnel.corrected))])
    for side in ("high", "low"):
        members = [nis for nis in outside if funnel.corrected[nis].value == side]
        if members:
            names = _listed([group_name(AREA, nis, t) for nis in in_reading_order(AREA, members, t)], t)
            parts.append(t.plural(f"map.finding.{side}", len(members), names=names))
    return " ".join(parts)


def _listed(names: list[str], t: Translator) -> str:
    if len(names) == 1:
        return names[0]
    return t("map.finding.and", first=", ".join(names[:-1]), last=names[-1])


def _range(territory: Territory, definition: Indicator, period: str, t: Translator) -> str:
    """From the lowest to the highest value, without names: no ranking."""
    shown = [p.cell for p in territory.places if p.cell.value is not None]
    if not shown:
        return t("map.finding.empty", period=period)
    low, high = (cell_text(end(shown, key=lambda c: c.value or 0.0), definition, t) for end in (min, max))
    return t("map.finding.range", period=period, low=low, high=high, known=len(shown))


def map_subtitle(territory: Territory, definition: Indicator, t: Translator) -> str:
    """What the map measures, then its source: between middle dots."""
    source = t("sheet.subtitle.source", source=definition.source.in_(t.language))
    return f"{map_measured(territory, definition, t)} · {source}"


def map_measured(territory: Territory, definition: Indicator, t: Translator) -> str:
    """View, unit, population, territory, period, croissant: between middle dots."""
    selection = territory.selection
    parts = [
        t(f"map.view.{selection.view.value}"),
        _unit(territory, definition, t),
        *(
            _item(dimension, item, t)
            for dimension, item in (
                ("SEX", selection.sex),
                ("AGE", selection.age),
                ("OPERATOR", territory.series.operator),
            )
            if item != TOTAL
        ),
        t("map.subtitle.territory"),
        formats.period(territory.period, t.language) if territory.period else "",
        t("map.subtitle.croissant", name=croissant_name(selection.croissant, t)),
    ]
    return " · ".join(part for part in parts if part)


def _unit(territory: Territory, definition: Indicator, t: Translator) -> str:
    """The unit; of circles, whom they count."""
    if territory.selection.view is View.COUNT and definition.numerator is not None:
        return definition.numerator.in_(t.language)
    return t(f"unit.{definition.unit.value}")


def _item(dimension: str, item: str, t: Translator) -> str:
    return group_name(dimension, item, t)


def croissant_name(code: str, t: Translator) -> str:
    """``D2, communes touchées``; the operator's own list by that name."""
    if code == OWN:
        return t("map.croissant.own")
    named = next(d for d in contract().croissants if d.code == code)
    return t("map.croissant.name", code=code, name=named.name.in_(t.language))


def croissant_rule(territory: Territory, t: Translator) -> str:
    """What the definition says; of the operator's own list, its communes."""
    code = territory.selection.croissant
    if code == OWN:
        names = [group_name(AREA, nis, t) for nis in in_reading_order(AREA, territory.selection.members, t)]
        return t("map.croissant.own_rule", names=_listed(names, t))
    return next(d for d in contract().croissants if d.code == code).rule.in_(t.language)


def map_notes(territory: Territory, t: Translator) -> list[str]:
    """What the reader must know before concluding: limits, scatter, composition, breaks, hidden cells."""
    name, rule = croissant_name(territory.selection.croissant, t), croissant_rule(territory, t)
    said = {
        "map.note.circles": territory.selection.view is View.COUNT,
        "breakdown.note.hidden": any(p.cell.availability is Availability.HIDDEN for p in territory.places),
        "map.note.not_comparable": any(
            shown_value(p, territory.selection.view) is None and p.cell.value is not None
            for p in territory.places
        ),
        "map.note.provisional": any(p.cell.provisional for p in territory.places),
        "map.note.summed": territory.region_summed,
        "breakdown.note.no_ranking": True,
    }
    about = "map.note.quarters" if territory.selection.croissant == QUARTERS else "map.note.croissant"
    not_loaded = [] if territory.series.quarters else [t("map.note.no_quarters")]
    return [
        t(about, name=name, rule=rule),
        *not_loaded,
        *_limit_notes(territory, t),
        *_standard_notes(territory, t),
        *_reform_notes(territory, t),
        *(t("map.note.break", day=formats.day(day, t.language)) for day in territory.breaks),
        *(t(key) for key, holds in said.items() if holds),
    ]


def _limit_notes(territory: Territory, t: Translator) -> list[str]:
    """How the limits are made and whether they were widened; why there are none."""
    if territory.funnel is None:
        return [] if territory.series.kind is Kind.SHARE else [t("map.note.no_share")]
    inflation = territory.funnel.overdispersion.inflation
    if inflation <= 1:
        return [t("map.note.limits"), t("map.note.not_overdispersed")]
    factor, widened = (formats.number(x, 1, t.language) for x in (inflation, inflation**0.5))
    return [t("map.note.limits"), t("map.note.overdispersed", factor=factor, widened=widened)]


def _reform_notes(territory: Territory, t: Translator) -> list[str]:
    """A cohort that is followed across the reform was not as exposed as the one of a year before."""
    definition, period = contract().indicator(territory.series.code), territory.period
    crosses = territory.is_mature and period and crosses_break(period, definition, territory.breaks)
    return [t("territory.caution.reform")] if crosses else []


def _standard_notes(territory: Territory, t: Translator) -> list[str]:
    if territory.standard is None:
        return []
    return [t("map.note.standardised", dimension=t(f"dimension.{territory.standard}").lower())]
