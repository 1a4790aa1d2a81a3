"""Remarks through the production importer: as they were written, now and at every earlier version."""

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
from data_access.imports.load import LoadResult, load_file
from data_access.repositories.batches import load_data_state
from data_access.repositories.remarks import COLUMNS, load_remarks
from tests.data_access.builders import NOON
from tests.data_access.imports.files import csv_file, remark

TEXT = "Hausse de 3\u202f% chez les <\u00a025 ans\u00a0: « l’effet » des séances & du suivi"


def load(engine: Engine, path: Path, *rows: Mapping[str, Any], **options: str) -> LoadResult:
    path.write_bytes(csv_file(rows))
    return load_file(engine, contract(), path, by="tester", now=NOON, **options)  # type: ignore[arg-type]


def texts(engine: Engine, as_of: int | None = None) -> list[str]:
    with engine.connect() as connection:
        return load_remarks(at_version(connection, as_of), ["OS1.01", "OS2.03"]).text_fr.tolist()


def test_a_remark_comes_back_as_it_was_written(engine: Engine, tmp_path: Path) -> None:
    action = remark(KIND="action", DUE="31/03/2027", TEXT_FR=TEXT, TEXT_NL="", OPERATOR="BF", RANK="2")
    result = load(engine, tmp_path / "a.csv", action, remark(), provenance="demonstration")
    assert result.batch is not None
    assert dict(result.batch.counts["remark"]) == {
        "read": 2, "new": 2, "revised": 0, "unchanged": 0, "removed": 0,
    }  # fmt: skip
    with engine.connect() as connection:
        found = load_remarks(connection, ["OS1.01"])
        assert load_data_state(connection).provenances == {"demonstration"}
    assert found.dtypes.astype(str).to_dict() == dict(COLUMNS)
    assert found.to_dict("records") == [
        {
            "indicator": "OS1.01",
            "kind": "action",
            "day": date(2026, 11, 9),
            "operator": "BF",
            "rank": 2,
            "due": date(2027, 3, 31),
            "text_fr": TEXT,
            "text_nl": "",
            "role_fr": "direction Employeurs",
            "role_nl": "directie Werkgevers",
            "provenance": "demonstration",
            "origin_batch": result.batch.id,
        },
        {
            "indicator": "OS1.01",
            "kind": "finding",
            "day": date(2026, 11, 9),
            "operator": "_T",
            "rank": 1,
            "due": None,
            "text_fr": "Le taux progresse.",
            "text_nl": "Het percentage stijgt.",
            "role_fr": "direction Employeurs",
            "role_nl": "directie Werkgevers",
            "provenance": "demonstration",
            "origin_batch": result.batch.id,
        },
    ]


@pytest.mark.parametrize("codes", [[], ["OS9.99"]])
def test_no_remarks_have_the_same_columns_and_types(engine: Engine, tmp_path: Path, codes: list[str]) -> None:
    load(engine, tmp_path / "a.csv", remark())
    with engine.connect() as connection:
        found = load_remarks(connection, codes)
    assert found.empty
    assert found.dtypes.astype(str).to_dict() == dict(COLUMNS)


def test_remarks_come_in_the_order_in_which_they_are_read(engine: Engine, tmp_path: Path) -> None:
    rows = [
        remark(INDICATOR="OS2.03", TEXT_FR="i"),
        remark(KIND="annotation", TEXT_FR="h"),
        remark(KIND="action", TEXT_FR="g"),
        remark(KIND="cause", TEXT_FR="f"),
        remark(RANK="10", TEXT_FR="e"),
        remark(RANK="9", TEXT_FR="d"),
        remark(DAY="2026-10-01", KIND="finding", TEXT_FR="c"),
        remark(DAY="2026-09-01", KIND="annotation", TEXT_FR="b"),
        remark(OPERATOR="BF", TEXT_FR="a"),
        remark(INDICATOR="OS3.02", TEXT_FR="of another"),
    ]
    load(engine, tmp_path / "a.csv", *rows)
    assert texts(engine) == list("abcdefghi")


def test_a_translation_that_arrives_is_a_revision_and_the_awaited_one_is_still_known(
    engine: Engine, tmp_path: Path
) -> None:
    first = load(engine, tmp_path / "a.csv", remark(TEXT_FR="", TEXT_NL="Stijgt."), remark(KIND="cause"))
    again = load(
        engine, tmp_path / "b.csv", remark(TEXT_FR="Monte.", TEXT_NL="Stijgt."), remark(KIND="cause")
    )
    assert first.batch is not None
    assert again.batch is not None
    assert {k: again.batch.counts["remark"][k] for k in ("revised", "unchanged", "new")} == {
        "revised": 1, "unchanged": 1, "new": 0,
    }  # fmt: skip
    assert texts(engine) == ["Monte.", "Le taux progresse."]
    assert texts(engine, first.batch.id) == ["", "Le taux progresse."]


def test_a_load_taken_back_leaves_what_the_earlier_one_said(engine: Engine, tmp_path: Path) -> None:
    load(engine, tmp_path / "a.csv", remark(TEXT_FR="avant"))
    second = load(engine, tmp_path / "b.csv", remark(TEXT_FR="après"), remark(INDICATOR="OS2.03"))
    assert second.batch is not None
    taken = withdraw_batch(engine, second.batch.id, by="tester", reason="erreur", at=NOON)
    assert {k: taken.counts["remark"][k] for k in ("revised", "removed")} == {"revised": 1, "removed": 1}
    assert texts(engine) == ["avant"]
    assert texts(engine, second.batch.id) == ["après", "Le taux progresse."]


def test_a_file_with_one_wrong_remark_is_refused_whole(engine: Engine, tmp_path: Path) -> None:
    with pytest.raises(ImportRejected) as caught:
        load(engine, tmp_path / "a.csv", remark(), remark(KIND="annotation", TEXT_FR="x" * 81))
    (problem,) = caught.value.report.problems
    assert (problem.file, problem.row, problem.column, problem.expected) == ("a.csv", 3, "TEXT_FR", "≤ 80")
    assert texts(engine) == []


def test_remarks_leave_the_cut_off_date_alone(engine: Engine, tmp_path: Path) -> None:
    result = load(engine, tmp_path / "a.csv", remark())
    assert result.batch is not None
    assert result.batch.cutoff is None
