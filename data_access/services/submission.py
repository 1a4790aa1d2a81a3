"""A file that was sent and not published yet: what is wrong with it, or what it would change."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

from data_access.cache import cached
from data_access.contract.load import contract
from data_access.db.engine import get_engine
from data_access.domain.confidentiality import SmallCellRule
from data_access.imports.load import check_file
from data_access.imports.preview import Preview, Revision, preview_import
from data_access.imports.readers import Limits, read_bytes
from data_access.imports.report import ImportReport, Problem
from data_access.repositories.batches import find_loaded

__all__ = ["ImportReport", "Preview", "Problem", "Revision", "Submission", "get_submission"]


@dataclass(frozen=True)
class Submission:
    """A file as it was checked.

    Attributes:
        digest: SHA-256 of its bytes; ``size`` their number.
        report: what is wrong, row by row.
        preview: what publishing would change; None where it cannot be published.
        loaded: the batch that read the same bytes, if one did.
    """

    digest: str
    name: str
    size: int
    report: ImportReport
    preview: Preview | None
    loaded: int | None


def get_submission(version: int, path: Path, digest: str, limits: Limits, rule: SmallCellRule) -> Submission:
    """Check a file that was sent against the data of this moment.

    Raises:
        UserError: the file cannot be read at all.
    """
    return _checked(version, str(path), digest, limits, rule)


@cached
def _checked(version: int, path: str, digest: str, limits: Limits, rule: SmallCellRule) -> Submission:
    del version  # part of the key only: what would change depends on it
    file, engine = Path(path), get_engine()
    content = read_bytes(file, limits)
    found = check_file(contract(), file.name, content, limits=limits)
    before = find_loaded(engine, digest)
    preview = None
    if before is None and not found.report.rejected:
        preview = preview_import(engine, found.frames, at=datetime.now(UTC), rule=rule)
    return Submission(digest, file.name, len(content), found.report, preview, before.id if before else None)
