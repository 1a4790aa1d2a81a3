"""The PDF as another program opens it: accessible, complete, of the same numbers as the services."""

from __future__ import annotations

import re
from dataclasses import replace
from typing import Any

import pytest
from pypdf import PdfReader
from pypdf.generic import ArrayObject, DictionaryObject

from components.exports.pack.drawings import find_art
from components.exports.pack.make import make_content, make_pack
from components.exports.pack.model import Draw, PackKind
from data_access.contract.load import contract
from data_access.services.scorecard import get_scorecard
from data_access.services.shared_dashboard import get_shared_dashboard
from tests.components.exports.pack.conftest import FIGURES, Made

pytestmark = pytest.mark.browser
SPACES = re.compile(r"\s+")


def squeezed(text: str) -> str:
    """Text without any space, which programs put and leave out as they like."""
    return SPACES.sub("", text)


def structure(reader: PdfReader) -> list[DictionaryObject]:
    """Every element of the tag tree."""
    found: list[DictionaryObject] = []
    waiting: list[Any] = [reader.trailer["/Root"]["/StructTreeRoot"]["/K"]]
    while waiting:
        node = waiting.pop().get_object() if hasattr(waiting[-1], "get_object") else waiting.pop()
        if isinstance(node, ArrayObject):
            waiting += list(node)
        elif isinstance(node, DictionaryObject) and "/S" in node:
            found.append(node)
            waiting += [node["/K"]] if "/K" in node else []
    return found


def test_says_that_it_is_accessible(annexe_a: Made) -> None:
    root = annexe_a.reader.trailer["/Root"]
    assert root["/MarkInfo"]["/Marked"]
    assert root["/Lang"] == "fr-BE"
    assert root["/ViewerPreferences"]["/DisplayDocTitle"]
    metadata = root["/Metadata"].get_object().get_data().decode()
    assert "<pdfuaid:part>1</pdfuaid:part>" in metadata
    assert annexe_a.reader.metadata is not None
    assert annexe_a.reader.metadata.title == (
        "Annexe A – Contrat de gestion 2023-2027 / Bijlage A – Beheerscontract 2023-2027"
    )


def test_every_figure_has_an_alternative_text_and_every_table_a_head(annexe_a: Made) -> None:
    tags = structure(annexe_a.reader)
    figures = [tag for tag in tags if tag["/S"] == "/Figure"]
    packs = [make_content(PackKind.ANNEXE_A, replace(annexe_a.asked, language=x)) for x in ("fr", "nl")]
    assert sorted(str(tag.get("/Alt")) for tag in figures) == sorted(a.alt for a, _ in find_art(packs))
    tables = [tag for tag in tags if tag["/S"] == "/Table"]
    heads = [tag for tag in tags if tag["/S"] == "/TH"]
    assert len(tables) >= 2 * 5
    assert len(heads) >= 2 * 5 * 10
    assert {tag["/S"] for tag in tags} >= {"/H1", "/H2", "/H3", "/P"}


def test_the_dutch_part_is_marked_as_dutch(annexe_a: Made) -> None:
    assert any(str(tag.get("/Lang", "")).startswith("nl") for tag in structure(annexe_a.reader))


def test_fonts_are_inside_and_no_other_is_asked_for(annexe_a: Made) -> None:
    names = set()
    for page in annexe_a.reader.pages:
        for font in page["/Resources"].get("/Font", {}).values():
            inner = font.get_object()["/DescendantFonts"][0].get_object()
            descriptor = inner["/FontDescriptor"].get_object()
            assert {"/FontFile2", "/FontFile3"} & set(descriptor), "embedded"
            names.add(str(descriptor["/FontName"]).partition("+")[2])
    assert names <= {
        "SourceSans3-Regular",
        "SourceSans3-SemiBold",
        "SourceSans3-Italic",
        "SourceSans3-It",
        "DejaVuSansMono",
        "DejaVuSansMono-Bold",
    }


