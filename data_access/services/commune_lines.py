"""One series for a commune, the Region and perhaps a second commune: values, gaps, change on a year."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from data_access.contract.load import contract
from data_access.contract.model import Indicator
from data_access.domain import comparison
from data_access.domain.change import Change, change_on_year
from data_access.domain.comparison import MISSING, Cell, Gap, Guard, Kind
from data_access.domain.confidentiality import Availability, SmallCellRule
from data_access.domain.period import Period
from data_access.domain.polarity import Polarity
from data_access.domain.reading import Reading
from data_access.services.breakdown_choices import kind_of
from data_access.services.indicator_rows import REGION, is_mature, window_of
from data_access.services.reform import crosses_break
from data_access.services.series import Record, make_readings

SeriesKey = tuple[str, str]  # indicator, operator
Areas = dict[str, list[Record]]  # records by area


@dataclass(frozen=True)
class Side:
    """One commune in one line.

    Attributes:
        readings: its series, oldest first; what may not be shown has no numbers.
        cell: its value at the period of the line.
        interval: 95 % interval of a share, in per cent.
        change: on the same period a year before; None without either.
    """

    nis: str
    readings: tuple[Reading, ...]
    cell: Cell
    interval: tuple[float, float] | None
    change: Change | None


@dataclass(frozen=True)
class Line:
    """One series of one operator, for the commune, the Region and perhaps a second commune.

    Attributes:
        kind: how its values may be compared.
        period: the newest mature one that the commune and the Region have; else the newest.
        immature: periods of cohorts that are not closed; never compared.
        region: value of the whole Region at the period; ``region_readings`` its series.
        gap: commune minus the rest of the Region, in percentage points; for shares only.
        share: of the Region's total, for a count, between 0 and 1.
        difference: commune minus second commune, in percentage points; for shares only.
        breaks: days of the breaks that the series carry.
    """

    code: str
    operator: str
    kind: Kind
    period: Period
    immature: frozenset[Period]
    region: Cell
    region_readings: tuple[Reading, ...]
    own: Side
    gap: Gap | None
    share: float | None
    other: Side | None
    difference: Gap | None
    breaks: tuple[date, ...]

    @property
    def is_mature(self) -> bool:
        """Whether the values of the period may be compared."""
        return self.period not in self.immature

    @property
    def meets_reform(self) -> bool:
        """Whether a change on a year is given though the cohorts were not equally exposed to a break."""
        changes = [side.change for side in (self.own, self.other) if side and side.change]
        given = any(change.comparable for change in changes)
        return given and crosses_break(self.period, contract().indicator(self.code), self.breaks)

    @property
    def demonstration(self) -> bool:
        """Whether a value of the communes shown is fictitious."""
        sides = [side for side in (self.own, self.other) if side]
        return any(r.demonstration for side in sides for r in side.readings)

    @property
    def favourable(self) -> bool | None:
        """Whether a significant gap goes the wanted way; None when none is or no way is wanted."""
        if self.gap is None or not self.gap.significant:
            return None
        definition = contract().indicator(self.code)
        wanted = {Polarity.HIGHER: True, Polarity.LOWER: False}.get(definition.polarity)
        return (self.gap.points > 0) is wanted if definition.scored and wanted is not None else None


def make_line(
    key: SeriesKey, areas: Areas, shown: tuple[str, ...], cutoff: date, rule: SmallCellRule
) -> Line:
    """The line of one series.

    Args:
        key: indicator and operator.
        areas: its records (``load_areas``) by commune and Region, what may not be shown hidden.
        shown: the commune, then the second one if there is one; one of them has records.
        cutoff: last day covered by the data.
        rule: small-cell thresholds of the audience.
    """
    code, operator = key
    definition = contract().indicator(code)
    kind, window = kind_of(definition), window_of(definition)
    readings = {area: make_readings(records) for area, records in areas.items()}
    everything = [r for found in readings.values() for r in found]
    immature = frozenset(r.period for r in everything if not is_mature(r, window, cutoff))
    breaks = _breaks(definition, everything)
    period = _period([readings.get(nis, []) for nis in shown], readings.get(REGION, []), immature)
    sides = [_side(nis, readings.get(nis, []), definition, period, immature, breaks) for nis in shown]
    own, other = sides[0], sides[1] if len(sides) > 1 else None
    region = _cell_at(readings.get(REGION, []), period)
    guard = Guard(kind, definition.persons, definition.sensitive, rule)
    comparable = period not in immature
    rest = comparison.rest(region, own.cell, guard)
    return Line(
        code=code,
        operator=operator,
        kind=kind,
        period=period,
        immature=immature,
        region=region,
        region_readings=tuple(readings.get(REGION, [])),
        own=own,
        gap=comparison.gap(own.cell, rest, kind) if comparable else None,
        share=_share(own.cell, region) if kind is Kind.COUNT else None,
        other=other,
        difference=comparison.gap(own.cell, other.cell, kind) if comparable and other else None,
        breaks=breaks,
    )


def _breaks(definition: Indicator, readings: Sequence[Reading]) -> tuple[date, ...]:
    named = {b.day for b in contract().breaks if b.code in definition.breaks}
    return tuple(sorted(named | {r.period.start for r in readings if r.starts_break}))


def _period(
    communes: Sequence[Sequence[Reading]], region: Sequence[Reading], immature: frozenset[Period]
) -> Period:
    """The newest period that a commune and the Region have, mature if possible; the first commune decides.

    A hidden value is there: an older one that may be shown would hide that the newest may not.
    """
    periods = next(
        found
        for readings in communes
        if (found := {r.period for r in readings if r.availability is not Availability.MISSING})
        or (found := {r.period for r in readings})
    )
    whole = {r.period for r in region if r.availability is Availability.AVAILABLE}
    mature = periods - immature
    return max(mature & whole or mature or periods)


def _side(
    nis: str,
    readings: Sequence[Reading],
    definition: Indicator,
    period: Period,
    immature: frozenset[Period],
    breaks: Sequence[date],
) -> Side:
    cell = _cell_at(readings, period)
    upto = [r for r in readings if r.period <= period and r.period not in immature]
    change = None
    if upto and upto[-1].period == period:
        polarity = definition.polarity if definition.scored else Polarity.NEUTRAL
        change = change_on_year(upto, polarity=polarity, breaks=breaks, decimals=definition.decimals)
    return Side(nis, tuple(readings), cell, comparison.interval(cell, kind_of(definition)), change)


def _cell_at(readings: Sequence[Reading], period: Period) -> Cell:
    reading = next((r for r in readings if r.period == period), None)
    if reading is None:
        return MISSING
    if reading.availability is not Availability.AVAILABLE:
        return Cell(reading.availability)
    about = (reading.value, reading.numerator, reading.denominator, reading.provisional)
    return Cell(Availability.AVAILABLE, *about)


def _share(cell: Cell, total: Cell) -> float | None:
    if cell.value is None or not total.value:
        return None
    return cell.value / total.value
