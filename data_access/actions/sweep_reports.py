"""At the start of a consumer, and after each pack: nothing half-made, and not more files than are kept."""

from __future__ import annotations

from collections import Counter
from datetime import datetime, timedelta
from pathlib import Path

from sqlalchemy import Engine

from data_access.db.engine import writing
from data_access.repositories.reports import change, load_in_state

ATTEMPTS = 2
LOST = timedelta(hours=1)  # far longer than any pack takes: its machine is gone, or has another name


def take_again(engine: Engine, folder: Path, *, machine: str, now: datetime) -> list[int]:
    """The numbers of the packs to put in the queue, after a stop in the midst of one.

    What this machine was making waits again, and what any machine began an hour ago. Interrupted twice, it
    failed: it may be what stops us. Files that were being written are removed.
    """
    for half in folder.glob(f"*.{machine}.part"):
        half.unlink()
    with writing(engine) as connection:
        for row in load_in_state(connection, "running"):
            if row["machine"] != machine and row["started_at"] > now - LOST:
                continue
            values = (
                {"state": "waiting"}
                if row["attempts"] < ATTEMPTS
                else {
                    "state": "failed",
                    "error_code": "report_interrupted",
                    "error_facts": {},
                    "finished_at": now,
                }
            )
            change(connection, row["id"], ("running",), **values)
        return [int(row["id"]) for row in load_in_state(connection, "waiting")]


def remove_old(engine: Engine, folder: Path, *, keep: int, now: datetime) -> list[int]:
    """Keep the files of the newest ``keep`` packs of each kind; the numbers of those whose file went.

    The rows stay, with the day on which their file went: what was asked for is history.
    """
    gone: list[int] = []
    seen: Counter[str] = Counter()
    with writing(engine) as connection:
        for row in reversed(load_in_state(connection, "done")):
            if row["removed_at"] is not None:
                continue
            seen[row["kind"]] += 1
            if seen[row["kind"]] > keep:
                change(connection, row["id"], ("done",), removed_at=now)
                gone.append(int(row["id"]))
    for number in gone:
        (folder / f"{number}").unlink(missing_ok=True)
    return gone
