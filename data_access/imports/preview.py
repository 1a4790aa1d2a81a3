"""What publishing a checked file would change: it is published whole, looked at, and undone."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

import pandas as pd
from sqlalchemy import Connection, Engine, and_, func, insert, select

from data_access.db.engine import writing
from data_access.db.tables import SERIES_ORDER, batch, observation
from data_access.domain.confidentiality import SmallCellRule
from data_access.domain.errors import UserError
from data_access.imports.history import KINDS, publish_rows
from data_access.imports.protect import protect

MOST = 200  # revised values that are listed; all are counted


@dataclass(frozen=True)
class Revision:
    """A published value that the file would replace; None where there is none."""

    indicator: str
    time_period: str
    ref_area: str
    group: str
    before: float | None
    after: float | None


@dataclass(frozen=True)
class Preview:
    """What would change.

    Attributes:
        counts: by kind of row, how many are read, new, revised and unchanged.
        revisions: the first of the observations whose value would be another one; ``revised`` counts them.
        hidden: rows of the tables that the file touches, hidden so that no small count can be worked out.
        refused: facts of the refusal (``protect``, error ``discloses``) where publishing would meet one.
    """

    counts: Mapping[str, Mapping[str, int]]
    revisions: tuple[Revision, ...]
    revised: int
    hidden: int = 0
    refused: Mapping[str, Any] | None = None


class _Undo(Exception):
    """Leaves the transaction without keeping anything."""


def preview_import(
    engine: Engine, frames: Mapping[str, pd.DataFrame], *, at: datetime, rule: SmallCellRule
) -> Preview:
    """Publish the rows as a batch, compare, and roll everything back.

    Args:
        engine: of the database; its only writer meanwhile.
        frames: by kind, as ``commit_import`` takes them.
        at: an instant with its time zone.
        rule: small-cell thresholds of the audience.
    """
    found: list[Preview] = []
    try:
        with writing(engine) as connection:
            number = _number(connection, at)
            counts = {
                kind: publish_rows(connection, kind, frame.assign(provenance="official"), number)
                for kind, frame in frames.items()
                if kind in KINDS and len(frame)
            }
            revisions, revised = _revisions(connection, number)
            found.append(Preview(counts, revisions, revised, *_protected(connection, number, rule)))
            raise _Undo
    except _Undo:
        return found[0]


def _number(connection: Connection, at: datetime) -> int:
    nothing = {"file_name": "", "sha256": "", "by": "", "left_out": 0, "provenances": [], "counts": {}}
    times = dict.fromkeys(("received_at", "checked_at", "published_at"), at)
    row = {"action": "load", "provenance": "official", "report": [], **nothing, **times}
    result = connection.execute(insert(batch).values(row))
    assert result.inserted_primary_key is not None, "both databases return the key"
    return int(result.inserted_primary_key[0])


def _protected(
    connection: Connection, number: int, rule: SmallCellRule
) -> tuple[int, Mapping[str, Any] | None]:
    try:
        return protect(connection, number, rule, file_name=""), None
    except UserError as error:
        return 0, error.facts


def _revisions(connection: Connection, number: int) -> tuple[tuple[Revision, ...], int]:
    """The observations that the batch closed and opened again with another value."""
    old, new = observation.alias("old"), observation.alias("new")
    same = and_(*(old.c[name] == new.c[name] for name in SERIES_ORDER))
    moved = (
        old.c.last_batch == number,
        new.c.first_batch == number,
        old.c.obs_value.is_distinct_from(new.c.obs_value),
    )
    joined = old.join(new, same)
    total = connection.scalar(select(func.count()).select_from(joined).where(*moved)) or 0
    key = [new.c[name] for name in SERIES_ORDER]
    query = select(*key, old.c.obs_value.label("before"), new.c.obs_value.label("after"))
    query = query.select_from(joined).where(*moved).order_by(*key).limit(MOST)
    rows = connection.execute(query).mappings()
    return tuple(_revision(dict(row)) for row in rows), int(total)


def _revision(row: Mapping[str, object]) -> Revision:
    places = {"indicator", "time_period", "ref_area", "freq", "before", "after"}
    group = " · ".join(f"{n.upper()} {v}" for n, v in row.items() if n not in places and v != "_T")
    before, after = row["before"], row["after"]
    assert before is None or isinstance(before, float)
    assert after is None or isinstance(after, float)
    return Revision(
        str(row["indicator"]), str(row["time_period"]), str(row["ref_area"]), group, before, after
    )
