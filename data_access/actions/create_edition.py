"""Freeze an edition: one transaction, after which nothing of it changes."""

from __future__ import annotations

import hashlib
import logging
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, Engine, func, insert, select

from data_access.db.engine import writing
from data_access.db.tables import batch, definition_set, edition
from data_access.domain.edition import Draft, Edition, content_digest, make_code
from data_access.domain.errors import UserError
from data_access.repositories.editions import (
    load_content,
    load_definitions,
    load_edition,
    load_editions,
    load_results,
)

logger = logging.getLogger(__name__)


def create_edition(engine: Engine, draft: Draft, *, by: str, now: datetime) -> Edition:
    """Freeze a draft.

    Raises:
        UserError: ``edition_exists`` (of a meeting on that day), ``edition_version`` (nothing is loaded, or
            that version does not exist).
    """
    digest = hashlib.sha256(draft.definitions.encode()).hexdigest()
    with writing(engine) as connection:
        known = load_editions(connection)
        if any(each.meeting == draft.meeting for each in known):
            raise UserError("edition_exists", value=draft.meeting.isoformat())
        if connection.scalar(select(batch.c.id).where(batch.c.id == draft.version)) is None:
            raise UserError("edition_version", value=draft.version)
        _keep_definitions(connection, digest, draft.definitions)
        code = make_code(draft.meeting, {each.code for each in known})
        sha256 = content_digest(_header(code, draft, digest), load_content(connection, draft.version))
        row = {
            "code": code,
            "meeting": draft.meeting,
            "batch_id": draft.version,
            "definitions": digest,
            "method": draft.method,
            "results": list(draft.results),
            "sha256": sha256,
            "made_at": now,
            "made_by": by,
        }
        connection.execute(insert(edition).values(row))
        made = load_edition(connection, code)
    assert made is not None, "inserted above"
    logger.info("edition %s of version %s frozen by %s, %s", made.code, made.version, by, sha256)
    return made


def verify_edition(engine: Engine, code: str) -> bool:
    """Whether an edition still holds, byte for byte, what was frozen.

    Raises:
        UserError: ``unknown_edition``.
    """
    with engine.connect() as connection:
        found = load_edition(connection, code)
        if found is None:
            raise UserError("unknown_edition", value=code)
        draft = Draft(
            found.meeting,
            found.version,
            load_definitions(connection, found.definitions),
            found.method,
            load_results(connection, code),
        )
        digest = hashlib.sha256(draft.definitions.encode()).hexdigest()
        rows = load_content(connection, found.version)
        return content_digest(_header(code, draft, digest), rows) == found.sha256


def _header(code: str, draft: Draft, digest: str) -> dict[str, Any]:
    """What an edition says beside its rows."""
    return {
        "code": code,
        "meeting": draft.meeting.isoformat(),
        "definitions": digest,
        "method": draft.method,
        "results": list(draft.results),
    }


def _keep_definitions(connection: Connection, digest: str, content: str) -> None:
    """Once, however many editions share them."""
    known = connection.scalar(
        select(func.count()).select_from(definition_set).where(definition_set.c.sha256 == digest)
    )
    if not known:
        connection.execute(insert(definition_set).values(sha256=digest, content=content))