def test_both_languages_break_at_the_same_pages(annexe_a: Made) -> None:
    texts = annexe_a.texts
    half = len(texts) // 2
    assert len(texts) == 2 * half
    for number, (french, dutch) in enumerate(zip(texts[:half], texts[half:], strict=True), start=1):
        assert squeezed(f"page {number} / {half}") in squeezed(french)
        assert squeezed(f"bladzijde {number} / {half}") in squeezed(dutch)
    codes = [
        [i for i, x in enumerate(part) if f"{c} " in x[:400]]
        for c in FIGURES
        for part in (texts[:half], texts[half:])
    ]
    assert codes[::2] == codes[1::2]


def test_each_objective_has_one_landscape_page(annexe_a: Made) -> None:
    landscape = [p for p in annexe_a.reader.pages if p.mediabox.width > p.mediabox.height]
    assert len(landscape) == 2 * 5
    assert {(round(p.mediabox.width), round(p.mediabox.height)) for p in landscape} == {(842, 595)}


def test_the_outline_leads_to_every_scorecard_and_fiche(annexe_a: Made) -> None:
    def titles(level: Any) -> list[str]:
        return [t for x in level for t in (titles(x) if isinstance(x, list) else [str(x.title)])]

    found = " | ".join(titles(annexe_a.reader.outline))
    for objective in contract().objectives:
        assert f"{objective.code} {objective.title.fr} |" in found
        assert f"{objective.code} {objective.title.nl} |" in found
    for code in FIGURES:
        assert contract().indicator(code).title.fr in found


def test_pages_with_fictitious_values_say_so(annexe_a: Made) -> None:
    said = [i for i, text in enumerate(annexe_a.texts) if "fictives de démonstration" in text]
    contents = 1
    half = len(annexe_a.texts) // 2
    assert said == [i for i in range(half) if i != contents]


def test_numbers_on_the_scorecards_are_those_of_the_service(annexe_a: Made) -> None:
    asked = annexe_a.asked
    french = annexe_a.reader.pages[: len(annexe_a.texts) // 2]
    cards = [p.extract_text() for p in french if p.mediabox.width > p.mediabox.height]
    for objective, page in zip(contract().objectives, cards, strict=True):
        card = get_scorecard(asked.version, asked.cutoff, objective.code, asked.rule)
        assert card.rows
        for row in card.rows:
            assert row.code in page
            if row.latest is not None and row.latest.value is not None:
                decimals = contract().indicator(row.code).decimals
                whole = f"{row.latest.value:,.{decimals}f}"
                written = whole.replace(",", "").replace(".", ",").replace("-", "−")
                assert written in squeezed(page), (row.code, written)


def test_columns_of_operators_hold_their_own_numbers(annexe_b: Made) -> None:
    asked = annexe_b.asked
    dashboard = get_shared_dashboard(asked.version, asked.cutoff, asked.rule)
    text = squeezed("".join(annexe_b.texts))
    order = [m.code for _, measures in dashboard.sections for m in measures]
    places = [text.index(squeezed(f"{c} indicateur")) for c in order]
    assert order[0] == "BV-1a"
    assert order[-1] == "VD-8"
    assert places == sorted(places)
    for _, measures in dashboard.sections:
        for measure in measures:
            for row in measure.rows:
                if row.latest is not None and row.latest.value is not None:
                    decimals = contract().indicator(row.code).decimals
                    assert f"{row.latest.value:.{decimals}f}".replace(".", ",") in text


def test_annexe_b_holds_the_session_funnel_of_each_operator(annexe_b: Made) -> None:
    text = " ".join(SPACES.sub(" ", x) for x in annexe_b.texts)
    assert "Séances d’information : de l’invitation à la formation, Bruxelles Formation" in text
    assert "Séances d’information : de l’invitation à la formation, VDAB Brussel" in text


def test_the_same_data_give_the_same_bytes(annexe_b: Made, draw: Draw) -> None:
    assert make_pack(PackKind.ANNEXE_B, ("fr",), annexe_b.asked, draw) == annexe_b.content
