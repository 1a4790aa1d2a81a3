"""Components read without their looks: what is folded or only drawn is left out, words stay apart."""

from __future__ import annotations

from dash import html

from components.attributes import aria
from components.exports.pack.model import Grid, Line, Value
from components.exports.pack.said import grid, lines, text, value, without_gaps


def test_words_that_only_looks_kept_apart() -> None:
    assert text(html.Th([html.Span("S1", className="code"), "Invitations"])) == "S1 Invitations"
    assert text(html.Li(["Nouveau parcours", html.Small("service X")])) == "Nouveau parcours · service X"
    assert text(html.P([html.Strong("3 mars"), " : ", "début"])) == "3 mars : début"


def test_marks_and_folded_calculations_are_silent() -> None:
    said = [html.P([html.Span("✓", **aria(hidden="true")), html.Strong("Atteint")]), html.Details("a ÷ b")]
    assert lines(said) == (Line("Atteint"),)


def test_a_text_in_the_other_language_is_a_line_of_its_own() -> None:
    said = html.Dl(
        [html.Dt("Cause"), html.Dd([html.Em("traduction en attente"), " ", html.Span("Nog niet", lang="nl")])]
    )
    assert lines(said) == (
        Line("Cause", "head"),
        Line("traduction en attente"),
        Line("Nog niet", "plain", "nl"),
    )


def test_a_value_and_what_stands_small_beside_it() -> None:
    assert value(html.Span([html.Span("43,5 %"), html.Small("2022")])) == Value("43,5 %", "2022")
    assert value(html.Abbr("n.d.", className="value-missing")) == Value("n.d.", absent=True)


def test_small_words_among_large_ones_are_written_once() -> None:
    state, badge = (
        ["Hors trajectoire", html.Small("(provisoire)")],
        ["Écart accepté", html.Small("jusqu’au 3")],
    )
    both = html.Td([html.Span(state), html.Span(badge)])
    assert value(both).small == ""
    assert value(both).text.count("provisoire") == value(both).text.count("jusqu’au 3") == 1


def test_a_table_keeps_heads_and_rows() -> None:
    table = html.Div(
        html.Table(
            [
                html.Caption("x"),
                html.Thead(html.Tr([html.Th("Période"), html.Th("Valeur")])),
                html.Tbody(
                    [
                        html.Tr([html.Th("2024"), html.Td("12,5 %")]),
                        html.Tr([html.Th("2023"), html.Td("n.d.")]),
                    ]
                ),
            ]
        )
    )
    found = grid(table, "Données")
    assert found is not None
    assert (found.caption, found.heads, found.rows) == (
        "Données",
        ("Période", "Valeur"),
        (("2024", "12,5 %"), ("2023", "n.d.")),
    )
    assert found.numeric == (True, True)
    assert grid(html.P("no table"), "x") is None


def test_neighbouring_periods_without_a_value_are_one_row() -> None:
    rows = (("2025", "3"), ("2024", "n.d."), ("2023", "n.d."), ("2022", "n.d."), ("2021", "2"), ("2020", "2"))
    whole = Grid("x", ("Période", "Valeur"), rows, (True, True), (4, 4))
    assert without_gaps(whole, "n.d.").rows == (
        ("2025", "3"),
        ("2022 → 2024", "n.d."),
        ("2021", "2"),
        ("2020", "2"),
    )
