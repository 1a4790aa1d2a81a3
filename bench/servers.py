"""The servers that are measured: our application, and a stock Vizro page with the same rows."""

from __future__ import annotations

import csv
import os
import socket
import subprocess
import sys
import time
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from components.i18n.translate import translator
from components.values import goal_text, value_text
from data_access.contract.load import contract
from data_access.domain.confidentiality import SmallCellRule
from data_access.services.data_state import get_data_state
from data_access.services.scorecard import get_scorecard

ROOT = Path(__file__).parents[1]
PEER = ROOT / ".venv-bench"
VIZRO = ("vizro==1.0.0", "gunicorn==27.0.1")


def free_port() -> int:
    """A port that nothing listens on."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


@contextmanager
def serve(command: list[str], port: int, ready: str, **environment: str) -> Iterator[str]:
    """Run a server until the block ends; yields its address once ``ready`` answers."""
    process = subprocess.Popen(
        command,
        cwd=ROOT,
        env={**os.environ, **environment},
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )
    try:
        _wait(f"http://127.0.0.1:{port}{ready}", process)
        yield f"http://127.0.0.1:{port}"
    finally:
        process.terminate()
        process.wait(timeout=30)


def _wait(url: str, process: subprocess.Popen[bytes]) -> None:
    for _ in range(600):
        if process.poll() is not None:
            break
        try:
            with urllib.request.urlopen(url, timeout=2):
                return
        except OSError:  # refused, reset, late, or answered with an error
            time.sleep(0.2)
    raise RuntimeError(f"{url} never answered")


@contextmanager
def our_server(folder: Path) -> Iterator[str]:
    """``python app.py`` on a data folder that is already prepared."""
    port = free_port()
    environment = {"DATA_DIR": str(folder), "PORT": str(port), "DATABASE_URL": "", "REDIS_URL": ""}
    with serve([sys.executable, "app.py"], port, "/readyz", **environment) as address:
        yield address


@contextmanager
def vizro_server(folder: Path) -> Iterator[str]:
    """A stock Vizro page on the rows of the OS2 scorecard; installs Vizro aside at first use."""
    if not (PEER / "bin" / "gunicorn").exists():
        subprocess.run([sys.executable, "-m", "venv", str(PEER)], check=True)
        subprocess.run([str(PEER / "bin" / "pip"), "install", "--quiet", *VIZRO], check=True)
    port = free_port()
    rows = folder / "rows.csv"
    write_rows(rows)
    command = [str(PEER / "bin" / "gunicorn"), "--preload", "-w", "2", "-k", "gthread", "--threads", "4"]
    command += ["-b", f"127.0.0.1:{port}", "--chdir", str(ROOT / "bench"), "vizro_app:app"]
    with serve(command, port, "/", ROWS=str(rows)) as address:
        yield address


def write_rows(path: Path) -> None:
    """The columns of the OS2 scorecard as plain text, one row per indicator."""
    state, t = get_data_state(), translator("fr")
    scorecard = get_scorecard(state.version, state.cutoff, "OS2", SmallCellRule())
    with path.open("w", newline="", encoding="utf-8") as out:
        writer = csv.writer(out)
        writer.writerow(["code", "title", "attribution", "previous", "latest", "target", "state", "change"])
        for row in scorecard.rows:
            definition = contract().indicator(row.code)
            shown = [r and value_text(r, definition, "fr") for r in (row.year_before, row.latest)]
            goal = row.assessment.path and goal_text(row.assessment.path.target, definition, "fr")
            state_word = t(f"status.{row.assessment.status.value}")
            change = row.change and round(row.change.difference, 2)
            attribution = definition.attribution.value
            writer.writerow([row.code, definition.title.fr, attribution, *shown, goal, state_word, change])
