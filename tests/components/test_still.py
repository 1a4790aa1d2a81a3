"""What never changes is one component with HTML; what a callback can reach stays as it was."""

from __future__ import annotations

from typing import Any

import dash_bootstrap_components as dbc
from dash import dcc, html

from components.prerender import to_html, to_plain
from components.still import PROPERTY, to_still

TABLE = html.Table(
    [html.Caption("Taux"), html.Tbody([html.Tr([html.Td("12 %"), html.Td("<13")]), html.Tr(html.Td("x"))])],
    className="numbers",
)


def props(node: Any) -> dict[str, Any]:
    found: dict[str, Any] = to_still(node)["props"]
    return found


def test_a_part_without_ids_is_its_root_and_html() -> None:
    found = props(TABLE)
    assert found["className"] == "numbers"
    assert "children" not in found
    assert found[PROPERTY] == (
        "<caption>Taux</caption><tbody><tr><td>12 %</td><td>&lt;13</td></tr><tr><td>x</td></tr></tbody>"
    )


def test_with_its_html_in_place_a_part_is_what_was_painted() -> None:
    found = to_still(TABLE)
    inside = found["props"].pop(PROPERTY)
    opening = to_html(found).removesuffix("</table>")
    assert f"{opening}{inside}</table>" == to_html(to_plain(TABLE))


def test_an_element_with_an_id_is_reached_and_its_still_parts_are_not() -> None:
    section = props(html.Section([html.Div([TABLE], id="answer"), TABLE]))
    answer, beside = section["children"]
    assert answer["props"]["id"] == "answer"
    assert PROPERTY not in answer["props"], "a callback may give it other children"
    assert PROPERTY in answer["props"]["children"][0]["props"]
    assert PROPERTY in beside["props"]


def test_figures_stores_and_controls_stay_components() -> None:
    for control in (dcc.Graph(), dcc.Store("kept", data=1), dbc.Select(options=[])):
        found = props(html.Div([html.P([control, html.B("a"), html.I("b"), html.U("c")]), TABLE]))
        assert found["children"][0]["props"]["children"][0] == to_plain(control)
        assert PROPERTY in found["children"][1]["props"]


def test_small_parts_are_not_worth_the_parsing() -> None:
    assert to_still(html.P(["a ", html.B("b")])) == to_plain(html.P(["a ", html.B("b")]))


def test_text_numbers_and_nothing_are_left_alone() -> None:
    assert to_still(["a", 1, None, html.P(None)]) == ["a", 1, None, to_plain(html.P(None))]
