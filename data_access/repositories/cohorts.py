"""Cohorts of the funnels, with small counts hidden before they leave the database."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

import pandas as pd
from sqlalchemy import (
    ColumnElement,
    Connection,
    Float,
    Select,
    and_,
    case,
    cast,
    distinct,
    false,
    func,
    literal,
    null,
    or_,
    select,
)

from data_access.db.tables import COHORT_KEY, DIMENSIONS, cohort
from data_access.domain.confidentiality import Availability, SmallCellRule
from data_access.repositories.disclosure import is_confidential, is_small, smallest_shown
from data_access.repositories.frame import read_frame
from data_access.repositories.versions import is_read

COLUMNS = {
    **dict.fromkeys(COHORT_KEY, "str"),
    "count": "float64",
    "availability": "str",
    "window_months": "int64",
    "observed_through": "object",
    "provenance": "str",
    "origin_batch": "int64",
    "source": "str",
    "comment": "str",
}
TOTAL = "_T"


def is_of_all() -> tuple[ColumnElement[bool], ColumnElement[bool]]:
    """The rows that count every case: neither those of one month nor of one obstacle."""
    return cohort.c.month == TOTAL, cohort.c.obstacle == TOTAL


def load_cohorts(
    connection: Connection,
    funnel: str,
    *,
    rule: SmallCellRule,
    sensitive_stages: Collection[str] = (),
    sensitive_items: Mapping[str, Collection[str]] | None = None,
    ref_area: str = "BRU",
    dimensions: Mapping[str, str | None] | None = None,
) -> pd.DataFrame:
    """The counts of one funnel by entry period, stage and outcome, at the version that the connection reads.

    Args:
        connection: to read with.
        funnel: its code.
        rule: small-cell thresholds of the audience; counts of 1 to the threshold are hidden.
        sensitive_stages: stages under the stricter threshold.
        sensitive_items: items of a dimension under the stricter threshold, by dimension.
        ref_area: one area.
        dimensions: item asked for by dimension, None for all items; the total of those not named.

    Returns:
        ``COLUMNS``, also when empty, sorted by cohort, stage, outcome, then the dimensions. ``count`` is a
        whole number as float64, NaN unless ``availability`` is ``available``; ``observed_through`` holds
        ``datetime.date``.
    """
    stages = cohort.c.stage.in_(sorted(sensitive_stages)) if sensitive_stages else false()
    smallest = smallest_shown(cohort, rule, stages, sensitive_items or {})
    items = dict.fromkeys(DIMENSIONS, TOTAL) | dict(dimensions or {})
    fixed = {name: item for name, item in items.items() if item is not None}
    fixed |= {"funnel": funnel, "ref_area": ref_area, "month": TOTAL, "obstacle": TOTAL}
    order = ("cohort", "stage", "outcome", *DIMENSIONS)
    query = (
        select(*_columns(smallest, fixed))
        .where(*(cohort.c[name] == item for name, item in fixed.items()), is_read(cohort, connection))
        .order_by(*(cohort.c[name] for name in order))
    )
    return read_frame(connection, query, COLUMNS, fixed)


def _columns(smallest: ColumnElement[int], fixed: Collection[str]) -> list[ColumnElement[Any]]:
    count = cohort.c["count"]
    hidden, missing = or_(is_confidential(cohort), is_small(count, smallest)), count.is_(None)
    columns: dict[str, ColumnElement[Any]] = {name: cohort.c[name] for name in COLUMNS if name in cohort.c}
    columns["count"] = case((hidden, cast(null(), Float)), else_=cast(count, Float))
    columns["availability"] = case(
        (hidden, Availability.HIDDEN.value),
        (missing, Availability.MISSING.value),
        else_=Availability.AVAILABLE.value,
    )
    return [columns[name].label(name) for name in COLUMNS if name not in fixed]


@dataclass(frozen=True)
class PooledCount:
    """Cases of some areas together; ``outcome`` is None for the whole stage.

    Attributes:
        count: None unless ``availability`` is available.
        observed_through: last day that the rows cover.
    """

    cohort: str
    stage: str
    outcome: str | None
    availability: Availability
    count: int | None
    observed_through: date
    provenance: str


def load_pooled_cohorts(
    connection: Connection,
    funnel: str,
    *,
    rule: SmallCellRule,
    ref_areas: Sequence[str],
    dimensions: Mapping[str, str],
    sensitive_stages: Collection[str] = (),
    sensitive: bool = False,
    period: str | None = None,
) -> list[PooledCount]:
    """The counts of one funnel, areas added up, by entry period and stage, whole and by outcome.

    What is small is hidden after adding up, in SQL: the areas themselves are not shown. A confidential or
    missing row hides, or leaves missing, the sum that it belongs to; so does an area without the row.

    Args:
        connection: to read with.
        funnel: its code.
        rule: small-cell thresholds of the audience.
        ref_areas: the areas to add up.
        dimensions: item by dimension; the total of those not named.
        sensitive_stages: stages under the stricter threshold.
        sensitive: the group itself is under it.
        period: one entry period; None for all.

    Returns:
        By cohort, stage and outcome, the whole stage (``outcome`` None) after its outcomes.
    """
    fixed = dict.fromkeys(DIMENSIONS, TOTAL) | dict(dimensions)
    wanted = [
        cohort.c.funnel == funnel,
        *is_of_all(),
        cohort.c.ref_area.in_(list(ref_areas)),
        *(cohort.c[name] == item for name, item in fixed.items()),
        is_read(cohort, connection),
    ]
    wanted += [] if period is None else [cohort.c.cohort == period]
    found: list[PooledCount] = []
    for by_outcome in (True, False):
        query = _pooled(
            wanted, len(ref_areas), rule, sensitive_stages, by_outcome=by_outcome, strict=sensitive
        )
        found += [
            PooledCount(c, s, o, Availability(a), None if n is None else int(n), day, provenance)
            for c, s, o, a, n, day, provenance in connection.execute(query)
        ]
    return sorted(found, key=lambda row: (row.cohort, row.stage, row.outcome is None, row.outcome or ""))


def _pooled(
    wanted: Sequence[ColumnElement[bool]],
    areas: int,
    rule: SmallCellRule,
    sensitive_stages: Collection[str],
    *,
    by_outcome: bool,
    strict: bool,
) -> Select[Any]:
    stages = cohort.c.stage.in_(sorted(sensitive_stages)) if sensitive_stages else false()
    smallest = case((or_(stages, literal(strict)), rule.min_count_sensitive), else_=rule.min_count)
    total = func.sum(cohort.c["count"])
    confidential = func.max(case((is_confidential(cohort), 1), else_=0)) == 1
    incomplete = or_(
        func.count(cohort.c["count"]) < func.count(), func.count(distinct(cohort.c.ref_area)) < areas
    )
    hidden = or_(confidential, and_(total > 0, total < func.max(smallest)))
    keys = [cohort.c.cohort, cohort.c.stage, *([cohort.c.outcome] if by_outcome else [])]
    outcome = cohort.c.outcome if by_outcome else null().label("outcome")
    return (
        select(
            cohort.c.cohort,
            cohort.c.stage,
            outcome,
            case(
                (hidden, Availability.HIDDEN.value),
                (incomplete, Availability.MISSING.value),
                else_=Availability.AVAILABLE.value,
            ),
            case((or_(hidden, incomplete), null()), else_=total),
            func.max(cohort.c.observed_through),
            func.max(cohort.c.provenance),
        )
        .where(*wanted)
        .group_by(*keys)
    )


def load_cohort_groups(connection: Connection) -> list[dict[str, str]]:
    """Which operators, areas and populations the current rows of each funnel speak of; no count is read.

    Returns:
        One record a combination: ``funnel``, ``operator``, ``ref_area`` and the other dimensions.
    """
    names = ("funnel", "ref_area", *DIMENSIONS)
    query = (
        select(*(cohort.c[name] for name in names))
        .where(*is_of_all(), is_read(cohort, connection))
        .distinct()
    )
    return [dict(zip(names, row, strict=True)) for row in connection.execute(query)]
