"""What changed since the meeting before, in the workbook and on the slides."""

from __future__ import annotations

import io
from typing import Any

import openpyxl
import pytest
from dash import Dash
from pptx import Presentation

from components.exports.book import make_book
from components.exports.slides import make_slides
from data_access.services.editions import viewing
from tests.components.exports.conftest import asked_in, grey
from tests.components.exports.meetings import freeze, revise

SHEETS = {"fr": "Changements", "nl": "Veranderingen"}
PARTS = (-693, -1234, 541, 0)  # of the job seekers: 99 458, now 99 999, of August; 98 765 of September


@pytest.fixture(scope="module", autouse=True)
def meeting(app: Dash, tmp_path_factory: pytest.TempPathFactory) -> None:
    with app.server.app_context():
        freeze()
        revise(tmp_path_factory.mktemp("later"))


@pytest.mark.parametrize("language", ["fr", "nl"])
def test_the_workbook_has_a_sheet_whose_parts_are_numbers(app: Dash, language: str) -> None:
    book = openpyxl.load_workbook(io.BytesIO(make_book(asked_in(language))))
    rows: list[list[Any]] = [[c.value for c in row] for row in book[SHEETS[language]].iter_rows()]
    (line,) = [row for row in rows if row[0] == "CTX.DEI"]
    assert (line[3], line[5], tuple(line[7:11])) == (99458, 98765, PARTS)
    first = [str(c.value) for row in book.worksheets[0].iter_rows() for c in row if c.value]
    meeting = {"fr": "la séance du 25 septembre 2026", "nl": "de zitting van 25 september 2026"}[language]
    assert any(meeting in words for words in first)
    assert SHEETS[language] in first


def test_without_a_meeting_before_the_first_sheet_says_so(app: Dash) -> None:
    with viewing("2026-09"):
        book = openpyxl.load_workbook(io.BytesIO(make_book(asked_in("fr"))))
    assert SHEETS["fr"] not in book.sheetnames
    first = [str(c.value) for row in book.worksheets[0].iter_rows() for c in row if c.value]
    assert any(words.startswith("Aucune séance antérieure n’a été figée") for words in first)


@pytest.mark.parametrize("language", ["fr", "nl"])
def test_a_slide_has_the_row_and_its_parts(app: Dash, language: str) -> None:
    deck = Presentation(io.BytesIO(make_slides(asked_in(language), grey)))
    found = [
        [cell.text_frame.text for cell in row.cells]
        for slide in deck.slides
        for shape in slide.shapes
        if shape.has_table and len(shape.table.columns) == 8
        for row in shape.table.rows
        if row.cells[0].text_frame.text.startswith("CTX.DEI")
    ]
    (row,) = found
    thousand = {"fr": "\u202f", "nl": "."}[language]
    assert row[3:7] == ["−693", f"−1{thousand}234", "+541", "0"]
