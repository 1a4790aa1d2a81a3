"""Information sessions: those invited in two readings, and those who registered themselves, beside them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from data_access.cache import cached
from data_access.contract.load import contract
from data_access.contract.model import Unit
from data_access.db.reading import reading
from data_access.domain.cohort_funnel import CohortFunnel, Count, is_known
from data_access.domain.confidentiality import Availability, SmallCellRule
from data_access.domain.funnel_flow import NoRate, Rate, rate_of
from data_access.domain.period import Freq, Period
from data_access.domain.session_inflow import strict_entries
from data_access.repositories.observations import load_observations
from data_access.services.funnel import CohortView, get_funnel_sheet
from data_access.services.funnel_choices import EVERYBODY

FUNNEL, SELF_REGISTERED = "F-SI", "BV-1e"
INVITED, ATTENDED, APPLIED, ENTERED = "S1", "S2", "S3", "S4"
_MONTHS = 3  # of a quarter


@dataclass(frozen=True)
class SessionQuarter:
    """The sessions of one quarter.

    Attributes:
        view: the cohort of those invited, with its maturity.
        counts: of the four stages of the contract's chain, by stage.
        self_registered: of the same quarter; never in the funnel, never added to the invitations.
        with_attendance: applications of those who attended.
        without_attendance: applications after the invitation alone.
        attended_rate, applied_rate: of the invitations, and ``entered_rate`` of the applications: the chain.
        strict_rate: of those who attended, who applied.
        beside_rate: of the applications, those without attendance.
        strict_entered: fewest and most entries of those who attended; None where that is not known.
    """

    view: CohortView
    counts: Mapping[str, Count]
    self_registered: Count
    with_attendance: Count
    without_attendance: Count
    attended_rate: Rate | NoRate
    applied_rate: Rate | NoRate
    entered_rate: Rate | NoRate
    strict_rate: Rate | NoRate
    beside_rate: Rate | NoRate
    strict_entered: tuple[int, int] | None


@dataclass(frozen=True)
class InflowSheet:
    """All quarters of one operator, oldest first, and the one to show."""

    operator: str
    shown: SessionQuarter
    quarters: tuple[SessionQuarter, ...]
    demonstration: bool


@cached
def get_inflow(
    version: int, cutoff: date | None, operator: str, cohort: Period | None, rule: SmallCellRule
) -> InflowSheet | None:
    """The sessions of an operator; None without a cohort that can be.

    Args:
        version: data version (key of the cache).
        cutoff: last day covered by the data.
        operator: item of its code list.
        cohort: quarter of the sessions; None, or one without data, takes the newest closed one.
        rule: small-cell thresholds of the audience.
    """
    sheet = get_funnel_sheet(version, cutoff, FUNNEL, operator, EVERYBODY, rule)
    registered, fictitious = _self_registered(operator, rule)
    quarters = tuple(
        _quarter(view, view.funnel, registered.get(view.cohort, Availability.MISSING), rule)
        for view in sheet.cohorts
        if view.funnel is not None
    )
    if not quarters:
        return None
    asked = next((q for q in quarters if q.view.cohort == cohort), None)
    whole = next((q for q in quarters if q.view is sheet.newest_whole), None)
    return InflowSheet(
        operator=operator,
        shown=asked or whole or quarters[-1],
        quarters=quarters,
        demonstration=fictitious or any(q.view.demonstration for q in quarters),
    )


def _quarter(
    view: CohortView, funnel: CohortFunnel, registered: Count, rule: SmallCellRule
) -> SessionQuarter:
    counts = {stage.code: stage.count for stage in funnel.stages}
    steps = {step.stage: step for step in view.steps}
    beside = steps[APPLIED].beside
    attended = funnel.stage(ATTENDED).passed
    if beside is Availability.HIDDEN:  # the applications less the one would be the other
        attended = Availability.HIDDEN
    return SessionQuarter(
        view=view,
        counts=counts,
        self_registered=registered,
        with_attendance=attended,
        without_attendance=beside,
        attended_rate=steps[ATTENDED].rate,
        applied_rate=steps[APPLIED].rate,
        entered_rate=steps[ENTERED].rate,
        strict_rate=rate_of(attended, counts[ATTENDED], rule, sensitive=False),
        beside_rate=rate_of(beside, counts[APPLIED], rule, sensitive=False),
        strict_entered=strict_entries(counts[ENTERED], attended, beside),
    )


def _self_registered(operator: str, rule: SmallCellRule) -> tuple[dict[Period, Count], bool]:
    """By quarter, the sum of its three months; hidden as soon as one is, and whether any is fictitious."""
    definition = contract().indicator(SELF_REGISTERED)
    codes = [definition.code]
    with reading() as connection:
        found = load_observations(
            connection,
            indicators=codes,
            dimensions={"operator": operator},
            rule=rule,
            persons=codes if definition.persons else (),
            counts=codes if definition.unit is Unit.COUNT else (),
            sensitive=codes if definition.sensitive else (),
        )
    months: dict[Period, list[Count]] = {}
    for text, value, state in zip(
        found["time_period"], found["obs_value"], found["availability"], strict=True
    ):
        period = Period.parse(text)
        if period.freq is Freq.MONTH:
            quarter = Period(Freq.QUARTER, period.year, (period.number + 2) // _MONTHS)
            months.setdefault(quarter, []).append(_count(value, Availability(state)))
    fictitious = "demonstration" in set(found["provenance"])
    return {quarter: _sum(counts) for quarter, counts in months.items()}, fictitious


def _count(value: float, state: Availability) -> Count:
    if state is Availability.AVAILABLE:
        return round(value)
    return Availability.HIDDEN if state is Availability.HIDDEN else Availability.MISSING


def _sum(counts: list[Count]) -> Count:
    known = [count for count in counts if is_known(count)]
    if len(known) == _MONTHS:
        return sum(known)
    return Availability.HIDDEN if Availability.HIDDEN in counts else Availability.MISSING
