"""The packs that somebody asked for, as they stand in the database."""

from __future__ import annotations

from typing import Any

from sqlalchemy import Connection, RowMapping, select, update

from data_access.db.tables import report

OPEN = ("waiting", "running", "done")


def load_report(connection: Connection, report_id: int) -> RowMapping | None:
    """One pack, None when there is none of this number."""
    return connection.execute(select(report).where(report.c.id == report_id)).mappings().first()


def load_reports(connection: Connection, mark: str = "", limit: int = 100) -> list[RowMapping]:
    """What was asked for, the newest first; of those whose fingerprint begins with ``mark``."""
    of_mark = select(report).where(report.c.fingerprint.startswith(mark, autoescape=True))
    return list(connection.execute(of_mark.order_by(report.c.id.desc()).limit(limit)).mappings())


def load_alike(connection: Connection, fingerprint: str) -> RowMapping | None:
    """The pack of this fingerprint that waits, is being made or was made and is kept."""
    kept = (report.c.state.in_(OPEN), report.c.removed_at.is_(None))
    alike = select(report).where(report.c.fingerprint == fingerprint, *kept)
    return connection.execute(alike).mappings().first()


def load_in_state(connection: Connection, state: str) -> list[RowMapping]:
    """The packs in a state, the oldest first."""
    return list(
        connection.execute(select(report).where(report.c.state == state).order_by(report.c.id)).mappings()
    )


def change(connection: Connection, report_id: int, when: tuple[str, ...], **values: Any) -> bool:
    """Change a pack, provided that it is in one of the states ``when``; whether it was."""
    found = update(report).where(report.c.id == report_id, report.c.state.in_(when)).values(**values)
    return connection.execute(found).rowcount == 1
