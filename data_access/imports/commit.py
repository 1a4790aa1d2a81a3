"""Publish a load, or take one back: one transaction, history untouched, the read table brought up to date."""

from __future__ import annotations

import logging
from collections.abc import Mapping, Sequence
from datetime import date, datetime
from typing import Any

import pandas as pd
from sqlalchemy import Connection, Engine, insert, select, union, update

from data_access.contract.load import shipped_contract
from data_access.db.engine import writing
from data_access.db.tables import batch, observation, observation_current
from data_access.domain.confidentiality import SmallCellRule
from data_access.domain.errors import UserError
from data_access.domain.period import Period
from data_access.imports.history import KINDS, publish_rows, take_back_rows
from data_access.imports.protect import find_rule, protect, rule_mark
from data_access.repositories.batches import Batch, find_loaded, load_batch, load_data_version
from data_access.repositories.editions import find_users

__all__ = ["Batch", "commit_import", "find_loaded", "protect_again", "withdraw_batch"]

logger = logging.getLogger(__name__)
DEFAULT_RULE = SmallCellRule()


def commit_import(  # noqa: PLR0913  what a batch says of itself, each by its name
    engine: Engine,
    frames: Mapping[str, pd.DataFrame],
    *,
    file_name: str,
    sha256: str,
    provenance: str,
    by: str,
    received_at: datetime,
    checked_at: datetime,
    published_at: datetime,
    report: Sequence[Mapping[str, Any]],
    left_out: int,
    seen: int | None = None,
    rule: SmallCellRule = DEFAULT_RULE,
) -> Batch:
    """Publish clean rows as one batch, all or nothing.

    A row whose key is current with other content replaces it; one with the same content is only counted.

    Args:
        engine: of the database.
        frames: by kind (``history.KINDS``), rows with the columns of that table but ``id``, ``provenance``
            and the three batch columns; NaN and None are NULL; keys are unique.
        file_name: of the file, without its folder.
        sha256: of its bytes, in hexadecimal.
        provenance: ``published``, ``official`` or ``demonstration``; every row gets it.
        by: who loads it.
        received_at: instant with its time zone; so are ``checked_at`` and ``published_at``.
        checked_at: end of the checks.
        published_at: its day bounds the cut-off: a period that is not over covers nothing yet.
        report: the problems found, as values that JSON can hold.
        left_out: rows of the file that were reported and not loaded.
        seen: the data version that whoever loads it looked at; None when nobody looked.
        rule: small-cell thresholds of the audience, under which the tables are made safe (``protect``).

    Returns:
        The batch, whose id is the new data version.

    Raises:
        UserError: ``data_moved``: somebody published after the version that was looked at; ``discloses``: a
            small count would be given away (``protect``).
    """
    with writing(engine) as connection:
        if seen is not None and (current := load_data_version(connection)) != seen:
            raise UserError("data_moved", value=file_name, version=seen, current=current)
        number = _insert_batch(
            connection,
            action="load",
            file_name=file_name,
            sha256=sha256,
            provenance=provenance,
            by=by,
            received_at=received_at,
            checked_at=checked_at,
            published_at=published_at,
            report=list(report),
            left_out=left_out,
        )
        counts = {
            kind: publish_rows(connection, kind, frame.assign(provenance=provenance), number)
            for kind, frame in frames.items()
            if len(frame)
        }
        protect(connection, number, rule, file_name=file_name)
        published = _finish(connection, number, published_at, counts)
    logger.info("batch %s: %s loaded by %s, %s", number, file_name, by, counts)
    return published


