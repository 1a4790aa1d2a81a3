"""A file into the database: read, map, convert, check, report, and publish all of it or nothing."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from itertools import groupby
from pathlib import Path

import pandas as pd
from sqlalchemy import Engine

from data_access.contract.model import Contract
from data_access.domain.confidentiality import SmallCellRule
from data_access.domain.errors import ImportRejected
from data_access.imports.checks import run_checks
from data_access.imports.commit import DEFAULT_RULE, commit_import
from data_access.imports.convert import convert
from data_access.imports.derive import complete
from data_access.imports.raw import RawTable
from data_access.imports.readers import Limits, read_bytes, read_tables
from data_access.imports.report import ImportReport, Problem, Severity
from data_access.imports.sdmx import is_sdmx, map_sdmx
from data_access.imports.sorting import Sorted, sort_tables
from data_access.repositories.batches import Batch, find_loaded

DEFAULT_LIMITS = Limits()


@dataclass(frozen=True)
class LoadResult:
    """What a load did.

    Attributes:
        batch: the batch it made; None when the same bytes were in the database already.
        already_loaded: the batch that had read them, if any.
        report: every problem found; empty for a file that was not read again.
    """

    batch: Batch | None
    already_loaded: Batch | None
    report: ImportReport


@dataclass(frozen=True)
class CheckedFile:
    """A file that was read and checked, and not stored.

    Attributes:
        frames: by kind, the rows to store in the columns of ``db.tables``; none when an error was found.
        report: every problem found.
    """

    frames: dict[str, pd.DataFrame]
    report: ImportReport


def load_file(
    engine: Engine,
    contract: Contract,
    path: Path,
    *,
    provenance: str = "official",
    by: str,
    now: datetime,
    mapping: Path | None = None,
    limits: Limits = DEFAULT_LIMITS,
    seen: int | None = None,
    rule: SmallCellRule = DEFAULT_RULE,
) -> LoadResult:
    """Load one file, all or nothing; bytes that are loaded already are not loaded again.

    Args:
        engine: the database, migrated.
        contract: gives the definitions and the code lists.
        path: a CSV or XLSX file.
        provenance: ``official``, or ``published`` and ``demonstration`` for the tables that ship.
        by: who loads it.
        now: the instant of the load, with its time zone.
        mapping: how to read a foreign SDMX-CSV file; found by its dataflow when None.
        limits: a larger file is refused before it is read.
        seen: the data version that ``by`` looked at before; None when nobody looked.
        rule: small-cell thresholds of the audience.

    Raises:
        UserError: the file cannot be read at all (``readers``), or the mapping is wrong (``mapping``);
            ``data_moved`` when somebody published after ``seen``; ``discloses`` when a small count would
            be given away (``protect``).
        ImportRejected: at least one error; ``report`` holds every problem, nothing was stored.
    """
    content = read_bytes(path, limits)
    digest = hashlib.sha256(content).hexdigest()
    if before := find_loaded(engine, digest):
        return LoadResult(None, before, ImportReport(path.name))
    checked = check_file(contract, path.name, content, mapping=mapping, limits=limits)
    batch = publish_checked(
        engine,
        checked,
        name=path.name,
        digest=digest,
        provenance=provenance,
        by=by,
        now=now,
        seen=seen,
        rule=rule,
    )
    return LoadResult(batch, None, checked.report)


def publish_checked(
    engine: Engine,
    checked: CheckedFile,
    *,
    name: str,
    digest: str,
    provenance: str,
    by: str,
    now: datetime,
    seen: int | None,
    rule: SmallCellRule,
) -> Batch:
    """Publish what was checked as one batch, all or nothing; arguments as in ``load_file``.

    Raises:
        ImportRejected: the report holds an error.
        UserError: as ``commit_import``.
    """
    if checked.report.rejected:
        errors = len(checked.report.of(Severity.ERROR))
        raise ImportRejected("import_rejected", report=checked.report, file=name, errors=errors)
    return commit_import(
        engine,
        checked.frames,
        file_name=name,
        sha256=digest,
        provenance=provenance,
        by=by,
        received_at=now,
        checked_at=now,
        published_at=now,
        report=checked.report.as_plain(),
        left_out=checked.report.rows_left_out,
        seen=seen,
        rule=rule,
    )


def check_file(
    contract: Contract,
    name: str,
    content: bytes,
    *,
    mapping: Path | None = None,
    limits: Limits = DEFAULT_LIMITS,
) -> CheckedFile:
    """Read, map, convert and check a file; touches no database.

    Raises:
        UserError: as ``load_file``.
    """
    raws = read_tables(name, content, limits)
    if personal := [problem for raw in raws for problem in raw.personal]:
        # Nothing else is said of such a file: other problems would repeat what stands in its cells.
        return CheckedFile({}, ImportReport(name, tuple(personal)))
    problems: list[Problem] = []
    ours: list[RawTable] = []
    for raw in raws:
        if is_sdmx(raw, mapping):
            mapped, found = map_sdmx(raw, mapping)
            problems += [*raw.problems, *found]
            ours += [mapped] if mapped is not None else []
        else:
            ours.append(raw)
    tables = sort_tables(name, ours, already=bool(problems))
    frames, found = _check_tables(tables, contract)
    report = _report(name, raws, [*problems, *tables.problems, *found])
    return CheckedFile({} if report.rejected else frames, report)


def _check_tables(tables: Sorted, contract: Contract) -> tuple[dict[str, pd.DataFrame], list[Problem]]:
    """The rows to store by kind, and what the checks find in them."""
    frames, problems = {}, []
    for kind, raws in groupby(tables.known, key=lambda found: found[0]):
        table = convert(kind, [raw for _, raw in raws])
        problems += run_checks(table, contract)
        frames[kind] = complete(table, contract)
    return frames, problems


def _report(name: str, raws: Sequence[RawTable], problems: list[Problem]) -> ImportReport:
    """The problems in the order of the file: sheet by sheet, what concerns a whole table first."""
    order = {raw.sheet: position for position, raw in enumerate(raws)}
    return ImportReport(name, tuple(sorted(problems, key=lambda p: (order.get(p.sheet, 0), p.row or 0))))
