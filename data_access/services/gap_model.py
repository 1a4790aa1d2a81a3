"""What is known of the gap between the croissant and the rest of the Region; every gap is in points."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from data_access.contract.load import contract
from data_access.domain.comparison import Cell, Gap
from data_access.domain.confidentiality import Availability
from data_access.domain.period import Period
from data_access.services.reform import crosses_break
from data_access.services.territory_choices import MapSeries, Selection


class Refusal(StrEnum):
    """Why something is not computed."""

    NO_PERIOD = "no_period"
    IMMATURE = "immature"
    HIDDEN = "hidden"  # a part has too few persons
    MISSING = "missing"  # a part was not delivered
    NO_STRATA = "no_strata"  # the tables do not hold the dimension by commune
    INCOMPLETE = "incomplete"  # the groups do not add up to the whole
    EMPTY = "empty"  # a group has persons on one side only
    FILTERED = "filtered"  # one group is already chosen
    BREAK = "break"  # between the two periods
    NO_EARLIER = "no_earlier"  # no earlier period to compare with


@dataclass(frozen=True)
class Point:
    """Both sides in one period.

    Attributes:
        inside, outside: the croissant and the rest, from sums of counts; hidden when a part is.
        gap: inside minus outside in points (Newcombe); None unless both are known and the period is mature.
    """

    period: Period
    inside: Cell
    outside: Cell
    mature: bool
    gap: Gap | None

    @property
    def provisional(self) -> bool:
        """Whether either side may still be revised."""
        return self.inside.provisional or self.outside.provisional

    @property
    def availability(self) -> Availability:
        """Hidden when a side is, else missing when a side is."""
        found = {self.inside.availability, self.outside.availability}
        order = (Availability.HIDDEN, Availability.MISSING, Availability.AVAILABLE)
        return next(state for state in order if state in found)


@dataclass(frozen=True)
class GapChange:
    """A gap against the one a year before; ``difference`` is later minus earlier, in points."""

    before: Point
    difference: Gap

    @property
    def wider(self) -> float:
        """How many points the size of the gap grew (negative: it shrank), whatever its sign."""
        assert self.before.gap is not None, "a change is between two gaps"
        was = self.before.gap.points
        return abs(was + self.difference.points) - abs(was)


@dataclass(frozen=True)
class Stratum:
    """One group of both sides, and what it adds to the gap, in points."""

    item: str
    inside: Cell
    outside: Cell
    composition: float
    within: float


@dataclass(frozen=True)
class Split:
    """The gap by one dimension, in points: ``composition + within`` is the gap.

    Attributes:
        standardised: the gap if both sides were composed like the Region; None where a group is nobody.
    """

    dimension: str
    strata: tuple[Stratum, ...]
    composition: float
    within: float
    standardised: Gap | None

    @property
    def points(self) -> float:
        """The gap."""
        return self.composition + self.within


@dataclass(frozen=True)
class CommuneShare:
    """What a commune adds to the change of the regional rate, in points: by its own rate, by its weight."""

    nis: str
    before: Cell
    after: Cell
    within: float
    weight: float

    @property
    def points(self) -> float:
        """Both together."""
        return self.within + self.weight


@dataclass(frozen=True)
class RegionalChange:
    """The change of the rate of all nineteen communes together; the shares add up to it.

    Attributes:
        before, after: the pooled rates, in per cent.
        interval: of the change (Newcombe).
    """

    start: Period
    before: float
    after: float
    interval: Gap
    communes: tuple[CommuneShare, ...]

    @property
    def points(self) -> float:
        """The change, in points."""
        return self.after - self.before


@dataclass(frozen=True)
class Published:
    """The gap as it is delivered as an indicator of its own, in points; ``agrees`` to its last decimal."""

    code: str
    value: float
    agrees: bool


@dataclass(frozen=True)
class GapSheet:
    """Everything that the page shows of one series.

    Attributes:
        points: every period, oldest first.
        point: the one chosen, by default the newest mature one; None without data.
        change: of its gap on a year before, or why there is none.
        splits: by dimension, the decomposition of its gap or why there is none.
        regional: the change of the Region since ``start`` by commune, or why there is none.
        starts: the earlier periods that may be compared with, oldest first.
        published: the delivered gap of the same period; None where there is none for this definition.
    """

    selection: Selection
    points: tuple[Point, ...]
    point: Point | None
    change: GapChange | Refusal
    splits: Mapping[str, Split | Refusal]
    regional: RegionalChange | Refusal
    starts: tuple[Period, ...]
    published: Published | None
    breaks: tuple[date, ...]
    demonstration: bool

    @property
    def meets_reform(self) -> bool:
        """Whether the period is compared with another one that was less exposed to a break."""
        compared = isinstance(self.change, GapChange) or isinstance(self.regional, RegionalChange)
        if self.point is None or not compared:
            return False
        definition = contract().indicator(self.selection.series.code)
        return crosses_break(self.point.period, definition, self.breaks)


@dataclass(frozen=True)
class GapLine:
    """One series in the overview: its newest mature period."""

    series: MapSeries
    point: Point | None
    change: GapChange | Refusal
    demonstration: bool