def withdraw_batch(
    engine: Engine,
    batch_id: int,
    *,
    by: str,
    reason: str,
    at: datetime,
    superseded: bool = False,
    rule: SmallCellRule = DEFAULT_RULE,
) -> Batch:
    """Take a load back: the current values become what the other loads in force say, in their order.

    The withdrawal is itself a batch, so that every earlier version still reads as it did.

    Args:
        engine: of the database.
        batch_id: the load.
        by: who takes it back, and ``reason`` why.
        at: instant with its time zone.
        superseded: newer rows have taken the place of what it delivered (shipped tables after an upgrade);
            then editions may read it, as they go on doing.
        rule: as in ``commit_import``.

    Raises:
        UserError: ``unknown_batch``, ``batch_is_withdrawal`` or ``batch_already_withdrawn``, with ``value``;
            ``batch_in_edition`` when an edition reads what it delivered, with ``editions``: what a meeting
            saw is corrected by a newer load, never taken back.
    """
    with writing(engine) as connection:
        taken = _withdrawable(connection, batch_id, superseded=superseded)
        number = _insert_batch(
            connection,
            action="withdraw",
            withdraws=batch_id,
            file_name=taken.file_name,
            sha256=taken.sha256,
            provenance=taken.provenance,
            by=by,
            reason=reason,
            received_at=at,
            checked_at=at,
            published_at=at,
            report=[],
            left_out=0,
        )
        connection.execute(update(batch).where(batch.c.id == batch_id).values(withdrawn_at=at))
        counts = {kind: take_back_rows(connection, kind, batch_id, number) for kind in KINDS}
        protect(connection, number, rule, file_name=taken.file_name, refuse=False)
        published = _finish(
            connection, number, at, {kind: c for kind, c in counts.items() if any(c.values())}
        )
    logger.info("batch %s: batch %s withdrawn by %s, %s", number, batch_id, by, counts)
    return published


def protect_again(engine: Engine, *, by: str, at: datetime, rule: SmallCellRule) -> Batch | None:
    """Judge every table anew, as a batch of its own, where the last judgement had another rule.

    That is so after a change of the thresholds or of the definitions, and of a database that is older than
    the judgement. Nothing is refused: what was published stays published, and is hidden as well as it can be.

    Returns:
        The batch, whose id is the new data version; None when there was nothing to do.
    """
    with writing(engine) as connection:
        if not load_data_version(connection) or find_rule(connection) == rule_mark(rule, shipped_contract()):
            return None
        facts = {"file_name": "", "sha256": "", "provenance": "official", "report": [], "left_out": 0}
        times = dict.fromkeys(("received_at", "checked_at", "published_at"), at)
        number = _insert_batch(connection, action="protect", by=by, **facts, **times)
        protect(connection, number, rule, file_name="", refuse=False)
        published = _finish(connection, number, at, {})
    logger.info("batch %s: every table judged anew by %s", number, by)
    return published


def _withdrawable(connection: Connection, batch_id: int, *, superseded: bool) -> Batch:
    taken = load_batch(connection, batch_id)
    if taken is None:
        raise UserError("unknown_batch", value=batch_id)
    if taken.action != "load":
        raise UserError("batch_is_withdrawal", value=batch_id)
    if taken.withdrawn_at is not None:
        raise UserError("batch_already_withdrawn", value=batch_id)
    if not superseded and (users := find_users(connection, batch_id)):
        raise UserError("batch_in_edition", value=batch_id, editions=", ".join(users))
    return taken


def _insert_batch(connection: Connection, **values: Any) -> int:
    result = connection.execute(insert(batch).values(counts={}, provenances=[], **values))
    assert result.inserted_primary_key is not None, "both databases return the key"
    return int(result.inserted_primary_key[0])


def _finish(
    connection: Connection, number: int, at: datetime, counts: Mapping[str, Mapping[str, int]]
) -> Batch:
    """Write down what the version holds: counts, provenance classes, cut-off."""
    connection.execute(
        update(batch)
        .where(batch.c.id == number)
        .values(counts=counts, provenances=_provenances(connection), cutoff=_cutoff(connection, at.date()))
    )
    published = load_batch(connection, number)
    assert published is not None, "inserted above"
    return published


def _provenances(connection: Connection) -> list[str]:
    current = union(
        select(observation_current.c.provenance),
        *(
            select(table.c.provenance).where(table.c.last_batch.is_(None))
            for table, _ in KINDS.values()
            if table is not observation  # whose current rows stand in the read table
        ),
    )
    return sorted(connection.scalars(current).all())


def _cutoff(connection: Connection, today: date) -> date | None:
    """The last day of the newest period that had ended when the batch was published."""
    periods = connection.scalars(select(observation_current.c.time_period).distinct()).all()
    return max((end for p in periods if (end := Period.parse(p).end) <= today), default=None)
