"""What every test may use: an application on shipped data, and callbacks through the front door."""

from __future__ import annotations

import fcntl
import os
import shutil
import socket
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import fields
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest
from dash import Dash
from flask.testing import FlaskClient

from data_access import cache
from data_access.actions.prepare import prepare_database
from data_access.contract.load import contract
from data_access.db import engine
from data_access.domain.confidentiality import SmallCellRule
from data_access.settings import Settings
from tests.still_parts import opened

NOW = datetime(2026, 11, 23, 12, 0, tzinfo=UTC)
LOCAL = ("127.", "localhost", "::1", "/")


@pytest.fixture(scope="session", autouse=True)
def no_settings_of_this_machine() -> Iterator[None]:
    """No setting of the machine reaches a test; one that names no folder is refused."""
    names = {field.name.upper() for kind in (Settings, SmallCellRule) for field in fields(kind)}
    with pytest.MonkeyPatch.context() as patch:
        for name in names:
            patch.delenv(name, raising=False)
        patch.setenv("DATA_DIR", "/dev/null/a-test-names-its-own-DATA_DIR")
        yield


@pytest.fixture(autouse=True)
def no_network(monkeypatch: pytest.MonkeyPatch) -> None:
    """A test reaches this machine only."""
    connect = socket.socket.connect

    def guarded(self: socket.socket, address: Any) -> None:
        host = address[0] if isinstance(address, tuple) else str(address)
        if not str(host).startswith(LOCAL):
            raise AssertionError(f"a test asked for {address}: nothing outside this machine may be needed")
        connect(self, address)

    monkeypatch.setattr(socket.socket, "connect", guarded)


@pytest.fixture(scope="session")
def shipped(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A DATA_DIR with every shipped table loaded, the demonstration included; made once, then copied.

    The workers of a run share it: the first one makes it, the others wait.
    """
    base = tmp_path_factory.getbasetemp()
    folder = (base.parent if "PYTEST_XDIST_WORKER" in os.environ else base) / "shipped"
    with (folder.parent / "shipped.lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        if not folder.exists():
            making = tmp_path_factory.mktemp("making")
            database = engine.make_engine(f"sqlite:///{making}/dashboard.sqlite3")
            prepare_database(database, contract(), tables="all", data_dir=making, now=NOW)
            database.dispose()
            making.rename(folder)
    return folder


@contextmanager
def application(shipped: Path, folder: Path) -> Iterator[Dash]:
    """The application as it is served, on a copy of the shipped data."""
    from app import create_app

    before = (list(engine._bound), getattr(cache.store, "app", None))
    shutil.copy(shipped / "dashboard.sqlite3", folder / "dashboard.sqlite3")
    yield create_app(Settings.from_env({"DATA_DIR": str(folder)}))
    engine.get_engine().dispose()
    engine._bound[:], cache.store.app = before


@pytest.fixture(scope="module")
def app(shipped: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Dash]:
    """An application for tests that change nothing."""
    with application(shipped, tmp_path_factory.mktemp("read")) as app:
        yield app


@pytest.fixture
def client(app: Dash) -> FlaskClient:
    """A client of the application's server."""
    client: FlaskClient = app.server.test_client()
    return client


@pytest.fixture
def fire(client: FlaskClient) -> Callable[[str, str], dict[str, Any]]:
    """Ask Dash's router for a page, through the callback endpoint."""

    def ask(path: str, search: str = "") -> dict[str, Any]:
        client.get("/fr/")  # registers the router, as a first visit does
        outputs = [
            {"id": "_pages_content", "property": "children"},
            {"id": "_pages_store", "property": "data"},
        ]
        body = {
            "output": ".._pages_content.children..._pages_store.data..",
            "outputs": outputs,
            "inputs": [
                {"id": "_pages_location", "property": "pathname", "value": path},
                {"id": "_pages_location", "property": "search", "value": search},
            ],
            "changedPropIds": ["_pages_location.pathname"],
        }
        response = client.post("/_dash-update-component", json=body)
        assert response.status_code == 200, response.get_data(as_text=True)
        answer: dict[str, Any] = opened(response.get_json()["response"])
        return answer

    return ask
