"""What a batch does to the bitemporal tables: set-based statements, never row by row.

Nothing is deleted or rewritten in history; a row that ceases to be current only receives its ``last_batch``.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import pandas as pd
from sqlalchemy import (
    Connection,
    Subquery,
    Table,
    delete,
    false,
    func,
    insert,
    literal,
    select,
    true,
    tuple_,
    union_all,
    update,
)

from data_access.db.tables import (
    HISTORIES,
    SERIES_ORDER,
    batch,
    confirmation,
    observation,
    observation_current,
)
from data_access.imports.staging import content_names, stage

KINDS = HISTORIES  # what a batch may hold, by the kind of its rows
COUNTS = ("read", "new", "revised", "unchanged", "removed")


def publish_rows(connection: Connection, kind: str, frame: pd.DataFrame, number: int) -> dict[str, int]:
    """Make the rows of a frame current as of batch ``number``.

    Returns:
        How many rows were read, new, revised and unchanged (``COUNTS``); ``removed`` is 0.
    """
    table, key = KINDS[kind]
    staged = stage(connection, table, key, frame)
    revised = _close_revised(connection, table, staged, number)
    confirmed = _confirm(connection, kind, staged, number)
    _open_changed(connection, table, staged, number)
    staged.drop(connection)
    _refresh(connection, kind, number)
    new = len(frame) - revised - confirmed
    return dict(zip(COUNTS, (len(frame), new, revised, confirmed, 0), strict=True))


def _close_revised(connection: Connection, table: Table, staged: Table, number: int) -> int:
    changed = select(staged.c.known).where(staged.c.known.is_not(None), staged.c.same == false())
    closed = connection.execute(update(table).where(table.c.id.in_(changed)).values(last_batch=number))
    return closed.rowcount


def _confirm(connection: Connection, kind: str, staged: Table, number: int) -> int:
    """Write down which current rows this batch delivered again unchanged."""
    unchanged = staged.c.same == true()
    connection.execute(
        insert(confirmation).from_select(
            ["kind", "row_id", "batch_id"],
            select(literal(kind), staged.c.known, literal(number)).where(unchanged),
        )
    )
    return connection.scalar(select(func.count()).select_from(staged).where(unchanged)) or 0


def _open_changed(connection: Connection, table: Table, staged: Table, number: int) -> None:
    names = content_names(table)
    rows = select(*(staged.c[name] for name in names), literal(number), literal(number))
    changed = rows.where(staged.c.same == false())
    connection.execute(insert(table).from_select([*names, "origin_batch", "first_batch"], changed))


def _refresh(connection: Connection, kind: str, number: int) -> None:
    """Bring the read table up to date with what this batch closed and opened."""
    if kind != "observation":
        return
    closed = select(*(observation.c[name] for name in SERIES_ORDER)).where(observation.c.last_batch == number)
    key = tuple_(*(observation_current.c[name] for name in SERIES_ORDER))
    connection.execute(delete(observation_current).where(key.in_(closed)))
    names = [column.name for column in observation_current.columns]
    opened = (
        select(*(observation.c[name] for name in names))
        .where(observation.c.first_batch == number, observation.c.last_batch.is_(None))
        .order_by(*(observation.c[name] for name in SERIES_ORDER))  # in the order of the table: twice as fast
    )
    connection.execute(insert(observation_current).from_select(names, opened))


def take_back_rows(connection: Connection, kind: str, taken: int, number: int) -> dict[str, int]:
    """Undo, as of batch ``number``, what the load ``taken`` still contributes.

    Returns:
        ``COUNTS``: ``revised`` keys are current again as an earlier load had them, ``removed`` ones are gone.
    """
    table, key = KINDS[kind]
    mine = (table.c.last_batch.is_(None), table.c.origin_batch == taken)
    closed = connection.execute(update(table).where(*mine).values(last_batch=number)).rowcount
    if not closed:
        return dict.fromkeys(COUNTS, 0)
    names = content_names(table)
    best = _last_delivery(kind, table, key, number)
    connection.execute(
        insert(table).from_select(
            [*names, "origin_batch", "first_batch"],
            select(*(table.c[name] for name in names), best.c.delivered_by, literal(number))
            .join(best, best.c.row_id == table.c.id)
            .where(best.c.rank == 1),
        )
    )
    restored = connection.scalar(select(func.count()).where(table.c.first_batch == number)) or 0
    _refresh(connection, kind, number)
    return dict(zip(COUNTS, (0, 0, restored, 0, closed - restored), strict=True))


def _last_delivery(kind: str, table: Table, key: Sequence[str], number: int) -> Subquery:
    """For each key just closed, its history rows by the newest load in force that delivered them.

    Returns:
        row_id, delivered_by, rank (1 for the row that holds now).
    """
    closed = select(*(table.c[name] for name in key)).where(table.c.last_batch == number)
    columns: list[Any] = [table.c[name] for name in key]
    rows = select(table.c.id.label("row_id"), *columns).where(tuple_(*columns).in_(closed))
    first = rows.add_columns(table.c.origin_batch.label("delivered_by"))
    again = rows.add_columns(confirmation.c.batch_id).join(
        confirmation, (confirmation.c.kind == kind) & (confirmation.c.row_id == table.c.id)
    )
    delivery = union_all(first, again).subquery()
    newest = func.row_number().over(
        partition_by=[delivery.c[name] for name in key],
        order_by=[delivery.c.delivered_by.desc(), delivery.c.row_id.desc()],
    )
    in_force = select(batch.c.id).where(batch.c.withdrawn_at.is_(None))
    return (
        select(delivery.c.row_id, delivery.c.delivered_by, newest.label("rank"))
        .where(delivery.c.delivered_by.in_(in_force))
        .subquery()
    )
