"""One engine for the process: SQLite (embedded, WAL) or PostgreSQL, and one way to write."""

from __future__ import annotations

import sqlite3
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from sqlalchemy import URL, Connection, Engine, create_engine, event, make_url, text

WRITE = "dashboard_write"
PUBLISHING = 7_202_327  # key of the advisory lock that serialises writers on PostgreSQL
# Seconds that a connection to SQLite waits for another one's lock: a publication that judges many tables of
# small counts holds it for a minute.
PATIENCE = 120
PRAGMAS = (f"busy_timeout={PATIENCE * 1000}", "synchronous=NORMAL", "foreign_keys=ON")
_bound: list[Engine] = []


def make_engine(url: str) -> Engine:
    """An engine for ``sqlite:///file`` or ``postgresql://…`` (psycopg 3); connects at first use.

    The folder of an SQLite file is made when it does not exist.
    """
    parsed = make_url(url.replace("postgres://", "postgresql://", 1))
    if parsed.get_backend_name() == "sqlite":
        return _make_sqlite(parsed)
    # Five connections serve the four threads of a worker and a probe; ten more for a burst of exports.
    return create_engine(
        parsed.set(drivername="postgresql+psycopg"),
        pool_pre_ping=True,
        pool_size=5,
        max_overflow=10,
        connect_args={"connect_timeout": 10, "application_name": "contrat-de-gestion"},
    )


def _make_sqlite(url: URL) -> Engine:
    if url.database and url.database != ":memory:":
        Path(url.database).parent.mkdir(parents=True, exist_ok=True)
    engine = create_engine(url)
    event.listen(engine, "connect", _prepare_sqlite)
    event.listen(engine, "begin", _begin_sqlite)
    return engine


def _prepare_sqlite(connection: Any, _record: Any) -> None:
    # The driver's own transactions start too late and end at DDL; ``_begin_sqlite`` starts ours.
    connection.isolation_level = None
    for pragma in PRAGMAS:
        connection.execute(f"PRAGMA {pragma}")
    _use_wal(connection)


def _use_wal(connection: Any) -> None:
    """Set the journal of the file to WAL, which it then remembers.

    Two processes that do it at once on a new file would each wait for the other, so SQLite refuses one of
    them without waiting, whatever ``busy_timeout`` says; the one refused asks again.
    """
    give_up = time.monotonic() + PATIENCE
    while True:
        try:
            connection.execute("PRAGMA journal_mode=WAL")
            return
        except sqlite3.OperationalError as error:
            if error.sqlite_errorcode != sqlite3.SQLITE_BUSY or time.monotonic() > give_up:
                raise
            time.sleep(0.02)


def _begin_sqlite(connection: Connection) -> None:
    # A writer takes the lock at once: a lock asked for later, over an old snapshot, is refused unwaited.
    mode = " IMMEDIATE" if connection.get_execution_options().get(WRITE) else ""
    connection.exec_driver_sql(f"BEGIN{mode}")


@contextmanager
def writing(engine: Engine) -> Iterator[Connection]:
    """One write transaction, committed at the end or rolled back whole when an exception leaves it.

    A second writer, of this process or another, waits until the first has finished; readers never wait.
    """
    with engine.connect().execution_options(**{WRITE: True}) as connection, connection.begin():
        if engine.dialect.name == "postgresql":
            connection.execute(text("SELECT pg_advisory_xact_lock(:key)"), {"key": PUBLISHING})
        yield connection


def bind(engine: Engine) -> None:
    """Make this the engine that services use."""
    _bound[:] = [engine]


def get_engine() -> Engine:
    """The bound engine.

    Raises:
        RuntimeError: ``bind`` has not been called; ``create_app`` does.
    """
    if not _bound:
        raise RuntimeError("no database is bound: call data_access.db.engine.bind(engine) first")
    return _bound[0]


def forget_connections(engine: Engine) -> None:
    """Drop connections inherited by a fork, without closing them for the parent."""
    engine.dispose(close=False)
