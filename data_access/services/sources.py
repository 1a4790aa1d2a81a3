"""Which sources the current figures name, and which batches brought them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

import pandas as pd

from data_access.cache import cached
from data_access.db.reading import reading
from data_access.repositories.batches import load_batches
from data_access.repositories.sources import load_sources


@dataclass(frozen=True)
class Source:
    """A source as the tables write it, and the indicators that it feeds."""

    text: str
    indicators: tuple[str, ...]


@dataclass(frozen=True)
class LoadedBatch:
    """One batch in force: its id, file, provenance class, day of publication and number of rows."""

    id: int
    file_name: str
    provenance: str
    published: date
    rows: int
    sha256: str


@cached
def get_sources(version: int) -> tuple[Source, ...]:
    """The sources of what is not fictitious, in alphabetical order."""
    del version  # part of the key only
    with reading() as connection:
        named = load_sources(connection)
    indicators: dict[str, list[str]] = {}
    for text, indicator in zip(named["source"], named["indicator"], strict=True):
        indicators.setdefault(text, []).append(indicator)
    return tuple(Source(text, tuple(codes)) for text, codes in indicators.items())


@cached
def get_batches(version: int) -> tuple[LoadedBatch, ...]:
    """The loads that have not been taken back, newest first."""
    del version  # part of the key only
    with reading() as connection:
        batches = load_batches(connection)
    in_force = batches[(batches["action"] == "load") & batches["withdrawn_at"].isna()]
    newest_first = in_force.sort_values("id", ascending=False)
    return tuple(_batch({str(k): v for k, v in row.items()}) for row in newest_first.to_dict("records"))


@dataclass(frozen=True)
class HistoryLine:
    """One load or withdrawal.

    Attributes:
        counts: rows new, revised and removed, all kinds together.
        withdraws: of a withdrawal, the load taken back; ``reason`` says why.
        withdrawn: the day on which this load was taken back.
    """

    id: int
    file_name: str
    provenance: str
    sha256: str
    published: date
    by: str
    counts: Mapping[str, int]
    withdraws: int | None
    withdrawn: date | None
    reason: str


@cached
def get_history(version: int) -> tuple[HistoryLine, ...]:
    """Every batch until that version, newest first."""
    del version  # part of the key only
    with reading() as connection:
        batches = load_batches(connection)
    rows = ({str(k): v for k, v in row.items()} for row in batches.to_dict("records"))
    return tuple(_history(row) for row in rows)[::-1]


def _history(row: Mapping[str, Any]) -> HistoryLine:
    kinds = row["counts"].values()
    counts = {name: sum(kind[name] for kind in kinds) for name in ("new", "revised", "removed")}
    taken = row["withdraws"]
    back = row["withdrawn_at"]
    return HistoryLine(
        row["id"],
        row["file_name"],
        row["provenance"],
        row["sha256"],
        row["published_at"].date(),
        row["by"],
        counts,
        None if pd.isna(taken) else int(taken),
        None if pd.isna(back) else back.date(),
        row["reason"],
    )


def _batch(row: Mapping[str, Any]) -> LoadedBatch:
    return LoadedBatch(
        id=int(row["id"]),
        file_name=row["file_name"],
        provenance=row["provenance"],
        published=row["published_at"].date(),
        rows=sum(int(kind["read"]) for kind in row["counts"].values()),
        sha256=row["sha256"],
    )
