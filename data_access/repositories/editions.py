"""Editions: which there are, what they froze, and every row that a data version holds."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import fields
from typing import Any

from sqlalchemy import Connection, Row, select

from data_access.db.tables import (
    COHORT_KEY,
    HISTORIES,
    SERIES_ORDER,
    batch,
    definition_set,
    edition,
    suppressed,
    suppressed_cohort,
)
from data_access.domain.edition import Edition
from data_access.repositories.versions import is_known

ROWS = 5000  # held at once while everything is read
_STORAGE = {"id", "origin_batch", "first_batch", "last_batch"}
_COLUMNS = (
    edition.c.code,
    edition.c.meeting,
    edition.c.batch_id.label("version"),
    batch.c.cutoff,
    edition.c.definitions,
    edition.c.method,
    edition.c.sha256,
    edition.c.made_at,
    edition.c.made_by,
)
_JOINED = edition.join(batch, batch.c.id == edition.c.batch_id)


def load_editions(connection: Connection) -> tuple[Edition, ...]:
    """Every edition, the newest meeting first."""
    query = select(*_COLUMNS).select_from(_JOINED).order_by(edition.c.meeting.desc(), edition.c.code.desc())
    return tuple(_edition(row) for row in connection.execute(query))


def load_edition(connection: Connection, code: str) -> Edition | None:
    """One edition."""
    query = select(*_COLUMNS).select_from(_JOINED).where(edition.c.code == code)
    row = connection.execute(query).one_or_none()
    return None if row is None else _edition(row)


def load_results(connection: Connection, code: str) -> list[dict[str, Any]]:
    """What was shown for each indicator when the edition was made (``services.edition_results``)."""
    found: list[dict[str, Any]] = connection.scalars(
        select(edition.c.results).where(edition.c.code == code)
    ).one()
    return found


def load_definitions(connection: Connection, digest: str) -> str:
    """The definitions with a digest, as the JSON of ``contract.model.Contract``."""
    content: str = connection.scalars(
        select(definition_set.c.content).where(definition_set.c.sha256 == digest)
    ).one()
    return content


def load_content(connection: Connection, version: int) -> Iterator[tuple[Any, ...]]:
    """Every row known at a version, kind by kind in the order of its key: its kind, then its columns.

    After them the keys of what publication hid for the sake of other cells.
    """
    hidden = ((suppressed, SERIES_ORDER), (suppressed_cohort, COHORT_KEY))
    for table, key in (*HISTORIES.values(), *hidden):
        columns = [column for column in table.columns if column.name not in _STORAGE]
        query = select(*columns).where(is_known(table, version)).order_by(*(table.c[name] for name in key))
        for row in connection.execute(query.execution_options(yield_per=ROWS)):
            yield (table.name, *row)


def find_users(connection: Connection, batch_id: int) -> list[str]:
    """The codes of the editions that read a row which a load delivered."""
    return [
        code
        for code, version in connection.execute(
            select(edition.c.code, edition.c.batch_id)
            .where(edition.c.batch_id >= batch_id)
            .order_by(edition.c.meeting)
        )
        if any(
            connection.execute(
                select(table.c.id).where(table.c.origin_batch == batch_id, is_known(table, version)).limit(1)
            ).first()
            for table, _ in HISTORIES.values()
        )
    ]


def _edition(row: Row[*tuple[Any, ...]]) -> Edition:
    return Edition(**{field.name: getattr(row, field.name) for field in fields(Edition)})
