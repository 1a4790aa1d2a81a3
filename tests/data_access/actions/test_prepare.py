"""Set-up: what ships is loaded once, replaced when it changes, and an operator's decision is kept."""

from __future__ import annotations

import json
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

import pytest
from sqlalchemy import Engine, func, select

from data_access.actions import shipped
from data_access.actions.prepare import PreparationResult, prepare_database
from data_access.contract.load import contract
from data_access.db.engine import make_engine
from data_access.db.tables import batch, observation_current
from data_access.imports.commit import withdraw_batch
from data_access.imports.load import load_file
from tests.data_access.imports.files import count, csv_file

NOW = datetime(2026, 11, 23, 8, 0, tzinfo=UTC)
NOTHING = PreparationResult((), ())


@pytest.fixture
def engine(tmp_path: Path) -> Iterator[Engine]:
    """A database that does not exist yet."""
    engine = make_engine(f"sqlite:///{tmp_path}/new/dashboard.sqlite3")
    yield engine
    engine.dispose()


@pytest.fixture
def small(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """One published file and one demonstration file, in place of those that ship."""
    published = tmp_path / "published"
    published.mkdir()
    (published / "real.csv").write_bytes(csv_file([count(SOURCE="Actiris")]))
    monkeypatch.setattr(shipped, "PUBLISHED", published)
    monkeypatch.setattr(shipped, "DATA", tmp_path)
    (tmp_path / "targets.toml").write_text("# as it ships")
    monkeypatch.setattr(shipped, "VERSION", 1)

    def write(folder: Path, _contract: object, *, seed: int) -> list[Path]:
        path = folder / "fictitious.csv"
        path.write_bytes(csv_file([count(TIME_PERIOD="2023-12", OBS_VALUE=str(seed + shipped.VERSION))]))
        return [path]

    monkeypatch.setattr(shipped, "write_demonstration", write)
    return published


def prepare(engine: Engine, tmp_path: Path, tables: str = "all", seed: int = 2027) -> PreparationResult:
    return prepare_database(engine, contract(), tables=tables, data_dir=tmp_path / "var", now=NOW, seed=seed)


def current(engine: Engine) -> dict[str, float]:
    with engine.connect() as connection:
        rows = connection.execute(
            select(observation_current.c.provenance, observation_current.c.obs_value)
        ).all()
    return {row.provenance: row.obs_value for row in rows}


def batches(engine: Engine) -> int:
    with engine.connect() as connection:
        return connection.scalar(select(func.count()).select_from(batch)) or 0


def test_a_new_database_is_migrated_and_filled_published_first(
    engine: Engine, tmp_path: Path, small: Path
) -> None:
    assert prepare(engine, tmp_path).loaded == ("real.csv", "fictitious.csv")
    assert current(engine) == {"published": 1000, "demonstration": 2028}


def test_a_second_time_nothing_is_done(
    engine: Engine, tmp_path: Path, small: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    prepare(engine, tmp_path)
    monkeypatch.delattr(shipped, "write_demonstration")
    assert prepare(engine, tmp_path) == NOTHING
    assert batches(engine) == 2


def test_without_demonstration_its_batches_are_taken_back_and_come_again_when_wanted(
    engine: Engine, tmp_path: Path, small: Path
) -> None:
    prepare(engine, tmp_path)
    assert prepare(engine, tmp_path, "published") == PreparationResult((), (2,))
    assert current(engine) == {"published": 1000}
    assert prepare(engine, tmp_path, "published") == NOTHING
    assert prepare(engine, tmp_path).loaded == ("fictitious.csv",)
    assert current(engine) == {"published": 1000, "demonstration": 2028}


@pytest.mark.parametrize("change", ["version", "seed", "published", "data file", "lost file"])
def test_the_demonstration_is_generated_again_when_what_it_follows_from_changes(
    engine: Engine, tmp_path: Path, small: Path, monkeypatch: pytest.MonkeyPatch, change: str
) -> None:
    prepare(engine, tmp_path)
    folder = tmp_path / "var" / "demonstration"
    before = json.loads((folder / "made_by.json").read_text("utf-8"))["key"]
    seed = 2027
    if change == "version":
        monkeypatch.setattr(shipped, "VERSION", 2)
    elif change == "seed":
        seed = 2028
    elif change == "published":
        (small / "real.csv").write_bytes(csv_file([count(OBS_VALUE="1001")]))
    elif change == "data file":
        (tmp_path / "targets.toml").write_text("# another text")
    else:
        (folder / "fictitious.csv").unlink()
    prepare(engine, tmp_path, seed=seed)
    after = json.loads((folder / "made_by.json").read_text("utf-8"))["key"]
    assert (after == before) == (change == "lost file")
    assert (folder / "fictitious.csv").is_file()
    expected = {"published": 1001 if change == "published" else 1000}
    expected["demonstration"] = 2029 if change in {"version", "seed"} else 2028
    assert current(engine) == expected


def test_a_shipped_file_that_changed_replaces_its_earlier_batch_rows_that_are_gone_included(
    engine: Engine, tmp_path: Path, small: Path
) -> None:
    (small / "real.csv").write_bytes(csv_file([count(), count(TIME_PERIOD="2022-12")]))
    prepare(engine, tmp_path, "published")
    (small / "real.csv").write_bytes(csv_file([count(OBS_VALUE="1001")]))
    assert prepare(engine, tmp_path, "published") == PreparationResult(("real.csv",), (1,))
    with engine.connect() as connection:
        rows = connection.execute(
            select(observation_current.c.time_period, observation_current.c.obs_value)
        ).all()
    assert [tuple(row) for row in rows] == [("2024-12", 1001)]


def test_what_an_operator_took_back_is_not_loaded_again_behind_their_back(
    engine: Engine, tmp_path: Path, small: Path
) -> None:
    prepare(engine, tmp_path, "published")
    withdraw_batch(engine, 1, by="direction", reason="erreur de source", at=NOW)
    assert prepare(engine, tmp_path, "published") == NOTHING
    assert current(engine) == {}


def test_what_an_operator_loaded_is_never_taken_back(engine: Engine, tmp_path: Path, small: Path) -> None:
    prepare(engine, tmp_path, "published")
    own = tmp_path / "own.csv"
    own.write_bytes(csv_file([count(TIME_PERIOD="2025-12", OBS_VALUE="7")]))
    load_file(engine, contract(), own, by="direction", now=NOW)
    prepare(engine, tmp_path, "published")
    assert current(engine) == {"published": 1000, "official": 7}
