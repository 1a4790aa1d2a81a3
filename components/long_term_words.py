"""What is said of long-term unemployment: one sentence a view, made from its numbers and their origins."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from components.funnel_words import count_text
from components.i18n import formats
from components.i18n.translate import Translator
from data_access.contract.model import Unit
from data_access.domain.cohort_funnel import is_known
from data_access.domain.confidentiality import Availability
from data_access.domain.exposure import Reached
from data_access.services.long_term_change import (
    Move,
    Movement,
    Origin,
    Point,
    compare,
    compare_before_break,
    real_first,
)
from data_access.services.long_term_stock import DESTINATIONS, Crossing, LongTermStock, StockMonth


@dataclass(frozen=True)
class Finding:
    """What a view shows, and in smaller letters how that compares with before."""

    said: str
    then: str = ""


DECIMALS = {Unit.COUNT: 0, Unit.PERCENT: 1}


def point_text(point: Point | None, unit: Unit, t: Translator) -> str:
    """A value with its unit, or in a word why there is none."""
    if point is None or point.value is None:
        return t("value.hidden.short" if _is_hidden(point) else "value.missing.short")
    return formats.measure(point.value, unit, DECIMALS[unit], t.language)


def _is_hidden(point: Point | None) -> bool:
    return point is not None and point.availability is Availability.HIDDEN


def origin_text(point: Point, t: Translator) -> str:
    """« publié », « publié, déduit », « démonstration »."""
    name = t(f"ltu.origin.{point.origin.value}")
    deduced = point.derived and point.origin is not Origin.DEMONSTRATION
    return t("ltu.origin.derived", origin=name) if deduced else name


def movement_text(movement: Movement, unit: Unit, t: Translator) -> str:
    """Up, down, level, or why neither is said; nothing without a value."""
    before = movement.before
    if movement.latest is None:
        return ""
    if before is None:
        return t("ltu.move.alone")
    facts = {"before": formats.period(before.period, t.language), "value": point_text(before, unit, t)}
    if movement.day is not None:
        return t("ltu.move.broken", **facts, day=formats.day(movement.day, t.language))
    if movement.difference is None:
        raise AssertionError("a value before, no break, and yet no difference")
    change = formats.difference(movement.difference, unit, DECIMALS[unit], t.language)
    return t(f"ltu.move.{movement.move.value}", **facts, difference=change)


def before_break_text(points: Sequence[Point], movement: Movement, unit: Unit, t: Translator) -> str:
    """What the series did until the break; nothing where that is not known."""
    found = compare_before_break(points, movement, DECIMALS[unit])
    if found is None or found.latest is None or found.before is None or found.difference is None:
        return ""
    return t(
        f"ltu.before_break.{found.move.value}",
        first=point_text(found.before, unit, t),
        before=formats.period(found.before.period, t.language),
        last=point_text(found.latest, unit, t),
        period=formats.period(found.latest.period, t.language),
        difference=formats.difference(found.difference, unit, DECIMALS[unit], t.language),
    )


def stock_finding(stock: LongTermStock, t: Translator) -> Finding:
    """How many of 12 months or more, and since when it moved."""
    return _finding(stock.totals, stock, Unit.COUNT, "stock", t)


def share_findings(stock: LongTermStock, t: Translator) -> list[Finding]:
    """The share at the contract's threshold, and apart from it that of the press releases."""
    both = {"contract": stock.share, "press": stock.two_years_share}
    return [_finding(real_first(points), stock, Unit.PERCENT, name, t) for name, points in both.items()]


def _finding(points: Sequence[Point], stock: LongTermStock, unit: Unit, view: str, t: Translator) -> Finding:
    movement = compare(points, stock.breaks, DECIMALS[unit])
    if movement.latest is None:
        return Finding(t(f"ltu.hidden.{view}") if movement.move is Move.HIDDEN else t(f"ltu.missing.{view}"))
    latest = movement.latest
    said = t(
        f"ltu.finding.{view}",
        period=formats.period(latest.period, t.language),
        origin=origin_text(latest, t),
        value=point_text(latest, unit, t),
    )
    then = [movement_text(movement, unit, t), before_break_text(points, movement, unit, t)]
    return Finding(said, " ".join(sentence for sentence in then if sentence))


