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
from data_access.imports.columns import TABLES
from data_access.imports.commit import DEFAULT_RULE
from data_access.imports.load import check_file, publish_checked
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
    return publish_checked(
        engine,
        check_file(contract, name, content),
        name=name,
        digest=hashlib.sha256(content).hexdigest(),
        provenance="official",
        by=by,
        now=now,
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
