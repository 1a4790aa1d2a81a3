"""What was said of an indicator before it was corrected: text, day of publication, and by whom."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from itertools import groupby
from typing import Any

from data_access.cache import cached
from data_access.db.reading import reading
from data_access.repositories.remark_versions import load_remark_versions

RemarkKey = tuple[str, date, int]  # kind, day, rank


@dataclass(frozen=True)
class RemarkVersion:
    """A remark as it read from one publication to the next.

    Attributes:
        fr, nl: its text; None while a translation was awaited.
        published_at: instant, in UTC; ``by`` who published it, empty for the reader at this machine.
    """

    fr: str | None
    nl: str | None
    due: date | None
    published_at: datetime
    by: str

    def in_(self, language: str) -> str | None:
        """The text in ``fr`` or ``nl``."""
        return self.nl if language == "nl" else self.fr


@cached
def get_remark_history(
    version: int, indicator: str, operator: str
) -> dict[RemarkKey, tuple[RemarkVersion, ...]]:
    """The versions of each remark, those that hold included, the newest first.

    A row that was published again with the same words (a table that ships, after an upgrade) is one version,
    that of the first time.
    """
    del version  # part of the key only
    with reading() as connection:
        rows = load_remark_versions(connection, indicator, operator).to_dict("records")
    return {key: _versions(list(group)) for key, group in groupby(rows, _key)}


def _key(row: Any) -> RemarkKey:
    return row["kind"], row["day"], int(row["rank"])


def _versions(rows: list[Any]) -> tuple[RemarkVersion, ...]:
    oldest_first = [_version(row) for row in reversed(rows)]
    kept = oldest_first[:1]
    for each in oldest_first[1:]:
        if _words(each) != _words(kept[-1]):
            kept.append(each)
    return tuple(reversed(kept))


def _words(each: RemarkVersion) -> tuple[str | None, str | None, date | None]:
    return each.fr, each.nl, each.due


def _version(row: Any) -> RemarkVersion:
    return RemarkVersion(
        fr=row["text_fr"] or None,
        nl=row["text_nl"] or None,
        due=row["due"] if isinstance(row["due"], date) else None,
        published_at=row["published_at"],
        by=row["by"],
    )
