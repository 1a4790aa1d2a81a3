"""The incoming rows in a temporary table, matched with what is current: known or new, same or different."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from datetime import date
from typing import Any

import pandas as pd
from sqlalchemy import (
    Boolean,
    Column,
    Connection,
    Date,
    Integer,
    MetaData,
    Table,
    and_,
    false,
    text,
    update,
)

VERSIONS = ("id", "origin_batch", "first_batch", "last_batch")
CHUNK = 10_000  # rows converted at a time: memory stays bounded whatever the file
# A whole column with gaps arrives as float; both databases read a day in ISO 8601.
_CONVERSIONS: dict[type, Callable[[Any], int | str]] = {Integer: int, Date: date.isoformat}


def stage(connection: Connection, table: Table, key: Sequence[str], frame: pd.DataFrame) -> Table:
    """Put a frame into a temporary table and match it with the current rows of a history table.

    Args:
        connection: a write transaction.
        table: the history table.
        key: its natural key.
        frame: the content columns of ``table``, in any order; NaN, NaT and None are NULL.

    Returns:
        The temporary table: the content columns, ``known`` (id of the current row with the same key, NULL
        when there is none) and ``same`` (whether that row has the same content).
    """
    staged = _create(connection, table)
    names = content_names(table)
    fill = _copy if connection.dialect.name == "postgresql" else _insert
    for start in range(0, len(frame), CHUNK):
        fill(connection, staged, list(_rows(frame.iloc[start : start + CHUNK][names], table)))
    if connection.dialect.name == "postgresql":
        connection.execute(text(f"ANALYZE {staged.name}"))  # nothing else does it for a temporary table
    _match(connection, staged, table, key)
    return staged


def content_names(table: Table) -> list[str]:
    """The columns of a history table that a file delivers, and the provenance of its batch."""
    return [column.name for column in table.columns if column.name not in VERSIONS]


def _create(connection: Connection, table: Table) -> Table:
    staged = Table(
        f"stage_{table.name}",
        MetaData(),
        *(Column(name, table.c[name].type) for name in content_names(table)),
        Column("known", Integer),
        Column("same", Boolean),
        prefixes=["TEMPORARY"],
    )
    staged.create(connection)
    return staged


def _rows(part: pd.DataFrame, table: Table) -> Iterator[tuple[Any, ...]]:
    """The rows as both drivers take them without conversion: numbers, texts and None."""
    values = part.astype(object)
    values = values.where(values.notna(), None)
    for name in part.columns:
        if convert := _CONVERSIONS.get(type(table.c[name].type)):
            converted = [None if value is None else convert(value) for value in values[name]]
            values[name] = pd.Series(converted, index=values.index, dtype=object)
    return values.itertuples(index=False, name=None)


def _insert(connection: Connection, staged: Table, rows: list[tuple[Any, ...]]) -> None:
    # Straight to the driver: row by row, the conversions of SQLAlchemy take longer than the inserts.
    names = [f'"{column.name}"' for column in staged.columns[:-2]]
    marks = ", ".join("?" * len(names))
    statement = f"INSERT INTO {staged.name} ({', '.join(names)}) VALUES ({marks})"  # noqa: S608  names of ours
    connection.exec_driver_sql(statement, rows)


def _copy(connection: Connection, staged: Table, rows: list[tuple[Any, ...]]) -> None:
    names = ", ".join(f'"{column.name}"' for column in staged.columns[:-2])
    cursor = connection.connection.cursor()
    with cursor.copy(f"COPY {staged.name} ({names}) FROM STDIN") as copy:
        for row in rows:
            copy.write_row(row)
    cursor.close()


def _match(connection: Connection, staged: Table, table: Table, key: Sequence[str]) -> None:
    content = [name for name in content_names(table) if name not in key]
    same = and_(*(table.c[name].is_not_distinct_from(staged.c[name]) for name in content))
    connection.execute(update(staged).values(same=false()))
    connection.execute(
        update(staged)
        .values(known=table.c.id, same=same)
        .where(table.c.last_batch.is_(None), *(table.c[name] == staged.c[name] for name in key))
    )
