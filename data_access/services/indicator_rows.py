"""Every indicator's series and state at one data version: the rows that all scorecards are made of."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

import pandas as pd

from data_access.cache import cached
from data_access.contract.load import contract
from data_access.contract.model import Indicator, State, Unit
from data_access.db.reading import reading
from data_access.db.tables import DIMENSIONS
from data_access.domain.assessment import Thresholds
from data_access.domain.change import Change, change_on_year, movement
from data_access.domain.cohort import Maturity, Window, maturity
from data_access.domain.confidentiality import Availability, SmallCellRule
from data_access.domain.period import Freq
from data_access.domain.reading import Reading
from data_access.domain.status import Assessment, evaluate_status
from data_access.domain.target import TargetPath
from data_access.repositories.batches import load_batches
from data_access.repositories.observations import load_observations
from data_access.repositories.targets import load_targets
from data_access.services.series import Record, make_paths, make_readings

TOTAL = "_T"
REGION = "BRU"
# A series that stopped this many months before the cut-off has no current value (longest source lag:
# 12 months for an annual figure plus 12 for its publication).
STALE_AFTER = {Freq.ANNUAL: 24, Freq.SEMESTER: 18, Freq.QUARTER: 12, Freq.MONTH: 12}


class Alert(StrEnum):
    """What a reader must know before using the value."""

    PROVISIONAL = "provisional"
    ESTIMATED = "estimated"
    BREAK = "break"
    TOO_FEW = "too_few"
    IMMATURE = "immature"


@dataclass(frozen=True)
class IndicatorRow:
    """One indicator (of one operator) as a scorecard shows it.

    Attributes:
        readings: the series at the indicator's own frequency, regional total, oldest first.
        latest: the reading shown as N: the judged one, else the last available mature one.
        year_before: the same period one year earlier, when available.
        change: difference between the two in the unit (points for a percentage); None when not comparable.
        movement: size of the change against the series' own usual yearly change; None when unknown.
        breaks: days of the breaks that the series carries.
        paths: every version of the target, the earliest first.
        vintage: batch that delivered ``latest`` and the day it was published.
        sources: the distinct sources of the readings shown.
    """

    code: str
    operator: str
    readings: tuple[Reading, ...]
    assessment: Assessment
    latest: Reading | None
    year_before: Reading | None
    change: Change | None
    movement: float | None
    alerts: tuple[Alert, ...]
    breaks: tuple[date, ...]
    paths: tuple[TargetPath, ...]
    demonstration: bool
    vintage: tuple[int, date] | None
    sources: tuple[str, ...]


@cached
def get_indicator_rows(
    version: int, cutoff: date | None, codes: tuple[str, ...], rule: SmallCellRule
) -> tuple[IndicatorRow, ...]:
    """The rows of some indicators, in the order of ``codes`` and one per operator that delivers.

    Args:
        version: data version (key of the cache).
        cutoff: last day covered by the data, the reporting date of every assessment; None when empty.
        codes: indicator codes.
        rule: small-cell thresholds of the audience.

    Returns:
        At least one row per code; a code without data has one row, operator ``_T``, without readings.
    """
    definitions = [contract().indicator(code) for code in codes]
    with reading() as connection:
        observations = load_observations(
            connection,
            indicators=codes,
            dimensions={"operator": None},
            rule=rule,
            persons={d.code for d in definitions if d.persons},
            counts={d.code for d in definitions if d.unit is Unit.COUNT},
            sensitive={d.code for d in definitions if d.sensitive},
            sensitive_items=sensitive_items(),
        )
        targets = load_targets(connection, codes)
        published = _publication_days(load_batches(connection))
    series, goals = by_indicator(observations), by_indicator(targets)
    return tuple(
        row
        for definition in definitions
        for row in _rows(
            definition,
            series.get(definition.code, []),
            goals.get(definition.code, []),
            cutoff or date.min,
            published,
        )
    )


def by_indicator(frame: pd.DataFrame) -> dict[str, list[Record]]:
    """The rows of a frame as plain records, by indicator and in their order."""
    found: dict[str, list[Record]] = {}
    names = list(frame.columns)
    for values in zip(*(frame[name].tolist() for name in names), strict=True):
        record = dict(zip(names, values, strict=True))
        found.setdefault(record["indicator"], []).append(record)
    return found


def sensitive_items() -> dict[str, set[str]]:
    """The items of each dimension of the tables under the stricter threshold."""
    return {name: codes for name, codes in contract().sensitive_items.items() if name in DIMENSIONS}


def _publication_days(batches: pd.DataFrame) -> dict[int, date]:
    return dict(zip(batches["id"], (at.date() for at in batches["published_at"]), strict=True))


def _rows(
    definition: Indicator,
    observations: Sequence[Record],
    targets: Sequence[Record],
    cutoff: date,
    published: Mapping[int, date],
) -> Iterable[IndicatorRow]:
    by_operator: dict[str, list[Record]] = {}
    for record in observations:
        if record["freq"] == definition.periodicity:
            by_operator.setdefault(record["operator"], []).append(record)
    if not by_operator or (definition.annex is None and TOTAL in by_operator):
        by_operator = {TOTAL: by_operator.get(TOTAL, [])}
    for operator, records in by_operator.items():
        paths = make_paths(target for target in targets if target["operator"] == operator)
        yield _row(definition, operator, records, paths, cutoff, published)


def _row(
    definition: Indicator,
    operator: str,
    observations: Sequence[Record],
    paths: Sequence[TargetPath],
    cutoff: date,
    published: Mapping[int, date],
) -> IndicatorRow:
    readings = make_readings(observations)
    window = window_of(definition)
    breaks = _breaks(definition, readings)
    assessment = assess(definition, readings, paths, breaks, cutoff)
    mature = [r for r in readings if is_mature(r, window, cutoff)]
    latest = assessment.reading or _last_available(mature)
    upto = [r for r in mature if latest is not None and r.period <= latest.period]
    change = change_on_year(upto, polarity=definition.polarity, breaks=breaks, decimals=definition.decimals)
    return IndicatorRow(
        code=definition.code,
        operator=operator,
        readings=tuple(readings),
        assessment=assessment,
        latest=latest,
        year_before=_of_year_before(mature, latest),
        change=change,
        movement=movement(upto, change) if change is not None else None,
        alerts=_alerts(readings, latest, window, cutoff, breaks),
        breaks=tuple(breaks),
        paths=tuple(paths),
        demonstration=any(r.demonstration for r in readings) or any(p.demonstration for p in paths),
        vintage=_vintage(latest, published),
        sources=tuple(dict.fromkeys(record["source"] for record in observations)),
    )


def assess(
    definition: Indicator,
    readings: Sequence[Reading],
    paths: Sequence[TargetPath],
    breaks: Sequence[date],
    cutoff: date,
    thresholds: Thresholds | None = None,
) -> Assessment:
    """The state of a series by the contract in force; ``thresholds`` in the place of its own."""
    return evaluate_status(
        readings,
        paths,
        polarity=definition.polarity,
        scored=definition.scored,
        defined=definition.state is not State.WITHDRAWN,
        on=cutoff,
        breaks=breaks,
        window=window_of(definition),
        stale_after_months=STALE_AFTER[Freq(definition.periodicity)],
        thresholds=thresholds or contract().rules_on(cutoff).house,
    )


def window_of(definition: Indicator) -> Window | None:
    """How long a cohort indicator follows people; None for the others."""
    cohort = definition.cohort
    return Window(cohort.window_months, cohort.lag_months) if cohort else None


def is_mature(reading: Reading, window: Window | None, cutoff: date) -> bool:
    """Whether a reading may be judged: always, unless it follows a cohort whose window is still open."""
    return window is None or maturity(reading.period, window, cutoff) is Maturity.MATURE


def _breaks(definition: Indicator, readings: Sequence[Reading]) -> list[date]:
    """The breaks that the definition names and those that the data mark."""
    named = {b.day for b in contract().breaks if b.code in definition.breaks}
    return sorted(named | {r.period.start for r in readings if r.starts_break})


def _last_available(readings: Sequence[Reading]) -> Reading | None:
    return next((r for r in reversed(readings) if r.availability is Availability.AVAILABLE), None)


def _of_year_before(readings: Sequence[Reading], latest: Reading | None) -> Reading | None:
    if latest is None:
        return None
    return next((r for r in readings if r.period == latest.period.year_before), None)


def _alerts(
    readings: Sequence[Reading],
    latest: Reading | None,
    window: Window | None,
    cutoff: date,
    breaks: Sequence[date],
) -> tuple[Alert, ...]:
    first = readings[0].period.start if readings else date.max
    raised = {
        Alert.PROVISIONAL: latest is not None and latest.provisional,
        Alert.ESTIMATED: latest is not None and latest.estimated,
        Alert.BREAK: any(first < day <= cutoff for day in breaks),
        Alert.TOO_FEW: any(r.availability is Availability.HIDDEN for r in readings),
        Alert.IMMATURE: any(not is_mature(r, window, cutoff) for r in readings),
    }
    return tuple(alert for alert, is_raised in raised.items() if is_raised)


def _vintage(latest: Reading | None, published: Mapping[int, date]) -> tuple[int, date] | None:
    if latest is None or latest.origin_batch is None:
        return None
    return latest.origin_batch, published[latest.origin_batch]
