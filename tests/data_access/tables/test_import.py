"""Both folders through the production importer: nothing refused, nothing to warn about, nothing left out."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path

import pytest
from sqlalchemy import Engine, func, select

from data_access.contract.load import contract
from data_access.db.tables import cohort, decision, governance, observation_current, plan, remark, target
from data_access.imports.load import load_file
from data_access.tables.demonstration import write_demonstration
from data_access.tables.demonstration.generate import PUBLISHED

NOW = datetime(2026, 11, 23, 8, 0, tzinfo=UTC)


def load(engine: Engine, folder: Path, provenance: str) -> dict[str, list[str]]:
    """Load every file of a folder; the codes of the problems by file."""
    found = {}
    for path in sorted(folder.glob("*.csv")):
        result = load_file(engine, contract(), path, provenance=provenance, by="test", now=NOW)
        found[path.name] = [problem.code for problem in result.report.problems]
    return found


@pytest.mark.slow
def test_both_folders_pass_every_check_of_the_importer(engine: Engine, tmp_path: Path) -> None:
    write_demonstration(tmp_path, contract())
    problems = load(engine, PUBLISHED, "published") | load(engine, tmp_path, "demonstration")
    assert {name: codes for name, codes in problems.items() if codes} == {}
    rows = {
        path: len(path.read_text("utf-8").splitlines()) - 1
        for path in (*PUBLISHED.glob("*.csv"), *tmp_path.glob("*.csv"))
    }
    with engine.connect() as connection:
        stored = [
            connection.scalar(select(func.count()).select_from(table))
            for table in (observation_current, target, cohort, remark, governance, plan, decision)
        ]
        by_class = connection.execute(
            select(observation_current.c.provenance, func.count()).group_by(observation_current.c.provenance)
        ).all()
    assert sum(stored) == sum(rows.values())  # every row of every file is current: no key replaces another
    assert dict(by_class)["published"] == sum(n for path, n in rows.items() if path.parent == PUBLISHED)
