"""The consumer in a real process: done, failed, cancelled, killed in the midst of a pack, orphaned."""

from __future__ import annotations

import hashlib
import os
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest
from dash import Dash
from flask.testing import FlaskClient
from sqlalchemy import select

from app import create_app
from components.exports import reports
from components.exports.watcher import Watcher
from data_access.actions.cancel_report import cancel_report
from data_access.db.engine import get_engine
from data_access.db.tables import report
from data_access.settings import Settings
from tests.conftest import application
from tests.reports.fake_consumer import makers

ROOT = Path(__file__).parents[2]
COMMAND = (sys.executable, "-m", "tests.reports.fake_consumer")
HERE = {"Origin": "http://localhost"}
pytestmark = pytest.mark.slow


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return tmp_path


@pytest.fixture
def own_app(shipped: Path, folder: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Dash]:
    monkeypatch.setattr(reports, "get_makers", makers)
    monkeypatch.setenv("DATA_DIR", str(folder))
    monkeypatch.setenv("PYTHONPATH", str(ROOT))
    monkeypatch.chdir(ROOT)
    with application(shipped, folder) as app:
        yield app


@pytest.fixture
def client(own_app: Dash) -> FlaskClient:
    client: FlaskClient = own_app.server.test_client()
    return client


@pytest.fixture
def start(own_app: Dash) -> Iterator[Callable[[], subprocess.Popen[bytes]]]:
    """Starts a consumer; those that still run end with the test."""
    running: list[subprocess.Popen[bytes]] = []

    def begin() -> subprocess.Popen[bytes]:
        running.append(subprocess.Popen(COMMAND, stdin=subprocess.PIPE))
        return running[-1]

    yield begin
    for process in running:
        process.stdin.close()
        process.wait(10)


def ask(client: FlaskClient, kind: str, languages: str = "fr") -> int:
    form = {"kind": kind, "languages": languages, "language": "fr"}
    answer = client.post("/reports/order", data=form, headers=HERE)
    assert answer.status_code == 303
    return int(answer.headers["Location"].removeprefix("/fr/rapports#report-"))


def row(number: int) -> dict[str, Any]:
    with get_engine().connect() as connection:
        return dict(connection.execute(select(report).where(report.c.id == number)).mappings().one())


def wait_for(
    number: int, *states: str, seconds: float = 40, beyond: int = 0, attempts: int = 1
) -> dict[str, Any]:
    end = time.monotonic() + seconds
    while time.monotonic() < end:
        found = row(number)
        if found["state"] in states and found["done"] >= beyond and found["attempts"] >= attempts:
            return found
        time.sleep(0.1)
    raise AssertionError(f"{row(number)} is not {states}")


def test_packs_are_made_and_fail_with_a_sentence(
    client: FlaskClient, folder: Path, start: Callable[[], Any]
) -> None:
    good, wrong, broken = ask(client, "data"), ask(client, "slides"), ask(client, "annexe-a")
    assert ask(client, "data") == good
    assert ask(client, "data", "nl") not in {good, wrong, broken}
    start()
    made = wait_for(good, "done")
    assert (made["done"], made["total"], made["what"], made["attempts"]) == (2, 2, "two", 1)
    answer = client.get(f"/reports/{good}/{made['file_name']}", buffered=True)
    assert answer.get_data() == f"pack of {made['data_version']} in fr".encode()
    assert made["sha256"] == hashlib.sha256(answer.get_data()).hexdigest()
    assert made["bytes"] == len(answer.get_data())
    assert made["file_name"] in answer.headers["Content-Disposition"]
    assert ask(client, "data") == good
    assert wait_for(wrong, "failed")["error_code"] == "report_lost"
    lost = wait_for(broken, "failed")
    assert (lost["error_code"], len(lost["error_facts"]["reference"])) == ("unexpected", 8)
    page = client.get("/fr/rapports").get_data(as_text=True)
    assert "Le fichier n’existe plus." in page
    assert lost["error_facts"]["reference"] in page
    assert "lecteur local" in page
    assert ask(client, "slides") > broken
    (folder / "reports" / f"{good}").unlink()
    assert client.get(f"/reports/{good}/{made['file_name']}").status_code == 404
    assert ask(client, "data") > good


