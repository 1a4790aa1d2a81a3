"""Rows as the judgement of disclosure reads them; what it hides, written into ``suppressed``."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from itertools import groupby
from typing import Any

from sqlalchemy import ColumnElement, Connection, FromClause, and_, or_, select, update

from data_access.contract.model import Contract, Unit
from data_access.contract.partitions import AXES
from data_access.db.tables import SERIES_ORDER, observation, observation_current, suppressed
from data_access.domain.confidentiality import SmallCellRule
from data_access.domain.confidentiality.rows import Published, Row
from data_access.domain.confidentiality.spans import Span
from data_access.imports.hidden_keys import Spans, load_spans, write_keys
from data_access.repositories.disclosure import is_hidden_observation, smallest_shown
from data_access.repositories.versions import SECONDARY

TABLE = ("indicator", "operator", "freq", "time_period")
TableKey = tuple[str, str, str, str]
Items = tuple[str, ...]  # one for each of ``AXES``


def find_tables(connection: Connection, number: int | None, definitions: Contract) -> set[TableKey]:
    """The tables that count persons of which a batch opened or closed a row; all that there are when None."""
    persons = [i.code for i in definitions.indicators if i.persons]
    columns = (observation.c[name] for name in TABLE)
    query = select(*columns).where(observation.c.indicator.in_(persons)).distinct()
    if number is not None:
        query = query.where(or_(observation.c.first_batch == number, observation.c.last_batch == number))
    return {(r[0], r[1], r[2], r[3]) for r in connection.execute(query)}


def is_hidden_row(table: FromClause, definitions: Contract, rule: SmallCellRule) -> ColumnElement[bool]:
    """Whether a row of any indicator is hidden; ``table`` is ``observation`` or ``observation_current``."""
    code = table.c.indicator
    sensitive = code.in_([i.code for i in definitions.indicators if i.sensitive])
    items = {name: codes for name, codes in definitions.sensitive_items.items() if name in AXES}
    return is_hidden_observation(
        table,
        rule,
        smallest_shown(table, rule, sensitive, items),
        persons=code.in_([i.code for i in definitions.indicators if i.persons]),
        counts=code.in_([i.code for i in definitions.indicators if i.unit is Unit.COUNT]),
    )


def load_tables(
    connection: Connection, tables: Collection[TableKey], definitions: Contract
) -> Iterator[tuple[TableKey, list[Published]]]:
    """Some tables with every version of their rows; one query an indicator, and one for what was hidden."""
    for indicator, keys in groupby(sorted(tables), key=lambda key: key[0]):
        wanted = set(keys)
        periods = sorted({key[3] for key in wanted})
        own = suppressed.c.indicator == indicator, suppressed.c.time_period.in_(periods)
        covers = load_spans(connection, suppressed, TABLE, AXES, *own)
        columns = [observation.c[name] for name in (*TABLE, *AXES)]
        numbers = [observation.c[n] for n in ("numerator", "denominator", "obs_value", "conf_status")]
        query = (
            select(*columns, *numbers, observation.c.first_batch, observation.c.last_batch)
            .where(observation.c.indicator == indicator, observation.c.time_period.in_(periods))
            .order_by(*columns[1 : len(TABLE)])
        )
        for key, rows in groupby(connection.execute(query), key=lambda r: (r[0], r[1], r[2], r[3])):
            if key in wanted:
                yield (
                    key,
                    [
                        _published(row[len(TABLE) :], covers.get(key, {}), definitions, indicator)
                        for row in rows
                    ],
                )


def _published(row: Any, covers: Spans, definitions: Contract, indicator: str) -> Published:
    *items, numerator, denominator, value, conf_status, first, last = row
    definition = definitions.by_code[indicator]
    strict = definitions.sensitive_items
    return Published(
        Row(
            tuple(items),
            numerator,
            denominator,
            value,
            conf_status,
            is_count=definition.unit is Unit.COUNT,
            sensitive=definition.sensitive
            or any(item in strict.get(name, ()) for name, item in zip(AXES, items, strict=True)),
            within=definition.numerator_within_denominator,
        ),
        Span(first, last),
        covers.get(tuple(items), ()),
    )


def write_secondary(connection: Connection, number: int, table: TableKey, hidden: Collection[Items]) -> None:
    """Hide these rows of a table for the sake of others as of a batch, and no longer those of before."""
    if write_keys(connection, suppressed, number, dict(zip(TABLE, table, strict=True)), AXES, hidden):
        _mark(connection, table)


def _mark(connection: Connection, table: TableKey) -> None:
    """Bring the marks of a table in the read table up to date with history and ``suppressed``."""
    current = observation_current
    in_table = and_(*(current.c[name] == item for name, item in zip(TABLE, table, strict=True)))
    own = (
        select(observation.c.conf_status)
        .where(
            *(observation.c[name] == current.c[name] for name in SERIES_ORDER),
            observation.c.last_batch.is_(None),
        )
        .scalar_subquery()
    )
    covered = (
        select(suppressed.c.id)
        .where(
            *(suppressed.c[name] == current.c[name] for name in SERIES_ORDER),
            suppressed.c.last_batch.is_(None),
        )
        .exists()
    )
    connection.execute(update(current).where(in_table).values(conf_status=own))
    connection.execute(
        update(current).where(in_table, covered, current.c.conf_status == "F").values(conf_status=SECONDARY)
    )
