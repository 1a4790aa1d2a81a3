"""A file that a steward sent through the browser: kept aside until it is published or thrown away."""

from __future__ import annotations

import hashlib
import logging
import re
import shutil
from datetime import datetime
from pathlib import Path

from sqlalchemy import Engine

from data_access.contract.model import Contract
from data_access.domain.confidentiality import SmallCellRule
from data_access.domain.errors import UserError
from data_access.imports.load import LoadResult, load_file
from data_access.imports.readers import Limits

logger = logging.getLogger(__name__)
DIGEST = re.compile(r"[0-9a-f]{64}")
LONGEST = 120  # letters of a file name


def keep_submission(folder: Path, name: str, content: bytes) -> str:
    """Keep a file under the SHA-256 of its bytes, which is returned; sent twice, it is kept once.

    Args:
        folder: of all that was sent.
        name: as the browser says it; only its last part is used.
        content: its bytes.

    Raises:
        UserError: ``submission_empty``.
    """
    if not content:
        raise UserError("submission_empty", value=name)
    digest = hashlib.sha256(content).hexdigest()
    place = folder / digest
    if not place.is_dir():
        draft = folder / f".{digest}"
        shutil.rmtree(draft, ignore_errors=True)
        draft.mkdir(parents=True)
        (draft / _plain(name)).write_bytes(content)
        draft.rename(place)
    return digest


def find_submission(folder: Path, digest: str) -> Path:
    """The file with a digest.

    Raises:
        UserError: ``submission_unknown``: it was published, thrown away, or never sent.
    """
    place = folder / digest
    if not DIGEST.fullmatch(digest) or not place.is_dir():
        raise UserError("submission_unknown", value=digest[:12])
    return next(place.iterdir())


def publish_submission(
    engine: Engine,
    contract: Contract,
    folder: Path,
    digest: str,
    *,
    provenance: str,
    by: str,
    now: datetime,
    limits: Limits,
    seen: int,
    rule: SmallCellRule,
) -> LoadResult:
    """Publish a file that was sent, checked anew; it is then no longer kept.

    Raises:
        UserError: ``submission_unknown``, and as ``load_file`` does; ``data_moved`` when the data are no
            longer those of version ``seen``, whose preview the steward read: the file goes on waiting.
    """
    path = find_submission(folder, digest)
    done = load_file(
        engine,
        contract,
        path,
        provenance=provenance,
        by=by,
        now=now,
        limits=limits,
        seen=seen,
        rule=rule,
    )
    drop_submission(folder, digest)
    return done


def drop_submission(folder: Path, digest: str) -> None:
    """Throw a file away."""
    path = find_submission(folder, digest)
    shutil.rmtree(path.parent)
    logger.info("submission %s dropped", digest[:12])


def _plain(name: str) -> str:
    """The last part of a name, in letters that every file system knows."""
    last = re.split(r"[\\/]", name)[-1]
    clean = re.sub(r"[^\w.\- ]", "_", last).strip(" .")[-LONGEST:]
    return clean or "file"
