"""A decision of the Comité or an accepted deviation, written, changed or closed by a steward."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime
from itertools import count
from typing import Any

from sqlalchemy import Connection, Engine, select

from data_access.actions.write_again import write_again
from data_access.actions.write_rows import Cells, write_rows
from data_access.contract.model import Contract
from data_access.db.tables import decision
from data_access.domain.confidentiality import SmallCellRule
from data_access.domain.errors import UserError
from data_access.imports.commit import DEFAULT_RULE
from data_access.imports.decision_columns import DECISION
from data_access.repositories.batches import Batch, load_data_version
from data_access.repositories.decisions import load_codes

CODE = "DECISION"
_CONTENT = [column for column in DECISION if column.name != CODE]


def write_decision(
    engine: Engine,
    contract: Contract,
    cells: Cells,
    *,
    code: str,
    by: str,
    now: datetime,
    seen: int,
    rule: SmallCellRule = DEFAULT_RULE,
) -> tuple[str, Batch | None]:
    """Publish a decision; nobody's words are replaced unseen.

    Args:
        engine: of the database.
        contract: gives the indicators.
        cells: by column of the decision table, without its code.
        code: of the decision that is changed; empty for a new one, which takes the next number of its month.
        by: who writes.
        now: instant with its time zone.
        seen: the data version of the page on which it was typed.
        rule: small-cell thresholds of the audience.

    Returns:
        Its code, and the batch; None when it was published already.

    Raises:
        UserError: ``unknown_decision``; ``row_moved`` when somebody changed it after ``seen``;
            ``data_moved``.
        ImportRejected: as ``write_rows``.
    """

    def write() -> tuple[str, Batch | None]:
        with engine.connect() as connection:
            version = load_data_version(connection)
            number, is_new = _number(connection, cells, code, seen)
        if not is_new:
            return number, None
        rows, name = [{**cells, CODE: number}], f"decision-{number}.csv"
        about = (engine, contract, "decision", rows)
        batch = write_rows(*about, name=name, by=by, now=now, seen=version, rule=rule)
        return number, batch

    return write_again(write)


def _number(connection: Connection, cells: Cells, code: str, seen: int) -> tuple[str, bool]:
    """The code under which it is published, and whether there is anything to publish."""
    query = select(decision).where(decision.c.last_batch.is_(None))
    known = {row["decision"]: dict(row) for row in connection.execute(query).mappings()}
    if not code:
        twin = next((c for c, row in known.items() if _content(row) == _typed(cells)), None)
        return (twin, False) if twin else (next_code(cells.get("MEETING", ""), load_codes(connection)), True)
    if code not in known:
        raise UserError("unknown_decision", value=code)
    if _content(known[code]) == _typed(cells):
        return code, False
    if known[code]["first_batch"] > seen:
        raise UserError("row_moved", value=code)
    return code, True


def next_code(meeting: str, taken: frozenset[str]) -> str:
    """``D-2026-11-03``: the third of a month; a day that is none is left to the checks."""
    try:
        month = date.fromisoformat(meeting).isoformat()[:7]
    except ValueError:
        return "D"
    return next(code for number in count(1) if (code := f"D-{month}-{number:02}") not in taken)


def _typed(cells: Cells) -> list[str]:
    """The cells with what an empty one means."""
    return [cells.get(column.name, "") or column.default or "" for column in _CONTENT]


def _content(row: Mapping[str, Any]) -> list[str]:
    return ["" if (value := row[column.field]) is None else str(value) for column in _CONTENT]
