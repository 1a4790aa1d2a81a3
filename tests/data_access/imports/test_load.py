"""A file into the database: whole or not at all, once."""

from __future__ import annotations

import hashlib
import json
from datetime import UTC, datetime
from pathlib import Path

import pytest
from sqlalchemy import Engine, func, select

from data_access.contract.load import contract
from data_access.db.tables import batch, cohort, observation, observation_current, remark, target
from data_access.domain.errors import ImportRejected, UserError
from data_access.imports.commit import withdraw_batch
from data_access.imports.load import LoadResult, load_file
from data_access.imports.readers import Limits
from tests.data_access.imports import files
from tests.data_access.imports.files import count, csv_file, goal, rate, stage, table_of, xlsx_file

NOW = datetime(2026, 11, 23, 8, 0, tzinfo=UTC)
TABLES = (batch, observation, observation_current, target, cohort, remark)


def load(engine: Engine, path: Path, content: bytes, **options: object) -> LoadResult:
    path.write_bytes(content)
    return load_file(engine, contract(), path, by="tester", now=NOW, **options)  # type: ignore[arg-type]


def sizes(engine: Engine) -> list[int]:
    with engine.connect() as connection:
        return [connection.scalar(select(func.count()).select_from(table)) or 0 for table in TABLES]


def test_a_workbook_with_the_four_tables_becomes_one_batch(engine: Engine, tmp_path: Path) -> None:
    content = xlsx_file(
        Observations=table_of([rate(), count(NUMERATOR=None, DENOMINATOR=None)]),
        Cibles=table_of([goal()]),
        Cohortes=table_of(stage("P1", pending=12)),
        Remarques=table_of([files.remark(), files.remark(KIND="action", DUE=datetime(2027, 3, 31))]),  # noqa: DTZ001
    )
    result = load(engine, tmp_path / "séance.xlsx", content)
    assert result.batch is not None
    assert result.already_loaded is None
    assert result.batch.file_name == "séance.xlsx"
    assert result.batch.sha256 == hashlib.sha256(content).hexdigest()
    assert result.batch.provenance == "official"
    assert {kind: counts["new"] for kind, counts in result.batch.counts.items()} == {
        "observation": 2,
        "target": 1,
        "cohort": 5,
        "remark": 2,
    }
    assert sizes(engine) == [1, 2, 2, 1, 5, 2]


def test_the_same_bytes_again_change_nothing_and_name_the_batch_that_had_them(
    engine: Engine, tmp_path: Path
) -> None:
    first = load(engine, tmp_path / "a.csv", csv_file([rate()]))
    again = load(engine, tmp_path / "b.csv", csv_file([rate()]))
    assert first.batch is not None
    assert (again.batch, again.already_loaded) == (None, first.batch)
    assert sizes(engine) == [1, 1, 1, 0, 0, 0]


def test_bytes_that_were_taken_back_can_be_loaded_again(engine: Engine, tmp_path: Path) -> None:
    first = load(engine, tmp_path / "a.csv", csv_file([rate()]))
    assert first.batch is not None
    withdraw_batch(engine, first.batch.id, by="tester", reason="test", at=NOW)
    assert load(engine, tmp_path / "a.csv", csv_file([rate()])).batch is not None


def test_one_wrong_row_among_many_refuses_the_file_and_stores_nothing(engine: Engine, tmp_path: Path) -> None:
    rows = [count(TIME_PERIOD=f"{year}-12", OBS_VALUE="1000") for year in range(2018, 2026)]
    with pytest.raises(ImportRejected) as caught:
        load(engine, tmp_path / "a.csv", csv_file([*rows, count(OBS_VALUE="-1", TIME_PERIOD="2026-01")]))
    assert caught.value.facts == {"file": "a.csv", "errors": 1}
    assert [p.code for p in caught.value.report.problems] == ["negative"]
    assert sizes(engine) == [0, 0, 0, 0, 0, 0]


