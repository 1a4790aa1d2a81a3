"""Asks the process that draws; starts it at need, and another one when it has died.

Plain sockets only: it may be used in any thread of any worker, after a fork too.
"""

from __future__ import annotations

import base64
import fcntl
import hashlib
import os
import secrets
import signal
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager, suppress
from multiprocessing import AuthenticationError
from multiprocessing.connection import Client, Connection
from pathlib import Path
from typing import Any

import orjson

from components.exports.exhibit import Drawing
from components.exports.renderer.browser import find_browser
from components.exports.renderer.server import KEY_FILE
from components.figures.graph import TEMPLATE
from components.figures.plotly_locale import locale
from data_access.domain.errors import UserError
from data_access.services.geometry import get_geometry

ROOT = Path(__file__).parents[3]
PATIENCE = 30.0  # seconds for one drawing, waiting for others included
START = 30.0  # seconds until a new process answers
TRIES = 2
LEAN = {"NODE_OPTIONS": "--max-semi-space-size=1"}  # the driver only hands messages on
SHAPES = b"/geometry/"  # the address that a map fetches them from
_started: list[subprocess.Popen[bytes]] = []  # by this process; they outlive it, and leave when idle
_bound: dict[str, Any] = {}


def bind_renderer(folder: Path, executable: str | None = None) -> None:
    """Say where the renderer keeps its key and lock, and which Chromium it takes; starts nothing."""
    _bound.update(folder=folder.absolute(), executable=executable)


def draw(drawings: Sequence[Drawing], language: str) -> list[str]:
    """The SVG of each figure.

    Raises:
        UserError: ``export_no_browser``; ``export_renderer`` when a figure cannot be drawn.
    """
    return [ask(figure_job(drawing, language)).decode() for drawing in drawings]


def renderer_picture(language: str) -> Callable[[Drawing, int, int], bytes]:
    """Draws a figure as PNG, at twice a width and height, for slides."""

    def picture(drawing: Drawing, width: int, height: int) -> bytes:
        sized = Drawing(drawing.figure, width, height)
        return ask({**figure_job(sized, language), "scale": 2})

    return picture


def figure_job(drawing: Drawing, language: str) -> dict[str, Any]:
    """What the renderer needs to draw a figure by itself."""
    size = {"width": drawing.width, "height": drawing.height}
    return {"figure": dressed(drawing.figure, language), **size}


def dressed(figure: Mapping[str, Any], language: str) -> dict[str, Any]:
    """The figure in the letters, colours and numbers of the house, whoever draws it."""
    config = {"locale": language, "locales": {language: locale(language)}}
    layout = {"template": TEMPLATE, **figure.get("layout", {})}
    return {"data": figure["data"], "layout": layout, "config": config}


def ask(job: Mapping[str, Any]) -> bytes:
    """The answer to one job; tried again once when the process dies over it.

    Raises:
        UserError: ``export_no_browser`` names what was looked for; ``export_renderer`` gives the reason.
    """
    message = orjson.dumps(job)
    if SHAPES in message:  # only a map needs them
        shapes = base64.b64encode(get_geometry().geojson).decode()
        message = orjson.dumps({**job, "shapes": shapes})
    reason = ""
    for _ in range(TRIES):
        try:
            with _connection() as connection:
                connection.send_bytes(message)
                if not connection.poll(PATIENCE):
                    stop()
                    raise UserError("export_renderer", reason=f"> {PATIENCE:.0f} s")
                content = connection.recv_bytes()
        except (OSError, EOFError, AuthenticationError) as error:
            reason = str(error) or type(error).__name__
            continue
        if content[:1] == b"1":
            return content[1:]
        reason = content[1:].decode()
        if "closed" not in reason and "crash" not in reason.lower():
            break
    raise UserError("export_renderer", reason=reason)


@contextmanager
def _connection() -> Iterator[Connection]:
    """A connection to the process, which is started when none answers."""
    folder = _folder()
    key, address = _key(folder), _address(folder)
    try:
        connection = Client(address, family="AF_UNIX", authkey=key)
    except OSError:
        connection = _start(folder, address, key)
    with connection:
        yield connection


def _folder() -> Path:
    folder: Path = _bound.get("folder", Path("var").absolute()) / "renderer"
    folder.mkdir(parents=True, exist_ok=True)
    return folder


def _address(folder: Path) -> str:
    """The socket: a short name, for the system allows no long ones; only its own user may open it."""
    digest = hashlib.sha256(str(folder).encode()).hexdigest()[:16]
    return str(Path(tempfile.gettempdir()) / f"figures-{os.geteuid()}-{digest}.sock")


def _key(folder: Path) -> bytes:
    """The key that the process asks for, made once; nobody else can read it."""
    path = folder / KEY_FILE
    if not path.exists():
        made = folder / f"{KEY_FILE}.{secrets.token_hex(4)}"
        made.touch(0o600)
        made.write_bytes(secrets.token_bytes(32))
        with suppress(FileExistsError):  # whole or not at all, and the first one stays
            os.link(made, path)
        made.unlink()
    return path.read_bytes()


def _start(folder: Path, address: str, key: bytes) -> Connection:
    """Start the process unless somebody else just has; wait until it answers."""
    executable = find_browser(_bound.get("executable"))
    with (folder / "renderer.lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        with suppress(OSError):
            return Client(address, family="AF_UNIX", authkey=key)
        Path(address).unlink(missing_ok=True)
        command = [
            sys.executable,
            "-m",
            "components.exports.renderer.server",
            str(folder),
            address,
            executable,
        ]
        with (folder / "renderer.log").open("w") as log:
            process = subprocess.Popen(  # noqa: S603  our own module
                command,
                cwd=ROOT,
                env={**LEAN, **os.environ, "HOME": os.environ.get("HOME", str(folder))},
                stdin=subprocess.DEVNULL,
                stdout=log,
                stderr=log,
                start_new_session=True,
            )
        _started[:] = [*(p for p in _started if p.poll() is None), process]
        (folder / "renderer.pid").write_text(str(process.pid))
        return _wait(process, folder, address, key)


def _wait(process: subprocess.Popen[bytes], folder: Path, address: str, key: bytes) -> Connection:
    until = time.monotonic() + START
    while time.monotonic() < until and process.poll() is None:
        with suppress(OSError):
            return Client(address, family="AF_UNIX", authkey=key)
        time.sleep(0.02)
    said = (folder / "renderer.log").read_text("utf-8", "replace").strip().splitlines()
    raise UserError("export_renderer", reason=said[-1] if said else f"> {START:.0f} s")


def rest() -> None:
    """Have the process put its Chromium away until somebody draws again; starts none."""
    folder = _folder()
    with (
        suppress(OSError, EOFError, AuthenticationError),
        Client(_address(folder), family="AF_UNIX", authkey=_key(folder)) as connection,
    ):
        connection.send_bytes(orjson.dumps({"rest": True}))
        if connection.poll(PATIENCE):
            connection.recv_bytes()


def stop() -> None:
    """End the process, with its Chromium; whoever asks next starts another one."""
    with suppress(OSError, ValueError):
        os.killpg(int((_folder() / "renderer.pid").read_text()), signal.SIGKILL)
