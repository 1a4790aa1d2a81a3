"""The tables of indicators made safe: the rows of one indicator, operator, frequency and period.

What is hidden for the sake of others stands in ``suppressed`` and is written into the read table.
"""

from __future__ import annotations

import logging
from collections import Counter
from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING

from sqlalchemy import Connection

from data_access.contract.model import Contract
from data_access.contract.partitions import AXES, REGION, TOTAL, make_partitions
from data_access.domain.confidentiality import SmallCellRule
from data_access.domain.confidentiality.relations import Partition
from data_access.domain.confidentiality.row_vintages import make_vintages
from data_access.domain.confidentiality.rows import Published
from data_access.imports.cell_names import name_cell
from data_access.imports.disclosure import Publication, PublishedTable
from data_access.imports.suppression import TableKey, find_tables, load_tables, write_secondary

if TYPE_CHECKING:
    from data_access.domain.confidentiality.publication import Verdict

logger = logging.getLogger(__name__)
WHOLE = (REGION, *(TOTAL for _ in AXES[1:]))  # the total of the Region: hidden where nothing else is left


def protect_rows(connection: Connection, publication: Publication) -> Counter[str]:
    """Judge the tables of indicators that a batch touched, or all of them.

    Returns:
        ``judged`` and ``unjudged`` tables, and ``secondary`` rows.

    Raises:
        UserError: ``discloses``.
    """
    definitions, partitions = publication.definitions, make_partitions(publication.definitions)
    counts: Counter[str] = Counter()
    touched = find_tables(connection, publication.touched, definitions)
    for table, rows in load_tables(connection, touched, definitions):
        verdict = _judge(table, rows, partitions, publication.rule)
        if verdict is not None:
            publication.check(verdict.leaks, table[0], table[-1], name_cell)
        # What cannot be judged any more stays hidden as it was.
        hidden = verdict.secondary if verdict is not None else _covered(rows)
        if hidden or any(row.covers for row in rows):
            write_secondary(connection, publication.number, table, hidden)
        counts["judged" if verdict is not None else "unjudged"] += 1
        counts["secondary"] += len(hidden)
    return counts


def published_rows(
    connection: Connection, rule: SmallCellRule, definitions: Contract
) -> Iterator[PublishedTable]:
    """Every table of an indicator as it was published in each version."""
    partitions = make_partitions(definitions)
    for key, rows in load_tables(connection, find_tables(connection, None, definitions), definitions):
        try:
            vintages = make_vintages(rows, partitions, rule, anew=False)
        except ValueError:
            yield PublishedTable(key[0], key[-1], None, name_cell)
        else:
            yield PublishedTable(key[0], key[-1], vintages, name_cell)


def _judge(
    table: TableKey, rows: Sequence[Published], partitions: Sequence[Partition], rule: SmallCellRule
) -> Verdict | None:
    """The verdict; None of a table that counts no whole persons, such as a mean over a year."""
    from data_access.domain.confidentiality.publication import judge  # scipy's solver: not for readers

    try:
        vintages = make_vintages(rows, partitions, rule, anew=True)
    except ValueError:
        logger.info("%s: not judged, its counts are no whole numbers", table)
        return None
    verdict = judge(vintages, [WHOLE])
    if verdict.dropped:
        logger.warning("%s: %s sums of hidden cells do not add up", table, verdict.dropped)
    return verdict


def _covered(rows: Sequence[Published]) -> frozenset[tuple[str, ...]]:
    """The items of the rows that are hidden for the sake of others until now."""
    return frozenset(row.row.items for row in rows if any(span.last is None for span in row.covers))
