"""What is said of one commune: its value, how sure it is, its gap, its change, its place in the limits."""

from __future__ import annotations

from components.group_names import group_name
from components.i18n import formats
from components.i18n.translate import Translator
from data_access.contract.model import Indicator, Unit
from data_access.domain.comparison import HIDDEN, MISSING, Cell, Kind
from data_access.domain.confidentiality import Availability
from data_access.domain.funnel_limits import Position
from data_access.domain.standardisation import Standardised
from data_access.services.breakdown_choices import AREA
from data_access.services.territory_model import Place, Territory, YearChange


def place_lines(place: Place, territory: Territory, definition: Indicator, t: Translator) -> list[str]:
    """The lines of a label under the pointer; a hidden commune has its name and a word, no number."""
    name = f"<b>{group_name(AREA, place.nis, t)}</b>"
    cell = place.cell
    if cell.value is None:
        return [name, t(f"map.cell.{cell.availability.value}")]
    lines = [name, cell_text(cell, definition, t), counts_text(cell, territory.series.kind, t)]
    if place.interval is not None:
        lines.append(t("map.hover.interval", interval=interval_text(place.interval, definition, t)))
    if place.gap is not None:
        lines.append(t("map.hover.gap", gap=gap_text(place.gap, definition, t)))
    if (said := position_text(place, territory, t)) != "":
        lines.append(said)
    return [line for line in lines if line]


def cell_text(cell: Cell, definition: Indicator, t: Translator) -> str:
    """The value with its unit; in a word why there is none."""
    if cell.value is None:
        return t(f"map.cell.{cell.availability.value}")
    text = formats.measure(cell.value, definition.unit, definition.decimals, t.language)
    return t("map.provisional", value=text) if cell.provisional else text


def counts_text(cell: Cell, kind: Kind, t: Translator) -> str:
    """``1 234 / 5 678``: numerator and denominator of a share; nothing for a count."""
    if kind is Kind.COUNT or cell.numerator is None or cell.denominator is None:
        return ""
    top, bottom = (formats.number(n, 0, t.language) for n in (cell.numerator, cell.denominator))
    return f"{top} / {bottom}"


def interval_text(interval: tuple[float, float], definition: Indicator, t: Translator) -> str:
    """``32,1 – 36,4 %``."""
    low, high = (formats.number(limit, definition.decimals, t.language) for limit in interval)
    return f"{low} – {high}{formats.unit_mark(definition.unit, t.language)}"


def gap_text(gap: float, definition: Indicator, t: Translator) -> str:
    """A signed difference with the Region, in points for a percentage."""
    return formats.difference(gap, definition.unit, max(definition.decimals, 1), t.language)


def change_text(
    change: YearChange | None, kind: Kind, definition: Indicator, t: Translator, before: Cell = MISSING
) -> str:
    """The change on a year before in words; a break between the two is said instead of a number.

    Args:
        before: the cell of a year before, which says why there is no change.
    """
    if change is None:
        return t(f"map.cell.{Availability.HIDDEN.value}" if before == HIDDEN else "map.change.none")
    if not change.comparable:
        return t("map.change.break")
    if kind is Kind.COUNT:
        sign = "+" if round(change.difference, 1) > 0 else ""
        return sign + formats.measure(change.difference, Unit.PERCENT, 1, t.language)
    text = gap_text(change.difference, definition, t)
    return t("map.change.noise", change=text) if change.significant is False else text


def position_text(place: Place, territory: Territory, t: Translator) -> str:
    """Where the commune stands in the limits around the Region; nothing where there are none.

    Inside the limits of chance it does not differ from the Region. Outside them but inside the widened ones
    it differs as communes do from each other.
    """
    funnel = territory.funnel
    if funnel is None or place.nis not in funnel.corrected:
        return ""
    corrected, raw = funnel.corrected[place.nis], funnel.raw[place.nis]
    if corrected is Position.WITHIN and raw is not Position.WITHIN:
        return t("map.position.widened")
    return t(f"map.position.{corrected.value}")


def standardised_text(place: Place, definition: Indicator, t: Translator) -> str:
    """The share with the Region's composition and its interval; in a word why there is none."""
    found = place.standardised
    if not isinstance(found, Standardised):
        return t("map.standardised.none") if place.cell.available else ""
    value = formats.measure(100 * found.value, definition.unit, definition.decimals, t.language)
    interval = interval_text((100 * found.low, 100 * found.high), definition, t)
    return t("map.standardised.value", value=value, interval=interval)


def beyond(territory: Territory) -> list[str]:
    """The communes beyond the 99.8 % limits around the Region: those that alone deserve a colour."""
    if territory.funnel is None:
        return []
    return [nis for nis, position in territory.funnel.corrected.items() if position.stands_out]
