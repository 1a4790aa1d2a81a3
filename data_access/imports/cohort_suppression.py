"""Cohorts as the judgement of disclosure reads them; what it hides, written into ``suppressed_cohort``."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from dataclasses import dataclass
from itertools import groupby
from typing import Any

from sqlalchemy import Connection, and_, or_, select

from data_access.contract.partitions import AXES, REGION, TOTAL
from data_access.db.tables import cohort, suppressed_cohort
from data_access.domain.confidentiality.cohort_rows import CohortRow, Cover
from data_access.domain.confidentiality.spans import Span
from data_access.imports.hidden_keys import Spans, load_spans, write_keys
from data_access.repositories.disclosure import CONFIDENTIAL

COHORT = ("funnel", "operator", "cohort")
COVER = ("stage", "outcome", "month", "obstacle", *AXES)
CohortKey = tuple[str, str, str]


@dataclass(frozen=True)
class CohortHistory:
    """One cohort of an operator, in every version: its rows, and what was hidden for the sake of others."""

    key: CohortKey
    rows: tuple[CohortRow, ...]
    covers: Spans

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
        covered = suppressed_cohort.c
        here = (covered.funnel == funnel, covered.operator == operator, covered.cohort.in_(periods))
        covers = load_spans(connection, suppressed_cohort, COHORT, COVER, *here)
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
            yield CohortHistory(key, tuple(_row(row[1:]) for row in rows), covers.get(key, {}))


def _row(row: Any) -> CohortRow:
    stage, outcome, month, obstacle, *items, count, conf_status, first, last = row
    confidential = conf_status in CONFIDENTIAL
    return CohortRow(stage, outcome, month, obstacle, tuple(items), count, confidential, Span(first, last))


def write_covers(connection: Connection, number: int, key: CohortKey, hidden: Collection[Cover]) -> None:
    """Hide these counts of a cohort for the sake of others as of a batch, and no longer those of before."""
    write_keys(connection, suppressed_cohort, number, dict(zip(COHORT, key, strict=True)), COVER, hidden)
