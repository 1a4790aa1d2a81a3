"""Bring a database up to date: migrations, and the tables that ship."""

from __future__ import annotations

import logging
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from sqlalchemy import Engine, select

from data_access.actions.shipped import ShippedTable, demonstration_tables, published_tables
from data_access.contract.model import Contract
from data_access.db.migrate import upgrade
from data_access.db.tables import batch
from data_access.domain.confidentiality import SmallCellRule
from data_access.imports.commit import DEFAULT_RULE, protect_again, withdraw_batch
from data_access.imports.load import load_file

logger = logging.getLogger(__name__)
BY = "prepare"


@dataclass(frozen=True)
class _Load:
    """A load so far; ``withdrawn_by`` is None while it is in force."""

    id: int
    sha256: str
    by: str
    withdrawn_by: str | None


@dataclass(frozen=True)
class PreparationResult:
    """What was done; nothing when the database was ready.

    Attributes:
        loaded: names of the shipped files loaded now.
        withdrawn: batches of shipped files taken back now: the file has changed or is not wanted.
    """

    loaded: tuple[str, ...]
    withdrawn: tuple[int, ...]


def prepare_database(
    engine: Engine,
    contract: Contract,
    *,
    tables: str,
    data_dir: Path,
    now: datetime,
    seed: int = 2027,
    rule: SmallCellRule = DEFAULT_RULE,
) -> PreparationResult:
    """Migrate, load the shipped tables that are not loaded, take back those that are outdated, protect.

    A shipped file that an operator took back is not loaded again.

    Args:
        engine: the database; made when it does not exist.
        contract: gives the definitions.
        tables: ``all``, or ``published`` for a database without demonstration figures.
        data_dir: where the demonstration tables are generated.
        now: the instant of the loads, with its time zone.
        seed: of the demonstration; the same seed gives the same bytes.
        rule: small-cell thresholds of the audience.

    Raises:
        ImportRejected: a shipped file is wrong; the files before it are loaded.
    """
    upgrade(engine)
    wanted = published_tables()
    if tables == "all":
        wanted += demonstration_tables(data_dir, contract, seed=seed)
    loads = _loads(engine)
    known = {load.sha256 for load in loads if load.withdrawn_by != BY}
    missing = [table for table in wanted if table.sha256 not in known]
    for table in missing:
        load_file(engine, contract, table.path, provenance=table.provenance, by=BY, now=now, rule=rule)
    withdrawn = _withdraw_outdated(engine, loads, wanted, now, rule)
    protect_again(engine, by=BY, at=now, rule=rule)
    return PreparationResult(tuple(table.path.name for table in missing), withdrawn)


def _loads(engine: Engine) -> Sequence[_Load]:
    """Every load so far, and who took it back."""
    back = batch.alias("back")
    loads = (
        select(batch.c.id, batch.c.sha256, batch.c.by, back.c.by.label("withdrawn_by"))
        .join_from(batch, back, back.c.withdraws == batch.c.id, isouter=True)
        .where(batch.c.action == "load")
        .order_by(batch.c.id)
    )
    with engine.connect() as connection:
        return [_Load(*row) for row in connection.execute(loads)]


def _withdraw_outdated(
    engine: Engine, loads: Sequence[_Load], wanted: Sequence[ShippedTable], now: datetime, rule: SmallCellRule
) -> tuple[int, ...]:
    """Take back earlier versions of shipped files, now that the new ones are in."""
    current = {table.sha256 for table in wanted}
    outdated = [
        load.id
        for load in loads
        if load.by == BY and load.withdrawn_by is None and load.sha256 not in current
    ]
    for number in outdated:
        withdraw_batch(engine, number, by=BY, reason="tables", at=now, superseded=True, rule=rule)
    return tuple(outdated)
