"""How far a cohort has been followed, and how much of that lies after the reform of 2026 (§3.1.5, §3.7)."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum
from math import fsum

from data_access.domain.cohort import Maturity, Window, add_months, maturity
from data_access.domain.cohort_funnel import CohortFunnel, Stage
from data_access.domain.period import Period

_ORDER = (Maturity.IMMATURE, Maturity.PARTIAL, Maturity.MATURE)


def funnel_maturity(funnel: CohortFunnel, vintage: date) -> Maturity:
    """Of the funnel's own window; a later stage may need longer (``stage_maturity``)."""
    return maturity(funnel.cohort, funnel.window, vintage)


def stage_maturity(funnel: CohortFunnel, stage: Stage, vintage: date) -> Maturity:
    """Whether everybody has had the time to reach a stage; entering takes none."""
    window = Window(0, stage.window.lag_months) if stage.code == funnel.entry else stage.window
    return maturity(funnel.cohort, window, vintage)


def step_maturity(funnel: CohortFunnel, stage: Stage, vintage: date) -> Maturity:
    """Of the rate from a stage's base to it: that of the less mature of the two.

    A stage with a short window after one with a long one is counted for good while its base still grows.
    """
    base = funnel.base(stage)
    both = [stage_maturity(funnel, each, vintage) for each in (stage, base) if each is not None]
    return min(both, key=_ORDER.index)


@dataclass(frozen=True)
class EqualExposure:
    """Cohorts at the same number of months since entry.

    Attributes:
        months: since entry.
        complete: cohorts whose last entrant has been followed that long: they compare.
        partial: only the first has.
        not_yet: not even the first has.
    """

    months: int
    complete: tuple[Period, ...]
    partial: tuple[Period, ...]
    not_yet: tuple[Period, ...]


def sort_by_exposure(cohorts: Iterable[Period], months: int, lag_months: int, vintage: date) -> EqualExposure:
    """« At m months for all »: which cohorts have been followed m months, and the source has delivered.

    Raises:
        ValueError: negative months.
    """
    if months < 0 or lag_months < 0:
        raise ValueError(f"no follow-up of {months} months with a delay of {lag_months}")
    found: dict[Maturity, list[Period]] = {state: [] for state in Maturity}
    for cohort in sorted(cohorts):
        found[maturity(cohort, Window(months, lag_months), vintage)].append(cohort)
    return EqualExposure(
        months,
        tuple(found[Maturity.MATURE]),
        tuple(found[Maturity.PARTIAL]),
        tuple(found[Maturity.IMMATURE]),
    )


def followed_months(cohort: Period, lag_months: int, vintage: date) -> int | None:
    """The largest number of whole months for which all entrants have been followed; None before any."""
    upper = (vintage.year - cohort.end.year) * 12 + vintage.month - cohort.end.month
    months = next((m for m in (upper, upper - 1) if add_months(cohort.end, m) <= vintage), upper - 1)
    return months - lag_months if months >= lag_months else None


def follow_up_crosses(cohort: Period, window_months: int, breaks: Iterable[date]) -> bool:
    """Whether everybody entered before a break, and part of the follow-up lies on or after it.

    Such a cohort and one of a year before carry no break between them, yet were not equally exposed (§3.7).

    Args:
        cohort: the period of entry.
        window_months: how long each person is followed.
        breaks: their days; each counts by itself.
    """
    return any(cohort.end < day <= add_months(cohort.end, window_months) for day in breaks)


class Reached(StrEnum):
    """How much of the follow-up of a cohort lies on or after a break."""

    NONE = "none"
    PARTLY = "partly"
    WHOLLY = "wholly"


@dataclass(frozen=True)
class ReformExposure:
    """Exposure of a cohort to a break.

    Attributes:
        share: of the days followed, on or after the break, with entries spread evenly over the period.
    """

    reached: Reached
    share: float


def reform_exposure(cohort: Period, window_months: int, break_day: date) -> ReformExposure:
    """How much of the follow-up, from each entry to the same day so many months later, meets a break.

    Both days count: who entered on 1 January 2025 is followed for twelve months up to 1 January 2026
    included (§3.1.4). Cohorts of different exposure do not compare without saying so (§3.7).
    """
    first, last = cohort.start, cohort.end
    if add_months(last, window_months) < break_day:
        return ReformExposure(Reached.NONE, 0.0)
    if first >= break_day:
        return ReformExposure(Reached.WHOLLY, 1.0)
    days = [first + timedelta(days=n) for n in range((last - first).days + 1)]
    shares = [_share(day, add_months(day, window_months), break_day) for day in days]
    return ReformExposure(Reached.PARTLY, fsum(shares) / len(shares))


def _share(entry: date, close: date, break_day: date) -> float:
    after = (close - max(entry, break_day)).days + 1
    return max(0, after) / ((close - entry).days + 1)
