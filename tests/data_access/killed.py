"""Commands of the command line, run in forks of a process that has imported everything, and killed.

``python -m tests.data_access.killed`` reads one JSON object a line and answers each by one: only the command
itself takes time, so that the moment of a kill falls within it and not within the imports.
"""

from __future__ import annotations

import json
import os
import signal
import sys
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from importlib import import_module
from pathlib import Path
from subprocess import PIPE, Popen
from typing import Any, NamedTuple, NoReturn

from sqlalchemy import Engine, event

from components.i18n.translate import LANGUAGES, translator
from data_access.cli import main
from data_access.contract.load import contract
from data_access.db.migrate import head

ROOT = Path(__file__).parents[2]
LATE = (
    "charset_normalizer",
    "data_access.domain.confidentiality.publication",
    "scipy.optimize",
    "sqlalchemy.dialects.postgresql.psycopg",
    "psycopg",
)
DONE, COMMIT = "DONE", "COMMIT"


class Run(NamedTuple):
    """What became of a command.

    Attributes:
        code: its exit code; minus the signal when it was killed.
        seconds: how long it ran.
        marks: what it began to do in the database, in order, and ``DONE``.
    """

    code: int
    seconds: float
    marks: list[str]

    @property
    def phase(self) -> str:
        """What it was about when it ended."""
        if DONE in self.marks:
            return "done"
        if COMMIT in self.marks:
            return "committing"
        writes = [mark for mark in self.marks if not mark.startswith(("SELECT", "BEGIN", "PRAGMA", "WITH"))]
        if not writes:
            return "reading"
        return "staging" if "stage_" in writes[-1] else "publishing"


@dataclass(frozen=True)
class Killer:
    """The process that has imported everything."""

    process: Popen[str]

    def run(self, url: str, arguments: Sequence[str], *, kill_after: float | None = None) -> Run:
        """Run ``python -m data_access`` on a database, for so many seconds; to its end for None."""
        assert self.process.stdin is not None
        assert self.process.stdout is not None
        asked = {"url": url, "arguments": arguments, "kill_after": kill_after}
        print(json.dumps(asked), file=self.process.stdin, flush=True)
        return Run(**json.loads(self.process.stdout.readline()))


@contextmanager
def killer(folder: Path) -> Iterator[Killer]:
    """A process for the commands of a test; ``folder`` is their DATA_DIR."""
    command = [sys.executable, "-m", __spec__.name]
    environment = {**os.environ, "DATA_DIR": str(folder)}
    with Popen(command, stdin=PIPE, stdout=PIPE, text=True, cwd=ROOT, env=environment) as process:
        yield Killer(process)


def _serve() -> None:
    _import_everything()
    for line in sys.stdin:
        print(json.dumps(_run(**json.loads(line))._asdict()), flush=True)  # noqa: T201  its answer


def _import_everything() -> None:
    """What a command imports or reads late too."""
    for name in LATE:
        import_module(name)
    contract()
    head()
    translator(LANGUAGES[0])


def _run(url: str, arguments: Sequence[str], kill_after: float | None) -> Run:
    reader, writer = os.pipe()
    begun = time.monotonic()
    number = os.fork()
    if number == 0:
        os.close(reader)
        _command(url, arguments, writer)
    os.close(writer)
    if kill_after is not None:
        time.sleep(kill_after)
        os.kill(number, signal.SIGKILL)  # nothing else waits for it: the number is still its own
    _, status = os.waitpid(number, 0)
    seconds = time.monotonic() - begun
    with os.fdopen(reader) as marks:
        return Run(os.waitstatus_to_exitcode(status), seconds, marks.read().splitlines())


def _command(url: str, arguments: Sequence[str], marks: int) -> NoReturn:
    def mark(*executed: Any) -> None:
        os.write(marks, " ".join(executed[2].split())[:60].encode() + b"\n")

    # Without SQL of its own: a process that is killed leaves what it wrote in a pipe.
    event.listen(Engine, "before_cursor_execute", mark)
    event.listen(Engine, "commit", lambda _: os.write(marks, f"{COMMIT}\n".encode()))
    os.environ["DATABASE_URL"] = url
    code = 3
    try:
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        code = main(arguments)
        os.write(marks, f"{DONE}\n".encode())
    finally:
        os._exit(code)


if __name__ == "__main__":
    _serve()
