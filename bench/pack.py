"""How long the whole Annexe A in one language takes, and at what memory: ``python -m bench.pack FOLDER``."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from threading import Event, Thread
from time import perf_counter
from typing import Any

from components.exports.cli import make_asked, wire
from components.exports.pack.make import make_pack
from components.exports.pack.model import PackKind
from components.exports.renderer.client import rest
from data_access.settings import Settings
from tests.components.exports.pack.drawer import drawer

EVERY = 0.1  # seconds between two looks at the memory


def measure_pack(folder: Path) -> dict[str, float]:
    """Seconds and peak megabytes of Annexe A in French, in a process of its own, with an empty cache.

    Args:
        folder: a DATA_DIR with all shipped tables.

    Returns:
        seconds (renderer's start included), peak_mb (of the process, its compilers and its browser; a page
        that several share counts once), figures and kb of the file.
    """
    done = subprocess.run(
        [sys.executable, "-m", "bench.pack", str(folder)], check=True, capture_output=True, text=True
    )
    found: dict[str, float] = json.loads(done.stdout)
    return found


@dataclass
class Peak:
    """The most that was seen, in kilobytes."""

    kilobytes: int = 0


@contextmanager
def watched() -> Iterator[Peak]:
    """Watch the proportional memory of this process and everything that it started."""
    peak, stop = Peak(), Event()

    def watch() -> None:
        while not stop.wait(EVERY):
            peak.kilobytes = max(peak.kilobytes, sum(map(_proportional, _family(os.getpid()))))

    watcher = Thread(target=watch, daemon=True)
    watcher.start()
    try:
        yield peak
    finally:
        stop.set()
        watcher.join()


def _family(pid: int) -> list[int]:
    """A process and its descendants."""
    parents: dict[int, list[int]] = {}
    for stat in Path("/proc").glob("[0-9]*/stat"):
        try:
            fields = stat.read_text().rpartition(")")[2].split()
        except OSError:  # it ended meanwhile
            continue
        parents.setdefault(int(fields[1]), []).append(int(stat.parent.name))
    found = [pid]
    for member in found:
        found += parents.get(member, [])
    return found


def _proportional(pid: int) -> int:
    """Kilobytes of a process, each shared page by its share; none of one that ended meanwhile."""
    try:
        lines = Path(f"/proc/{pid}/smaps_rollup").read_text().splitlines()
    except OSError:
        return 0
    return next((int(line.split()[1]) for line in lines if line.startswith("Pss:")), 0)


def main(folder: Path) -> dict[str, Any]:
    """Make the document once."""
    settings = Settings.from_env(
        {"DATA_DIR": str(folder), "DATABASE_URL": f"sqlite:///{folder}/dashboard.sqlite3"}
    )
    names: list[str] = []
    with watched() as peak:
        start = perf_counter()
        wire(settings)
        asked = make_asked(settings, "fr")
        with drawer() as draw:
            content = make_pack(
                PackKind.ANNEXE_A, ("fr",), asked, draw, lambda _d, _t, what: names.append(what), rest
            )
        seconds = perf_counter() - start
    return {
        "seconds": round(seconds, 1),
        "peak_mb": round(peak.kilobytes / 1024),
        "figures": len(list(filter(None, names))),
        "kb": round(len(content) / 1024),
    }


if __name__ == "__main__":
    print(json.dumps(main(Path(sys.argv[1]))))