def bands_finding(stock: LongTermStock, t: Translator) -> str:
    """The longest duration in the newest month that has all three bands."""
    month = next((m for m in reversed(stock.months) if m.summed), None)
    if month is None or month.summed is None:
        hidden = any(_is_hidden(point) for m in stock.months for point in m.bands.values())
        return t("ltu.hidden.bands" if hidden else "ltu.missing.bands")
    longest = month.bands["M_GE60"]
    share = (longest.value or 0.0) / month.summed.value if month.summed.value else 0.0
    return t(
        "ltu.finding.bands",
        period=formats.period(month.period, t.language),
        origin=origin_text(longest, t),
        value=point_text(longest, Unit.COUNT, t),
        total=point_text(month.summed, Unit.COUNT, t),
        share=formats.measure(100 * share, Unit.PERCENT, 1, t.language),
    )


def month_origin(month: StockMonth, t: Translator) -> str:
    """Where the values of a month come from: of its bands, and of its total."""
    bands = list(dict.fromkeys(origin_text(p, t) for p in month.bands.values()))
    said = [t("ltu.origin.of_bands", origin=", ".join(bands))] if bands else []
    said += [t("ltu.origin.of_total", origin=origin_text(month.total, t))] if month.total else []
    return " · ".join(said)


def crossing_finding(stock: LongTermStock, t: Translator) -> Finding:
    """How many crossed the line in the newest quarter, against the same quarter a year before."""
    return _finding([_entered(c) for c in stock.crossings], stock, Unit.COUNT, "crossing", t)


def _entered(crossing: Crossing) -> Point:
    count, origin = crossing.entered, _origin(crossing)
    if isinstance(count, Availability):
        return Point(crossing.cohort, None, count, origin)
    return Point(crossing.cohort, float(count), origin=origin)


def _origin(crossing: Crossing) -> Origin:
    """A cohort that is not fictitious was loaded by the operator: no cohort table is published."""
    return Origin.DEMONSTRATION if crossing.demonstration else Origin.OFFICIAL


def destination_finding(stock: LongTermStock, t: Translator) -> str:
    """What became of the newest closed cohort whose destinations may be shown."""
    closed = [c for c in stock.crossings if c.closed]
    shown = [c for c in closed if c.destinations and all(is_known(n) for n in c.destinations.values())]
    if not shown:
        hidden = any(n is Availability.HIDDEN for c in closed for n in c.destinations.values())
        return t("ltu.hidden.destination" if hidden else "ltu.missing.destination")
    newest = shown[-1]
    entered = newest.entered
    assert is_known(entered), "its destinations sum to it"
    facts = {"cohort": formats.period(newest.cohort, t.language), "entered": count_text(entered, t)}
    facts["origin"] = t(f"ltu.origin.{_origin(newest).value}")
    for outcome in DESTINATIONS:
        count = newest.destinations[outcome]
        assert is_known(count), "only cohorts without a hidden destination are said"
        share = formats.measure(100 * count / entered if entered else 0.0, Unit.PERCENT, 1, t.language)
        facts[outcome.value] = f"{count_text(count, t)} ({share})"
    said = t("ltu.finding.destination", **facts, months=stock.window_months)
    return f"{said} {exposure_text(newest, t)}".strip()


def exposure_text(crossing: Crossing, t: Translator) -> str:
    """How much of the follow-up lies after the reform; nothing where none does."""
    if crossing.exposure.reached is Reached.NONE:
        return ""
    share = formats.percentage(crossing.exposure.share, t.language)
    return t(f"funnel.exposure.{crossing.exposure.reached.value}", share=share)


def register_text(stock: LongTermStock, t: Translator) -> str:
    """Entries and exits of the whole register, which are not those across the line."""
    if stock.entries is None or stock.exits is None:
        return t("ltu.missing.register")
    return t(
        "ltu.register",
        period=formats.period(stock.entries.period, t.language),
        entries=point_text(stock.entries, Unit.COUNT, t),
        exits=point_text(stock.exits, Unit.COUNT, t),
        origin=origin_text(stock.entries, t),
    )
