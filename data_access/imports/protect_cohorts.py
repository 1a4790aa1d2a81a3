"""The cohorts made safe: of each funnel, operator and entry period, the stages of every group, and the exits.

What is hidden for the sake of others stands in ``suppressed_cohort``, which every reading of cohorts joins.
"""

from __future__ import annotations

import logging
from collections import Counter
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass

from sqlalchemy import Connection

from data_access.contract.funnel_shapes import make_shape
from data_access.contract.model import Contract
from data_access.domain.confidentiality import SmallCellRule
from data_access.domain.confidentiality.cells import Vintage
from data_access.domain.confidentiality.cohort_rows import Cover, FunnelShape
from data_access.domain.confidentiality.cohort_vintages import (
    EXITS,
    STAGES,
    CohortTable,
    last_covers,
    make_cohort_vintages,
)
from data_access.domain.confidentiality.relations import Key
from data_access.imports.cell_names import name_count, name_exits
from data_access.imports.cohort_suppression import (
    CohortHistory,
    CohortKey,
    find_cohorts,
    load_histories,
    write_covers,
)
from data_access.imports.disclosure import Publication, PublishedTable

logger = logging.getLogger(__name__)
KINDS: tuple[tuple[CohortTable, Callable[[Key], str]], ...] = ((STAGES, name_count), (EXITS, name_exits))


def protect_cohorts(connection: Connection, publication: Publication) -> Counter[str]:
    """Judge the cohorts that a batch touched, or all of them.

    Returns:
        ``judged`` tables, ``secondary`` counts.

    Raises:
        UserError: ``discloses``.
    """
    counts: Counter[str] = Counter()
    shapes = _shapes(publication.definitions)
    for history in load_histories(connection, find_cohorts(connection, publication.touched)):
        hidden: set[Cover] = set()
        for table in _tables(history, shapes, publication.rule, anew=True):
            hidden |= _judge(table, publication)
            counts["judged"] += 1
        if hidden or history.covered:
            write_covers(connection, publication.number, history.key, hidden)
        counts["secondary"] += len(hidden)
    return counts


def published_cohorts(
    connection: Connection, rule: SmallCellRule, definitions: Contract
) -> Iterator[PublishedTable]:
    """Every table of a cohort as it was published in each version."""
    shapes = _shapes(definitions)
    for history in load_histories(connection, find_cohorts(connection, None)):
        funnel, _, period = history.key
        for table in _tables(history, shapes, rule, anew=False):
            yield PublishedTable(funnel, period, table.vintages, table.name)


@dataclass(frozen=True)
class _Table:
    """A table of a cohort in every version."""

    key: CohortKey
    kind: CohortTable
    name: Callable[[Key], str]
    shape: FunnelShape
    vintages: list[Vintage[Key]]


def _shapes(definitions: Contract) -> dict[str, FunnelShape]:
    return {funnel.code: make_shape(funnel, definitions) for funnel in definitions.funnels}


def _tables(
    history: CohortHistory, shapes: Mapping[str, FunnelShape], rule: SmallCellRule, *, anew: bool
) -> Iterator[_Table]:
    """Those of the two that hold something; none of a funnel that the contract no longer knows."""
    shape = shapes.get(history.key[0])
    if shape is None:
        return
    for kind, name in KINDS:
        vintages = make_cohort_vintages(kind, history.rows, history.covers, shape, rule, anew=anew)
        if any(vintage.table.cells for vintage in vintages):
            yield _Table(history.key, kind, name, shape, vintages)


def _judge(table: _Table, publication: Publication) -> set[Cover]:
    """What must be hidden of a table.

    Raises:
        UserError: ``discloses``.
    """
    from data_access.domain.confidentiality.publication import judge  # scipy's solver: not for readers

    verdict = judge(table.vintages, last_covers(table.vintages[-1].table, table.shape))
    funnel, _, period = table.key
    publication.check(verdict.leaks, funnel, period, table.name)
    if verdict.dropped:
        logger.warning("%s: %s sums of hidden counts do not add up", table.key, verdict.dropped)
    return {table.kind.cover_of(items) for items in verdict.secondary}