def test_a_pack_in_the_making_is_cancelled(
    client: FlaskClient, folder: Path, start: Callable[[], Any]
) -> None:
    slow = ask(client, "dossier")
    start()
    wait_for(slow, "running", beyond=2)
    assert "<progress" in client.get("/nl/rapporten").get_data(as_text=True)
    assert client.post(f"/reports/{slow}/cancel", data={"language": "nl"}, headers=HERE).status_code == 303
    # the only worker is free again: the next pack is made
    next_one = ask(client, "data")
    wait_for(next_one, "done", seconds=10)
    assert row(slow)["state"] == "cancelled"
    assert [path.name for path in (folder / "reports").iterdir()] == [f"{next_one}"]
    assert ask(client, "dossier") > next_one


def test_what_was_cancelled_before_its_turn_is_never_begun(
    client: FlaskClient, start: Callable[[], Any]
) -> None:
    slow, quick = ask(client, "dossier"), ask(client, "data")
    assert cancel_report(get_engine(), slow, now=datetime.now(UTC))
    start()
    wait_for(quick, "done")
    assert (row(slow)["state"], row(slow)["attempts"]) == ("cancelled", 0)


def test_a_killed_consumer_takes_its_pack_up_again_once(
    client: FlaskClient, folder: Path, start: Callable[[], Any]
) -> None:
    slow = ask(client, "dossier")
    first = start()
    machine = wait_for(slow, "running", beyond=2)["machine"]
    first.kill()
    first.wait()
    half = folder / "reports" / f"{slow}.{machine}.part"
    half.write_bytes(b"half")
    second = start()
    wait_for(slow, "running", beyond=2, attempts=2)
    assert not half.exists()
    second.kill()
    second.wait()
    start()
    assert wait_for(slow, "failed")["error_code"] == "report_interrupted"
    assert "interrompue deux fois" in client.get("/fr/rapports").get_data(as_text=True)
    assert list((folder / "reports").iterdir()) == []


def test_a_second_consumer_on_one_folder_waits_for_the_first(
    client: FlaskClient, start: Callable[[], Any]
) -> None:
    slow = ask(client, "dossier")
    first = start()
    wait_for(slow, "running", beyond=2)
    start()
    time.sleep(4)  # longer than a start takes
    assert row(slow)["attempts"] == 1
    first.kill()
    wait_for(slow, "running", beyond=2, attempts=2)


def test_a_file_made_under_other_thresholds_is_not_handed_out(
    client: FlaskClient, folder: Path, start: Callable[[], Any]
) -> None:
    start()
    good = ask(client, "data")
    name = wait_for(good, "done")["file_name"]
    assert name in client.get("/fr/rapports").get_data(as_text=True)
    stricter = create_app(Settings.from_env({"DATA_DIR": str(folder), "MIN_COUNT": "6"})).server.test_client()
    assert stricter.get(f"/reports/{good}/{name}").status_code == 404
    assert name not in stricter.get("/fr/rapports").get_data(as_text=True)


def test_no_connection_of_the_queue_is_open_when_workers_are_forked(
    client: FlaskClient, folder: Path
) -> None:
    def open_files() -> list[str]:
        return [str(link.resolve()) for link in Path("/proc/self/fd").iterdir()]

    ask(client, "data")
    assert (folder / "queue.sqlite3").exists()
    assert [name for name in open_files() if name.startswith(str(folder / "queue"))] == []


def test_the_watcher_starts_a_dead_consumer_again_and_ends_it_at_the_end(client: FlaskClient) -> None:
    watcher = Watcher(COMMAND, pause=0.1)
    watcher.start()
    try:
        slow = ask(client, "dossier")
        wait_for(slow, "running")
        before = watcher.process
        assert before is not None
        before.kill()
        end = time.monotonic() + 30
        while row(slow)["attempts"] < 2 and time.monotonic() < end:
            time.sleep(0.1)
        assert row(slow)["attempts"] == 2
        after = watcher.process
        assert after is not None
        assert after.pid != before.pid
    finally:
        watcher.stop()
    with pytest.raises(ProcessLookupError):
        os.kill(after.pid, 0)
