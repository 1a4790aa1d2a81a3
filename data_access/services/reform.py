"""Whether the reform of 2026 meets the follow-up of a cohort that entered before it."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

from data_access.contract.load import contract
from data_access.contract.model import Indicator
from data_access.domain.exposure import follow_up_crosses
from data_access.domain.period import Period
from data_access.services.indicator_rows import window_of


def crosses_break(period: Period, definition: Indicator, breaks: Iterable[date]) -> bool:
    """Whether a break of the contract lies in the follow-up of a cohort that entered before it.

    A break that only the data mark is one between cohorts, not in the follow-up of any.

    Args:
        period: of the value; of a cohort, that of its entry.
        definition: of the indicator; one that follows nobody crosses nothing.
        breaks: days of the breaks that the series carries.
    """
    window = window_of(definition)
    named = {b.day for b in contract().breaks}.intersection(breaks)
    return window is not None and follow_up_crosses(period, window.months, named)
