"""Under every figure and table stands the menu of its files, and each of its addresses answers."""

from __future__ import annotations

import json
import re
from html import unescape
from urllib.parse import parse_qs, urlsplit

import pytest
from dash import Dash
from flask.testing import FlaskClient

from components.addresses import address
from components.exports.recipes import RECIPES
from components.i18n.translate import LANGUAGES, translator
from tests.components.exports.meetings import freeze, revise
from tests.still_parts import opened

PAGES = [
    ("overview", {}, "", {"overview"}),
    ("scorecard", {"objective": "os1"}, "", {"scorecard"}),
    ("training", {}, "", {"training", "funnel"}),
    ("attention", {}, "", {"attention"}),
    ("governance", {}, "", {"governance"}),
    ("governance_coverage", {}, "", {"coverage"}),
    ("changes", {}, "", {"changes"}),
    ("governance_plan", {}, "", {"plan"}),
    ("decisions", {}, "", {"decisions"}),
    ("decisions", {}, "objective=OS1&state=late", {"decisions"}),
    ("governance_plan", {}, "year=2026&commitment=OS2-E1a", {"plan"}),
    ("indicator", {"code": "OS1.01"}, "", {"indicator", "breakdown", "revisions"}),
    ("indicator", {"code": "OS1.01"}, "by=AGE&then=CROISSANT", {"indicator", "breakdown"}),
    ("indicator", {"code": "BV-1c"}, "operator=BF&with=no-such&from=2023", {"indicator"}),
    ("communes", {}, "measure=OS1.01&period=2024-Q4", {"map", "dots", "funnel-plot", "map-years"}),
    ("communes_gap", {}, "", {"gap-lines", "gap-points", "gap-split", "gap-communes", "gap-all"}),
    ("communes_profile", {"nis": "21012"}, "with=21001", {"commune", "commune-facts"}),
    (
        "long_term",
        {},
        "funnel=F-ABS-E",
        {"funnel", "incidence", "equal-months", "funnel-cohorts", "obstacles"},
    ),
    (
        "long_term",
        {},
        "funnel=F-PREV&figure=plain",
        {"funnel", "other-paths", "leaks", "ltu-stock", "ltu-share", "ltu-crossing"},
    ),
    ("long_term", {}, "funnel=F-SI.BF", {"funnel", "sessions", "session-quarters"}),
]
IDS = [f"{page}-{query}" for page, _, query, _ in PAGES]


@pytest.fixture(scope="module", autouse=True)
def meeting(app: Dash, tmp_path_factory: pytest.TempPathFactory) -> None:
    """A meeting in the past, so that there is something to compare with."""
    with app.server.app_context():
        freeze()
        revise(tmp_path_factory.mktemp("later"))


def menus(html: str) -> list[str]:
    return re.findall(r'<details[^>]*class="export-menu".*?</details>', html, re.DOTALL)


def links(menu: str) -> list[str]:
    return [unescape(link) for link in re.findall(r'href="([^"]+)"', menu)]


def name_of(link: str) -> str:
    return urlsplit(link).path.removeprefix("/export/").rsplit(".", 1)[0]


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize(("page", "parts", "query", "names"), PAGES, ids=IDS)
def test_a_page_has_the_menus_of_its_figures(
    client: FlaskClient, language: str, page: str, parts: dict[str, str], query: str, names: set[str]
) -> None:
    html = client.get(f"{address(page, language, **parts)}?{query}").get_data(as_text=True)
    found = menus(html)
    assert names <= {name_of(links(menu)[0]) for menu in found}
    for menu in found:
        summary = re.sub(r"<[^>]+>", "", menu.split("</summary>")[0])
        assert translator(language)("export.menu") in summary
        assert len(summary) > len(translator(language)("export.menu")) + 3, "it says of what"
        assert all(f"lang={language}" in link for link in links(menu))
        assert menu.count("download") >= len(links(menu)) >= 3


@pytest.mark.parametrize(("page", "parts", "query", "names"), PAGES, ids=IDS)
def test_the_tables_of_a_page_are_those_of_its_menus(
    client: FlaskClient, page: str, parts: dict[str, str], query: str, names: set[str]
) -> None:
    html = client.get(f"{address(page, 'fr', **parts)}?{query}").get_data(as_text=True)
    asked = {link for menu in menus(html) for link in links(menu) if ".csv?" in link}
    assert asked
    for link in asked:
        response = client.get(link)
        assert response.status_code == 200, (link, response.get_data(as_text=True))
        assert response.data.startswith(b"\xef\xbb\xbf")


def test_a_menu_asks_for_what_the_page_shows(client: FlaskClient) -> None:
    query = "measure=OS1.01&sex=F&croissant=D3&period=2024-Q4"
    html = client.get(f"/nl/gemeenten?{query}").get_data(as_text=True)
    (link,) = {link for menu in menus(html) for link in links(menu) if link.startswith("/export/dots.csv")}
    asked = {name: values[0] for name, values in parse_qs(urlsplit(link).query).items()}
    assert asked == {
        "lang": "nl",
        "measure": "OS1.01",
        "sex": "F",
        "croissant": "D3",
        "period": "2024-Q4",
    }
    text = client.get(link).get_data(as_text=True)
    assert "K4\u00a02024" in text
    assert "Vrouwen" in text


def test_the_menus_of_the_map_follow_its_choices(app: Dash) -> None:
    client = app.server.test_client()
    client.get("/fr/communes")
    (key,) = [key for key in app.callback_map if "map-details" in key]
    outputs = [
        dict(zip(("id", "property"), part.rsplit(".", 1), strict=True))
        for part in key.strip(".").split("...")
    ]
    query = {"measure": "OS2.03", "sex": "M", "period": "2024-Q4"}
    body = {
        "output": key,
        "outputs": outputs,
        "inputs": [{"id": "map-shown", "property": "data", "value": {"query": query, "same_years": True}}],
        "state": [{"id": "map-text", "property": "lang", "value": "nl"}],
        "changedPropIds": ["map-shown.data"],
    }
    response = client.post("/_dash-update-component", json=body)
    assert response.status_code == 200, response.get_data(as_text=True)
    answer = opened(response.get_json()["response"])
    for figure, name in {"map": "map", "dots": "dots", "funnel": "funnel-plot"}.items():
        menu = json.dumps(answer[f"map-files-{figure}"])
        found = set(re.findall(rf"/export/{name}\.\w+\?[^\"]+", menu))
        assert len(found) == 6
        for link in found:
            asked = {n: values[0] for n, values in parse_qs(urlsplit(link).query).items()}
            assert asked.items() >= {"lang": "nl", **query}.items()


def test_every_recipe_has_a_menu_somewhere(app: Dash) -> None:
    assert set(RECIPES) == set().union(*(names for *_, names in PAGES))
