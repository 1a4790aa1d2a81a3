"""What the map of the communes shows, as frozen values."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from data_access.domain.comparison import MISSING, Cell, Gap
from data_access.domain.funnel_limits import Funnel
from data_access.domain.period import Period
from data_access.domain.standardisation import NotStandardised, Standardised
from data_access.services.territory_choices import MapSeries, Selection


@dataclass(frozen=True)
class YearChange:
    """A value against the same period a year before.

    Attributes:
        before: the value a year before.
        difference: in points for a share or rate, in per cent of ``before`` for a count, else in the unit.
        comparable: False when a series break lies between the two.
        significant: whether the 95 % interval of the difference leaves zero out; None without counts.
    """

    before: Cell
    difference: float
    comparable: bool
    significant: bool | None


@dataclass(frozen=True)
class Place:
    """One commune at the chosen period.

    Attributes:
        interval: 95 % Wilson interval of a share, in per cent.
        gap: value minus the Region's, in the unit (points for a share); None unless both may be shown.
        change: on a year before; None when the two cannot be compared for want of either.
        before: the cell of a year before, which says why there is no change.
        standardised: the share it would have with the Region's composition, or why there is none.
    """

    nis: str
    cell: Cell
    interval: tuple[float, float] | None = None
    gap: float | None = None
    change: YearChange | None = None
    before: Cell = MISSING
    standardised: Standardised | NotStandardised | None = None


@dataclass(frozen=True)
class Side:
    """The croissant or the rest: recomputed from counts, never a mean of rates."""

    item: str
    cell: Cell
    interval: tuple[float, float] | None
    change: YearChange | None


@dataclass(frozen=True)
class Territory:
    """The answer: everything that the map, the plots beside it and their table show.

    Attributes:
        period: the one shown; None without data.
        periods: those that can be asked for, oldest first; ``immature`` those of unclosed cohorts.
        places: the nineteen communes, by NIS code.
        region: the whole; ``region_summed`` when it is the sum of the communes.
        region_change: of the whole, on a year before.
        sides: the croissant, then the rest; ``gap`` between their shares.
        funnel: where each commune stands in the limits around the Region; None where none can be drawn.
        standard: the dimension whose composition ``standardised`` takes from the Region; None without.
        classes: break points of the level, the same for every period.
        largest: the largest count of a commune in any period, which sets the scale of the circles.
        years: for the small maps, the last comparable period of each year with its cells by NIS code.
    """

    selection: Selection
    period: Period | None
    periods: tuple[Period, ...]
    immature: frozenset[Period]
    places: tuple[Place, ...]
    region: Cell
    region_summed: bool
    region_change: YearChange | None
    sides: tuple[Side, ...]
    gap: Gap | None
    funnel: Funnel[str] | None
    standard: str | None
    classes: tuple[float, ...]
    largest: float
    years: tuple[tuple[Period, Mapping[str, Cell]], ...]
    breaks: tuple[date, ...]
    demonstration: bool

    @property
    def series(self) -> MapSeries:
        """The series shown."""
        return self.selection.series

    @property
    def is_mature(self) -> bool:
        """Whether the values of the period may be compared."""
        return self.period not in self.immature

    def place(self, nis: str) -> Place:
        """One commune."""
        return next(p for p in self.places if p.nis == nis)
