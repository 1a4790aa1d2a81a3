"""Make what a batch publishes safe: hide what would give a small cell away, refuse what does so all the same.

Judged are the tables of indicators (``protect_rows``) and those of cohorts (``protect_cohorts``), in every
version since the first. What is hidden for the sake of others is as versioned as the rows themselves, so that
reading costs nothing more.
"""

from __future__ import annotations

import hashlib
import logging
from dataclasses import astuple

from sqlalchemy import Connection, insert, select

from data_access.contract.funnel_shapes import make_shape
from data_access.contract.load import shipped_contract
from data_access.contract.model import Contract, Unit
from data_access.contract.partitions import make_partitions
from data_access.db.tables import protection
from data_access.domain.confidentiality import SmallCellRule
from data_access.imports.disclosure import Publication
from data_access.imports.protect_cohorts import protect_cohorts
from data_access.imports.protect_rows import protect_rows

logger = logging.getLogger(__name__)
METHOD = 2  # counted up when the same rows may be judged otherwise


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
        How many rows and counts of the judged tables are hidden for the sake of others.

    Raises:
        UserError: ``discloses``: what is published, with what is or was, gives a small count away, and
            nothing that could be hidden beside it helps.
    """
    definitions = shipped_contract()
    mark = rule_mark(rule, definitions)
    anew = find_rule(connection) != mark
    publication = Publication(number, rule, definitions, anew, file_name if refuse else None)
    judged = protect_rows(connection, publication) + protect_cohorts(connection, publication)
    counts = {name: judged[name] for name in ("judged", "unjudged", "secondary")}
    connection.execute(insert(protection).values(batch_id=number, rule=mark, **counts))
    logger.info("batch %s: %s", number, counts)
    return judged["secondary"]


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
    shapes = [(funnel.code, make_shape(funnel, definitions).facts) for funnel in definitions.funnels]
    partitions = [partition.facts for partition in make_partitions(definitions)]
    made_of = repr((METHOD, astuple(rule), facts, items, partitions, shapes))
    return hashlib.sha256(made_of.encode()).hexdigest()
