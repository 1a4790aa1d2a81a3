"""Cohorts of the funnels, with small counts hidden before they leave the database."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from typing import Any

import pandas as pd
from sqlalchemy import ColumnElement, Connection, Float, case, cast, false, null, or_, select

from data_access.db.tables import COHORT_KEY, DIMENSIONS, cohort
from data_access.domain.confidentiality import Availability, SmallCellRule
from data_access.repositories.disclosure import is_confidential, is_small, smallest_shown
from data_access.repositories.frame import read_frame
from data_access.repositories.versions import is_known

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


def load_cohorts(
    connection: Connection,
    funnel: str,
    *,
    rule: SmallCellRule,
    sensitive_stages: Collection[str] = (),
    sensitive_items: Mapping[str, Collection[str]] | None = None,
    ref_area: str = "BRU",
    dimensions: Mapping[str, str | None] | None = None,
    as_of: int | None = None,
) -> pd.DataFrame:
    """The counts of one funnel by entry period, stage and outcome, now or as of an earlier version.

    Args:
        connection: to read with.
        funnel: its code.
        rule: small-cell thresholds of the audience; counts of 1 to the threshold are hidden.
        sensitive_stages: stages under the stricter threshold.
        sensitive_items: items of a dimension under the stricter threshold, by dimension.
        ref_area: one area.
        dimensions: item asked for by dimension, None for all items; the total of those not named.
        as_of: a data version; None reads the current rows.

    Returns:
        ``COLUMNS``, also when empty, sorted by cohort, stage, outcome, then the dimensions. ``count`` is a
        whole number as float64, NaN unless ``availability`` is ``available``; ``observed_through`` holds
        ``datetime.date``.
    """
    stages = cohort.c.stage.in_(sorted(sensitive_stages)) if sensitive_stages else false()
    smallest = smallest_shown(cohort, rule, stages, sensitive_items or {})
    items = dict.fromkeys(DIMENSIONS, TOTAL) | dict(dimensions or {})
    fixed = {name: item for name, item in items.items() if item is not None}
    fixed |= {"funnel": funnel, "ref_area": ref_area}
    order = ("cohort", "stage", "outcome", *DIMENSIONS)
    query = (
        select(*_columns(smallest, fixed))
        .where(*(cohort.c[name] == item for name, item in fixed.items()), is_known(cohort, as_of))
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
