"""Batches: which loads and withdrawals there were, and what the newest one left behind."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

import pandas as pd
from sqlalchemy import Connection, Engine, Row, Select, case, func, select

from data_access.db.reading import known_version
from data_access.db.tables import batch


@dataclass(frozen=True)
class Batch:
    """One publishing event.

    Attributes:
        id: the data version it made.
        action: ``load`` or ``withdraw``; ``withdraws`` names the batch that a withdrawal took back.
        file_name: of a withdrawal, the file taken back; so are ``sha256`` and ``provenance``.
        published_at: instant, in UTC; so is ``withdrawn_at``, None while the batch is in force.
        cutoff: last day covered by the data known at this version.
        counts: by kind of row, how many were read, new, revised, unchanged and removed.
        left_out: rows of the file that were reported and not loaded.
    """

    id: int
    action: str
    withdraws: int | None
    file_name: str
    sha256: str
    provenance: str
    published_at: datetime
    withdrawn_at: datetime | None
    by: str
    cutoff: date | None
    counts: Mapping[str, Mapping[str, int]]
    left_out: int


@dataclass(frozen=True)
class DataState:
    """The current version (0 when nothing was ever loaded) and what it holds."""

    version: int
    cutoff: date | None
    published_at: datetime | None
    provenances: frozenset[str]


EMPTY = DataState(0, None, None, frozenset())


def load_data_state(connection: Connection, version: int | None = None) -> DataState:
    """The state left by the newest batch, or by that of an earlier version: one look-up by primary key."""
    query = select(batch.c.id, batch.c.cutoff, batch.c.published_at, batch.c.provenances)
    if version is not None:
        query = query.where(batch.c.id == version)
    newest = connection.execute(query.order_by(batch.c.id.desc()).limit(1)).one_or_none()
    if newest is None:
        return EMPTY
    return DataState(newest.id, newest.cutoff, newest.published_at, frozenset(newest.provenances))


def load_data_version(connection: Connection) -> int:
    """The id of the newest batch, 0 when there is none."""
    return connection.scalar(select(func.max(batch.c.id))) or 0


def load_batches(connection: Connection) -> pd.DataFrame:
    """Every batch until the version that a connection reads, oldest first.

    Returns:
        id, action, withdraws, file_name, sha256, provenance, received_at, checked_at, published_at,
        withdrawn_at (empty while that version still held what it delivered), by, reason, cutoff,
        provenances, counts, left_out, report.
    """
    rows = connection.execute(_known(connection).order_by(batch.c.id)).all()
    return pd.DataFrame(rows, columns=[c.name for c in batch.columns])


def load_batch(connection: Connection, batch_id: int) -> Batch | None:
    """One batch by id; as ``load_batches``."""
    row = connection.execute(_known(connection).where(batch.c.id == batch_id)).one_or_none()
    return None if row is None else to_batch(row)


def _known(connection: Connection) -> Select[*tuple[Any, ...]]:
    """The batches until the version that a connection reads; what was taken back later was not yet."""
    version = known_version(connection)
    if version is None:
        return select(batch)
    later = select(batch.c.withdraws).where(batch.c.id > version, batch.c.withdraws.is_not(None))
    then = case((batch.c.id.not_in(later), batch.c.withdrawn_at)).label("withdrawn_at")
    columns = (then if column is batch.c.withdrawn_at else column for column in batch.c)
    return select(*columns).where(batch.c.id <= version)


def find_loaded(source: Engine | Connection, sha256: str) -> Batch | None:
    """The load in force that read exactly these bytes."""
    if isinstance(source, Engine):
        with source.connect() as connection:
            return find_loaded(connection, sha256)
    in_force = (batch.c.action == "load", batch.c.withdrawn_at.is_(None))
    row = source.execute(
        select(batch).where(batch.c.sha256 == sha256, *in_force).order_by(batch.c.id)
    ).first()
    return None if row is None else to_batch(row)


def to_batch(row: Row[Any]) -> Batch:
    """A row of the table as a value."""
    return Batch(**{name: getattr(row, name) for name in Batch.__dataclass_fields__})