def test_one_wrong_sheet_refuses_the_whole_workbook(engine: Engine, tmp_path: Path) -> None:
    content = xlsx_file(A=table_of([rate()]), B=table_of([goal(DECISION_REF=None)]))
    with pytest.raises(ImportRejected):
        load(engine, tmp_path / "a.xlsx", content)
    assert sizes(engine) == [0, 0, 0, 0, 0, 0]


def test_every_problem_is_in_the_report_none_cut_off(tmp_path: Path, engine: Engine) -> None:
    rows = [count(TIME_PERIOD="x", OBS_VALUE=str(n)) for n in range(700)]
    with pytest.raises(ImportRejected) as caught:
        load(engine, tmp_path / "a.csv", csv_file(rows))
    found = [p.code for p in caught.value.report.problems]
    assert (found.count("impossible_period"), found.count("duplicate_key")) == (700, 699)


def test_problems_come_in_the_order_of_the_sheets_and_rows(tmp_path: Path, engine: Engine) -> None:
    wrong = [count(OBS_VALUE=-1), count(TIME_PERIOD="2024-13")]
    with pytest.raises(ImportRejected) as caught:
        load(engine, tmp_path / "a.xlsx", xlsx_file(Z=table_of(wrong), A=table_of(list(reversed(wrong)))))
    found = [(p.sheet, p.row, p.code) for p in caught.value.report.problems if p.code != "duplicate_key"]
    assert found == [
        ("Z", 2, "negative"),
        ("Z", 3, "impossible_period"),
        ("A", 2, "impossible_period"),
        ("A", 3, "negative"),
    ]


def test_warnings_and_what_is_left_out_are_kept_with_the_batch(engine: Engine, tmp_path: Path) -> None:
    result = load(engine, tmp_path / "a.csv", csv_file([{**rate(WORKPLACE="VLA"), "MEMO": "x"}]))
    assert result.batch is not None
    with engine.connect() as connection:
        report = connection.scalar(select(batch.c.report).where(batch.c.id == result.batch.id))
    assert report == result.report.as_plain()
    assert [(p["severity"], p["code"], p["row"], p["column"]) for p in report] == [
        ("left_out", "unknown_column", None, "MEMO"),
        ("warning", "dimension_not_defined", 2, "WORKPLACE"),
    ]
    assert json.loads(json.dumps(report)) == report


def test_rows_left_out_are_counted_in_the_batch(engine: Engine, tmp_path: Path) -> None:
    content = (
        "DATAFLOW,freq,unit,sex,age,geo,TIME_PERIOD,OBS_VALUE\n"
        "ESTAT:LFST_R_LFE2EMPRT(1.0),A,PC,T,Y20-64,BE10,2024,62.5\n"
        "ESTAT:LFST_R_LFE2EMPRT(1.0),A,PC,T,Y20-64,BE21,2024,77.5\n"
        "ESTAT:LFST_R_LFE2EMPRT(1.0),A,PC,F,Y20-64,BE10,2024,57.5\n"
    )
    result = load(engine, tmp_path / "a.csv", content.encode())
    assert result.batch is not None
    assert result.batch.left_out == 2
    assert result.batch.counts["observation"]["read"] == 1


def test_a_file_above_the_limit_is_refused_unread_and_leaves_no_batch(engine: Engine, tmp_path: Path) -> None:
    with pytest.raises(UserError) as caught:
        load(engine, tmp_path / "a.csv", csv_file([rate()]), limits=Limits(file=10))
    assert caught.value.code == "file_too_large"
    assert sizes(engine) == [0, 0, 0, 0, 0, 0]


@pytest.mark.parametrize(
    ("content", "code"),
    [
        (b"", "unknown_table"),
        (b"\r\n\r\n", "unknown_table"),
        (b"A,B\n1,2\n", "unknown_table"),
        (csv_file([rate()]).split(b"\r\n")[0], "empty_table"),
    ],
)
def test_a_file_without_a_table_is_refused(engine: Engine, tmp_path: Path, content: bytes, code: str) -> None:
    with pytest.raises(ImportRejected) as caught:
        load(engine, tmp_path / "a.csv", content)
    assert [p.code for p in caught.value.report.problems] == [code]
