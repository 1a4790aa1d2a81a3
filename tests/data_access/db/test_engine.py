"""One engine, one way to write: on both databases a writer excludes writers and never readers."""

from __future__ import annotations

import threading
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime, timedelta, timezone
from pathlib import Path

import pytest
from sqlalchemy import Engine, func, insert, select, text
from sqlalchemy.exc import IntegrityError, StatementError

from data_access.db import engine as engines
from data_access.db.engine import bind, forget_connections, get_engine, make_engine, writing
from data_access.db.tables import batch, confirmation
from tests.data_access.builders import NOON

ROW = {
    "action": "load",
    "file_name": "rows.csv",
    "sha256": "0" * 64,
    "provenance": "official",
    "received_at": NOON,
    "checked_at": NOON,
    "published_at": NOON,
    "by": "tester",
    "provenances": [],
    "counts": {},
    "left_out": 0,
    "report": [],
}


def count_batches(engine: Engine) -> int:
    with engine.connect() as connection:
        return connection.scalar(select(func.count()).select_from(batch)) or 0


@pytest.mark.parametrize("scheme", ["postgres", "postgresql", "postgresql+psycopg"])
def test_every_spelling_of_postgresql_means_psycopg_3(scheme: str) -> None:
    engine = make_engine(f"{scheme}://me:p%40ss@host:5432/base?sslmode=require")
    assert engine.dialect.name == "postgresql"
    assert engine.dialect.driver == "psycopg"
    assert engine.url.password == "p@ss"
    assert engine.url.query["sslmode"] == "require"


def test_an_sqlite_file_is_made_with_its_folder_and_its_settings(tmp_path: Path) -> None:
    engine = make_engine(f"sqlite:///{tmp_path}/new/folder/data.sqlite3")
    with engine.connect() as connection:
        found = {
            name: connection.scalar(text(f"PRAGMA {name}"))
            for name in ("journal_mode", "foreign_keys", "busy_timeout", "synchronous")
        }
    engine.dispose()
    # https://www.sqlite.org/pragma.html: synchronous 1 is NORMAL
    assert found == {"journal_mode": "wal", "foreign_keys": 1, "busy_timeout": 120000, "synchronous": 1}


def test_all_who_open_a_new_sqlite_file_at_once_get_in(tmp_path: Path) -> None:
    """Without the second asking, about one file in fifteen refused somebody: "database is locked"."""
    for number in range(60):
        together = threading.Barrier(8)

        def enter(_: int, number: int = number, together: threading.Barrier = together) -> int:
            newcomer = make_engine(f"sqlite:///{tmp_path}/{number}.sqlite3")
            together.wait(timeout=30)
            with newcomer.connect() as connection:
                found = connection.scalar(text("SELECT 1"))
            newcomer.dispose()
            return found or 0

        with ThreadPoolExecutor(8) as pool:
            assert list(pool.map(enter, range(8))) == [1] * 8


def test_what_fails_within_a_write_leaves_nothing(engine: Engine) -> None:
    with pytest.raises(ZeroDivisionError), writing(engine) as connection:
        connection.execute(insert(batch).values(ROW))
        raise ZeroDivisionError
    assert count_batches(engine) == 0


def test_a_row_cannot_name_a_batch_that_does_not_exist(engine: Engine) -> None:
    with pytest.raises(IntegrityError), writing(engine) as connection:
        connection.execute(insert(confirmation).values(kind="target", row_id=1, batch_id=999_999))


def test_a_reader_neither_waits_for_a_writer_nor_sees_what_it_has_not_finished(engine: Engine) -> None:
    with writing(engine) as connection:
        connection.execute(insert(batch).values(ROW))
        assert count_batches(engine) == 0
    assert count_batches(engine) == 1


def test_a_second_writer_starts_only_when_the_first_has_finished(engine: Engine) -> None:
    seen: list[int | None] = []

    def second() -> None:
        with writing(engine) as connection:
            seen.append(connection.scalar(select(func.count()).select_from(batch)))

    thread = threading.Thread(target=second)
    with writing(engine) as connection:
        thread.start()
        thread.join(0.3)
        assert thread.is_alive(), "the second writer did not wait"
        connection.execute(insert(batch).values(ROW))
    thread.join(30)
    assert seen == [1]


def test_an_instant_is_read_as_the_same_instant_in_utc(engine: Engine) -> None:
    in_brussels = datetime(2026, 7, 1, 14, 30, 5, 123456, tzinfo=timezone(timedelta(hours=2)))
    with writing(engine) as connection:
        connection.execute(insert(batch).values({**ROW, "published_at": in_brussels}))
    with engine.connect() as connection:
        published, withdrawn = connection.execute(select(batch.c.published_at, batch.c.withdrawn_at)).one()
    assert published == in_brussels
    assert published.tzinfo is UTC
    assert withdrawn is None


def test_a_time_without_a_zone_is_refused(engine: Engine) -> None:
    with pytest.raises(StatementError, match="needs its time zone"), writing(engine) as connection:
        connection.execute(insert(batch).values({**ROW, "published_at": NOON.replace(tzinfo=None)}))


def test_an_unbound_engine_says_what_to_do(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(engines, "_bound", [])
    with pytest.raises(RuntimeError, match=r"call data_access\.db\.engine\.bind"):
        get_engine()


def test_the_last_engine_bound_is_the_one(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(engines, "_bound", [])
    first, second = make_engine("sqlite://"), make_engine("sqlite://")
    bind(first)
    bind(second)
    assert get_engine() is second


def test_forgetting_connections_leaves_those_of_the_parent_open(engine: Engine) -> None:
    own = make_engine(engine.url.render_as_string(hide_password=False))
    with own.connect() as parent:
        parent.detach()  # closed at the end of the block instead of going back to the forgotten pool
        inherited = own.pool
        forget_connections(own)
        assert own.pool is not inherited
        assert count_batches(own) == 0
        assert parent.scalar(text("SELECT 1")) == 1
    own.dispose()
