"""The frame of a figure, what plotly.js is told, and how it writes numbers and dates."""

from __future__ import annotations

import re
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from components.figures import bundle
from components.figures.graph import TRACES, make_graph
from components.figures.plotly_locale import locale
from components.i18n import formats
from components.i18n.translate import LANGUAGES
from components.prerender import to_html, to_plain

FIGURE: dict[str, Any] = {
    "data": [{"type": "bar", "x": [1], "y": [2]}],
    "layout": {"yaxis": {"range": [0, 3]}, "dragmode": "zoom"},
}


def plain(**changes: Any) -> dict[str, Any]:
    arguments = {"id": "main", "alt": "deux <b>", "height": 320, "language": "fr", **changes}
    frame: dict[str, Any] = to_plain(make_graph(arguments.pop("figure", FIGURE), **arguments))
    return frame


def graph(**changes: Any) -> dict[str, Any]:
    props: dict[str, Any] = plain(**changes)["props"]["children"][1]["props"]
    return props


def test_the_painted_frame_has_its_final_height_its_text_and_says_where_the_values_are() -> None:
    assert to_html(plain()) == (
        '<div aria-label="deux &lt;b&gt;" class="figure-frame" role="img" style="height:320px">'
        '<p class="figure-waiting">Les valeurs de cette figure sont aussi dans le tableau qui suit.</p>'
        "</div>"
    )


def test_the_figure_is_sent_as_it_is_under_the_house_template() -> None:
    sent = graph()["figure"]
    assert sent["data"] == FIGURE["data"]
    assert {**sent["layout"], "template": None} == {**FIGURE["layout"], "template": None}
    assert sent["layout"]["template"]["layout"]["dragmode"] is False
    assert "template" not in FIGURE["layout"]


def test_a_figure_without_layout_gets_the_template_alone() -> None:
    assert list(graph(figure={"data": []})["figure"]["layout"]) == ["template"]


def test_a_trace_that_our_plotly_cannot_draw_is_refused_and_the_others_are_in_it() -> None:
    with pytest.raises(AssertionError, match="violin"):
        plain(figure={"data": [{"type": "violin"}]})
    entry = (Path(bundle.__file__).parent / "entry.js").read_text()
    assert set(re.findall(r"lib/(\w+)", entry)) - {"core"} | {"scatter"} == TRACES


@pytest.mark.parametrize("size", ["width", "height"])
def test_the_size_is_the_frame_s(size: str) -> None:
    with pytest.raises(AssertionError, match=size):
        make_graph({"data": [], "layout": {size: 1}}, id="a", alt="a", height=1, language="fr")


def test_nothing_can_be_sent_elsewhere_and_the_caller_may_change_the_rest() -> None:
    config = graph(config={"doubleClick": False}, language="nl")["config"]
    assert config["showSendToCloud"] is config["displaylogo"] is config["displayModeBar"] is False
    assert config["doubleClick"] is False
    assert config["locale"] == "nl"
    assert set(config["locales"]) == {"nl"}


@pytest.mark.parametrize("language", LANGUAGES)
def test_plotly_writes_numbers_and_months_as_the_tables_do(language: str) -> None:
    told = locale(language)["format"]
    sample = formats.number(67216.7, 1, language)
    assert sample == f"67{told['thousands']}216{told['decimal']}7"
    for month in range(1, 13):
        assert told["months"][month - 1] in formats.day(date(2026, month, 2), language)


# 22 November 2026 was a Sunday.
@pytest.mark.parametrize(
    ("language", "sunday", "monday"), [("fr", "dimanche", "lundi"), ("nl", "zondag", "maandag")]
)
def test_weeks_begin_on_sunday_as_plotly_counts(language: str, sunday: str, monday: str) -> None:
    assert locale(language)["format"]["days"][:2] == [sunday, monday]
    assert len(locale(language)["format"]["shortDays"]) == 7
