"""The cohorts made safe: of each funnel, operator and entry period, the stages of every group, and the exits.

What is hidden for the sake of others stands in ``suppressed_cohort``, which every reading of cohorts joins.
"""

from __future__ import annotations

import logging
from collections import Counter
from collections.abc import Callable, Iterator

from sqlalchemy import Connection

from data_access.contract.funnel_shapes import make_shape
from data_access.contract.model import Contract
from data_access.domain.confidentiality import SmallCellRule
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
from data_access.imports.cohort_suppression import CohortHistory, find_cohorts, load_histories, write_covers
from data_access.imports.disclosure import PublishedTable, refusal

logger = logging.getLogger(__name__)
TABLES: tuple[tuple[CohortTable, Callable[[Key], str]], ...] = ((STAGES, name_count), (EXITS, name_exits))


def protect_cohorts(
    connection: Connection,
    number: int,
    rule: SmallCellRule,
    definitions: Contract,
    *,
    anew: bool,
    refuse: bool,
    file_name: str,
) -> Counter[str]:
    """Judge the cohorts that a batch touched, or all of them (``anew``).

    Returns:
        ``judged`` tables, ``secondary`` counts; the other arguments, and what is raised, are ``protect``'s.
    """
    shapes = {funnel.code: make_shape(funnel, definitions) for funnel in definitions.funnels}
    counts: Counter[str] = Counter()
    for history in load_histories(connection, find_cohorts(connection, None if anew else number)):
        shape = shapes.get(history.key[0])
        if shape is None:  # a funnel that the contract no longer knows is on no page
            continue
        hidden: set[Cover] = set()
        for kind, name in TABLES:
            hidden |= _judge(history, kind, name, shape, rule, refuse=refuse, file_name=file_name)
            counts["judged"] += 1
        if hidden or history.covered:
            write_covers(connection, number, history.key, hidden)
        counts["secondary"] += len(hidden)
    return counts


def published_cohorts(
    connection: Connection, rule: SmallCellRule, definitions: Contract
) -> Iterator[PublishedTable]:
    """Every table of a cohort as it was published in each version."""
    shapes = {funnel.code: make_shape(funnel, definitions) for funnel in definitions.funnels}
    for history in load_histories(connection, find_cohorts(connection, None)):
        funnel, _, period = history.key
        if (shape := shapes.get(funnel)) is not None:
            for kind, name in TABLES:
                vintages = make_cohort_vintages(kind, history.rows, history.covers, shape, rule, anew=False)
                yield PublishedTable(funnel, period, vintages, name)


def _judge(
    history: CohortHistory,
    kind: CohortTable,
    name: Callable[[Key], str],
    shape: FunnelShape,
    rule: SmallCellRule,
    *,
    refuse: bool,
    file_name: str,
) -> set[Cover]:
    """What must be hidden of one table of a cohort.

    Raises:
        UserError: ``discloses``.
    """
    from data_access.domain.confidentiality.publication import judge  # scipy's solver: not for readers

    vintages = make_cohort_vintages(kind, history.rows, history.covers, shape, rule, anew=True)
    verdict = judge(vintages, last_covers(vintages[-1].table, shape))
    funnel, _, period = history.key
    if verdict.leaks and refuse:
        raise refusal(verdict.leaks[0], file_name, funnel, period, name)
    if verdict.dropped:
        logger.warning("%s: %s sums of hidden counts do not add up", history.key, verdict.dropped)
    return {kind.cover_of(items) for items in verdict.secondary}
