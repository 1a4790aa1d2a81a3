"""The painted page says what the live page will say."""

from __future__ import annotations

import json

import dash_bootstrap_components as dbc
from dash import dcc, html
from plotly.utils import PlotlyJSONEncoder

from components.prerender import to_html, to_plain


def painted(component: object) -> str:
    return to_html(to_plain(component))


def test_text_is_escaped() -> None:
    assert painted(html.P("<b> & ’")) == "<p>&lt;b&gt; &amp; ’</p>"


def test_attributes_take_their_html_names_and_are_escaped() -> None:
    link = html.A(
        "x", href='/fr/?q="a"', className="more", tabIndex="-1", **{"data-row": "", "aria-hidden": "true"}
    )
    assert painted(link) == (
        '<a aria-hidden="true" class="more" data-row="" href="/fr/?q=&quot;a&quot;" tabindex="-1">x</a>'
    )


def test_ids_are_left_to_the_live_page() -> None:
    assert painted(html.Div("x", id="content")) == "<div>x</div>"


def test_void_elements_are_not_closed_and_booleans_are_bare() -> None:
    assert painted(html.Div([html.Br(), html.Img(src="a", alt="")], hidden=True)) == (
        '<div hidden><br><img alt="" src="a"></div>'
    )


def test_nothing_is_painted_for_nothing() -> None:
    assert painted(html.Ul([None, html.Li("a"), 3])) == "<ul><li>a</li>3</ul>"


def test_styles_are_written_in_kebab_case() -> None:
    assert painted(html.I(style={"backgroundColor": "red", "width": 3})) == (
        '<i style="background-color:red;width:3"></i>'
    )


def test_a_select_shows_its_options_and_its_choice() -> None:
    options = [{"value": "", "label": "Tous"}, {"value": "a", "label": "A"}]
    select = dbc.Select(name="state", options=options, value="a")
    assert painted(select) == (
        '<select class="form-select" name="state"><option value="">Tous</option>'
        '<option value="a" selected>A</option></select>'
    )


def test_an_input_keeps_its_value() -> None:
    assert painted(dbc.Input(name="q", type="search", value='b"')) == (
        '<input class="form-control" name="q" type="search" value="b&quot;">'
    )


def test_a_figure_waits_for_the_scripts_and_its_values_travel_untouched() -> None:
    figure = {"data": [{"type": "bar", "y": (1, 2)}], "layout": {}}
    graph = dcc.Graph(id="main", figure=figure, responsive=True)
    assert painted(html.Div(graph)) == "<div></div>"
    assert to_plain(graph)["props"]["figure"] == figure


def test_plain_values_are_what_dash_itself_would_send() -> None:
    """Plotly's own encoder is the twin."""
    tree = html.Div(
        [html.P("a", id="x", **{"data-row": "1"}), None, [html.B(2)], dbc.Select(options=[{"value": "a"}])]
    )
    assert to_plain(tree) == json.loads(json.dumps(tree, cls=PlotlyJSONEncoder))
