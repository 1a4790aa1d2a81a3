"""Widths against the letters themselves."""

from __future__ import annotations

from pathlib import Path

import pytest
from PIL import ImageFont

from components.exports.text_size import count_lines, fitting_size, text_width

FONT = Path("/usr/share/fonts/truetype/liberation/LiberationSans-Regular.ttf")
SENTENCES = (
    "Taux de sortie vers l’emploi à 12 mois des publics prioritaires",
    "Streefwaarde niet bepaald, 47,3 %",
)


@pytest.mark.parametrize("sentence", SENTENCES)
def test_a_line_is_as_wide_as_in_the_font(sentence: str) -> None:
    if not FONT.exists():
        pytest.skip("!!! Liberation Sans is not installed (apt-get install fonts-liberation)")
    real = ImageFont.truetype(str(FONT), 1000).getlength(sentence) / 1000 * 10 / 72
    assert real * 0.99 <= text_width(sentence, 10) <= real * 1.08


def test_words_are_broken_between_lines() -> None:
    wide = text_width("aaaa bbbb", 10)
    assert count_lines("aaaa bbbb", 10, wide + 0.01) == 1
    assert count_lines("aaaa bbbb", 10, wide - 0.01) == 2
    assert count_lines("aaaa\nbbbb", 10, 9) == 2


def test_the_largest_letters_that_fit_are_taken() -> None:
    assert fitting_size("short", 5, 1, (24, 20, 16)) == 24
    assert fitting_size("long " * 30, 5, 1, (24, 20, 16)) == 16
