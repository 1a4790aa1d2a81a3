"""Rows that a steward writes in the browser: checked as a file is, published as a batch like any other."""

from __future__ import annotations

import csv
import hashlib
import io
from collections.abc import Mapping, Sequence
from datetime import datetime

from sqlalchemy import Engine

from data_access.contract.model import Contract
from data_access.domain.confidentiality import SmallCellRule
from data_access.domain.errors import ImportRejected
from data_access.imports.columns import TABLES
from data_access.imports.commit import DEFAULT_RULE, commit_import
from data_access.imports.load import check_file
from data_access.imports.report import Severity
from data_access.repositories.batches import Batch

Cells = Mapping[str, str]  # by column of the input table


def write_rows(
    engine: Engine,
    contract: Contract,
    kind: str,
    rows: Sequence[Cells],
    *,
    name: str,
    by: str,
    now: datetime,
    seen: int,
    rule: SmallCellRule = DEFAULT_RULE,
) -> Batch:
    """Publish rows of one kind, all or none.

    Args:
        engine: of the database.
        contract: gives the code lists.
        kind: of ``columns.TABLES``.
        rows: cells as text; what is left out is empty.
        name: under which the batch is listed.
        by: who writes.
        now: instant with its time zone.
        seen: the data version that the rows were made for.
        rule: small-cell thresholds of the audience.

    Raises:
        ImportRejected: the checks of that table refuse a row; ``report`` says why, by column.
        UserError: ``data_moved``: somebody published after ``seen``.
    """
    content = _as_file(kind, rows)
    checked = check_file(contract, name, content)
    if checked.report.rejected:
        errors = len(checked.report.of(Severity.ERROR))
        raise ImportRejected("import_rejected", report=checked.report, file=name, errors=errors)
    return commit_import(
        engine,
        checked.frames,
        file_name=name,
        sha256=hashlib.sha256(content).hexdigest(),
        provenance="official",
        by=by,
        received_at=now,
        checked_at=now,
        published_at=now,
        report=checked.report.as_plain(),
        left_out=checked.report.rows_left_out,
        seen=seen,
        rule=rule,
    )


def _as_file(kind: str, rows: Sequence[Cells]) -> bytes:
    """The rows as the CSV file that the same steward could have sent."""
    text = io.StringIO()
    writer = csv.DictWriter(text, [c.name for c in TABLES[kind]], restval="", lineterminator="\n")
    writer.writeheader()
    writer.writerows(rows)
    return text.getvalue().encode()
