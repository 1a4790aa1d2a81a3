"""The owner's comment on an indicator: finding, cause and actions, written or corrected by a steward."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from sqlalchemy import Connection, Engine, select

from data_access.actions.write_again import write_again
from data_access.actions.write_rows import Cells, write_rows
from data_access.contract.model import Contract
from data_access.db.tables import remark
from data_access.domain.confidentiality import SmallCellRule
from data_access.domain.errors import UserError
from data_access.imports.commit import DEFAULT_RULE
from data_access.repositories.batches import Batch, load_data_version

CONTENT = ("due", "text_fr", "text_nl", "role_fr", "role_nl")
Known = Mapping[tuple[str, int], Mapping[str, Any]]  # the current rows of a day, by kind and rank


@dataclass(frozen=True)
class Part:
    """A part of a comment.

    Attributes:
        kind: ``finding``, ``cause`` or ``action``.
        rank: of the part that is corrected; None for a new one.
        due: deadline of an action, as it was typed.
    """

    kind: str
    rank: int | None
    due: str
    fr: str
    nl: str


@dataclass(frozen=True)
class Comment:
    """What one function says of an indicator on one day."""

    indicator: str
    operator: str
    day: date
    role_fr: str
    role_nl: str
    parts: tuple[Part, ...]


def write_comment(
    engine: Engine,
    contract: Contract,
    comment: Comment,
    *,
    by: str,
    now: datetime,
    seen: int,
    rule: SmallCellRule = DEFAULT_RULE,
) -> Batch | None:
    """Publish a comment; nobody's words are replaced unseen.

    A new part takes the next rank of its day, so that two who write at once both have their say. What is sent
    twice is published once.

    Args:
        engine: of the database.
        contract: gives the indicators.
        comment: what was typed.
        by: who writes.
        now: instant with its time zone.
        seen: the data version of the page on which it was typed.
        rule: small-cell thresholds of the audience.

    Returns:
        The batch; None when all of it was published already.

    Raises:
        UserError: ``comment_empty``; ``comment_part_erased`` when a part that was published is left without
            any text; ``row_moved`` when somebody changed a part after ``seen``; ``data_moved``.
        ImportRejected: as ``write_rows``.
    """

    def write() -> Batch | None:
        with engine.connect() as connection:
            version = load_data_version(connection)
            known = _load(connection, comment)
        rows = list(_rows(comment, known, seen))
        if not rows:
            return None
        name = f"remark-{comment.indicator}-{comment.day.isoformat()}.csv"
        about = (engine, contract, "remark", rows)
        return write_rows(*about, name=name, by=by, now=now, seen=version, rule=rule)

    if not any(part.fr or part.nl for part in comment.parts):
        raise UserError("comment_empty", value=comment.indicator)
    return write_again(write)


def _load(connection: Connection, comment: Comment) -> Known:
    query = select(remark).where(
        remark.c.indicator == comment.indicator,
        remark.c.operator == comment.operator,
        remark.c.day == comment.day,
        remark.c.last_batch.is_(None),
    )
    return {(row["kind"], row["rank"]): dict(row) for row in connection.execute(query).mappings()}


def _rows(comment: Comment, known: Known, seen: int) -> Iterator[Cells]:
    """The rows to publish: those that say something else than what is published."""
    last = Counter({kind: max(r for k, r in known if k == kind) for kind, _ in known})
    said = [_content(row) for row in known.values()]
    for part in comment.parts:
        cells = _cells(comment, part)
        if part.rank is None:
            new = (part.kind, *_typed(cells)) not in said
            if (part.fr or part.nl or part.due) and new:
                last[part.kind] += 1
                yield {**cells, "RANK": str(last[part.kind])}
        elif _is_corrected(part, cells, known.get((part.kind, part.rank)), seen):
            yield {**cells, "RANK": str(part.rank)}


def _is_corrected(part: Part, cells: Cells, row: Mapping[str, Any] | None, seen: int) -> bool:
    """Whether a published part now says something else."""
    if not (part.fr or part.nl):
        raise UserError("comment_part_erased", value=part.kind)
    if row is not None and _content(row) == (part.kind, *_typed(cells)):
        return False
    if row is None or row["first_batch"] > seen:
        raise UserError("row_moved", value=cells["INDICATOR"])
    return True


def _cells(comment: Comment, part: Part) -> Cells:
    return {
        "INDICATOR": comment.indicator,
        "KIND": part.kind,
        "DAY": comment.day.isoformat(),
        "OPERATOR": comment.operator,
        "DUE": part.due,
        "TEXT_FR": part.fr,
        "TEXT_NL": part.nl,
        "ROLE_FR": comment.role_fr,
        "ROLE_NL": comment.role_nl,
    }


def _typed(cells: Cells) -> Sequence[str]:
    return [cells[name.upper()] for name in CONTENT]


def _content(row: Mapping[str, Any]) -> tuple[str, ...]:
    due = row["due"].isoformat() if row["due"] is not None else ""
    return (row["kind"], due, *(row[name] for name in CONTENT[1:]))
