"""Rows of the cohort table: fictitious funnels, the total first, then its groups."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

import numpy as np

from data_access.contract.model import Contract, Funnel, FunnelStage
from data_access.domain.period import Freq
from data_access.tables.demonstration.apportion import Ints
from data_access.tables.demonstration.blocks import Maker, whole_periods
from data_access.tables.demonstration.calibration import Calibration, Model
from data_access.tables.demonstration.cell import TOTAL, Cell
from data_access.tables.demonstration.crossed import Crossed, cross
from data_access.tables.demonstration.exits import EXITS, add_up, exits_by_month
from data_access.tables.demonstration.flows import (
    SPREAD,
    Course,
    Flow,
    Outcomes,
    follow,
    share_flow,
    share_overlapping,
)
from data_access.tables.demonstration.funnels import OUTCOMES, FunnelCalibration, load_funnels, quarters
from data_access.tables.demonstration.obstacles import draw_obstacles
from data_access.tables.demonstration.streams import bell, stream
from data_access.tables.demonstration.timeline import CUTOFF, along, season

_WOBBLE = 0.02  # of the entrants around their path

Row = tuple[str, ...]


@dataclass(frozen=True)
class Cohorts:
    """What the rows of every funnel need.

    Attributes:
        contract: gives the funnels, their stages and windows.
        model: composition of the populations.
        maker: makes the series of the indicators that count the same thing as a stage.
        seed: of every random number.
        source: text of the SOURCE column.
    """

    contract: Contract
    model: Model
    maker: Maker
    seed: int
    source: str


def cohort_rows(cohorts: Cohorts) -> Iterator[Row]:
    """The rows of every funnel, in the columns of the cohort table."""
    funnels = {funnel.code: funnel for funnel in cohorts.contract.funnels}
    for each in load_funnels():
        yield from _funnel_rows(cohorts, Course(funnels[each.funnel], each))


def _funnel_rows(cohorts: Cohorts, course: Course) -> Iterator[Row]:
    home = Cell(operator=course.calibration.operator)
    counted = _counted(cohorts.maker, course.calibration)
    total = follow(course, _entrants(cohorts, course, counted), counted)
    yield from _rows(course.funnel, home, total.outcomes, cohorts.source)
    crossed = cross(cohorts.model, course, total, cohorts.seed) if course.calibration.crossed else None
    for dimension in ("SEX", "AGE", "EDUCATION", "REF_AREA"):
        groups = _groups(cohorts, course, total, crossed, dimension)
        for item, outcomes in groups.items():
            yield from _rows(course.funnel, home.at(dimension, item), outcomes, cohorts.source)
        if dimension == "SEX" and course.calibration.by_month:
            yield from _month_rows(cohorts, course, home, total, groups)
    yield from _audience_rows(cohorts, course, home, total)
    if crossed is not None:
        yield from _pair_rows(cohorts, course, home, crossed)
        yield from _obstacle_rows(cohorts, course, home, crossed)


def _counted(maker: Maker, each: FunnelCalibration) -> dict[str, Ints]:
    """Counts of the stages that an indicator counts, by quarter."""
    found = {}
    for stage, code in each.counts.items():
        when, counts = whole_periods(maker.block(code)[Cell(operator=each.operator)], Freq.QUARTER)
        found[stage] = counts[[when.index(period) for period in quarters()]]
    return found


def _entrants(cohorts: Cohorts, course: Course, counted: Mapping[str, Ints]) -> Ints:
    first = course.funnel.stages[0].code
    if first in counted:
        return counted[first]
    each, when = course.calibration, quarters()
    draws = bell(stream(cohorts.seed, each.funnel, each.operator), len(when))
    swing = season(cohorts.model.seasons[each.season], when) * (1.0 + _WOBBLE * draws)
    return np.rint(along(each.entrants, when) * swing).astype(np.int64)


def _groups(
    cohorts: Cohorts, course: Course, total: Flow, crossed: Crossed | None, dimension: str
) -> dict[str, Outcomes]:
    if crossed is not None and dimension in crossed.items:
        return {item: outcomes for (item,), outcomes in crossed.by(dimension).items()}
    each = course.calibration
    shares = cohorts.model.shares(Calibration(population=each.population), dimension)
    advantage = [SPREAD * cohorts.model.advantage_of(dimension, item) for item in shares]
    rng = stream(cohorts.seed, each.funnel, each.operator, dimension)
    groups = share_flow(course, total, np.array(list(shares.values())), np.array(advantage), rng)
    return dict(zip(shares, groups, strict=True))


def _audience_rows(cohorts: Cohorts, course: Course, home: Cell, total: Flow) -> Iterator[Row]:
    """Priority publics: somebody may belong to several of them, so each is drawn by itself."""
    each = course.calibration
    for item, share in each.audience.items():
        rng = stream(cohorts.seed, each.funnel, each.operator, "AUDIENCE", item)
        advantage = SPREAD * cohorts.model.advantage_of("AUDIENCE", item)
        outcomes = share_overlapping(course, total, share, advantage, rng)
        yield from _rows(course.funnel, home.at("AUDIENCE", item), outcomes, cohorts.source)


def _pair_rows(cohorts: Cohorts, course: Course, home: Cell, crossed: Crossed) -> Iterator[Row]:
    for pair in course.calibration.pairs:
        for (one, other), outcomes in crossed.by(*pair).items():
            cell = home.at(pair[0], one).at(pair[1], other)
            yield from _rows(course.funnel, cell, outcomes, cohorts.source)


def _obstacle_rows(cohorts: Cohorts, course: Course, home: Cell, crossed: Crossed) -> Iterator[Row]:
    """Cases by obstacle, for everybody, each sex and each age: sums over the groups of both at once."""
    people = crossed.by("SEX", "AGE")
    for stage in (stage for stage in course.funnel.stages if stage.obstacles):
        groups = {(sex, age): outcomes[stage.code] for (sex, age), outcomes in people.items()}
        drawn = draw_obstacles(groups, cohorts.seed, course.funnel.code, stage.code)
        for obstacle, counts in drawn.items():
            sums: dict[Cell, Ints] = {}
            for (sex, age), count in counts.items():
                for cell in (home, home.at("SEX", sex), home.at("AGE", age)):
                    sums[cell] = sums[cell] + count if cell in sums else count
            for cell, count in sums.items():
                yield from _stage_rows(course.funnel, stage, cell, count, cohorts.source, obstacle)


def _month_rows(
    cohorts: Cohorts, course: Course, home: Cell, total: Flow, sexes: Mapping[str, Outcomes]
) -> Iterator[Row]:
    """Exits by month since entry, on the entry stage: everybody's are the sum of women's and men's."""
    ripe = follow(course, _entrants(cohorts, course, {}), {}, ripe=True)
    parts = exits_by_month(course, total.outcomes, ripe.outcomes, sexes, cohorts.seed)
    whole = {home: add_up(list(parts.values()))}
    through, first = CUTOFF.isoformat(), course.funnel.stages[0].code
    for cell, months in (whole | {home.at("SEX", item): months for item, months in parts.items()}).items():
        for position, period in enumerate(quarters()):
            for month, counts in enumerate(months[position].tolist(), start=1):
                for outcome, count in zip(EXITS, counts, strict=True):
                    key = (course.funnel.code, str(period), first, outcome, *cell, f"{month:02}", TOTAL)
                    window = str(course.funnel.stages[0].window_months or course.funnel.window_months)
                    yield (*key, str(count), window, through, "F", cohorts.source, "")


def _rows(funnel: Funnel, cell: Cell, outcomes: Outcomes, source: str) -> Iterator[Row]:
    for stage in funnel.stages:
        yield from _stage_rows(funnel, stage, cell, outcomes[stage.code], source)


def _stage_rows(
    funnel: Funnel, stage: FunnelStage, cell: Cell, counts: Ints, source: str, obstacle: str = TOTAL
) -> Iterator[Row]:
    window, through = str(stage.window_months or funnel.window_months), CUTOFF.isoformat()
    for period, row in zip(quarters(), counts.tolist(), strict=True):
        for outcome, count in zip(OUTCOMES, row, strict=True):
            key = (funnel.code, str(period), stage.code, outcome, *cell, TOTAL, obstacle)
            yield (*key, str(count), window, through, "F", source, "")
