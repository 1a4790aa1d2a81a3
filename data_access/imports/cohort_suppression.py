"""Cohorts as the judgement of disclosure reads them; what it hides, written into ``suppressed_cohort``."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass
from itertools import groupby
from typing import Any

from sqlalchemy import Connection, and_, insert, or_, select, update

from data_access.contract.partitions import AXES, REGION, TOTAL
from data_access.db.tables import cohort, suppressed_cohort
from data_access.domain.confidentiality.cohort_rows import CohortRow, Cover
from data_access.domain.confidentiality.spans import Span
from data_access.repositories.disclosure import CONFIDENTIAL

COHORT = ("funnel", "operator", "cohort")
COVER = ("stage", "outcome", "month", "obstacle", *AXES)
CohortKey = tuple[str, str, str]


@dataclass(frozen=True)
class CohortHistory:
    """One cohort of an operator, in every version: its rows, and what was hidden for the sake of others."""

    key: CohortKey
    rows: tuple[CohortRow, ...]
    covers: Mapping[Cover, tuple[Span, ...]]

    @property
    def covered(self) -> bool:
        """Whether something is hidden for the sake of others until now."""
        return any(span.last is None for spans in self.covers.values() for span in spans)


def find_cohorts(connection: Connection, number: int | None) -> set[CohortKey]:
    """The cohorts of which a batch opened or closed a row; all that there are when None."""
    query = select(*(cohort.c[name] for name in COHORT)).distinct()
    if number is not None:
        query = query.where(or_(cohort.c.first_batch == number, cohort.c.last_batch == number))
    return {(row[0], row[1], row[2]) for row in connection.execute(query)}


def load_histories(connection: Connection, keys: Collection[CohortKey]) -> Iterator[CohortHistory]:
    """Some cohorts with every version of their rows, two queries a funnel and operator.

    A commune is read for the sides of the croissant only, never crossed with anything else.
    """
    for (funnel, operator), own in groupby(sorted(keys), key=lambda key: key[:2]):
        periods = sorted(key[2] for key in own)
        covers = _load_covers(connection, funnel, operator, periods)
        columns = [cohort.c[name] for name in ("cohort", *COVER, "count", "conf_status")]
        query = (
            select(*columns, cohort.c.first_batch, cohort.c.last_batch)
            .where(
                cohort.c.funnel == funnel,
                cohort.c.operator == operator,
                cohort.c.cohort.in_(periods),
                or_(cohort.c.ref_area == REGION, and_(*(cohort.c[name] == TOTAL for name in AXES[1:]))),
            )
            .order_by(cohort.c.cohort)
        )
        for period, rows in groupby(connection.execute(query), key=lambda row: str(row[0])):
            key = (funnel, operator, period)
            yield CohortHistory(key, tuple(_row(row[1:]) for row in rows), covers.get(period, {}))


def _row(row: Any) -> CohortRow:
    stage, outcome, month, obstacle, *items, count, conf_status, first, last = row
    confidential = conf_status in CONFIDENTIAL
    return CohortRow(stage, outcome, month, obstacle, tuple(items), count, confidential, Span(first, last))


def _load_covers(
    connection: Connection, funnel: str, operator: str, periods: Collection[str]
) -> Mapping[str, Mapping[Cover, tuple[Span, ...]]]:
    table = suppressed_cohort
    columns = [table.c[name] for name in ("cohort", *COVER, "first_batch", "last_batch")]
    query = select(*columns).where(
        table.c.funnel == funnel, table.c.operator == operator, table.c.cohort.in_(list(periods))
    )
    found: dict[str, dict[Cover, tuple[Span, ...]]] = {}
    for period, *cover, first, last in connection.execute(query):
        at = found.setdefault(period, {})
        at[tuple(cover)] = (*at.get(tuple(cover), ()), Span(first, last))
    return found


def write_covers(connection: Connection, number: int, key: CohortKey, hidden: Collection[Cover]) -> None:
    """Hide these counts of a cohort for the sake of others as of a batch, and no longer those of before."""
    table = suppressed_cohort
    in_cohort = and_(*(table.c[name] == item for name, item in zip(COHORT, key, strict=True)))
    before = {
        tuple(cover): identity
        for identity, *cover in connection.execute(
            select(table.c.id, *(table.c[name] for name in COVER)).where(
                in_cohort, table.c.last_batch.is_(None)
            )
        )
    }
    lifted = [identity for cover, identity in before.items() if cover not in hidden]
    if lifted:
        connection.execute(update(table).where(table.c.id.in_(lifted)).values(last_batch=number))
    known = dict(zip(COHORT, key, strict=True))
    opened = [
        {**known, **dict(zip(COVER, cover, strict=True)), "first_batch": number}
        for cover in sorted(hidden)
        if cover not in before
    ]
    if opened:
        connection.execute(insert(table), opened)
