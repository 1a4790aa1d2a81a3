"""What changed since the meeting before, in the packs: the rows, the sentence where there was none."""

from __future__ import annotations

import io
from collections.abc import Iterator
from pathlib import Path

import pytest
from dash import Dash
from pypdf import PdfReader

from components.exports.asked import Asked
from components.exports.pack import make
from components.exports.pack.changes import ChangesPage, make_changes_page
from components.exports.pack.make import make_content, make_pack
from components.exports.pack.model import Notices, PackKind, Part
from components.exports.reports import get_order
from components.governance_words import SYMBOLS, state_word
from data_access.services.editions import viewing
from data_access.services.governance import get_governance
from data_access.settings import Settings
from tests.components.exports.meetings import NOVEMBER, SEPTEMBER, freeze, load, revise
from tests.components.exports.pack.conftest import make_asked, plain_draw


@pytest.fixture(scope="module", autouse=True)
def meetings(app: Dash, tmp_path_factory: pytest.TempPathFactory) -> None:
    """A meeting in September; then job seekers of two months are others, and who entered in August."""
    entered = {"INDICATOR": "CTX.INFLOW", "FREQ": "M", "REF_AREA": "BRU"}
    with app.server.app_context():
        freeze(SEPTEMBER)
        revise(tmp_path_factory.mktemp("later"))
        load(tmp_path_factory.mktemp("last"), [{**entered, "TIME_PERIOD": "2026-08", "OBS_VALUE": "9999"}])


@pytest.fixture(autouse=True)
def empty(monkeypatch: pytest.MonkeyPatch) -> None:
    """Packs without anything after what changed."""
    for kind in (PackKind.PACK, PackKind.ANNEXE_A):
        monkeypatch.setitem(make.BODIES, kind, lambda asked: ())


@pytest.fixture
def asked(app: Dash) -> Iterator[Asked]:
    with app.server.app_context():
        yield make_asked()


def part_of(kind: PackKind, asked: Asked, name: str) -> Part | None:
    return next((part for part in make_content(kind, asked).parts if part.kind == name), None)


@pytest.mark.parametrize("kind", [PackKind.PACK, PackKind.ANNEXE_A])
def test_a_revision_stands_there_with_its_parts(asked: Asked, kind: PackKind) -> None:
    """99 458 were known of August; it is 99 999 now (+541), and September 98 765: −1 234, in all −693."""
    page = part_of(kind, asked, "changes")
    assert isinstance(page, ChangesPage)
    assert page.heading == "Ce qui a changé depuis la séance du 25 septembre 2026"
    (row,) = [row for row in page.rows if row.code == "CTX.DEI"]
    assert (row.before.text, row.before.small) == ("99\u202f458", "août 2026")
    assert (row.after.text, row.after.small) == ("98\u202f765", "sept. 2026")
    assert row.parts == ("−693", "−1\u202f234", "+541", "0")
    assert page.heads[1:3] == ("Séance du 25 septembre 2026", "Données actuelles")


def test_annexe_b_has_no_such_part(asked: Asked) -> None:
    assert PackKind.ANNEXE_B not in make.ROWS


def test_only_the_weightiest_are_in_the_short_pack(asked: Asked) -> None:
    whole, short = make_changes_page(asked), make_changes_page(asked, 1)
    assert whole is not None
    assert short is not None
    assert len(whole.rows) > 1
    assert whole.more == ""
    assert short.rows == whole.rows[:1]
    assert short.more.startswith(f"Les 1 changements les plus marquants sur {len(whole.rows)}")


@pytest.mark.parametrize("kind", [PackKind.PACK, PackKind.ANNEXE_A])
def test_without_a_meeting_before_one_sentence_says_so(asked: Asked, kind: PackKind) -> None:
    with viewing("2026-09"):
        of_then = make_asked()
        assert part_of(kind, of_then, "changes") is None
        notices = part_of(kind, of_then, "notices")
    assert isinstance(notices, Notices)
    assert notices.notices[0].title == "Ce qui a changé depuis la séance précédente"
    assert notices.notices[0].grid is None
    assert notices.notices[0].empty.startswith("Aucune séance antérieure n’a été figée")


def test_both_languages_are_typeset_with_it(asked: Asked) -> None:
    content = make_pack(PackKind.ANNEXE_A, ("fr", "nl"), asked, plain_draw)
    texts = [page.extract_text() for page in PdfReader(io.BytesIO(content)).pages]
    half = len(texts) // 2
    (french,) = [i for i, text in enumerate(texts[:half]) if "CTX.DEI" in text and "98\u202f765" in text]
    dutch = texts[half + french]
    assert "Wat er veranderd is sinds de zitting van 25 september 2026" in dutch
    assert "98.765" in dutch


def test_obligations_have_the_states_of_the_governance_page(asked: Asked) -> None:
    assert asked.cutoff is not None
    lines = {line.obligation.code: line for line in get_governance(asked.version, asked.cutoff).lines}
    notices = part_of(PackKind.PACK, asked, "notices")
    assert isinstance(notices, Notices)
    grid = notices.notices[-1].grid
    assert grid is not None
    assert len(grid.rows) > 10
    for name, *_, said in grid.rows:
        line = lines[name.split(" ")[0]]
        assert said.startswith(f"{SYMBOLS[line.state]} {state_word(line.state, asked.t)}")
    shown = {name.split(" ")[0]: said for name, *_, said in grid.rows}
    assert shown["GV-04-2026"] == "◑ Transmis (11/12/2025)"
    assert shown["GV-06-2024"] == "■ En retard (depuis 304 jours, sur une date proposée)", "of 31/12/2025"


def test_a_pack_is_another_one_after_a_meeting_that_it_compares_with(asked: Asked, tmp_path: Path) -> None:
    settings = Settings(data_dir=tmp_path)
    kinds = ("dossier", "annexe-a", "annexe-b", "slides", "data")

    def prints() -> dict[str, str]:
        return {kind: get_order(kind, "fr", settings).fingerprint for kind in kinds}

    with viewing("2026-09"):
        then = prints()
    before = prints()
    made = freeze(NOVEMBER)
    assert get_order("annexe-a", "fr", settings).since == made.sha256
    assert {kind for kind, found in prints().items() if found != before[kind]} == set(kinds) - {"annexe-b"}
    with viewing("2026-09"):
        assert prints() == then, "nothing is before it still"
        assert get_order("annexe-a", "fr", settings).since == ""
