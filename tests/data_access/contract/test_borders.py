"""The file of the borders: what is wrong in it is named with its line."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from components.i18n.errors import error_sentence
from components.i18n.translate import translator
from data_access.contract.borders import ABOUT, BORDERS, DEFAULT, load_about, load_borders
from data_access.domain.errors import DefinitionError
from data_access.domain.geometry import make_shapes


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    for file in (BORDERS, ABOUT):
        shutil.copy(DEFAULT / file, tmp_path)
    return tmp_path


def change(path: Path, old: str, new: str) -> None:
    text = path.read_text("utf-8")
    assert old in text
    path.write_text(text.replace(old, new, 1), "utf-8")


def test_the_borders_that_ship_are_sixty_of_826_points() -> None:
    # The numbers of the note that came with the borders.
    borders = load_borders()
    assert (len(borders), sum(len(border.points) for border in borders)) == (60, 826)


def test_the_attribution_is_the_one_that_the_licence_asks_for() -> None:
    about = load_about()
    assert about.attribution.fr == "Limites communales\u00a0: UrbIS (Paradigm.brussels), généralisées"
    assert about.attribution.nl == "Gemeentegrenzen: UrbIS (Paradigm.brussels), vereenvoudigd"


@pytest.mark.parametrize(
    ("old", "new", "place", "value"),
    [
        ("border,left", "boundary,left", 1, "boundary,left_or_first_nis,other_nis,point,lon,lat"),
        ("1,21001,21013,2,4.3388,50.8401", "1,21001,21013,2,4.3388", 3, "5"),
        ("1,21001,21013,2,", "1,21001,21013,3,", 3, "3"),
        ("4.3388,50.8401", "148200,169800", 3, "148200, 169800"),
        ("4.3388,50.8401", "50.8401,4.3388", 3, "50.8401, 4.3388"),
        ("4.3388,50.8401", "nan,50.8401", 3, "nan, 50.8401"),
        ("4.3388,50.8401", "4°20,50.8401", 3, "4°20, 50.8401"),
        ("1,21001,21013,1,", "1,21001,23013,1,", 2, "23013"),
    ],
)
def test_a_wrong_line_is_named(folder: Path, old: str, new: str, place: int, value: str) -> None:
    change(folder / BORDERS, old, new)
    with pytest.raises(DefinitionError) as caught:
        load_borders(folder)
    assert caught.value.code == "geometry_file"
    facts = {name: caught.value.facts[name] for name in ("file", "place", "value")}
    assert facts == {"file": BORDERS, "place": place, "value": value}
    for language in ("fr", "nl"):
        assert value in error_sentence(caught.value, translator(language))


def test_a_commune_without_a_border_is_named(folder: Path) -> None:
    lines = (folder / BORDERS).read_text("utf-8").splitlines(keepends=True)
    (folder / BORDERS).write_text("".join(line for line in lines if ",21014," not in line), "utf-8")
    with pytest.raises(DefinitionError) as caught:
        load_borders(folder)
    assert caught.value.facts["expected"] == "21014"


def test_a_border_that_is_missing_leaves_its_communes_open(folder: Path) -> None:
    lines = (folder / BORDERS).read_text("utf-8").splitlines(keepends=True)
    (folder / BORDERS).write_text("".join(line for line in lines if not line.startswith("53,")), "utf-8")
    with pytest.raises(DefinitionError) as caught:
        make_shapes(load_borders(folder))
    assert (caught.value.code, caught.value.facts) == ("geometry_open_border", {"value": "21014"})


@pytest.mark.parametrize(
    ("old", "new", "place"),
    [("nl = ", "de = ", "attribution.nl"), ("[licence]", "[license]", "licence"), ("fr = ", "fr : ", "")],
)
def test_a_wrong_source_is_named(folder: Path, old: str, new: str, place: str) -> None:
    change(folder / ABOUT, old, new)
    with pytest.raises(DefinitionError) as caught:
        load_about(folder)
    assert (caught.value.code, caught.value.facts["place"]) == ("geometry_file", place)


@pytest.mark.parametrize("file", [BORDERS, ABOUT])
def test_a_file_that_is_not_there_is_named(folder: Path, file: str) -> None:
    (folder / file).unlink()
    with pytest.raises(DefinitionError) as caught:
        (load_borders if file == BORDERS else load_about)(folder)
    assert caught.value.facts["file"] == file
