"""The command line, as a person types it."""

from __future__ import annotations

import json
import sqlite3
import subprocess
import sys
from contextlib import closing
from pathlib import Path

import pytest

from data_access.cli import main
from data_access.contract.borders import built_in_shapes
from data_access.domain.geometry import to_geojson
from tests.data_access.imports.files import csv_file, goal, rate

ROOT = Path(__file__).parents[2]


@pytest.fixture(autouse=True)
def _own_database(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("DATA_DIR", str(tmp_path / "var"))
    for name in ("DATABASE_URL", "HOST", "TABLES", "MAX_FILE_MB"):
        monkeypatch.delenv(name, raising=False)


def file(folder: Path, name: str, *rows: dict[str, str]) -> str:
    path = folder / name
    path.write_bytes(csv_file(rows))
    return str(path)


def test_a_good_file_is_loaded_and_counted(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["load", file(tmp_path, "a.csv", rate(), rate(TIME_PERIOD="2025")), "--by", "direction"]) == 0
    assert "a.csv : lot 1. 2 lignes lues, 2 nouvelles" in capsys.readouterr().out.replace("\u00a0", " ")


def test_the_same_file_again_says_so_in_the_chosen_language(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    path = file(tmp_path, "a.csv", rate())
    main(["load", path])
    capsys.readouterr()
    assert main(["load", path, "--language", "nl"]) == 0
    assert "lot 1" in capsys.readouterr().out


def test_a_refused_file_prints_its_report_and_the_others_are_loaded(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    wrong = file(tmp_path, "wrong.csv", rate(REF_AREA="BE10"))
    assert main(["load", wrong, str(tmp_path / "absent.csv"), file(tmp_path, "good.csv", goal())]) == 1
    printed = capsys.readouterr()
    assert "wrong.csv, ligne 2, colonne REF_AREA" in printed.out
    assert "good.csv" in printed.out
    assert "wrong.csv est refusé" in printed.err
    assert "absent.csv n’existe pas" in printed.err


def test_a_batch_is_listed_taken_back_and_listed_as_taken_back(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    main(["load", file(tmp_path, "a.csv", rate()), "--by", "direction"])
    assert main(["withdraw", "1", "--reason", "essai"]) == 0
    capsys.readouterr()
    assert main(["batches"]) == 0
    first, second = (line.split("\t") for line in capsys.readouterr().out.splitlines())
    assert (first[0], *first[2:]) == ("1", "official", "1", "a.csv", "direction", "retiré")
    assert (second[0], second[-1]) == ("2", "retrait")


def test_an_audit_ends_with_one_when_a_hidden_number_can_be_worked_out(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """The producer hides 20 of 50 women: what is shown of the men, 480 of 950, gives them away."""
    women = rate(SEX="F", NUMERATOR="20", DENOMINATOR="50", OBS_VALUE="40", CONF_STATUS="C")
    men = rate(SEX="M", NUMERATOR="480", DENOMINATOR="950", OBS_VALUE="50.5", CONF_STATUS="F")
    assert main(["load", file(tmp_path, "a.csv", women, men, rate(SEX="_T", CONF_STATUS="F"))]) == 0
    assert main(["audit"]) == 0
    assert "Aucune valeur masquée" in capsys.readouterr().out
    with closing(sqlite3.connect(tmp_path / "var" / "dashboard.sqlite3")) as connection, connection:
        assert connection.execute("DELETE FROM suppressed").rowcount == 1
    assert main(["audit"]) == 1
    assert "NUMERATOR · BRU · SEX F : de 20 à 20" in capsys.readouterr().out.replace("\u00a0", " ")


def test_an_empty_database_has_no_batches(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["batches", "--language", "nl"]) == 0
    assert len(capsys.readouterr().out.splitlines()) == 1


@pytest.mark.parametrize("arguments", [["withdraw", "7", "--reason", "x"], ["load", "absent.csv"]])
def test_what_cannot_be_done_ends_with_one(arguments: list[str]) -> None:
    assert main(arguments) == 1


@pytest.mark.parametrize(
    "arguments", [[], ["lod"], ["withdraw", "1"], ["load"], ["batches", "--language", "de"]]
)
def test_what_is_asked_wrongly_ends_with_two(arguments: list[str]) -> None:
    with pytest.raises(SystemExit) as caught:
        main(arguments)
    assert caught.value.code == 2


def test_a_wrong_setting_ends_with_two_and_names_itself(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("MAX_FILE_MB", "beaucoup")
    assert main(["batches"]) == 2
    assert "MAX_FILE_MB" in capsys.readouterr().err


def test_the_size_limit_comes_from_the_settings(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("MAX_FILE_MB", "1")
    path = tmp_path / "large.csv"
    path.write_bytes(b"x" * (1024 * 1024 + 1))
    assert main(["load", str(path)]) == 1
    assert "MAX_FILE_MB" in capsys.readouterr().err


def test_the_demonstration_tables_are_written_where_asked(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["demonstrate", str(tmp_path / "demo")]) == 0
    written = [Path(line) for line in capsys.readouterr().out.splitlines()]
    assert tmp_path / "demo" / "targets.csv" in written
    assert all(path.is_file() for path in written)


@pytest.mark.parametrize(("language", "word"), [("fr", "charger"), ("nl", "laden")])
def test_the_help_is_in_the_chosen_language(language: str, word: str) -> None:
    asked = [sys.executable, "-m", "data_access", "--help", "--language", language]
    answer = subprocess.run(asked, cwd=ROOT, capture_output=True, text=True, check=True)
    assert word in answer.stdout


def communes(folder: Path, *left_out: str) -> str:
    """A GeoJSON of the communes, wound as RFC 7946 says, with a feature that is none of them."""
    document = to_geojson({n: s for n, s in built_in_shapes().items() if n not in left_out})
    for feature in document["features"]:
        for part in feature["geometry"]["coordinates"]:
            part[:] = [ring[::-1] for ring in part]
    document["features"].append({"type": "Feature", "properties": {"nis": 23050}, "geometry": None})
    path = folder / "urbis.geojson"
    path.write_text(json.dumps(document), "utf-8")
    return str(path)


def stored(folder: Path) -> Path:
    return folder / "var" / "geometry" / "communes.json"


def test_borders_are_replaced_and_what_was_done_to_them_is_said(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["geometry", communes(tmp_path)]) == 0
    printed = capsys.readouterr().out.replace("\u00a0", " ")
    assert "urbis.geojson : 19 communes" in printed
    assert "19 communes étaient dans l’autre sens" in printed
    assert "1 autre entité laissée de côté : 23050" in printed
    attribution = json.loads(stored(tmp_path).read_text("utf-8"))["attribution"]
    assert "urbis.geojson" in attribution["fr"]
    assert "urbis.geojson" in attribution["nl"]


def test_the_source_is_named_as_the_operator_says(tmp_path: Path) -> None:
    source = ["--attribution-fr", "Source : UrbIS", "--attribution-nl", "Bron: UrbIS"]
    assert main(["geometry", communes(tmp_path), *source]) == 0
    attribution = json.loads(stored(tmp_path).read_text("utf-8"))["attribution"]
    assert attribution == {"fr": "Source : UrbIS", "nl": "Bron: UrbIS"}


@pytest.mark.parametrize(
    ("left_out", "options", "word"),
    [(("21007",), [], "21007"), ((), ["--attribution-fr", "UrbIS"], "--attribution-nl")],
)
def test_borders_that_are_refused_leave_nothing_behind(
    tmp_path: Path,
    capsys: pytest.CaptureFixture[str],
    left_out: tuple[str, ...],
    options: list[str],
    word: str,
) -> None:
    assert main(["geometry", communes(tmp_path, *left_out), *options, "--language", "nl"]) == 1
    assert word in capsys.readouterr().err
    assert not stored(tmp_path).parent.exists()


def test_the_borders_that_ship_come_back(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    main(["geometry", communes(tmp_path)])
    assert main(["geometry", "--reset"]) == 0
    assert not stored(tmp_path).exists()
    first = capsys.readouterr().out.splitlines()[-1]
    assert main(["geometry", "--reset"]) == 0
    assert capsys.readouterr().out.splitlines()[-1] != first


@pytest.mark.parametrize(
    ("language", "word"), [("fr", "ne peut pas être écrit"), ("nl", "kan niet worden geschreven")]
)
def test_a_folder_that_cannot_be_written_to_is_said_in_words(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], language: str, word: str
) -> None:
    """Whoever may write anywhere, as in a container, cannot write a folder where a file stands either."""
    (tmp_path / "var").mkdir()
    (tmp_path / "var" / "geometry").write_text("in the way", "utf-8")
    for what in (communes(tmp_path), "--reset"):
        assert main(["geometry", what, "--language", language]) == 1
        assert word in capsys.readouterr().err


@pytest.mark.parametrize("arguments", [["geometry"], ["geometry", "a.geojson", "--reset"]])
def test_borders_are_either_given_or_taken_back(arguments: list[str]) -> None:
    with pytest.raises(SystemExit) as caught:
        main(arguments)
    assert caught.value.code == 2
