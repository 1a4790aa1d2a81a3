"""What share of a cohort has left by each way out, month after month, and at the same month for all cohorts.

Never one minus Kaplan-Meier: that takes those who left otherwise for people who will still find a job.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from data_access.cache import cached
from data_access.contract.load import contract
from data_access.contract.model import Funnel
from data_access.db.reading import reading
from data_access.domain.cohort_funnel import Outcome, is_known
from data_access.domain.competing_risks import CumulativeIncidence, Incidence, estimate_incidence
from data_access.domain.confidentiality import Availability, SmallCellRule
from data_access.domain.exit_steps import EXITS
from data_access.domain.exposure import (
    EqualExposure,
    Reached,
    followed_months,
    reform_exposure,
    sort_by_exposure,
)
from data_access.domain.life_table import Month
from data_access.domain.period import Period
from data_access.repositories.cohort_exits import CohortExits, Counts, load_exits
from data_access.services.breakdown_choices import CROISSANT
from data_access.services.funnel import REFORM, CohortView, get_funnel_sheet
from data_access.services.funnel_choices import GroupKey
from data_access.services.indicator_rows import TOTAL, sensitive_items

EQUAL_MONTHS = (3, 6, 12)


class NoIncidence(StrEnum):
    """Why there is no curve."""

    NO_MONTHS = "no_months"  # the data do not say in which month people left
    HIDDEN = "hidden"
    TOO_FEW = "too_few"  # entrants, for a share
    NOT_FOLLOWED = "not_followed"  # not one step of months by everybody yet
    IMPOSSIBLE = "impossible"  # counts that contradict each other


@dataclass(frozen=True)
class CohortIncidence:
    """The curves of one cohort and group.

    Attributes:
        entered: who entered.
        step: months between two points of a curve; wider than one where months hold too few people.
        months: of the points.
        curves: by way out, a point a month of ``months``.
        waiting: share that has not left, likewise.
        window: months that cases are followed.
        followed: months for which all entrants have been.
        shortened: the last points are kept back, because with them a hidden count could be worked out.
    """

    cohort: Period
    group: GroupKey
    entered: int
    step: int
    months: tuple[int, ...]
    curves: Mapping[Outcome, tuple[Incidence, ...]]
    waiting: tuple[float, ...]
    window: int
    followed: int
    shortened: bool
    demonstration: bool

    def at(self, months: int, outcome: Outcome = Outcome.EMPLOYMENT) -> Incidence | None:
        """The point at that many months; None where there is none: not followed so long, or between two."""
        return next((point for point in self.curves[outcome] if point.month == months), None)


@dataclass(frozen=True)
class EqualRow:
    """One cohort at the month that all are compared at.

    Attributes:
        found: share that found a job, or why there is none.
        reached: how much of those months lies after the reform of 2026.
    """

    cohort: Period
    entered: int | None
    found: Incidence | NoIncidence
    reached: Reached


@dataclass(frozen=True)
class EqualMonths:
    """« At m months for all »: the cohorts followed so long, oldest first, and those left out."""

    months: int
    group: GroupKey
    rows: tuple[EqualRow, ...]
    left_out: tuple[Period, ...]


def get_incidence(
    version: int,
    cutoff: date | None,
    code: str,
    operator: str,
    group: GroupKey,
    cohort: Period,
    rule: SmallCellRule,
) -> CohortIncidence | NoIncidence:
    """The curves of one cohort; arguments as for ``get_incidences``."""
    found = get_incidences(version, cutoff, code, operator, group, rule)
    return found.get(cohort, NoIncidence.NO_MONTHS)


@cached
def get_incidences(
    version: int, cutoff: date | None, code: str, operator: str, group: GroupKey, rule: SmallCellRule
) -> dict[Period, CohortIncidence | NoIncidence]:
    """The curves of every cohort of a group, only over months that all its entrants were followed.

    Aalen and Johansen's estimate (``competing_risks``), from the entry count and the exits by month.

    Args:
        version: data version (key of the cache).
        cutoff: last day covered by the data.
        code: of the funnel.
        operator: item of its code list.
        group: of ``get_funnel_choices``.
        rule: small-cell thresholds of the audience.
    """
    definition = next(f for f in contract().funnels if f.code == code)
    vintage = cutoff or date.min
    sheet = get_funnel_sheet(version, cutoff, code, operator, group, rule)
    exits = {each.cohort: each for each in _load(code, operator, group, rule)}
    return {
        view.cohort: _incidence(view, exits.get(str(view.cohort)), definition, group, vintage, rule)
        for view in sheet.cohorts
    }


def get_equal_months(
    version: int,
    cutoff: date | None,
    code: str,
    operator: str,
    group: GroupKey,
    months: int,
    rule: SmallCellRule,
) -> EqualMonths | None:
    """Every cohort of a group at the same number of months since entry; None without data by month.

    Args:
        months: one of ``EQUAL_MONTHS``; the others as for ``get_incidences``.
    """
    found = get_incidences(version, cutoff, code, operator, group, rule)
    if all(each in (NoIncidence.NO_MONTHS, NoIncidence.NOT_FOLLOWED) for each in found.values()):
        return None
    lag = next(f.lag_months for f in contract().funnels if f.code == code)
    exposure: EqualExposure = sort_by_exposure(found, months, lag, cutoff or date.min)
    reform = next(b.day for b in contract().breaks if b.code == REFORM)
    rows = []
    for cohort in exposure.complete:
        each = found[cohort]
        entered = each.entered if isinstance(each, CohortIncidence) else None
        reached = reform_exposure(cohort, months, reform).reached
        rows.append(EqualRow(cohort, entered, _equal(each, months), reached))
    left_out = tuple(sorted((*exposure.partial, *exposure.not_yet)))
    return EqualMonths(months, group, tuple(rows), left_out)


def _equal(found: CohortIncidence | NoIncidence, months: int) -> Incidence | NoIncidence:
    """A cohort followed long enough without a point at that month has steps too wide, or is shortened."""
    return found if isinstance(found, NoIncidence) else found.at(months) or NoIncidence.HIDDEN


def _load(code: str, operator: str, group: GroupKey, rule: SmallCellRule) -> list[CohortExits]:
    """Exits by month are delivered for the Region; a side of the croissant has none."""
    if group.by == CROISSANT:
        return []
    by = group.by.lower()
    with reading() as connection:
        return load_exits(
            connection,
            code,
            rule=rule,
            operator=operator,
            dimension=None if group.by == TOTAL else by,
            item=group.item,
            sensitive_items=sensitive_items().get(by, ()),
        )


def _incidence(
    view: CohortView,
    exits: CohortExits | None,
    definition: Funnel,
    group: GroupKey,
    vintage: date,
    rule: SmallCellRule,
) -> CohortIncidence | NoIncidence:
    if exits is None or exits.availability is Availability.MISSING:
        followed = followed_months(view.cohort, definition.lag_months, vintage) or 0
        step = 1 if exits is None else exits.step
        return NoIncidence.NOT_FOLLOWED if followed < step else NoIncidence.NO_MONTHS
    if view.funnel is None:
        return NoIncidence.IMPOSSIBLE
    entered = view.funnel.stages[0].count
    if exits.availability is Availability.HIDDEN or not is_known(entered):
        return NoIncidence.HIDDEN
    if entered < rule.min_denominator:
        return NoIncidence.TOO_FEW
    followed = followed_months(view.cohort, definition.lag_months, vintage) or 0
    followed = min(followed, definition.window_months)
    counts = tuple(each for each in exits.counts if each[0] <= followed)
    if not counts:
        return NoIncidence.NOT_FOLLOWED
    shown = _without_hidden(entered, counts, _hidden(view), rule.min_count_sensitive)
    if not shown:
        return NoIncidence.HIDDEN
    estimate = estimate_incidence(_table(entered, shown))
    if not isinstance(estimate, CumulativeIncidence):
        return NoIncidence.IMPOSSIBLE
    return CohortIncidence(
        cohort=view.cohort,
        group=group,
        entered=entered,
        step=exits.step,
        months=tuple(point.month for point in estimate.causes[Outcome.EMPLOYMENT]),
        curves=estimate.causes,
        waiting=estimate.waiting,
        window=definition.window_months,
        followed=followed,
        shortened=len(shown) < len(counts),
        demonstration=view.demonstration or exits.provenance == "demonstration",
    )


def _hidden(view: CohortView) -> set[Outcome]:
    """The exits of which some stage hides its count."""
    assert view.funnel is not None, "asked of a funnel only"
    return {e for e in EXITS for s in view.funnel.stages if s.outcomes[e] is Availability.HIDDEN}


def _without_hidden(entered: int, counts: Counts, hidden: set[Outcome], smallest: int) -> Counts:
    """The counts less the last ones, where a stage hides an exit.

    All months together less the stages that are shown would be the hidden count. So the last steps go,
    as many as hold ``smallest`` exits of each kind that is hidden somewhere; and those after which only
    a few people are still waiting.
    """
    kept = list(counts)
    left = dict.fromkeys(hidden, smallest)
    while kept and any(n > 0 for n in left.values()):
        _, last = kept.pop()
        left = {outcome: n - last[outcome] for outcome, n in left.items()}
    while kept and 0 < entered - sum(sum(events.values()) for _, events in kept) < smallest:
        kept.pop()
    return tuple(kept)


def _table(entered: int, counts: Counts) -> Sequence[Month[Outcome]]:
    """Who was still waiting at the start of each step; nobody's follow-up ends within it."""
    rows, waiting = [], entered
    for last, events in counts:
        rows.append(Month(last, waiting, events))
        waiting -= sum(events.values())
        if waiting == 0:
            break
    return rows
