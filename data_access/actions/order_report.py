"""Ask for a pack, or be given the one that somebody else asked for."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path

from sqlalchemy import Engine, insert

from data_access.db.engine import writing
from data_access.db.tables import report
from data_access.domain.report import Order
from data_access.repositories.reports import change, load_alike


def order_report(
    engine: Engine, order: Order, *, asked_by: str, now: datetime, folder: Path
) -> tuple[int, bool]:
    """The number of the pack, and whether it is new and has to be put in the queue.

    A pack that failed or was cancelled is made anew, and so is one whose file is no longer in ``folder``.
    """
    with writing(engine) as connection:
        alike = load_alike(connection, order.fingerprint)
        if alike and (alike["state"] != "done" or (folder / f"{alike['id']}").is_file()):
            return int(alike["id"]), False
        if alike:
            change(
                connection, alike["id"], ("done",), state="failed", error_code="report_lost", error_facts={}
            )
        row = {
            "kind": order.kind,
            "languages": order.languages,
            "data_version": order.version,
            "edition": order.edition,
            "fingerprint": order.fingerprint,
            "state": "waiting",
            "done": 0,
            "total": 0,
            "what": "",
            "asked_by": asked_by,
            "asked_at": now,
            "attempts": 0,
            "machine": "",
        }
        (number,) = connection.execute(insert(report).values(row)).inserted_primary_key or (0,)
        return int(number), True
