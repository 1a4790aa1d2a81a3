"""What the screen writes becomes values: numbers with what stands behind them, cells in their columns."""

from __future__ import annotations

from collections.abc import Sequence

import pytest
from dash import html
from dash.development.base_component import Component

from components.exports.exhibit import Kind
from components.exports.shown_number import read_number, read_pair
from components.exports.shown_table import table_of
from components.i18n.translate import translator

NUMBERS = [
    ("fr", "15,3\u00a0%", 15.3, Kind.PERCENT, 1, "15,3\u00a0%", ""),
    ("fr", "−8,4\u00a0p.p. (de −10,0) sign.", -8.4, Kind.POINTS, 1, "−8,4\u00a0p.p.", "(de −10,0) sign."),
    ("nl", "+3,2\u00a0pp significant", 3.2, Kind.POINTS, 1, "+3,2\u00a0pp", "significant"),
    ("fr", "15,5\u00a0% (p)", 15.5, Kind.PERCENT, 1, "15,5\u00a0%", "(p)"),
    ("fr", "22\u202f249", 22249.0, Kind.NUMBER, 0, "22\u202f249", ""),
    ("nl", "22.249", 22249.0, Kind.NUMBER, 0, "22.249", ""),
    ("fr", "18\u00a0jours", 18.0, Kind.NUMBER, 0, "18\u00a0jours", "jours"),
    ("nl", "146,5\u00a0WZ/VTE", 146.5, Kind.NUMBER, 1, "146,5\u00a0WZ/VTE", "WZ/VTE"),
    ("fr", "0", 0.0, Kind.NUMBER, 0, "0", ""),
]  # fmt: skip
WORDS = ["", "secret statistique", "39,5 – 44,2 %", "11,8–12,6 %", "709 / 1 693", "2 mois de retard"]
WORDS += ["T2 2026", "oct. 2026", "12/11/2026", "2024-03", "2024", "2023 (p)"]


@pytest.mark.parametrize(("language", "words", "value", "kind", "decimals", "shown", "rest"), NUMBERS)
def test_a_number_is_read_as_it_was_written(
    language: str, words: str, value: float, kind: Kind, decimals: int, shown: str, rest: str
) -> None:
    found = read_number(words, language)
    assert found is not None
    assert (found.value, found.kind, found.decimals, found.words, found.rest) == (
        value,
        kind,
        decimals,
        shown,
        rest,
    )


@pytest.mark.parametrize("language", ["fr", "nl"])
@pytest.mark.parametrize("words", WORDS)
def test_a_sentence_a_date_and_an_interval_are_no_number(language: str, words: str) -> None:
    assert read_number(words, language) is None


def test_a_numerator_and_its_denominator_are_two() -> None:
    assert read_pair("709 / 1\u202f693") == ("709", "1\u202f693")
    assert read_pair("12/11/2026") is None
    assert read_pair("secret statistique") is None


def rows_of(
    head: Sequence[Component], *body: Sequence[Component]
) -> tuple[list[str], list[list[tuple[str, object]]]]:
    node = html.Table([html.Thead(html.Tr(head)), html.Tbody([html.Tr(cells) for cells in body])])
    table = table_of(html.Div(node), translator("fr"))
    return [c.label for c in table.columns], [[(c.text, c.value) for c in row] for row in table.rows]


def test_a_column_of_images_is_left_out_and_the_others_keep_their_heads() -> None:
    head = [html.Th("Groupe"), html.Td("", className="dot"), html.Th("Valeur")]
    body = [html.Th("Femmes"), html.Td(html.Img(src="x"), className="dot"), html.Td("47,3\u00a0%")]
    assert rows_of(head, body) == (["Groupe", "Valeur"], [[("Femmes", None), ("47,3\u00a0%", 47.3)]])


def test_a_cell_over_several_columns_moves_no_other() -> None:
    head = [html.Th(name) for name in ("Obstacle", "Cas", "Part", "Écart")]
    wide = [html.Th("Langue"), html.Td("n.d.", colSpan=2), html.Td("+2,0\u00a0p.p.")]
    full = [html.Th("Santé"), html.Td("12"), html.Td("4,0\u00a0%"), html.Td("+1,0\u00a0p.p.")]
    assert rows_of(head, wide, full)[1] == [
        [("Langue", None), ("n.d.", None), ("", None), ("+2,0\u00a0p.p.", 2.0)],
        [("Santé", None), ("12", 12.0), ("4,0\u00a0%", 4.0), ("+1,0\u00a0p.p.", 1.0)],
    ]


def test_a_hidden_ratio_is_hidden_twice() -> None:
    head = [html.Th("Commune"), html.Th("Numérateur / dénominateur")]
    labels, rows = rows_of(
        head, [html.Th("Uccle"), html.Td("masqué")], [html.Th("Jette"), html.Td("709 / 1\u202f693")]
    )
    assert labels == ["Commune", "Numérateur", "Dénominateur"]
    assert rows == [
        [("Uccle", None), ("masqué", None), ("masqué", None)],
        [("Jette", None), ("709", 709.0), ("1\u202f693", 1693.0)],
    ]


def test_years_of_a_period_are_no_numbers() -> None:
    head = [html.Th("Indicateur"), html.Th("Période")]
    assert rows_of(head, [html.Th("OS1.02"), html.Td("2024")])[1] == [[("OS1.02", None), ("2024", None)]]
