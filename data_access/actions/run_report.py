"""How a pack comes about: taken up, making progress, then finished or failed."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from sqlalchemy import Engine, RowMapping

from data_access.db.engine import writing
from data_access.domain.report import Cancelled
from data_access.repositories.reports import change, load_report


def take_up(engine: Engine, report_id: int, *, machine: str, now: datetime) -> RowMapping | None:
    """Begin a pack; None when it no longer waits: cancelled, or taken up by another."""
    with writing(engine) as connection:
        row = load_report(connection, report_id)
        if row is None:
            return None
        begun = {"state": "running", "machine": machine, "started_at": now, "attempts": row["attempts"] + 1}
        taken = change(connection, report_id, ("waiting",), **begun, done=0, total=0, what="")
        return load_report(connection, report_id) if taken else None


def note_progress(engine: Engine, report_id: int, done: int, total: int, what: str) -> None:
    """Say how far a pack has come.

    Raises:
        Cancelled: it is no longer wanted.
    """
    with writing(engine) as connection:
        if not change(connection, report_id, ("running",), done=done, total=total, what=what):
            raise Cancelled


def finish(engine: Engine, report_id: int, *, file_name: str, size: int, sha256: str, now: datetime) -> None:
    """Say that the file is there.

    Raises:
        Cancelled: it is no longer wanted.
    """
    with writing(engine) as connection:
        values = {"file_name": file_name, "bytes": size, "sha256": sha256, "finished_at": now}
        if not change(connection, report_id, ("running",), state="done", **values):
            raise Cancelled


def fail(engine: Engine, report_id: int, code: str, facts: Mapping[str, Any], *, now: datetime) -> None:
    """Say why a pack could not be made; one that was cancelled meanwhile stays so."""
    with writing(engine) as connection:
        values = {"error_code": code, "error_facts": dict(facts), "finished_at": now}
        change(connection, report_id, ("running",), state="failed", **values)
