"""The command line: what it writes, what it refuses, and what it shows meanwhile."""

from __future__ import annotations

import io
import shutil
from collections.abc import Iterator, Sequence
from pathlib import Path

import pytest
from pypdf import PdfReader

from components.exports import cli
from components.exports.asked import Asked
from components.exports.exhibit import Drawing
from components.exports.pack import make
from components.exports.pack.fiche import make_fiche
from components.exports.pack.model import PackKind, Part
from components.exports.pack.progress import Bar
from data_access import cache
from data_access.db import engine
from tests.components.exports.pack.conftest import plain_draw


def one_fiche(asked: Asked) -> tuple[Part, ...]:
    return (make_fiche(asked, "OS1.01"),)


@pytest.fixture
def here(shipped: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    """A DATA_DIR of its own, and an Annexe A of one fiche."""
    before = (list(engine._bound), getattr(cache.store, "app", None))
    shutil.copy(shipped / "dashboard.sqlite3", tmp_path / "dashboard.sqlite3")
    monkeypatch.setenv("DATA_DIR", str(tmp_path))
    monkeypatch.setitem(make.BODIES, PackKind.ANNEXE_A, one_fiche)
    yield tmp_path
    engine._bound[:], cache.store.app = before


def test_writes_both_languages_into_one_file(here: Path, capsys: pytest.CaptureFixture[str]) -> None:
    out = here / "annexe.pdf"
    assert cli.main(["annexe-a", "--lang", "fr,nl", "--out", str(out)], plain_draw) == 0
    pages = [page.extract_text() for page in PdfReader(out).pages]
    assert "Annexe A" in pages[0]
    assert "Bijlage A" in pages[len(pages) // 2]
    assert str(out) in capsys.readouterr().out


def test_a_figure_that_fails_leaves_no_file(here: Path, capsys: pytest.CaptureFixture[str]) -> None:
    def broken(drawings: Sequence[Drawing], language: str) -> list[str]:
        return [""]

    out = here / "annexe.pdf"
    arguments = ["annexe-a", "--lang", "nl", "--out", str(out), "--language", "nl"]
    assert cli.main(arguments, broken) == 1
    assert "OS1.01" in capsys.readouterr().err
    assert not [p for p in here.iterdir() if "annexe" in p.name]


@pytest.mark.parametrize("name", ["missing/annexe.pdf", "."])
def test_a_place_that_cannot_be_written_is_refused_at_once(
    here: Path, capsys: pytest.CaptureFixture[str], name: str
) -> None:
    def never(drawings: Sequence[Drawing], language: str) -> list[str]:
        raise AssertionError("nothing is drawn")

    assert cli.main(["pack", "--out", str(here / name)], never) == 1
    assert str(here) in capsys.readouterr().err


@pytest.mark.parametrize("lang", ["en", "fr,fr", ""])
def test_an_unknown_language_is_refused(lang: str, capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit) as stopped:
        cli.main(["pack", "--lang", lang, "--out", "x.pdf"], plain_draw)
    assert stopped.value.code == 2
    assert "fr | nl | fr,nl" in capsys.readouterr().err


class Terminal(io.StringIO):
    def isatty(self) -> bool:
        return True


def test_the_bar_is_for_terminals_only() -> None:
    for stream, expected in ((io.StringIO(), 0), (Terminal(), 15)):
        bar = Bar(stream, "pages")
        bar.tell(1, 2, "OS1.01")
        assert stream.getvalue().count("█") == expected
        bar.close()


def test_the_workbook_and_its_single_language(here: Path, capsys: pytest.CaptureFixture[str]) -> None:
    out = here / "data.xlsx"
    assert cli.main(["xlsx", "--lang", "nl", "--out", str(out)]) == 0
    assert out.read_bytes()[:2] == b"PK"
    with pytest.raises(SystemExit):
        cli.main(["pptx", "--lang", "fr,nl", "--out", str(out)])
    assert "fr | nl" in capsys.readouterr().err
