"""An edition (séance): what was published, defined and judged when the Comité met, frozen."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any


@dataclass(frozen=True)
class Edition:
    """A frozen meeting.

    Attributes:
        code: year and month of the meeting, ``2026-11``; ``2026-11-2`` for a second one of that month.
        meeting: its day.
        version: the data version that it froze; ``cutoff`` is the last day which that version covers.
        definitions: SHA-256 of the contract's definitions, targets' rules and thresholds in force.
        method: digest of the rules of assessment (``data_access.domain``) that judged it.
        sha256: of its whole content (``content_digest``).
        made_at: instant, in UTC; ``made_by`` is a name that the proxy gave, empty at this machine.
    """

    code: str
    meeting: date
    version: int
    cutoff: date | None
    definitions: str
    method: str
    sha256: str
    made_at: datetime
    made_by: str


@dataclass(frozen=True)
class Draft:
    """What is to be frozen.

    Attributes:
        meeting: its day.
        version: the data version that was looked at.
        definitions: the JSON of the contract in force.
        method: digest of the rules of assessment.
        results: what was shown for each indicator, as values that JSON can hold.
    """

    meeting: date
    version: int
    definitions: str
    method: str
    results: Sequence[dict[str, Any]]


def make_code(meeting: date, taken: Collection[str]) -> str:
    """The code of a meeting: its year and month, and a number when that month has one already."""
    month = meeting.isoformat()[:7]
    numbered = (month, *(f"{month}-{number}" for number in range(2, 32)))
    return next(code for code in numbered if code not in taken)


def content_digest(header: Mapping[str, Any], rows: Iterable[tuple[object, ...]]) -> str:
    """SHA-256 over what an edition says and every row that it reads, in the order given.

    Numbers are written as Python writes a float (the shortest text that gives the same one back), so that
    both databases give the same digest.

    Args:
        header: what is not in rows; values that JSON can hold, or dates.
        rows: their columns and nothing of how they are stored (no row or batch numbers).
    """
    digest = hashlib.sha256(json.dumps(header, sort_keys=True, default=str).encode())
    for row in rows:
        digest.update(repr(tuple(map(_plain, row))).encode())
    return digest.hexdigest()


def _plain(value: object) -> object:
    if isinstance(value, date):
        return value.isoformat()
    return float(value) if isinstance(value, int) else value
