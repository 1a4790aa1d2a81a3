"""Governance and plan through the production importer: now, at earlier versions, and taken back."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import Engine

from data_access.contract.load import contract
from data_access.db.reading import at_version
from data_access.domain.errors import ImportRejected
from data_access.imports.commit import withdraw_batch
from data_access.imports.load import load_file
from data_access.repositories.batches import Batch, load_data_state
from data_access.repositories.governance import ACTIONS, STEPS, load_actions, load_steps
from tests.data_access.builders import NOON
from tests.data_access.imports.files import action, csv_file, fact, project


def load(engine: Engine, path: Path, *rows: Mapping[str, Any], provenance: str = "official") -> Batch:
    path.write_bytes(csv_file(rows))
    done = load_file(engine, contract(), path, by="tester", now=NOON, provenance=provenance)
    assert done.batch is not None
    return done.batch


def steps(engine: Engine, as_of: int | None = None) -> list[tuple[str, str, date, str]]:
    with engine.connect() as connection:
        found = load_steps(at_version(connection, as_of))
    return list(found[["obligation", "state", "day", "document_fr"]].itertuples(index=False, name=None))


def money(engine: Engine, as_of: int | None = None) -> dict[tuple[str, str], float]:
    with engine.connect() as connection:
        found = load_actions(at_version(connection, as_of)).fillna({"budget_run": -1})
    return dict(zip(zip(found["action"], found["year"], strict=True), found["budget_run"], strict=True))


def test_a_step_comes_back_as_it_was_written(engine: Engine, tmp_path: Path) -> None:
    batch = load(engine, tmp_path / "a.csv", fact(DOCUMENT_NL="", COMMENT="x"), provenance="demonstration")
    assert batch.cutoff is None
    with engine.connect() as connection:
        found = load_steps(connection)
        assert load_data_state(connection).provenances == {"demonstration"}
    assert found.dtypes.astype(str).to_dict() == dict(STEPS)
    assert found.to_dict("records") == [
        {
            "obligation": "GV-05-2025",
            "state": "transmitted",
            "day": date(2026, 6, 11),
            "document_fr": "Rapport d’exécution 2025",
            "document_nl": "",
            "edition": "2026-06",
            "provenance": "demonstration",
            "origin_batch": batch.id,
        }
    ]


def test_an_action_comes_back_as_it_was_written(engine: Engine, tmp_path: Path) -> None:
    load(engine, tmp_path / "a.csv", project(), action(BUDGET_CHANGE="", YEAR="_T"))
    with engine.connect() as connection:
        found = load_actions(connection)
    assert found.dtypes.astype(str).to_dict() == dict(ACTIONS)
    row = found.to_dict("records")[1]
    assert (row["parent"], row["level"], row["indicators"]) == ("P1", "action", "OS1.01 OS1.02")
    assert (row["starts_on"], row["ends_on"]) == (date(2024, 1, 1), date(2026, 12, 31))
    assert (row["progress"], row["budget_run"], row["budget_change"] != row["budget_change"]) == (
        40, 1000, True,
    )  # fmt: skip


def test_nothing_has_the_same_columns_and_types(engine: Engine) -> None:
    with engine.connect() as connection:
        for found, columns in ((load_steps(connection), STEPS), (load_actions(connection), ACTIONS)):
            assert found.empty
            assert found.dtypes.astype(str).to_dict() == dict(columns)


def test_steps_come_by_obligation_and_day_and_those_of_a_day_in_their_order(
    engine: Engine, tmp_path: Path
) -> None:
    rows = [
        fact(STATE="examined", DOCUMENT_FR="d"),
        fact(STATE="closed", DAY="2026-09-01", DOCUMENT_FR="e"),
        fact(DOCUMENT_FR="c"),
        fact(STATE="preparation", DAY="2026-06-11", EDITION="", DOCUMENT_FR="b"),
        fact(OBLIGATION="GV-05-2024", DAY="2026-12-01", DOCUMENT_FR="a"),
    ]
    load(engine, tmp_path / "a.csv", *rows)
    assert [text for *_, text in steps(engine)] == list("abcde")


def test_a_corrected_day_replaces_the_first_and_the_earlier_version_keeps_it(
    engine: Engine, tmp_path: Path
) -> None:
    first = load(engine, tmp_path / "a.csv", fact())
    second = load(
        engine, tmp_path / "b.csv", fact(DAY="2026-06-12"), fact(STATE="examined", DAY="2026-06-25")
    )
    assert {k: second.counts["governance"][k] for k in ("revised", "new")} == {"revised": 1, "new": 1}
    assert [day for _, _, day, _ in steps(engine)] == [date(2026, 6, 12), date(2026, 6, 25)]
    assert [day for _, _, day, _ in steps(engine, first.id)] == [date(2026, 6, 11)]
    taken = withdraw_batch(engine, second.id, by="tester", reason="erreur", at=NOON)
    assert {k: taken.counts["governance"][k] for k in ("revised", "removed")} == {"revised": 1, "removed": 1}
    assert [day for _, _, day, _ in steps(engine)] == [date(2026, 6, 11)]
    assert len(steps(engine, second.id)) == 2


def test_the_annual_and_the_multi_annual_plan_are_two(engine: Engine, tmp_path: Path) -> None:
    first = load(engine, tmp_path / "a.csv", project(), action())
    second = load(engine, tmp_path / "b.csv", project(YEAR="2026"), action(YEAR="2026", BUDGET_RUN="0"))
    assert second.counts["plan"]["new"] == 2
    assert money(engine) == {("P1", "2026"): -1, ("P1.1", "2026"): 0, ("P1", "_T"): -1, ("P1.1", "_T"): 1000}
    assert money(engine, first.id) == {("P1", "_T"): -1, ("P1.1", "_T"): 1000}
    withdraw_batch(engine, first.id, by="tester", reason="", at=NOON)
    assert money(engine) == {("P1", "2026"): -1, ("P1.1", "2026"): 0}


def test_a_budget_that_becomes_unknown_is_a_revision(engine: Engine, tmp_path: Path) -> None:
    load(engine, tmp_path / "a.csv", project(), action(BUDGET_RUN="0"))
    second = load(engine, tmp_path / "b.csv", project(), action(BUDGET_RUN=""))
    assert second.counts["plan"]["revised"] == 1
    assert money(engine)["P1.1", "_T"] == -1


@pytest.mark.parametrize("row", [fact(OBLIGATION="GV-99"), project(PARENT="P9")])
def test_a_file_with_one_wrong_row_is_refused_whole(
    engine: Engine, tmp_path: Path, row: Mapping[str, Any]
) -> None:
    right = [fact()] if "OBLIGATION" in row else [project(ACTION="P2")]
    with pytest.raises(ImportRejected) as caught:
        load(engine, tmp_path / "a.csv", *right, row)
    assert [(p.file, p.row) for p in caught.value.report.problems] == [("a.csv", 3)]
    assert steps(engine) == []
    assert money(engine) == {}
