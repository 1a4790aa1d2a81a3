"""The edition that was transmitted is named by the month of its session."""

from __future__ import annotations

from collections.abc import Iterable

import numpy as np

from data_access.contract.model import Contract
from data_access.domain.period import Freq
from data_access.imports.derive import parse_period
from data_access.imports.report import Problem
from data_access.imports.table import Table

SENT = ("transmitted", "examined", "closed")


def check_edition(table: Table, contract: Contract) -> Iterable[Problem]:
    """An edition that is no month, or that stands beside a state in which nothing was transmitted."""
    given = ~table.raw["edition"].isna().to_numpy()
    months = table.lookup("edition", {e: _is_month(e) for e in table.frame["edition"].cat.categories}, False)
    wrong = given & ~np.asarray(months, dtype=bool)
    yield from table.problems(wrong, "impossible_edition", "edition", "2026-06")
    early = given & ~wrong & table.holds("state", {"preparation", "not_applicable"})
    yield from table.problems(early, "edition_not_sent", "edition", f"STATE = {', '.join(SENT)}")


def _is_month(text: str) -> bool:
    period = parse_period(text)
    return period is not None and period.freq is Freq.MONTH
