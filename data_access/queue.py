"""The queue of packs to make: a file in ``DATA_DIR``, or Redis when several machines share one.

It holds numbers only: what a pack is, and how far it has come, is in the database.
"""

from __future__ import annotations

import logging
import sqlite3
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from huey import RedisHuey, SqliteHuey
from redis.exceptions import RedisError

from data_access.settings import Settings

logger = logging.getLogger(__name__)
NAME = "reports"


@dataclass(frozen=True)
class Queue:
    """``put(number)`` asks the consumer for a pack; ``huey`` is for the consumer."""

    huey: Any
    put: Callable[[int], Any]


def _not_here(number: int) -> None:
    raise RuntimeError(f"pack {number}: packs are made by the consumer")


def make_queue(settings: Settings, run: Callable[[int], None] = _not_here) -> Queue:
    """The queue of the settings; ``run`` makes the pack of a number, in the consumer."""
    if settings.redis_url:
        huey = RedisHuey(NAME, url=settings.redis_url, results=False)
    else:
        settings.data_dir.mkdir(parents=True, exist_ok=True)
        huey = SqliteHuey(NAME, filename=str(settings.data_dir / "queue.sqlite3"), results=False, timeout=30)

    @huey.task(name="make_report")  # type: ignore[untyped-decorator]
    def make_report(number: int) -> None:
        run(number)

    return Queue(huey, make_report)


def send(settings: Settings, number: int) -> None:
    """Ask the consumer for a pack, from any worker.

    The queue is opened for this only: a connection to SQLite that is open at a fork is shared by the workers,
    and its locks are lost. Where the queue does not answer, the consumer finds the pack at its next look.
    """
    try:
        queue = make_queue(settings)
        try:
            queue.put(number)
        finally:
            queue.huey.storage.close()
    except (RedisError, sqlite3.Error, OSError) as error:
        logger.warning("pack %d waits without a message: %s", number, error)
