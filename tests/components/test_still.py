"""What never changes is one component with HTML; what a callback can reach stays as it was."""

from __future__ import annotations

from typing import Any

import dash_bootstrap_components as dbc
from dash import dcc, html

from components.prerender import STILL, to_html, to_plain
from components.still import to_still

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
    assert found[STILL] == (
        "<caption>Taux</caption><tbody><tr><td>12 %</td><td>&lt;13</td></tr><tr><td>x</td></tr></tbody>"
    )


def test_a_page_is_painted_alike_from_its_still_parts() -> None:
    page = html.Div([html.Main([TABLE, html.P("a & b", id="p")], id="content"), html.Footer([TABLE, "<"])])
    assert STILL in str(to_still(page))
    assert to_html(to_still(page)) == to_html(to_plain(page))


def test_an_element_with_an_id_is_reached_and_its_still_parts_are_not() -> None:
    section = props(html.Section([html.Div([TABLE], id="answer"), TABLE]))
    answer, beside = section["children"]
    assert answer["props"]["id"] == "answer"
    assert STILL not in answer["props"], "a callback may give it other children"
    assert STILL in answer["props"]["children"][0]["props"]
    assert STILL in beside["props"]


def test_figures_stores_and_controls_stay_components() -> None:
    for control in (dcc.Graph(), dcc.Store("kept", data=1), dbc.Select(options=[])):
        found = props(html.Div([html.P([control, html.B("a"), html.I("b"), html.U("c")]), TABLE]))
        assert found["children"][0]["props"]["children"][0] == to_plain(control)
        assert STILL in found["children"][1]["props"]


def test_small_parts_are_not_worth_the_parsing() -> None:
    assert to_still(html.P(["a ", html.B("b")])) == to_plain(html.P(["a ", html.B("b")]))


def test_text_numbers_and_nothing_are_left_alone() -> None:
    assert to_still(["a", 1, None, html.P(None)]) == ["a", 1, None, to_plain(html.P(None))]
