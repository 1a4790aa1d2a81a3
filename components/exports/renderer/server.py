"""The process that draws: ``python -m components.exports.renderer.server FOLDER SOCKET [EXECUTABLE]``.

It serves one drawing at a time over a UNIX socket that only its own user may open and that asks for a key.
It ends by itself when nobody has asked for a while, and when Chromium has died: whoever asks next starts
another one. Asked to rest, it puts Chromium away until the next drawing.
"""

from __future__ import annotations

import base64
import json
import os
import sys
import threading
import time
from collections.abc import Mapping
from contextlib import suppress
from multiprocessing.connection import Connection, Listener
from pathlib import Path
from typing import Any

from playwright.sync_api import Error as BrowserError

from components.exports.renderer.browser import find_browser
from components.exports.renderer.easel import Easel

IDLE = 300.0  # seconds without a question
WAITING = 64  # drawings that may wait; more are refused by the system
KEY_FILE = "renderer.key"


class Studio:
    """The page for as long as somebody draws: put away at ``rest``, made again at the next drawing."""

    def __init__(self, executable: str) -> None:
        self._executable = executable
        self._easel: Easel | None = Easel(executable)

    def easel(self) -> Easel:
        """The page; a new one after a rest."""
        if self._easel is None:
            self._easel = Easel(self._executable)
        return self._easel

    def rest(self) -> None:
        """End the browser, with all its memory."""
        if self._easel is not None:
            self._easel.close()
        self._easel = None

    def alive(self) -> bool:
        """Whether there is a page that can draw another time."""
        return self._easel is not None and self._easel.alive()


def answer(easel: Easel, job: Mapping[str, Any]) -> bytes:
    """The bytes of a drawing: SVG text, or PNG where ``scale`` is given."""
    shapes = base64.b64decode(job.get("shapes", ""))
    svg = easel.sheet_svg(job, shapes) if "title" in job else easel.figure_svg(job, shapes)
    return easel.png(svg, float(job["scale"])) if job.get("scale") else svg.encode()


def serve(folder: Path, address: str, executable: str) -> None:
    """Answer until idle; the first byte of an answer says whether it is a drawing (1) or a reason (0)."""
    key = (folder / KEY_FILE).read_bytes()
    studio = Studio(executable)
    last = [time.monotonic()]
    with Listener(address, family="AF_UNIX", backlog=WAITING, authkey=key) as listener:
        Path(address).chmod(0o600)
        _leave_when_idle(last, address)
        while True:
            # Whoever is not let in, or leaves before the answer, does not end the process.
            with suppress(OSError, EOFError), listener.accept() as connection:
                _serve_one(studio, connection)
            last[0] = time.monotonic()


def _serve_one(studio: Studio, connection: Connection) -> None:
    job = json.loads(connection.recv_bytes())
    if job.get("rest"):
        studio.rest()
        connection.send_bytes(b"1")
        return
    try:
        content = answer(studio.easel(), job)
    except BrowserError as error:
        connection.send_bytes(b"0" + str(error).splitlines()[0].encode())
        if not studio.alive():
            os._exit(3)
    else:
        connection.send_bytes(b"1" + content)


def _leave_when_idle(last: list[float], address: str) -> None:
    """End the process, whatever its main thread waits for; Chromium ends with the pipe to it."""

    def watch() -> None:
        while time.monotonic() - last[0] < IDLE:
            time.sleep(1)
        Path(address).unlink(missing_ok=True)
        os._exit(0)

    threading.Thread(target=watch, daemon=True).start()


if __name__ == "__main__":
    serve(Path(sys.argv[1]), sys.argv[2], find_browser(sys.argv[3] if len(sys.argv) > 3 else None))
