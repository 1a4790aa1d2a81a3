"""The cohorts of a funnel: each one whole, how mature it is, its rates, and where its flow leaks most."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from data_access.cache import cached
from data_access.contract.load import contract
from data_access.contract.model import Funnel, FunnelStage
from data_access.db.reading import reading
from data_access.domain.cohort import Maturity, Window, closes_on
from data_access.domain.cohort_funnel import CohortFunnel, Count, ImpossibleFunnel, Outcome, Stage
from data_access.domain.confidentiality import Availability, SmallCellRule
from data_access.domain.exposure import (
    ReformExposure,
    funnel_maturity,
    reform_exposure,
    step_maturity,
)
from data_access.domain.funnel_comparison import FunnelComparison, NotComparable, compare_funnels
from data_access.domain.funnel_flow import Step, get_steps
from data_access.domain.funnel_tally import Tally, settle_counts
from data_access.domain.leak import Leaks, find_leaks
from data_access.domain.other_paths import OtherPaths, split_paths
from data_access.domain.period import Period
from data_access.repositories.cohorts import REGION, Place, PooledCount, load_pooled_cohorts
from data_access.services.breakdown_choices import CROISSANT
from data_access.services.funnel_choices import GroupKey
from data_access.services.indicator_rows import TOTAL, sensitive_items

REFORM = "REFORM-2026"


@dataclass(frozen=True)
class CohortView:
    """One cohort of a group.

    Attributes:
        maturity: of the whole window; ``step_maturity`` that of the rate that leads to each stage.
        closes_on: the day on which the window of the last entrant closes.
        exposure: how much of the follow-up lies after the reform of 2026.
        steps: every stage but the entry, with its rates.
        impossible: why the counts contradict each other; ``funnel`` is then None.
    """

    cohort: Period
    funnel: CohortFunnel | None
    maturity: Maturity
    step_maturity: Mapping[str, Maturity]
    closes_on: date
    exposure: ReformExposure
    steps: tuple[Step, ...]
    demonstration: bool
    impossible: str | None = None

    def step(self, stage: str) -> Step | None:
        """The step to a stage; None for the entry."""
        return next((s for s in self.steps if s.stage == stage), None)


@dataclass(frozen=True)
class FunnelSheet:
    """All cohorts of one funnel and group, oldest first.

    Attributes:
        vintage: last day that the data cover; maturity is as of it.
    """

    code: str
    operator: str
    group: GroupKey
    vintage: date
    cohorts: tuple[CohortView, ...]

    def cohort(self, period: str) -> CohortView | None:
        """The cohort asked for, else the newest that is closed to its last step, else the newest mature."""
        named = next((c for c in self.cohorts if str(c.cohort) == period), None)
        mature = [c for c in self.cohorts if c.maturity is Maturity.MATURE]
        return named or self.newest_whole or next(iter(reversed(mature or self.cohorts)), None)

    @property
    def newest_whole(self) -> CohortView | None:
        """The newest cohort of which every step is closed, the last one too; None while there is none."""
        closed = [
            view
            for view in self.cohorts
            if view.funnel and all(state is Maturity.MATURE for state in view.step_maturity.values())
        ]
        return closed[-1] if closed else None


@cached
def get_funnel_sheet(
    version: int, cutoff: date | None, code: str, operator: str, group: GroupKey, rule: SmallCellRule
) -> FunnelSheet:
    """Every cohort of a funnel, for one group.

    Args:
        version: data version (key of the cache).
        cutoff: last day covered by the data; maturity is as of it.
        code: of the funnel.
        operator: item of its code list.
        group: of ``get_funnel_choices``.
        rule: small-cell thresholds of the audience.
    """
    definition = next(f for f in contract().funnels if f.code == code)
    vintage = cutoff or date.min
    by_cohort: dict[str, list[PooledCount]] = {}
    for row in _rows(definition, operator, group, rule):
        by_cohort.setdefault(row.cohort, []).append(row)
    whose = _whose(operator, group)
    views = [_view(definition, Period.parse(c), rows, whose, vintage, rule) for c, rows in by_cohort.items()]
    return FunnelSheet(code, operator, group, vintage, tuple(sorted(views, key=lambda v: v.cohort)))


def get_leaks(sheet: FunnelSheet, rule: SmallCellRule) -> tuple[CohortView, Leaks] | None:
    """Where the newest whole cohort leaks most; None while there is none."""
    view = sheet.newest_whole
    if view is None or view.funnel is None:
        return None
    return view, find_leaks(view.funnel, sheet.vintage, rule)


def get_comparison(
    a: CohortView, b: CohortView, sheet: FunnelSheet, rule: SmallCellRule
) -> FunnelComparison | NotComparable:
    """Two groups of the same cohort, step by step."""
    if a.funnel is None or b.funnel is None:
        return NotComparable.MISSING
    reform = next(found.day for found in contract().breaks if found.code == REFORM)
    return compare_funnels(a.funnel, b.funnel, sheet.vintage, break_day=reform, rule=rule)


def get_other_paths(view: CohortView, code: str, rule: SmallCellRule) -> OtherPaths | None:
    """The same outcome for those off the path of a closed cohort; None where nobody is compared so."""
    paths = next(f for f in contract().funnels if f.code == code).paths
    if paths is None or view.funnel is None or view.maturity is not Maturity.MATURE:
        return None
    return split_paths(view.funnel, paths.branch, paths.support, rule)


def where_from(group: GroupKey) -> tuple[Place, dict[str, str]]:
    """Whose rows a group is added up from, and the item of its dimension."""
    if group.by == CROISSANT:
        return Place(group.item, contract().sides[group.item]), {}
    return REGION, {} if group.by == TOTAL else {group.by.lower(): group.item}


def _rows(definition: Funnel, operator: str, group: GroupKey, rule: SmallCellRule) -> list[PooledCount]:
    place, dimensions = where_from(group)
    with reading() as connection:
        return load_pooled_cohorts(
            connection,
            definition.code,
            rule=rule,
            place=place,
            dimensions={"operator": operator, **dimensions},
            sensitive_stages={s.code for s in definition.stages if s.sensitive},
            sensitive=group.item in sensitive_items().get(group.by.lower(), ()),
        )


def _whose(operator: str, group: GroupKey) -> dict[str, str]:
    """Item by dimension of what is followed; empty for everybody of all operators."""
    found = {} if operator == TOTAL else {"OPERATOR": operator}
    return found if group.by == TOTAL else found | {group.by: group.item}


def _view(
    definition: Funnel,
    cohort: Period,
    rows: Sequence[PooledCount],
    whose: Mapping[str, str],
    vintage: date,
    rule: SmallCellRule,
) -> CohortView:
    window = Window(definition.window_months, definition.lag_months)
    reform = next(b.day for b in contract().breaks if b.code == REFORM)
    funnel, impossible = None, None
    try:
        funnel = _funnel(definition, cohort, rows, whose, rule)
    except ImpossibleFunnel as error:
        impossible = error.reason.value
    stages = funnel.stages if funnel else ()
    return CohortView(
        cohort=cohort,
        funnel=funnel,
        maturity=funnel_maturity(funnel, vintage) if funnel else Maturity.IMMATURE,
        step_maturity={s.code: step_maturity(funnel, s, vintage) for s in stages} if funnel else {},
        closes_on=closes_on(cohort, window),
        exposure=reform_exposure(cohort, definition.window_months, reform),
        steps=get_steps(funnel, rule) if funnel else (),
        demonstration=any(row.provenance == "demonstration" for row in rows),
        impossible=impossible,
    )


def _funnel(
    definition: Funnel,
    cohort: Period,
    rows: Sequence[PooledCount],
    whose: Mapping[str, str],
    rule: SmallCellRule,
) -> CohortFunnel:
    """The cohort from its rows.

    Raises:
        ImpossibleFunnel: the counts contradict each other.
    """
    tallies = settle_counts([_tally(stage, rows) for stage in definition.stages], rule)
    return CohortFunnel(
        code=definition.code,
        unit=definition.counts,
        kind=definition.kind,
        entry=definition.stages[0].code,
        cohort=cohort,
        window=Window(definition.window_months, definition.lag_months),
        observed_through=max(row.observed_through for row in rows),
        stages=tuple(_stage(definition, *pair) for pair in zip(definition.stages, tallies, strict=True)),
        group=whose,
    )


def _tally(stage: FunnelStage, rows: Sequence[PooledCount]) -> Tally:
    own = {row.outcome: row for row in rows if row.stage == stage.code}
    outcomes = {outcome: _count(own.get(outcome.value)) for outcome in Outcome}
    return Tally(stage.code, outcomes, _count(own.get(None)), stage.nested, stage.sensitive)


def _stage(definition: Funnel, stage: FunnelStage, tally: Tally) -> Stage:
    assert tally.count is not None, "settled"
    return Stage(
        code=stage.code,
        count=tally.count,
        outcomes=tally.outcomes,
        unit=definition.counts,
        window=Window(stage.window_months or definition.window_months, definition.lag_months),
        nested=stage.nested,
        within=stage.within,
        split=stage.split,
        sensitive=stage.sensitive,
    )


def _count(row: PooledCount | None) -> Count:
    """A number, or why there is none."""
    if row is None or row.availability is Availability.MISSING:
        return Availability.MISSING
    return Availability.HIDDEN if row.count is None else row.count
