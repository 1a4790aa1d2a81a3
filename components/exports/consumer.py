"""The process that makes packs: an entry point, which the application starts and watches."""

from __future__ import annotations

import fcntl
import hashlib
import logging
import os
import platform
import sys
import threading
import time
import uuid
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path

from flask import Flask
from redis.exceptions import RedisError
from sqlalchemy import Engine, RowMapping
from sqlalchemy.exc import SQLAlchemyError

from components.exports.renderer.client import bind_renderer
from components.exports.reports import Request, file_name, get_kinds, get_order
from components.i18n.translate import translator
from data_access.actions.run_report import fail, finish, note_progress, take_up
from data_access.actions.sweep_reports import remove_old, take_again
from data_access.cache import init_cache
from data_access.db.engine import bind, make_engine
from data_access.domain.errors import UserError
from data_access.domain.report import Cancelled
from data_access.queue import Queue, make_queue
from data_access.repositories.reports import load_in_state
from data_access.services.data_state import get_data_state
from data_access.services.editions import viewing
from data_access.services.geometry import bind_geometry
from data_access.settings import Settings

logger = logging.getLogger("consumer")
LOST_AFTER = 60  # seconds


def machine_name(settings: Settings) -> str:
    """This consumer, in every life of it: one a machine and DATA_DIR."""
    place = hashlib.sha256(str(settings.data_dir.absolute()).encode()).hexdigest()[:8]
    return f"{platform.node() or 'localhost'}-{place}"


@contextmanager
def alone(settings: Settings) -> Iterator[None]:
    """One consumer a DATA_DIR; another one waits here until this one has ended."""
    with (settings.data_dir / "consumer.lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        yield


def main() -> int:
    """Make packs until stopped, or until whoever started us has ended."""
    settings = Settings.from_env(os.environ)
    logging.basicConfig(level=settings.log_level, format="%(asctime)s %(levelname)s %(name)s %(message)s")
    if not sys.stdin.isatty():
        threading.Thread(target=_end_with_parent, daemon=True).start()
    engine = make_engine(settings.database_url)
    bind(engine)
    bind_geometry(settings.data_dir)
    bind_renderer(settings.data_dir, settings.browser_path)
    init_cache(Flask(__name__), settings)
    folder = settings.reports_dir
    folder.mkdir(parents=True, exist_ok=True)
    queue = make_queue(settings, lambda number: run(engine, settings, number))
    with alone(settings):
        for number in take_again(engine, folder, machine=machine_name(settings), now=datetime.now(UTC)):
            queue.put(number)
        threading.Thread(target=_put_again, args=(engine, queue), daemon=True).start()
        queue.huey.create_consumer(workers=1, periodic=False, max_delay=0.5, check_worker_health=True).run()
    return 0


def _end_with_parent() -> None:
    """The application holds the other end of our input: it closes when the application is no more.

    A pack in the making stays as it is in the database; the next start takes it up again.
    """
    while os.read(sys.stdin.fileno(), 4096):
        pass
    os._exit(0)


def _put_again(engine: Engine, queue: Queue) -> None:
    """Put waiting packs into an empty queue: a shared Redis may have lost them."""
    while True:
        time.sleep(LOST_AFTER)
        try:
            if queue.huey.pending_count():
                continue
            with engine.connect() as connection:
                waiting = [int(row["id"]) for row in load_in_state(connection, "waiting")]
            for number in waiting:
                queue.put(number)
        except (SQLAlchemyError, RedisError) as error:
            logger.warning("the queue was not looked at: %s", error)


def run(engine: Engine, settings: Settings, number: int) -> None:
    """Make one pack, if it still waits; whatever happens, the database says it."""
    machine = machine_name(settings)
    row = take_up(engine, number, machine=machine, now=datetime.now(UTC))
    if row is None:
        return
    part = settings.reports_dir / f"{number}.{machine}.part"
    try:
        with viewing(row["edition"]):
            _make(engine, settings, row, part)
    except Cancelled:
        logger.info("pack %d was cancelled", number)
    except UserError as error:
        facts = {name: str(value) for name, value in error.facts.items()}
        fail(engine, number, error.code, facts, now=datetime.now(UTC))
    except Exception:  # the edge of a pack: the next one is made all the same, and the log has the reason
        reference = uuid.uuid4().hex[:8]
        logger.exception("pack %d failed, reference %s", number, reference)
        fail(engine, number, "unexpected", {"reference": reference}, now=datetime.now(UTC))
    finally:
        part.unlink(missing_ok=True)
        remove_old(engine, settings.reports_dir, keep=settings.keep_reports, now=datetime.now(UTC))


def _make(engine: Engine, settings: Settings, row: RowMapping, part: Path) -> None:
    """The file, under a temporary name until it is whole and still wanted."""
    number, kind, state = int(row["id"]), get_kinds()[row["kind"]], get_data_state()
    request = Request(
        tuple(row["languages"].split("+")),
        state.version,
        state.cutoff,
        settings.small_cells,
        settings.own_croissant,
    )

    def progress(done: int, total: int, what: str) -> None:
        note_progress(engine, number, done, total, what)

    _refuse_if_other(row, settings)
    content = kind.make(request, progress)
    # Figures are read as they stand: what was loaded meanwhile may be in some of them.
    _refuse_if_other(row, settings)
    part.write_bytes(content)
    asked = (kind.name, row["languages"], row["data_version"], row["edition"])
    name = file_name(*asked, translator(request.languages[0]))
    digest = hashlib.sha256(content).hexdigest()
    final = part.with_name(f"{number}")
    part.replace(final)
    try:
        finish(engine, number, file_name=name, size=len(content), sha256=digest, now=datetime.now(UTC))
    except Cancelled:
        final.unlink()
        raise


def _refuse_if_other(row: RowMapping, settings: Settings) -> None:
    """Refuse when data, rules, shapes or program are no longer those of the order."""
    now = get_order(row["kind"], row["languages"], settings)
    if now.version != row["data_version"]:
        raise UserError("report_superseded", version=row["data_version"], current=now.version)
    if now.fingerprint != row["fingerprint"]:
        raise UserError("report_upgraded")


if __name__ == "__main__":
    sys.exit(main())
