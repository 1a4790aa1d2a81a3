"""Everything that the sheet of one indicator says: three verdicts, their cross-checks, what feeds it."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date

from sqlalchemy import Connection

from data_access.cache import cached
from data_access.contract.load import contract
from data_access.contract.model import Indicator, Measure, Text
from data_access.db.reading import reading
from data_access.domain.agreement import Agreement, method_agreement
from data_access.domain.confidentiality import Availability, SmallCellRule
from data_access.domain.control_chart import ControlChart, control_chart
from data_access.domain.level import Level, evaluate_level
from data_access.domain.methods.check import Refusal
from data_access.domain.pace import NoPace, Pace, required_pace
from data_access.domain.points import fit_points
from data_access.domain.polarity import Polarity
from data_access.domain.progress import CrossCheck, cross_checks
from data_access.domain.projection import NoProjection, Projection, project
from data_access.domain.reading import Reading
from data_access.domain.season import Season, deseason
from data_access.domain.trend import NoTrend, YearlyTrend, yearly_trend
from data_access.repositories.batches import Batch, load_batch
from data_access.repositories.remarks import load_remarks
from data_access.services.decision_rows import Decision, read_decisions
from data_access.services.indicator_rows import IndicatorRow, get_indicator_rows, is_mature, window_of
from data_access.services.series import Record

CONTRACT_END = date(2027, 12, 31)
OVERLAPPING = {Season.SUM_12_MONTHS, Season.MEAN_12_MONTHS}


@dataclass(frozen=True)
class Noise:
    """The control chart of a series and the readings that it was made of (without their season)."""

    season: Season
    readings: tuple[Reading, ...]
    chart: ControlChart


@dataclass(frozen=True)
class Remark:
    """A comment of the owner or an annotation; a text is None while its translation is awaited."""

    kind: str
    day: date
    due: date | None
    fr: str | None
    nl: str | None
    role: Text
    demonstration: bool
    rank: int = 1

    def in_(self, language: str) -> str | None:
        """The text in ``fr`` or ``nl``."""
        return self.nl if language == "nl" else self.fr


@dataclass(frozen=True)
class Sheet:
    """One indicator at a data version, for one operator.

    Attributes:
        row: series, state, breaks and every version of the target.
        operators: operators that deliver this indicator, ``_T`` for the total.
        immature: readings of cohorts whose window is still open, never judged.
        levels: value against the milestone and the target in force.
        checks, agreements: the cross-check methods and whether they agree with the house verdict.
        pace, projection: what is asked from here, and where the trend leads at the end of the contract.
        noise, trend: whether the movement is more than chance.
        batches: the loads that delivered the readings shown, the newest first.
        previous, following: neighbours within the objective, or within the annex or the context.
        decisions: of the Comité about it, oldest meeting first.
    """

    row: IndicatorRow
    operators: tuple[str, ...]
    immature: tuple[Reading, ...]
    levels: tuple[Level, ...]
    checks: tuple[CrossCheck, ...]
    agreements: tuple[Agreement, ...]
    pace: Pace | NoPace
    projection: Projection | NoProjection
    noise: Noise
    trend: YearlyTrend | NoTrend
    remarks: tuple[Remark, ...]
    batches: tuple[Batch, ...]
    previous: str | None
    following: str | None
    decisions: tuple[Decision, ...] = ()


@cached
def get_sheet(
    version: int, cutoff: date | None, code: str, operator: str | None, rule: SmallCellRule
) -> Sheet:
    """The sheet of an indicator.

    Args:
        version: data version (key of the cache).
        cutoff: reporting date.
        code: of the indicator.
        operator: whose series; None, or one that delivers nothing, takes the first.
        rule: small-cell thresholds of the audience.

    Raises:
        UnknownIndicator: no definition bears the code.
    """
    definition = contract().indicator(code)
    rows = get_indicator_rows(version, cutoff, (code,), rule)
    row = next((r for r in rows if r.operator == operator), rows[0])
    with reading() as connection:
        remarks = _remarks(connection, row)
        batches = _batches(connection, row.readings)
        decided = read_decisions(connection, code)
    sheet = make_sheet(definition, row, tuple(r.operator for r in rows), cutoff or date.min, remarks, batches)
    return replace(sheet, decisions=tuple(each for each in decided if each.operator == row.operator))


def make_sheet(
    definition: Indicator,
    row: IndicatorRow,
    operators: tuple[str, ...],
    cutoff: date,
    remarks: tuple[Remark, ...],
    batches: tuple[Batch, ...],
) -> Sheet:
    """The verdicts on a row; pure."""
    window = window_of(definition)
    mature = [r for r in row.readings if is_mature(r, window, cutoff)]
    polarity, breaks = definition.polarity, row.breaks
    checks = cross_checks(
        mature, row.assessment, polarity=polarity, breaks=breaks, limit=definition.natural_limit
    )
    thresholds = contract().rules_on(cutoff).house
    previous, following = neighbours(definition)
    return Sheet(
        row=row,
        operators=operators,
        immature=tuple(
            r for r in row.readings if r not in mature and r.availability is Availability.AVAILABLE
        ),
        levels=evaluate_level(row.assessment, polarity) if definition.scored else (),
        checks=checks,
        agreements=method_agreement(row.assessment, checks, polarity=polarity, thresholds=thresholds),
        pace=required_pace(row.assessment, mature, polarity=polarity, breaks=breaks, on=cutoff),
        projection=_projection(definition, row, mature),
        noise=find_noise(definition, row, mature),
        trend=_trend(definition, mature, breaks),
        remarks=remarks,
        batches=batches,
        previous=previous,
        following=following,
    )


def _projection(
    definition: Indicator, row: IndicatorRow, mature: Sequence[Reading]
) -> Projection | NoProjection:
    """The trend since the last break, prolonged to the end of the contract."""
    if row.latest is None:
        return NoProjection(Refusal.NO_VALUE, 0)
    path = row.assessment.path
    goal = path.target.value if path is not None else None
    higher = {Polarity.HIGHER: True, Polarity.LOWER: False}.get(definition.polarity)
    points = fit_points(mature, row.latest, row.breaks)
    return project(points, CONTRACT_END, target=goal if higher is not None else None, higher_is_better=higher)


def find_noise(definition: Indicator, row: IndicatorRow, mature: Sequence[Reading]) -> Noise:
    """The control chart of the last uninterrupted stretch of the series, without its season."""
    season = Season(definition.season)
    plain = deseason(mature, season, row.breaks)
    readings = _uninterrupted([r for r in plain if r.value is not None])
    goal = (
        row.assessment.path.target.value
        if row.assessment.path and season is not Season.YEAR_ON_YEAR
        else None
    )
    chart = control_chart(
        [r.value for r in readings if r.value is not None],
        polarity=definition.polarity if definition.scored else Polarity.NEUTRAL,
        stock=definition.measure is Measure.STOCK,
        overlapping=season in OVERLAPPING,
        target=goal,
        rebase_at=_starts(readings, row.breaks),
    )
    return Noise(season, tuple(readings), chart)


def _uninterrupted(readings: Sequence[Reading]) -> list[Reading]:
    """The last readings that follow each other without a missing period."""
    kept = list(readings[-1:])
    for earlier in reversed(readings[:-1]):
        if earlier.period.shift(1) != kept[0].period:
            break
        kept.insert(0, earlier)
    return kept


def _starts(readings: Sequence[Reading], breaks: Iterable[date]) -> list[int]:
    """Where the readings after each break begin."""
    found = {next((i for i, r in enumerate(readings) if r.period.end >= day), 0) for day in breaks}
    return sorted(found - {0})


def _trend(definition: Indicator, mature: Sequence[Reading], breaks: Sequence[date]) -> YearlyTrend | NoTrend:
    """The slope of the last years of a proportion; shares of a stock depend on those of the year before."""
    if not definition.numerator_within_denominator or definition.measure is not Measure.RATE:
        return NoTrend.NO_PROPORTION
    return yearly_trend(mature, breaks)


def neighbours(definition: Indicator) -> tuple[str | None, str | None]:
    """The indicators before and after in the same objective, the shared dashboards, or the context."""
    if definition.objective is not None:
        codes = [d.code for d in contract().of_objective(definition.objective)]
    else:
        shared = [d.code for d in contract().shared()]
        context = [d.code for d in contract().indicators if d.code.startswith("CTX")]
        codes = context if definition.code in context else shared
    place = codes.index(definition.code)
    return (codes[place - 1] if place else None), (codes[place + 1] if place + 1 < len(codes) else None)


def _remarks(connection: Connection, row: IndicatorRow) -> tuple[Remark, ...]:
    frame = load_remarks(connection, [row.code])
    records = [r for r in frame.to_dict("records") if r["operator"] == row.operator]
    return tuple(_remark({str(name): value for name, value in r.items()}) for r in records)


def _remark(record: Record) -> Remark:
    return Remark(
        kind=record["kind"],
        day=record["day"],
        due=record["due"] if isinstance(record["due"], date) else None,
        fr=record["text_fr"] or None,
        nl=record["text_nl"] or None,
        role=Text(fr=record["role_fr"], nl=record["role_nl"]),
        demonstration=record["provenance"] == "demonstration",
        rank=int(record["rank"]),
    )


def _batches(connection: Connection, readings: Iterable[Reading]) -> tuple[Batch, ...]:
    """One look-up by key for each load that delivered something: there are a handful."""
    numbers = sorted({r.origin_batch for r in readings if r.origin_batch is not None}, reverse=True)
    return tuple(batch for n in numbers if (batch := load_batch(connection, n)) is not None)
