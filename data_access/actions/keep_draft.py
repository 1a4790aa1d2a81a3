"""A form that was refused is kept, so that nobody types twice: until it is published, or for a week."""

from __future__ import annotations

import json
import re
import time
import uuid
from collections.abc import Mapping
from pathlib import Path

from data_access.domain.draft import Draft
from data_access.domain.errors import UserError

TOKEN = re.compile(r"[0-9a-f]{32}")
KEPT = 7 * 24 * 3600  # seconds


def keep_draft(folder: Path, fields: Mapping[str, str], error: UserError) -> str:
    """Keep what was typed and why it was refused; its token is returned."""
    folder.mkdir(parents=True, exist_ok=True)
    _sweep(folder)
    token, report = uuid.uuid4().hex, getattr(error, "report", None)
    kept = {
        "fields": dict(fields),
        "code": error.code,
        "facts": {name: str(value) for name, value in error.facts.items()},
        "problems": [] if report is None else report.as_plain(),
    }
    unfinished = folder / f".{token}"
    unfinished.write_text(json.dumps(kept), "utf-8")
    unfinished.rename(folder / token)
    return token


def find_draft(folder: Path, token: str) -> Draft | None:
    """What is kept under a token; None when it was published, is too old, or never was."""
    path = folder / token
    if not TOKEN.fullmatch(token) or not path.is_file():
        return None
    return Draft(token=token, **json.loads(path.read_text("utf-8")))


def drop_draft(folder: Path, token: str) -> None:
    """Forget a draft; one that is not there is none to forget."""
    if TOKEN.fullmatch(token):
        (folder / token).unlink(missing_ok=True)


def _sweep(folder: Path) -> None:
    oldest = time.time() - KEPT
    for path in folder.iterdir():
        if path.stat().st_mtime < oldest:
            path.unlink(missing_ok=True)
