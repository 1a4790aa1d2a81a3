"""What stops a pack, what it leaves behind, and what it tells meanwhile."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

import pytest

from components.exports.asked import Asked
from components.exports.exhibit import Drawing
from components.exports.pack import make
from components.exports.pack.drawings import checked
from components.exports.pack.fiche import make_fiche
from components.exports.pack.make import make_content, make_pack, write_pack
from components.exports.pack.model import Draw, Notices, Pack, PackKind
from components.i18n.errors import error_sentence
from components.i18n.translate import translator
from data_access.db.reading import as_of, version_read
from data_access.domain.confidentiality import Availability, SmallCellRule
from data_access.domain.errors import UserError
from data_access.domain.report import Cancelled
from data_access.services.sheet import get_sheet

STRICT = SmallCellRule(min_count=4, min_count_sensitive=10, min_denominator=16_000)


@pytest.fixture
def short(monkeypatch: pytest.MonkeyPatch) -> None:
    """Annexe A of one fiche."""
    monkeypatch.setitem(make.BODIES, PackKind.ANNEXE_A, lambda asked: (make_fiche(asked, "OS1.01"),))


@pytest.mark.usefixtures("short")
def test_a_figure_that_fails_is_named(asked: Asked) -> None:
    def broken(drawings: Sequence[Drawing], language: str) -> list[str]:
        raise ConnectionError("the browser went away")

    with pytest.raises(UserError) as caught:
        make_pack(PackKind.ANNEXE_A, ("fr",), asked, broken)
    assert caught.value.code == "pack_figure"
    assert caught.value.facts == {"figure": "OS1.01", "reason": "the browser went away"}
    for language in ("fr", "nl"):
        assert "OS1.01" in error_sentence(caught.value, translator(language))


@pytest.mark.usefixtures("short")
@pytest.mark.parametrize("svg", ["", "<svg", '<svg xmlns="http://www.w3.org/2000/svg"/>', "<p>no</p>"])
def test_a_blank_figure_is_named(asked: Asked, svg: str) -> None:
    with pytest.raises(UserError, match="pack_figure") as caught:
        make_pack(PackKind.ANNEXE_A, ("nl",), asked, lambda drawings, language: [svg])
    assert caught.value.facts["figure"] == "OS1.01"


@pytest.mark.usefixtures("short")
def test_cancelling_stops_before_the_next_figure(asked: Asked, draw: Draw) -> None:
    def unwanted(_done: int, _total: int, _what: str) -> None:
        raise Cancelled

    with pytest.raises(Cancelled):
        make_pack(PackKind.ANNEXE_A, ("fr",), asked, draw, unwanted)


@pytest.mark.usefixtures("short")
def test_without_a_browser_the_sentence_says_what_to_install(asked: Asked) -> None:
    def nothing(drawings: Sequence[Drawing], language: str) -> list[str]:
        raise UserError("export_no_browser", names="chromium")

    with pytest.raises(UserError) as caught:
        make_pack(PackKind.ANNEXE_A, ("fr",), asked, nothing)
    assert caught.value.code == "export_no_browser"


@pytest.mark.usefixtures("short")
def test_each_language_draws_its_own_figures(asked: Asked, draw: Draw) -> None:
    told: list[str] = []

    def listening(drawings: Sequence[Drawing], language: str) -> list[str]:
        told.append(language)
        return draw(drawings, language)

    make_pack(PackKind.ANNEXE_A, ("fr", "nl"), asked, listening)
    assert told == ["fr", "nl"]


@pytest.mark.usefixtures("short")
def test_progress_ends_at_the_whole(asked: Asked, draw: Draw) -> None:
    told: list[tuple[int, int, str]] = []
    make_pack(PackKind.ANNEXE_A, ("fr",), asked, draw, lambda *step: told.append(step))
    assert told == [(0, 2, ""), (1, 2, "OS1.01"), (2, 2, "")]


@pytest.mark.usefixtures("short")
def test_the_renderer_may_rest_once_figures_are_drawn_and_before_pages_are_made(
    asked: Asked, draw: Draw, monkeypatch: pytest.MonkeyPatch
) -> None:
    told: list[str] = []
    measure, typeset = make.measure, make.typeset

    def drawing(drawings: Sequence[Drawing], language: str) -> list[str]:
        told.append("figure")
        return draw(drawings, language)

    monkeypatch.setattr(make, "measure", lambda pack: (told.append("pages"), measure(pack))[1])
    monkeypatch.setattr(make, "typeset", lambda *given: (told.append("document"), typeset(*given))[1])
    make_pack(PackKind.ANNEXE_A, ("fr",), asked, drawing, rest=lambda: told.append("rest"))
    assert told == ["figure", "rest", "pages", "pages", "document"]


def test_without_data_there_is_nothing_to_print(asked: Asked, draw: Draw) -> None:
    with pytest.raises(UserError, match="pack_no_data"):
        make_pack(PackKind.PACK, ("fr",), replace(asked, version=0, cutoff=None), draw)


def test_a_file_is_whole_or_not_there(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    target = tmp_path / "pack.pdf"
    target.write_bytes(b"of last month")
    with monkeypatch.context() as patch:
        patch.setattr(Path, "replace", lambda *_: (_ for _ in ()).throw(OSError("disk full")))
        with pytest.raises(OSError, match="disk full"):
            write_pack(b"new", target)
    assert [p.name for p in tmp_path.iterdir()] == ["pack.pdf"]
    assert target.read_bytes() == b"of last month"
    write_pack(b"new", target)
    assert target.read_bytes() == b"new"


@pytest.mark.usefixtures("short")
def test_hidden_numbers_are_in_no_part(asked: Asked) -> None:
    strict = replace(asked, rule=STRICT)
    shown = get_sheet(asked.version, asked.cutoff, "OS1.01", None, asked.rule).row.readings
    now = get_sheet(asked.version, asked.cutoff, "OS1.01", None, STRICT).row.readings
    hidden = [r for r in now if r.availability is Availability.HIDDEN]
    assert 0 < len(hidden) < len(now)
    parts = {part.kind: part for part in make_content(PackKind.ANNEXE_A, strict).parts}
    said = repr(parts["fiche"])
    for reading in hidden:
        before = next(r for r in shown if r.period == reading.period)
        assert before.numerator is not None
        assert f"{before.numerator:.0f}" not in said.replace("\u202f", "")
        assert str(before.value) not in said
    notices = parts["notices"]
    assert isinstance(notices, Notices)
    (listed,) = [notice for notice in notices.notices if notice.title == "Valeurs masquées"]
    assert "OS1.01" in repr(listed.grid)


def test_an_svg_that_shows_something_passes() -> None:
    svg = '<svg xmlns="http://www.w3.org/2000/svg"><path d="M0 0h1"/></svg>'
    assert checked("x", svg) == svg


def test_both_language_versions_are_read_as_of_the_edition_that_is_viewed(
    asked: Asked, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The version that is only measured is made in a thread, which must read what the other one reads."""
    read: dict[str, int | None] = {}

    def make(kind: PackKind, of: Asked) -> Pack:
        read[of.language] = version_read()
        return make_content(kind, of)

    monkeypatch.setattr("components.exports.pack.make.make_content", make)
    monkeypatch.setattr("components.exports.pack.make.find_art", lambda _packs: [])
    monkeypatch.setattr("components.exports.pack.make.measure", lambda _pack: None)
    monkeypatch.setattr("components.exports.pack.make.typeset", lambda *_all: b"")
    with as_of(asked.version):
        make_pack(PackKind.ANNEXE_B, ("fr",), asked, draw=lambda *_all: "")
    assert read == {"fr": asked.version, "nl": asked.version}
