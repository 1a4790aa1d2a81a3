"""Which packs were asked for, and how far each has come; asked anew each time."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, fields
from datetime import datetime
from typing import Any

from data_access.db.engine import get_engine
from data_access.domain.confidentiality import SmallCellRule
from data_access.domain.report import rule_mark
from data_access.repositories.reports import load_report, load_reports


@dataclass(frozen=True)
class Report:
    """One pack; the columns of the table ``report`` that a reader may see."""

    id: int
    kind: str
    languages: str
    data_version: int
    edition: str
    state: str
    done: int
    total: int
    what: str
    asked_by: str
    asked_at: datetime
    finished_at: datetime | None
    file_name: str | None
    bytes: int | None
    sha256: str | None
    error_code: str | None
    error_facts: Mapping[str, Any] | None
    removed_at: datetime | None

    @property
    def open(self) -> bool:
        """Whether something is still to come."""
        return self.state in {"waiting", "running"}


_NAMES = tuple(field.name for field in fields(Report))


def get_reports(rule: SmallCellRule) -> tuple[Report, ...]:
    """The newest hundred, the newest first; those of other thresholds may show what is now hidden."""
    with get_engine().connect() as connection:
        rows = load_reports(connection, rule_mark(rule))
    return tuple(Report(**{name: row[name] for name in _NAMES}) for row in rows)


def get_report(report_id: int, rule: SmallCellRule) -> Report | None:
    """One pack, None when there is none of this number that was made under these thresholds."""
    with get_engine().connect() as connection:
        row = load_report(connection, report_id)
    if row is None or not row["fingerprint"].startswith(rule_mark(rule)):
        return None
    return Report(**{name: row[name] for name in _NAMES})
