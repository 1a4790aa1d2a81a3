"""The second annexed dashboard: the twenty measures shared with the training operators, by operator."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from data_access.cache import cached
from data_access.contract.load import contract
from data_access.domain.confidentiality import SmallCellRule
from data_access.domain.status import Status, distribution
from data_access.services.indicator_rows import IndicatorRow, get_indicator_rows


@dataclass(frozen=True)
class SharedMeasure:
    """One measure of Annexe I; a row per operator, never a sum of them."""

    code: str
    rows: tuple[IndicatorRow, ...]


@dataclass(frozen=True)
class SharedDashboard:
    """The measures of Annexe I §2 and §3, in its order; the distribution counts measures × operators."""

    sections: tuple[tuple[str, tuple[SharedMeasure, ...]], ...]
    distribution: dict[Status, int]
    demonstration: bool


@cached
def get_shared_dashboard(version: int, cutoff: date | None, rule: SmallCellRule) -> SharedDashboard:
    """The shared dashboard at a data version."""
    codes = tuple(d.code for d in contract().shared())
    rows = get_indicator_rows(version, cutoff, codes, rule)
    measures = [SharedMeasure(c, tuple(row for row in rows if row.code == c)) for c in codes]
    sections = tuple(
        (prefix, tuple(m for m in measures if m.code.startswith(prefix))) for prefix in ("BV", "VD")
    )
    return SharedDashboard(
        sections=sections,
        distribution=distribution([row.assessment.status for row in rows]),
        demonstration=any(row.demonstration for row in rows),
    )
