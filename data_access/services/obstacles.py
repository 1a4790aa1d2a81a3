"""Which obstacles were recorded for a cohort of long-term unemployed, beside a second group if asked."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from data_access.cache import cached
from data_access.contract.load import contract
from data_access.contract.model import Funnel, FunnelStage
from data_access.db.reading import reading
from data_access.domain.cohort import Maturity, Window, closes_on, maturity
from data_access.domain.cohort_funnel import Count
from data_access.domain.confidentiality import Availability, SmallCellRule
from data_access.domain.funnel_comparison import Gap, NotComparable
from data_access.domain.funnel_flow import NoRate, Rate
from data_access.domain.obstacles import (
    ObstacleShare,
    answers_per_person,
    gap_of,
    in_order,
    protect,
    share_of,
)
from data_access.domain.period import Period
from data_access.repositories.cohort_obstacles import ObstacleCount, load_obstacles
from data_access.services.breakdown_choices import parts_of
from data_access.services.funnel import CohortView, get_funnel_sheet
from data_access.services.funnel_choices import EVERYBODY, GroupKey
from data_access.services.indicator_rows import TOTAL, sensitive_items

OBSTACLE = "OBSTACLE"
PARTITIONS = ("SEX", "AGE")  # the dimensions by which obstacles are told


@dataclass(frozen=True)
class ObstacleView:
    """The obstacles of one group.

    Attributes:
        cases: persons whose obstacles were recorded, or the absence of any.
        shares: by obstacle, the most frequent first; none where the tables tell nothing of the group.
        per_person: obstacles to a person; None where a count is not shown.
        willing: share of them who confirm their will, or why it is not shown (sensitive).
    """

    group: GroupKey
    cases: Count
    shares: tuple[ObstacleShare, ...]
    per_person: float | None
    willing: Rate | NoRate


@dataclass(frozen=True)
class ObstacleSheet:
    """The obstacles of one cohort.

    Attributes:
        code: of the funnel; ``stage`` is the one that records obstacles, ``willingness`` the next.
        state: maturity of that stage for this cohort, whose window closes on ``closes_on``.
        open_cohorts: those in which obstacles are still being recorded, oldest first.
        group: whom it is about.
        beside: a second group; ``gaps`` are the first less the second, by obstacle.
        overlapping: one of the two holds the other.
        smallest_willing: the smallest number of persons whose will may be shown.
    """

    code: str
    stage: str
    willingness: str
    cohort: Period
    state: Maturity
    closes_on: date
    open_cohorts: tuple[Period, ...]
    group: ObstacleView
    beside: ObstacleView | None
    gaps: Mapping[str, Gap | NotComparable]
    overlapping: bool
    smallest_willing: int
    demonstration: bool


def records_obstacles(definition: Funnel) -> FunnelStage | None:
    """The stage of a funnel that records obstacles; None where it has none."""
    return next((stage for stage in definition.stages if stage.obstacles), None)


@cached
def get_obstacles(
    version: int,
    cutoff: date | None,
    code: str,
    group: GroupKey,
    against: GroupKey | None,
    cohort: Period | None,
    rule: SmallCellRule,
) -> ObstacleSheet | None:
    """The obstacles of a cohort; None where the funnel records none, or no table tells them.

    Args:
        version: data version (key of the cache).
        cutoff: last day covered by the data; maturity is as of it.
        code: of the funnel.
        group: whom to show.
        against: whom to compare with; None for nobody.
        cohort: entry period; one without data, or None, gives the newest closed one.
        rule: small-cell thresholds of the audience.
    """
    definition = next(f for f in contract().funnels if f.code == code)
    stage = records_obstacles(definition)
    rows = [] if stage is None else _load(code, stage.code, None, rule)
    vintage = cutoff or date.min
    cohorts = sorted({Period.parse(row.cohort) for row in rows if row.obstacle != TOTAL})
    if stage is None or not cohorts:
        return None
    window = Window(stage.window_months or definition.window_months, definition.lag_months)
    states = {period: maturity(period, window, vintage) for period in cohorts}
    closed = [period for period in cohorts if states[period] is Maturity.MATURE]
    chosen = cohort if cohort in states else (closed or cohorts)[-1]
    assert chosen is not None, "one of the cohorts"
    views = [
        _view(version, cutoff, definition, stage, each, chosen, rule)
        for each in (group, against)
        if each is not None
    ]
    return ObstacleSheet(
        code=code,
        stage=stage.code,
        willingness=_willingness(definition, stage),
        cohort=chosen,
        state=states[chosen],
        closes_on=closes_on(chosen, window),
        open_cohorts=tuple(period for period in cohorts if states[period] is not Maturity.MATURE),
        group=views[0],
        beside=views[1] if len(views) > 1 else None,
        gaps=_gaps(views),
        overlapping=EVERYBODY in (group, against),
        smallest_willing=rule.min_count_sensitive,
        demonstration=any(row.provenance == "demonstration" for row in rows),
    )


def _willingness(definition: Funnel, stage: FunnelStage) -> str:
    return definition.stages[definition.stages.index(stage) + 1].code


def _load(code: str, stage: str, dimension: str | None, rule: SmallCellRule) -> list[ObstacleCount]:
    with reading() as connection:
        return load_obstacles(
            connection,
            code,
            stage,
            rule=rule,
            sensitive_obstacles=_sensitive(),
            sensitive_items=sensitive_items().get(dimension or "", ()),
            dimension=dimension,
        )


def _sensitive() -> set[str]:
    return {item.code for item in contract().codelists if item.dimension == OBSTACLE and item.sensitive}


def _view(
    version: int,
    cutoff: date | None,
    definition: Funnel,
    stage: FunnelStage,
    group: GroupKey,
    cohort: Period,
    rule: SmallCellRule,
) -> ObstacleView:
    sheet = get_funnel_sheet(version, cutoff, definition.code, TOTAL, group, rule)
    found = next((view for view in sheet.cohorts if view.cohort == cohort), None)
    counts = _counts(definition.code, stage.code, group, cohort, rule)
    cases = counts.get(TOTAL, Availability.MISSING)
    if found is not None and _is_hidden(found, stage):
        cases = Availability.HIDDEN
    strict = group.item in sensitive_items().get(group.by.lower(), ())
    shares = [
        share_of(o, count, cases, rule, sensitive=strict or o in _sensitive())
        for o, count in counts.items()
        if o != TOTAL
    ]
    step = found.step(_willingness(definition, stage)) if found is not None else None
    return ObstacleView(
        group=group,
        cases=cases,
        shares=in_order(shares),
        per_person=answers_per_person(shares, cases),
        willing=NoRate.MISSING if step is None else step.rate,
    )


def _is_hidden(view: CohortView, stage: FunnelStage) -> bool:
    """Whether the funnel hides who reached the stage: they are the cases whose obstacles are told."""
    stages = view.funnel.stages if view.funnel is not None else ()
    return any(s.code == stage.code and s.count is Availability.HIDDEN for s in stages)


def _counts(code: str, stage: str, group: GroupKey, cohort: Period, rule: SmallCellRule) -> dict[str, Count]:
    """By obstacle of the group, in the order of the list; nothing where the tables do not tell the group."""
    if group != EVERYBODY and group.by not in PARTITIONS:
        return {}
    rows = [row for row in _load(code, stage, _column(group), rule) if row.cohort == str(cohort)]
    found: dict[str, Count] = {}
    for obstacle in (i.code for i in contract().codelists if i.dimension == OBSTACLE):
        counts = {row.item: _count(row) for row in rows if row.obstacle == obstacle}
        if group.item in counts:
            smallest = rule.min_count_sensitive if obstacle in _sensitive() else rule.min_count
            found[obstacle] = _safe(counts, group, smallest)
    return found if len(found) > 1 else {}


def _column(group: GroupKey) -> str | None:
    return None if group == EVERYBODY else group.by.lower()


def _safe(counts: Mapping[str, Count], group: GroupKey, smallest: int) -> Count:
    """The count of a group, hidden too where another group's could else be worked out from everybody's."""
    if group == EVERYBODY:
        return counts[TOTAL]
    items = parts_of(group.by, counts)
    parts = {item: count for item, count in counts.items() if item in items}
    if group.item not in parts:  # it overlaps them: with the others shown, it would tell a hidden one
        return Availability.HIDDEN if Availability.HIDDEN in parts.values() else counts[group.item]
    return protect(parts, counts.get(TOTAL, Availability.MISSING), smallest)[group.item]


def _count(row: ObstacleCount) -> Count:
    if row.availability is Availability.MISSING:
        return Availability.MISSING
    return Availability.HIDDEN if row.count is None else row.count


def _gaps(views: Sequence[ObstacleView]) -> dict[str, Gap | NotComparable]:
    if len(views) < 2:
        return {}
    theirs = {share.obstacle: share for share in views[1].shares}
    return {s.obstacle: gap_of(s, theirs[s.obstacle]) for s in views[0].shares if s.obstacle in theirs}
