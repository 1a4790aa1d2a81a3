"""The queue on a real Redis: a pack is cancelled, the next one is made, and nothing stays behind."""

from __future__ import annotations

import os
import subprocess
import time
import uuid
from collections.abc import Iterator
from pathlib import Path

import pytest
from dash import Dash
from flask.testing import FlaskClient

from app import create_app
from components.exports import reports
from data_access import queue
from data_access.queue import Queue, make_queue
from data_access.settings import Settings
from tests.conftest import application
from tests.reports.fake_consumer import makers
from tests.reports.test_consumer import COMMAND, HERE, ROOT, ask, row, wait_for

pytestmark = pytest.mark.slow


@pytest.fixture
def settings(tmp_path: Path) -> Settings:
    url = os.environ.get("TEST_REDIS_URL", "")
    if not url:
        pytest.skip("!!! TEST_REDIS_URL is not set: NO pack went through Redis")
    return Settings.from_env({"DATA_DIR": str(tmp_path), "REDIS_URL": url})


@pytest.fixture
def waiting(settings: Settings, monkeypatch: pytest.MonkeyPatch) -> Iterator[Queue]:
    """The queue, under a name of its own: others may test on the same server."""
    name = f"test-{uuid.uuid4().hex[:12]}"
    monkeypatch.setattr(queue, "NAME", name)
    monkeypatch.setenv("TEST_QUEUE", name)
    found = make_queue(settings)
    yield found
    found.huey.storage.flush_all()
    found.huey.storage.close()


@pytest.fixture
def client(
    shipped: Path, settings: Settings, waiting: Queue, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> Iterator[FlaskClient]:
    monkeypatch.setattr(reports, "get_makers", makers)
    monkeypatch.setenv("PYTHONPATH", str(ROOT))
    monkeypatch.chdir(ROOT)
    monkeypatch.setenv("DATA_DIR", str(tmp_path))
    monkeypatch.setenv("REDIS_URL", settings.redis_url or "")
    with application(shipped, tmp_path):
        app: Dash = create_app(settings)
        yield app.server.test_client()


@pytest.fixture
def consumer(client: FlaskClient) -> Iterator[list[subprocess.Popen[bytes]]]:
    """Consumers that a test has started; they end with it."""
    running: list[subprocess.Popen[bytes]] = []
    yield running
    for process in running:
        assert process.stdin is not None
        process.stdin.close()
        process.wait(10)


def test_packs_go_through_redis_cancelled_and_finished(
    client: FlaskClient, waiting: Queue, consumer: list[subprocess.Popen[bytes]], tmp_path: Path
) -> None:
    slow, never, quick = ask(client, "dossier"), ask(client, "dossier", "nl"), ask(client, "data")
    assert waiting.huey.pending_count() == 3
    assert not (tmp_path / "queue.sqlite3").exists()
    assert client.post(f"/reports/{never}/cancel", headers=HERE).status_code == 303
    consumer.append(subprocess.Popen(COMMAND, stdin=subprocess.PIPE))
    wait_for(slow, "running", beyond=2)
    assert client.post(f"/reports/{slow}/cancel", headers=HERE).status_code == 303
    made = wait_for(quick, "done", seconds=20)
    answer = client.get(f"/reports/{quick}/{made['file_name']}", buffered=True)
    assert answer.get_data() == f"pack of {made['data_version']} in fr".encode()
    assert [(row(n)["state"], row(n)["attempts"]) for n in (slow, never)] == [
        ("cancelled", 1),
        ("cancelled", 0),
    ]
    end = time.monotonic() + 20  # a consumer puts what waits in the queue once more when it starts
    while waiting.huey.pending_count() and time.monotonic() < end:
        time.sleep(0.1)
    assert waiting.huey.pending_count() == 0
    assert [path.name for path in (tmp_path / "reports").iterdir()] == [f"{quick}"]
