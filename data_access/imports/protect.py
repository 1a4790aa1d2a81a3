"""Make what a batch publishes safe: hide what would give a small cell away, refuse what does so all the same.

Judged are tables: the rows of one indicator, operator, frequency and period, by everything else, in every
version since the first. What is hidden for the sake of others stands in ``suppressed``, as versioned as the
rows themselves, and is written into the read table, so that reading costs nothing more.
"""

from __future__ import annotations

import hashlib
import logging
from collections.abc import Sequence
from dataclasses import astuple
from typing import TYPE_CHECKING, Any

from sqlalchemy import Connection, insert, select

from data_access.contract.load import shipped_contract
from data_access.contract.model import Contract, Unit
from data_access.contract.partitions import AXES, REGION, TOTAL, make_partitions
from data_access.db.tables import protection
from data_access.domain.confidentiality import SmallCellRule
from data_access.domain.confidentiality.relations import Key, Partition
from data_access.domain.confidentiality.rows import Measure, Published
from data_access.domain.errors import UserError
from data_access.imports.suppression import (
    TableKey,
    find_tables,
    load_tables,
    write_secondary,
)

if TYPE_CHECKING:
    from data_access.domain.confidentiality.audit import Leak
    from data_access.domain.confidentiality.publication import Verdict
    from data_access.domain.confidentiality.vintages import Stamped

logger = logging.getLogger(__name__)
METHOD = 1  # counted up when the same rows may be judged otherwise
WHOLE = (REGION, *(TOTAL for _ in AXES[1:]))  # the total of the Region: hidden where nothing else is left
COLUMNS = {
    Measure.COUNT: "OBS_VALUE",
    Measure.NUMERATOR: "NUMERATOR",
    Measure.COMPLEMENT: "DENOMINATOR − NUMERATOR",
    Measure.DENOMINATOR: "DENOMINATOR",
}
NAMED = 3  # numbers that a refusal names


def protect(
    connection: Connection, number: int, rule: SmallCellRule, *, file_name: str, refuse: bool = True
) -> int:
    """Judge the tables that a batch touched; all of them where the last judgement had another rule.

    Args:
        connection: of the publishing transaction, the rows already in place.
        number: of the batch.
        rule: thresholds of the audience.
        file_name: for the refusal.
        refuse: False where nothing new is published.

    Returns:
        How many rows of the judged tables are hidden for the sake of others.

    Raises:
        UserError: ``discloses``: what is published, with what is or was, gives a small count away, and
            nothing that could be hidden beside it helps.
    """
    definitions = shipped_contract()
    mark, partitions = rule_mark(rule, definitions), make_partitions(definitions)
    touched = find_tables(connection, number if find_rule(connection) == mark else None, definitions)
    counts = {"judged": 0, "unjudged": 0, "secondary": 0}
    for table, rows in load_tables(connection, touched, definitions):
        verdict = _judge(table, rows, partitions, rule)
        if verdict is not None and verdict.leaks and refuse:
            raise UserError("discloses", value=file_name, **_facts(table, verdict.leaks[0]))
        # What cannot be judged any more stays hidden as it was.
        hidden = verdict.secondary if verdict is not None else _covered(rows)
        if hidden or any(row.covers for row in rows):
            write_secondary(connection, number, table, hidden)
        counts["judged" if verdict is not None else "unjudged"] += 1
        counts["secondary"] += len(hidden)
    connection.execute(insert(protection).values(batch_id=number, rule=mark, **counts))
    logger.info("batch %s: %s", number, counts)
    return counts["secondary"]


def find_rule(connection: Connection) -> str | None:
    """The mark of the rule under which the newest version was made safe; None when it never was."""
    query = select(protection.c.rule).order_by(protection.c.batch_id.desc()).limit(1)
    found: str | None = connection.scalar(query)
    return found


def rule_mark(rule: SmallCellRule, definitions: Contract) -> str:
    """What a judgement depends on beside the rows, in short."""
    facts = [
        (i.code, i.persons, i.sensitive, i.unit is Unit.COUNT, i.numerator_within_denominator)
        for i in definitions.indicators
    ]
    items = sorted((name, sorted(codes)) for name, codes in definitions.sensitive_items.items())
    made_of = repr((METHOD, astuple(rule), facts, items, make_partitions(definitions)))
    return hashlib.sha256(made_of.encode()).hexdigest()


def _judge(
    table: TableKey, rows: Sequence[Published], partitions: Sequence[Partition], rule: SmallCellRule
) -> Verdict | None:
    """The verdict; None of a table that counts no whole persons, such as a mean over a year."""
    from data_access.domain.confidentiality.publication import judge  # scipy's solver: not for readers

    try:
        verdict = judge(rows, partitions, rule, [WHOLE])
    except ValueError:
        logger.info("%s: not judged, its counts are no whole numbers", table)
        return None
    if verdict.dropped:
        logger.warning("%s: %s sums of hidden cells do not add up", table, verdict.dropped)
    return verdict


def _covered(rows: Sequence[Published]) -> frozenset[tuple[str, ...]]:
    """The items of the rows that are hidden for the sake of others until now."""
    return frozenset(row.row.items for row in rows if any(span.last is None for span in row.covers))


def _facts(table: TableKey, leak: Leak[Stamped[Key]]) -> dict[str, Any]:
    """What a refusal names: the cell, what can be known of it, and the numbers that say so."""
    totals = [cell_name(key.key) for key in leak.published]
    more = [f"+ {len(totals) - NAMED}"] if len(totals) > NAMED else []
    return {
        "indicator": table[0],
        "period": table[-1],
        "cell": cell_name(leak.key.key),
        "low": leak.interval.low,
        "high": leak.interval.high,
        "totals": " ; ".join([*totals[:NAMED], *more]),
    }


def cell_name(key: Key) -> str:
    """A cell by the column and the codes of the table: what is counted, the area, what else is no total."""
    measure, area, *items = key
    named = (f"{name.upper()} {item}" for name, item in zip(AXES[1:], items, strict=True) if item != TOTAL)
    return " · ".join((COLUMNS[Measure(measure)], area, *named))
