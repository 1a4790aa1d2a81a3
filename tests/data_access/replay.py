"""The slow twin of the bitemporal tables: dictionaries, and one publication played after the other."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any

from sqlalchemy import Engine, Table, or_, select

Key = tuple[Any, ...]
Rows = dict[Key, Mapping[str, Any]]
_KEYS = {
    "observation": (
        "indicator", "freq", "time_period", "ref_area",
        "sex", "age", "education", "duration", "audience", "operator", "workplace",
    ),
    "target": ("indicator", "kind", "due", "ref_area", "operator", "valid_from"),
    "cohort": (
        "funnel", "cohort", "stage", "outcome", "ref_area",
        "sex", "age", "education", "duration", "audience", "operator", "workplace", "month", "obstacle",
    ),
    "remark": ("indicator", "operator", "kind", "day", "rank"),
    "governance": ("obligation", "state"),
    "plan": ("action", "year"),
    "decision": ("decision",),
}  # fmt: skip


@dataclass
class Replay:
    """Loads in their order; a version is what the loads in force at it say, the later over the earlier."""

    loads: dict[int, Rows] = field(default_factory=dict)
    withdrawn: dict[int, int] = field(default_factory=dict)

    def load(self, version: int, rows: Iterable[Mapping[str, Any]], kind: str = "observation") -> None:
        """A file, as the version it made."""
        self.loads[version] = {tuple(row[k] for k in _KEYS[kind]): row for row in rows}

    def withdraw(self, version: int, taken: int) -> None:
        """A load taken back, as the version that made."""
        self.withdrawn[taken] = version

    def known_at(self, version: int) -> Rows:
        """The rows known at a version, by key."""
        known: Rows = {}
        for number in sorted(self.loads):
            if number <= version < self.withdrawn.get(number, version + 1):
                known |= self.loads[number]
        return known


def known_at(engine: Engine, table: Table, version: int | None) -> Rows:
    """The rows of a history table known at a version, read row by row; the current ones for None.

    Raises:
        AssertionError: two rows with the same key are known at once.
    """
    known = (
        table.c.last_batch.is_(None)
        if version is None
        else (table.c.first_batch <= version)
        & or_(table.c.last_batch.is_(None), table.c.last_batch > version)
    )
    with engine.connect() as connection:
        rows = connection.execute(select(table).where(known)).mappings().all()
    keyed = {tuple(row[k] for k in _KEYS[table.name]): row for row in rows}
    assert len(keyed) == len(rows), "two rows with one key are known at the same version"
    return keyed
