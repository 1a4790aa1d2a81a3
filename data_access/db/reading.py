"""Read the data as they are, or as they were known at the version of an edition.

Which of the two is said once, for everything that answers one request (``as_of``); services then read
through ``reading`` and repositories ask the connection. A read transaction sees one state of the database,
whatever is published meanwhile; whether a version is still the newest one is asked within it.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar

from sqlalchemy import Connection, func, select

from data_access.db.engine import get_engine
from data_access.db.tables import batch

AS_OF = "data_version"
_version: ContextVar[int | None] = ContextVar("as_of", default=None)


@contextmanager
def as_of(version: int | None) -> Iterator[None]:
    """Whatever is read inside is as known at a data version; None reads what is newest at each reading."""
    token = _version.set(version)
    try:
        yield
    finally:
        _version.reset(token)


def version_read() -> int | None:
    """The data version that is being read, None for the newest one."""
    return _version.get()


@contextmanager
def reading() -> Iterator[Connection]:
    """A connection for the queries of one answer; it knows which version it reads (``known_version``)."""
    with get_engine().connect() as connection:
        if connection.dialect.name == "postgresql":
            connection.execution_options(isolation_level="REPEATABLE READ")
        yield at_version(connection, _settle(connection, version_read()))


def _settle(connection: Connection, version: int | None) -> int | None:
    """None where the current rows are those of a version, because nothing newer is published.

    This query begins the read transaction: all later ones see the same newest version, so that neither the
    read table nor an open row can be of a batch which is committed meanwhile.
    """
    if version is None or version == connection.scalar(select(func.max(batch.c.id))):
        return None
    return version


def at_version(connection: Connection, version: int | None) -> Connection:
    """The connection, from now on for the rows known at a data version; None for the current ones."""
    return connection.execution_options(**{AS_OF: version})


def known_version(connection: Connection) -> int | None:
    """The data version that a connection reads; None for the current rows."""
    version: int | None = connection.get_execution_options().get(AS_OF)
    return version
