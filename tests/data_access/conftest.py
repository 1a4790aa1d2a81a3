"""The database of a test: every test that takes ``engine`` runs on SQLite and on PostgreSQL."""

from __future__ import annotations

import os
import shutil
import uuid
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager
from functools import partial
from pathlib import Path

import pytest
from sqlalchemy import Engine, make_url, text

from data_access.db.engine import make_engine
from data_access.db.migrate import upgrade
from tests.data_access.builders import erase


@contextmanager
def _database(server: Engine, template: str = "template1") -> Iterator[str]:
    """The address of a database that lives as long as the block; several people may test on one server."""
    name = f"test_{uuid.uuid4().hex[:12]}"
    with server.connect() as connection:
        connection.execute(text(f"CREATE DATABASE {name} TEMPLATE {template}"))
    url = make_url(os.environ["TEST_DATABASE_URL"]).set(database=name)
    try:
        yield url.render_as_string(hide_password=False)
    finally:
        with server.connect() as connection:
            connection.execute(text(f"DROP DATABASE {name} WITH (FORCE)"))


@pytest.fixture(scope="session")
def postgresql_server() -> Iterator[Engine]:
    """The server of TEST_DATABASE_URL, whose user may create databases: each run makes and drops its own."""
    url = os.environ.get("TEST_DATABASE_URL", "")
    if not url:
        pytest.skip("TEST_DATABASE_URL is not set: nothing of this ran on PostgreSQL")
    server = make_engine(url).execution_options(isolation_level="AUTOCOMMIT")
    yield server
    server.dispose()


@pytest.fixture(scope="session")
def new_postgresql(postgresql_server: Engine) -> Callable[..., AbstractContextManager[str]]:
    """Makes databases that live as long as a block, empty or as copies of a ``template``."""
    return partial(_database, postgresql_server)


@pytest.fixture
def empty_postgresql(postgresql_server: Engine) -> Iterator[str]:
    """The address of a database of one's own without any table."""
    with _database(postgresql_server) as url:
        yield url


@pytest.fixture(scope="session")
def migrated_postgresql(postgresql_server: Engine) -> Iterator[Engine]:
    """A migrated database, shared by the tests of a session; each finds it empty."""
    with _database(postgresql_server) as url:
        engine = make_engine(url)
        upgrade(engine)
        yield engine
        engine.dispose()


@pytest.fixture(scope="session")
def migrated_sqlite(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A migrated file to copy."""
    path = tmp_path_factory.mktemp("template") / "template.sqlite3"
    engine = make_engine(f"sqlite:///{path}")
    upgrade(engine)
    engine.dispose()
    return path


@pytest.fixture(params=["sqlite", "postgresql"])
def empty_url(request: pytest.FixtureRequest, tmp_path: Path) -> str:
    """The address of a database without tables."""
    if request.param == "sqlite":
        return f"sqlite:///{tmp_path}/empty.sqlite3"
    url: str = request.getfixturevalue("empty_postgresql")
    return url


@pytest.fixture
def empty_engine(empty_url: str) -> Iterator[Engine]:
    """An engine on a database without tables."""
    engine = make_engine(empty_url)
    yield engine
    engine.dispose()


@pytest.fixture(params=["sqlite", "postgresql"])
def engine(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Engine]:
    """An engine on a migrated database without rows."""
    if request.param == "postgresql":
        shared: Engine = request.getfixturevalue("migrated_postgresql")
        erase(shared)
        yield shared
        return
    path = tmp_path / "test.sqlite3"
    shutil.copy(request.getfixturevalue("migrated_sqlite"), path)
    engine = make_engine(f"sqlite:///{path}")
    yield engine
    engine.dispose()
