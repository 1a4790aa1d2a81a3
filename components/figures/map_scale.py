"""The classes of a map: break points, their colours, and their names in a legend."""

from __future__ import annotations

from dataclasses import dataclass

from components.figures.theme import DIVERGING, GROUND, INK, SEQUENTIAL
from components.i18n import formats
from components.i18n.translate import Translator
from data_access.contract.model import Indicator, Unit
from data_access.domain.class_breaks import class_of, gap_breaks
from data_access.domain.comparison import Kind
from data_access.domain.funnel_limits import Position
from data_access.services.territory_choices import View
from data_access.services.territory_model import Place, Territory

# Of the change of a count in a year, in per cent: the same for every series.
COUNT_CHANGES = (-10.0, -3.0, 3.0, 10.0)
# Of a series without any value: no class is drawn, but the legend needs some.
PLAIN = (1.0, 2.0)
# A yearly change is about half as large as the differences between communes.
CHANGE_SHARE = 0.5
_DARK = 3  # from this class on, a name is written in white


@dataclass(frozen=True)
class Scale:
    """The classes of what a map shows.

    Attributes:
        breaks: inner break points, ascending; one class more than there are of them.
        colours: one a class.
        inks: of what is written on a class.
        unit, decimals: of the values; ``signed`` when they are differences.
    """

    breaks: tuple[float, ...]
    colours: tuple[str, ...]
    inks: tuple[str, ...]
    unit: Unit
    decimals: int
    signed: bool

    def names(self, t: Translator) -> list[str]:
        """What each class holds: ``< 20 %``, ``20 – 25 %``, ``≥ 25 %``."""
        if not self.breaks:
            return [t("map.class.all")]
        texts = [self._limit(b, t) for b in self.breaks]
        inner = [
            t("map.class.between", low=self._limit(low, t, bare=True), high=self._limit(high, t))
            for low, high in zip(self.breaks, self.breaks[1:], strict=False)
        ]
        return [t("map.class.below", high=texts[0]), *inner, t("map.class.above", low=texts[-1])]

    def text(self, value: float, t: Translator) -> str:
        """A value as the map writes it, with its sign where it is a difference."""
        return self._signed(value, self.decimals, t) + formats.unit_mark(self.unit, t.language)

    def _limit(self, value: float, t: Translator, *, bare: bool = False) -> str:
        """The limit of a class: without decimals where it is whole."""
        decimals = self.decimals if round(value, 0) != round(value, 6) else 0
        return self._signed(value, decimals, t) + ("" if bare else formats.unit_mark(self.unit, t.language))

    def _signed(self, value: float, decimals: int, t: Translator) -> str:
        sign = "+" if self.signed and value > 0 else ""
        return sign + formats.number(value, decimals, t.language)


def make_scale(territory: Territory, definition: Indicator) -> Scale:
    """The scale of a view: sequential for levels, diverging around zero for differences."""
    view, kind = territory.selection.view, territory.series.kind
    if view is View.COUNT:  # circles: no class, and persons whatever the unit of the rate
        return Scale((), (GROUND,), (INK,), Unit.COUNT, 0, signed=False)
    if view is View.LEVEL:
        breaks = territory.classes
        colours = _spread(SEQUENTIAL, len(breaks) + 1)
        return Scale(breaks, colours, _inks(colours), definition.unit, definition.decimals, signed=False)
    breaks = COUNT_CHANGES if kind is Kind.COUNT else gap_breaks(territory.classes or PLAIN)
    if view is View.CHANGE and kind is not Kind.COUNT:
        breaks = tuple(CHANGE_SHARE * b for b in breaks)
    unit = {Kind.SHARE: Unit.POINTS, Kind.RATE: Unit.POINTS, Kind.COUNT: Unit.PERCENT}.get(
        kind, Unit.POINTS if definition.unit is Unit.PERCENT else definition.unit
    )
    return Scale(breaks, DIVERGING, (*["#fff"], INK, INK, INK, "#fff"), unit, 1, signed=True)


def _spread(colours: tuple[str, ...], classes: int) -> tuple[str, ...]:
    """As many colours of the ramp as there are classes, from end to end."""
    if classes == 1:
        return (colours[1],)
    last = len(colours) - 1
    return tuple(colours[round(i * last / (classes - 1))] for i in range(classes))


def _inks(colours: tuple[str, ...]) -> tuple[str, ...]:
    return tuple("#fff" if colour in SEQUENTIAL[_DARK:] else INK for colour in colours)


def shown_value(place: Place, view: View) -> float | None:
    """The number that a map of the view shows of a commune; None where it shows none."""
    if view is View.GAP:
        return place.gap
    if view is View.CHANGE:
        change = place.change
        return change.difference if change is not None and change.comparable else None
    if view is View.COUNT and place.cell.numerator is not None:
        return place.cell.numerator
    return place.cell.value


def class_index(place: Place, territory: Territory, scale: Scale) -> int | None:
    """The class of a commune; None where there is no number.

    A difference that chance explains has the middle class, however large it is: no colour for noise.
    """
    value = shown_value(place, territory.selection.view)
    if value is None:
        return None
    if is_noise(place, territory):
        return len(scale.breaks) // 2
    return class_of(value, scale.breaks)


def is_noise(place: Place, territory: Territory) -> bool:
    """Whether the difference shown is one that chance alone explains, as far as that can be told."""
    if territory.selection.view is View.CHANGE:
        return place.change is not None and place.change.significant is False
    if territory.selection.view is View.GAP and territory.funnel is not None:
        return territory.funnel.raw.get(place.nis) is Position.WITHIN
    return False
