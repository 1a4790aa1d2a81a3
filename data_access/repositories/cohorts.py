"""Cohorts of the funnels, with small counts hidden before they leave the database."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy import (
    ColumnElement,
    Connection,
    Select,
    case,
    distinct,
    false,
    func,
    literal,
    null,
    or_,
    select,
)

from data_access.db.tables import DIMENSIONS, cohort
from data_access.domain.confidentiality import Availability, SmallCellRule
from data_access.repositories.covers import is_covered
from data_access.repositories.disclosure import is_confidential, is_small
from data_access.repositories.versions import is_read

TOTAL = "_T"


def is_of_all() -> tuple[ColumnElement[bool], ColumnElement[bool]]:
    """The rows that count every case: neither those of one month nor of one obstacle."""
    return cohort.c.month == TOTAL, cohort.c.obstacle == TOTAL


@dataclass(frozen=True)
class Place:
    """Whose rows are added up.

    Attributes:
        code: ``BRU``, or a side of the croissant, as ``suppressed_cohort`` has it.
        areas: that the rows bear; several are shown as one.
    """

    code: str
    areas: tuple[str, ...]


REGION = Place("BRU", ("BRU",))


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
    place: Place,
    dimensions: Mapping[str, str],
    sensitive_stages: Collection[str] = (),
    sensitive: bool = False,
    period: str | None = None,
) -> list[PooledCount]:
    """The counts of one funnel, areas added up, by entry period and stage, whole and by outcome.

    What is small is hidden after adding up, in SQL: the areas themselves are not shown. So is what
    publication hid for the sake of others. A confidential or missing row hides, or leaves missing, the sum
    that it belongs to; so does an area without the row.

    Args:
        connection: to read with.
        funnel: its code.
        rule: small-cell thresholds of the audience.
        place: whose rows to add up.
        dimensions: item by dimension; the total of those not named.
        sensitive_stages: stages under the stricter threshold.
        sensitive: the group itself is under it.
        period: one entry period; None for all.

    Returns:
        By cohort, stage and outcome, the whole stage (``outcome`` None) after its outcomes.
    """
    fixed = {"funnel": funnel} | dict.fromkeys(DIMENSIONS, TOTAL) | dict(dimensions)
    wanted = [
        *is_of_all(),
        cohort.c.ref_area.in_(list(place.areas)),
        *(cohort.c[name] == item for name, item in fixed.items()),
        is_read(cohort, connection),
    ]
    wanted += [] if period is None else [cohort.c.cohort == period]
    strict = cohort.c.stage.in_(sorted(sensitive_stages)) if sensitive_stages else false()
    smallest = case((or_(strict, literal(sensitive)), rule.min_count_sensitive), else_=rule.min_count)
    found: list[PooledCount] = []
    for outcome in (cohort.c.outcome, None):
        covered = is_covered(
            connection,
            **fixed,
            cohort=cohort.c.cohort,
            stage=cohort.c.stage,
            outcome=TOTAL if outcome is None else outcome,
            ref_area=place.code,
        )
        query = _pooled(wanted, len(place.areas), smallest, outcome, covered)
        found += [
            PooledCount(c, s, o, Availability(a), None if n is None else int(n), day, provenance)
            for c, s, o, a, n, day, provenance in connection.execute(query)
        ]
    return sorted(found, key=lambda row: (row.cohort, row.stage, row.outcome is None, row.outcome or ""))


def _pooled(
    wanted: Sequence[ColumnElement[bool]],
    areas: int,
    smallest: ColumnElement[int],
    outcome: ColumnElement[str] | None,
    covered: ColumnElement[bool],
) -> Select[Any]:
    """By outcome, or the whole stage for None."""
    total = func.sum(cohort.c["count"])
    confidential = func.max(case((is_confidential(cohort), 1), else_=0)) == 1
    incomplete = or_(
        func.count(cohort.c["count"]) < func.count(), func.count(distinct(cohort.c.ref_area)) < areas
    )
    hidden = or_(confidential, covered, is_small(total, func.max(smallest)))
    keys = [cohort.c.cohort, cohort.c.stage, *([] if outcome is None else [outcome])]
    return (
        select(
            cohort.c.cohort,
            cohort.c.stage,
            null().label("outcome") if outcome is None else outcome,
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
