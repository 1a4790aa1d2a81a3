"""Long-term unemployment itself: its stock by duration, its share, and who crosses the line of 12 months."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from data_access.cache import cached
from data_access.contract.load import contract
from data_access.domain.cohort import Maturity
from data_access.domain.cohort_funnel import CohortFunnel, Count, Outcome, is_known
from data_access.domain.confidentiality import Availability, SmallCellRule
from data_access.domain.exposure import ReformExposure
from data_access.domain.period import Period
from data_access.services.funnel import CohortView, get_funnel_sheet
from data_access.services.funnel_choices import EVERYBODY
from data_access.services.indicator_rows import TOTAL
from data_access.services.long_term_change import Origin, Point, real_first
from data_access.services.long_term_series import (
    BANDS,
    ENTRIES,
    EXITS,
    REGISTER,
    SHARE,
    STOCK,
    STRUCTURE,
    TWO_YEARS,
    Series,
    load_series,
    merge,
)

SUM = "SUM"
CROSSING, JOB = "F-ABS-E", "A8"  # the entry cohort, and its stage that is a job
DESTINATIONS = (Outcome.EMPLOYMENT, Outcome.TRAINING, Outcome.OTHER_EXIT, Outcome.PENDING)


@dataclass(frozen=True)
class StockMonth:
    """The jobseekers of 12 months or more at the end of a month.

    Attributes:
        bands: by item of ``BANDS``; a band that no table holds is left out.
        total: 12 months or more, as a table holds it.
        summed: the same, added up here from its three bands.
    """

    period: Period
    bands: Mapping[str, Point]
    total: Point | None
    summed: Point | None


@dataclass(frozen=True)
class Crossing:
    """Who crossed the line of 12 months in a quarter, and what became of them.

    Attributes:
        entered: persons.
        closed: whether their follow-up is over; destinations before that would count the not-yet as never.
        closes_on: the day on which it is.
        destinations: by what people did first; they sum to ``entered``. Empty unless closed.
        exposure: how much of the follow-up lies after the reform of 2026.
    """

    cohort: Period
    entered: Count
    closed: bool
    closes_on: date
    destinations: Mapping[Outcome, Count]
    exposure: ReformExposure
    demonstration: bool


@dataclass(frozen=True)
class LongTermStock:
    """What the loaded tables say of long-term unemployment in the Region.

    Attributes:
        months: every month of which a table holds a band or the total, oldest first.
        share: of 12 months or more among all jobseekers, in per cent; added up from its bands where only
            they are loaded.
        two_years_share: of 24 months or more, in per cent.
        two_years: persons of 24 months or more.
        crossings: by quarter of entry, oldest first.
        entries, exits: of the whole register, whatever the duration: the newest month that has both.
        breaks: days of the series breaks.
        window_months: how long a cohort of ``crossings`` is followed.
    """

    months: tuple[StockMonth, ...]
    share: tuple[Point, ...]
    two_years_share: tuple[Point, ...]
    two_years: tuple[Point, ...]
    crossings: tuple[Crossing, ...]
    entries: Point | None
    exits: Point | None
    breaks: tuple[date, ...]
    window_months: int

    @property
    def totals(self) -> tuple[Point, ...]:
        """The stock of 12 months or more that tables hold, the fictitious left out where others are known."""
        points = [m.total for m in self.months if m.total]
        return real_first(points or [m.summed for m in self.months if m.summed])

    @property
    def demonstration(self) -> bool:
        """Whether a value is fictitious."""
        points = [p for m in self.months for p in m.bands.values()]
        points += [*self.totals, *self.share, *self.two_years_share, *self.two_years]
        fictitious = any(p.origin is Origin.DEMONSTRATION for p in points)
        return fictitious or any(c.demonstration for c in self.crossings)


@cached
def get_long_term_stock(version: int, cutoff: date | None, rule: SmallCellRule) -> LongTermStock:
    """Stock, share and crossings at one data version; one query, and those of the funnel's sheet.

    Args:
        version: data version (key of the cache).
        cutoff: last day covered by the data.
        rule: small-cell thresholds of the audience.
    """
    series = load_series(rule)
    entries, exits = _newest_both(series.get((ENTRIES, TOTAL), {}), series.get((EXITS, TOTAL), {}))
    sheet = get_funnel_sheet(version, cutoff, CROSSING, TOTAL, EVERYBODY, rule)
    named = contract().indicator(STOCK).breaks
    return LongTermStock(
        months=_months(series),
        share=merge(series | {(SHARE, SUM): _summed_share(series)}, (SHARE, TOTAL), (SHARE, SUM)),
        two_years_share=merge(series, (STRUCTURE, TWO_YEARS), (SHARE, TWO_YEARS)),
        two_years=merge(series, (REGISTER, TWO_YEARS), (STOCK, TWO_YEARS)),
        crossings=tuple(_crossing(view) for view in sheet.cohorts if view.funnel),
        entries=entries,
        exits=exits,
        breaks=tuple(sorted(b.day for b in contract().breaks if b.code in named)),
        window_months=next(f.window_months for f in contract().funnels if f.code == CROSSING),
    )


def _months(series: Series) -> tuple[StockMonth, ...]:
    totals = series.get((STOCK, TOTAL), {})
    bands = {band: series.get((STOCK, band), {}) for band in BANDS}
    found = []
    for month in sorted(set(totals).union(*bands.values())):
        own = {band: points[month] for band, points in bands.items() if month in points}
        found.append(StockMonth(month, own, totals.get(month), _sum(month, own)))
    return tuple(found)


def _sum(month: Period, bands: Mapping[str, Point]) -> Point | None:
    """The three bands together, as fictitious as the most fictitious of them; None without one of them."""
    values = [p.value for p in bands.values() if p.value is not None]
    if len(values) < len(BANDS):
        return None
    origin = max((p.origin for p in bands.values()), key=list(Origin).index)
    return Point(month, sum(values), origin=origin, derived=True)


def _summed_share(series: Series) -> dict[Period, Point]:
    """The shares of the bands in one whole, added up."""
    bands = {band: series.get((SHARE, band), {}) for band in BANDS}
    whole = {
        m: _sum(m, {b: points[m] for b, points in bands.items() if m in points}) for m in bands[BANDS[0]]
    }
    return {month: point for month, point in whole.items() if point}


def _newest_both(
    entries: Mapping[Period, Point], exits: Mapping[Period, Point]
) -> tuple[Point | None, Point | None]:
    both = [m for m in sorted(entries) if m in exits and None not in (entries[m].value, exits[m].value)]
    return (entries[both[-1]], exits[both[-1]]) if both else (None, None)


def _crossing(view: CohortView) -> Crossing:
    assert view.funnel is not None, "only a funnel that can be is read"
    closed = view.maturity is Maturity.MATURE
    return Crossing(
        cohort=view.cohort,
        entered=view.funnel.stages[0].count,
        closed=closed,
        closes_on=view.closes_on,
        destinations=_destinations(view.funnel) if closed else {},
        exposure=view.exposure,
        demonstration=view.demonstration,
    )


def _destinations(funnel: CohortFunnel) -> dict[Outcome, Count]:
    """Everybody who entered, once, by what they did first: a job at any stage counts as a job.

    Whoever passes from the last stage before the job to the job has one too. Where a cell of a stage is
    hidden or missing no sum is given: the stages are shown elsewhere, and a sum would give the cell away.
    """
    stages = funnel.stages[: [s.code for s in funnel.stages].index(JOB)]
    parts: dict[Outcome, Sequence[Count]] = {o: [s.outcomes[o] for s in stages] for o in DESTINATIONS}
    parts[Outcome.EMPLOYMENT] = [*parts[Outcome.EMPLOYMENT], stages[-1].passed]
    every = [count for counts in parts.values() for count in counts]
    if any(count is Availability.HIDDEN for count in every):
        return dict.fromkeys(DESTINATIONS, Availability.HIDDEN)
    if not all(map(is_known, every)):
        return dict.fromkeys(DESTINATIONS, Availability.MISSING)
    return {outcome: _total(counts) for outcome, counts in parts.items()}


def _total(counts: Iterable[Count]) -> int:
    return sum(count for count in counts if is_known(count))
