"""No longer want a pack."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import Engine

from data_access.db.engine import writing
from data_access.repositories.reports import change


def cancel_report(engine: Engine, report_id: int, *, now: datetime) -> bool:
    """Cancel a pack that waits or is being made; whether there was one.

    Whoever is making it learns it at the next step.
    """
    with writing(engine) as connection:
        return change(connection, report_id, ("waiting", "running"), state="cancelled", finished_at=now)
