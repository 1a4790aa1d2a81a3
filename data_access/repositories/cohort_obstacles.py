"""Cases of a stage by obstacle, with what is small hidden before it leaves the database."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy import ColumnElement, Connection, Select, Subquery, case, func, literal, null, or_, select

from data_access.db.tables import DIMENSIONS, cohort
from data_access.domain.cohort_funnel import Outcome
from data_access.domain.confidentiality import Availability, SmallCellRule
from data_access.repositories.cohorts import TOTAL
from data_access.repositories.covers import is_covered
from data_access.repositories.disclosure import is_confidential, is_small
from data_access.repositories.versions import is_read


@dataclass(frozen=True)
class ObstacleCount:
    """Cases of one entry period and group with one obstacle, all outcomes together.

    Attributes:
        item: of the dimension asked for; ``_T`` for everybody.
        obstacle: ``_T`` for all cases of the stage.
        count: None unless ``availability`` is available.
        observed_through: last day that the rows cover.
    """

    cohort: str
    item: str
    obstacle: str
    availability: Availability
    count: int | None
    observed_through: date
    provenance: str


def load_obstacles(
    connection: Connection,
    funnel: str,
    stage: str,
    *,
    rule: SmallCellRule,
    sensitive_obstacles: Collection[str],
    sensitive_items: Collection[str] = (),
    dimension: str | None = None,
) -> list[ObstacleCount]:
    """Cases by obstacle at a stage, for everybody and, if asked, for every item of one dimension.

    A count is hidden when it, or the cases without the obstacle, are few, and where publication hid it, or
    the stage, for the sake of others; confidential rows hide the sum that they belong to, a missing count or
    outcome leaves it missing.

    Args:
        connection: to read with.
        funnel: its code.
        stage: code of the stage that records obstacles.
        rule: small-cell thresholds of the audience.
        sensitive_obstacles: obstacles under the stricter threshold.
        sensitive_items: items of the dimension under it.
        dimension: column of ``DIMENSIONS``; None for everybody alone.

    Returns:
        By cohort, item and obstacle. Obstacles of a group whose cases no row counts are left out.
    """
    every = _counted(funnel, stage, dimension, is_read(cohort, connection))
    whole = every.alias("whole")
    named = every.alias("named")
    strict = [named.c.obstacle.in_(sorted(sensitive_obstacles)), named.c.item.in_(sorted(sensitive_items))]
    smallest = case((or_(*strict), rule.min_count_sensitive), else_=rule.min_count)
    without = whole.c.total - named.c.total
    at: dict[str, Any] = {"funnel": funnel, "cohort": named.c.cohort, "stage": stage, "ref_area": "BRU"}
    at |= {} if dimension is None else {dimension: named.c.item}
    hidden = or_(
        is_covered(connection, **at),
        is_covered(connection, **at, obstacle=named.c.obstacle),
        named.c.confidential == 1,
        whole.c.confidential == 1,
        is_small(named.c.total, smallest),
        is_small(without, smallest),
    )
    missing = or_(named.c.known < len(Outcome), whole.c.known < len(Outcome))
    query = (
        select(
            named.c.cohort,
            named.c.item,
            named.c.obstacle,
            case(
                (hidden, Availability.HIDDEN.value),
                (missing, Availability.MISSING.value),
                else_=Availability.AVAILABLE.value,
            ),
            case((or_(hidden, missing), null()), else_=named.c.total),
            named.c.through,
            named.c.provenance,
        )
        .join(whole, (whole.c.cohort == named.c.cohort) & (whole.c.item == named.c.item))
        .where(whole.c.obstacle == TOTAL)
        .order_by(named.c.cohort, named.c.item, named.c.obstacle)
    )
    return [
        ObstacleCount(c, i, o, Availability(a), None if n is None else int(n), day, provenance)
        for c, i, o, a, n, day, provenance in connection.execute(query)
    ]


def _counted(funnel: str, stage: str, dimension: str | None, known: ColumnElement[bool]) -> Subquery:
    """Sums over the outcomes by cohort, item and obstacle."""
    item: ColumnElement[Any] = literal(TOTAL) if dimension is None else cohort.c[dimension]
    others = [name for name in DIMENSIONS if name != dimension]
    query: Select[Any] = select(
        cohort.c.cohort,
        item.label("item"),
        cohort.c.obstacle,
        func.sum(cohort.c["count"]).label("total"),
        func.count(cohort.c["count"]).label("known"),
        func.max(case((is_confidential(cohort), 1), else_=0)).label("confidential"),
        func.max(cohort.c.observed_through).label("through"),
        func.max(cohort.c.provenance).label("provenance"),
    ).where(
        cohort.c.funnel == funnel,
        cohort.c.stage == stage,
        cohort.c.ref_area == "BRU",
        cohort.c.month == TOTAL,
        *(cohort.c[name] == TOTAL for name in others),
        known,
    )
    keys = [cohort.c.cohort, cohort.c.obstacle, *([] if dimension is None else [cohort.c[dimension]])]
    return query.group_by(*keys).subquery()
