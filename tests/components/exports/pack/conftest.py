"""Packs made once from the shipped data, with real figures where they matter."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

import pytest
from dash import Dash
from flask import current_app
from pypdf import PdfReader

from components.exports.asked import Asked
from components.exports.exhibit import Drawing
from components.exports.pack import make
from components.exports.pack.fiche import make_fiche
from components.exports.pack.model import Draw, PackKind, Part
from components.exports.pack.scorecards import make_scorecards
from data_access.services.data_state import get_data_state
from tests.components.exports.pack.drawer import drawer

FIGURES = ("OS1.01", "OS2.14", "OS3.11")  # a cohort with annotations, a gap, an indicator without any value


def plain_draw(drawings: Sequence[Drawing], language: str) -> list[str]:
    """A square that stands for each figure."""
    return [
        f'<svg xmlns="http://www.w3.org/2000/svg" width="{d.width}" height="{d.height}">'
        f'<rect id="x" width="{d.width}" height="9"/></svg>'
        for d in drawings
    ]


@pytest.fixture
def asked(app: Dash) -> Iterator[Asked]:
    """The shipped data in French, for any part of a pack."""
    with app.server.app_context():
        yield make_asked()


def make_asked() -> Asked:
    state = get_data_state()
    return Asked("fr", {}, state.version, state.cutoff, current_app.config["SMALL_CELLS"])


@dataclass(frozen=True)
class Made:
    """A document that was written."""

    content: bytes
    path: Path
    asked: Asked

    @cached_property
    def reader(self) -> PdfReader:
        return PdfReader(self.path)

    @cached_property
    def texts(self) -> list[str]:
        """The text of each page, as another program reads it out."""
        return [page.extract_text() for page in self.reader.pages]


def few(asked: Asked) -> tuple[Part, ...]:
    """The scorecards and three fiches."""
    return (*make_scorecards(asked), *(make_fiche(asked, code) for code in FIGURES))


@pytest.fixture(scope="module")
def annexe_a(app: Dash, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Made]:
    """Annexe A in both languages with three fiches, drawn in Chromium."""
    path = tmp_path_factory.mktemp("annexe") / "annexe-a.pdf"
    with app.server.app_context(), drawer() as draw, pytest.MonkeyPatch.context() as patch:
        patch.setitem(make.BODIES, PackKind.ANNEXE_A, few)
        asked = make_asked()
        content = make.make_pack(PackKind.ANNEXE_A, ("fr", "nl"), asked, draw)
        make.write_pack(content, path)
        yield Made(content, path, asked)


@pytest.fixture(scope="module")
def annexe_b(app: Dash, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Made]:
    """The whole Annexe B in French, its figures as squares."""
    path = tmp_path_factory.mktemp("annexe") / "annexe-b.pdf"
    with app.server.app_context():
        asked = make_asked()
        content = make.make_pack(PackKind.ANNEXE_B, ("fr",), asked, plain_draw)
        make.write_pack(content, path)
        yield Made(content, path, asked)


@pytest.fixture
def draw() -> Draw:
    """Squares for figures."""
    return plain_draw
