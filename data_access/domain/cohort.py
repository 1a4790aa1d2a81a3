"""When a cohort may be judged: only once its window has closed and its source has delivered."""

from __future__ import annotations

from calendar import monthrange
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from data_access.domain.period import Period


@dataclass(frozen=True)
class Window:
    """How long each person is followed, and how late the source delivers (months)."""

    months: int
    lag_months: int


class Maturity(StrEnum):
    """Domain report §3.1.5."""

    MATURE = "mature"
    PARTIAL = "partial"
    IMMATURE = "immature"


def maturity(period: Period, window: Window, vintage: date) -> Maturity:
    """Mature when the last entrant has been followed, partial when only the first has.

    With entries in [a, b], window W and lag L: mature iff b + W + L <= vintage, partial iff
    a + W + L <= vintage < b + W + L.
    """
    months = window.months + window.lag_months
    if add_months(period.end, months) <= vintage:
        return Maturity.MATURE
    return Maturity.PARTIAL if add_months(period.start, months) <= vintage else Maturity.IMMATURE


def closes_on(period: Period, window: Window) -> date:
    """The day on which the window of the cohort's last entrant closes (without the source's lag)."""
    return add_months(period.end, window.months)


def add_months(day: date, months: int) -> date:
    """The same day that many months later; the last day of a month stays the last day.

    A cohort that ends on 30 September closes on 31 December after three months, not on the 30th:
    otherwise quarters would mature a day before their calendar quarter ends. 29 February becomes
    28 February in a common year.
    """
    year, month = divmod(day.year * 12 + day.month - 1 + months, 12)
    length = monthrange(year, month + 1)[1]
    was_last = day.day == monthrange(day.year, day.month)[1]
    return date(year, month + 1, length if was_last else min(day.day, length))
