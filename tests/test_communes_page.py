"""The map of the communes through the front door: page, callbacks, file, and what must never leave."""

from __future__ import annotations

import csv
import io
import json
import re
from collections.abc import Iterator, Mapping
from html import unescape
from pathlib import Path
from typing import Any

import pytest
from dash import Dash
from flask.testing import FlaskClient

from components.addresses import address
from components.i18n.translate import LANGUAGES
from data_access.actions.prepare import prepare_database
from data_access.contract.load import contract
from data_access.db.engine import get_engine, make_engine
from data_access.domain.geometry import from_geojson
from tests.conftest import NOW, application
from tests.data_access.builders import observation, publish
from tests.still_parts import opened

CONTROLS = ("measure", "view", "sex", "age", "croissant", "period")
SECRET, COVER = (7917.0, 7919.0), (5003.0, 9973.0)  # numbers that nothing else on a page is
COMMUNES = [c.nis for c in contract().communes]


@pytest.fixture(scope="module")
def app(shipped: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Dash]:
    with application(shipped, tmp_path_factory.mktemp("communes")) as app:
        yield app


@pytest.fixture
def secretive(shipped: Path, tmp_path: Path) -> Iterator[FlaskClient]:
    """An application whose newest OS1.02 hides Uccle (2 people are missing from its 7919) and one more."""
    with application(shipped, tmp_path) as app:
        rows = []
        for nis in COMMUNES:
            top, bottom = {"21016": SECRET, "21003": COVER}.get(nis, (6000.0, 12000.0))
            rows.append(_rate(nis, top, bottom))
        rows.append(_rate("BRU", 17 * 6000 + SECRET[0] + COVER[0], 17 * 12000 + SECRET[1] + COVER[1]))
        publish(get_engine(), *rows)
        yield app.server.test_client()


@pytest.fixture
def published(tmp_path_factory: pytest.TempPathFactory) -> Iterator[FlaskClient]:
    """An application that shows real figures only: none by commune has its counts."""
    loaded, served = tmp_path_factory.mktemp("loaded"), tmp_path_factory.mktemp("served")
    database = make_engine(f"sqlite:///{loaded}/dashboard.sqlite3")
    prepare_database(database, contract(), tables="published", data_dir=loaded, now=NOW)
    database.dispose()
    with application(loaded, served) as app:
        yield app.server.test_client()


def _rate(area: str, top: float, bottom: float) -> dict[str, Any]:
    about = {"indicator": "OS1.02", "freq": "A", "time_period": "2030", "ref_area": area}
    return observation(numerator=top, denominator=bottom, obs_value=100 * top / bottom, **about)


def outputs_of(app: Dash, name: str) -> list[dict[str, str]]:
    """The outputs of a callback, as the browser would send them back."""
    (key,) = [key for key in app.callback_map if name in key]
    return [
        dict(zip(("id", "property"), part.rsplit(".", 1), strict=True))
        for part in key.strip(".").split("...")
    ]


def grouped(flat: list[dict[str, str]]) -> str:
    return ".." + "...".join(f"{o['id']}.{o['property']}" for o in flat) + ".."


def choose(app: Dash, shown: Mapping[str, Any], language: str = "fr", **asked: str) -> dict[str, Any]:
    """Fire the callback of the figures as the browser does when a choice changes."""
    client = app.server.test_client()
    client.get("/fr/communes")
    flat = outputs_of(app, "map-dots.figure")
    usual = {"measure": "OS1.01", "view": "level", "sex": "_T", "age": "_T", "croissant": "D2", "period": ""}
    values = usual | asked
    body = {
        "output": grouped(flat),
        "outputs": flat,
        "inputs": [{"id": f"map-{n}", "property": "value", "value": values[n]} for n in CONTROLS],
        "state": [
            {"id": "map-shown", "property": "data", "value": shown},
            {"id": "map-text", "property": "lang", "value": language},
        ],
        "changedPropIds": ["map-period.value"],
    }
    response = client.post("/_dash-update-component", json=body)
    assert response.status_code == 200, response.get_data(as_text=True)
    found: dict[str, Any] = opened(response.get_json()["response"])
    return found


def digits(text: str) -> str:
    """A text without anything between digits, so that 7 919, 7.919 and 7919 are the same.

    The coordinates of drawn paths are left out: they are many, and of borders only.
    """
    text = re.sub(r" d='[^']*'|[0-9a-f]{16,}", "", unescape(text))  # nor hashes
    return re.sub(r"(?<=\d)[\s\u00a0\u202f.](?=\d)", "", text)


@pytest.mark.parametrize("language", ["fr", "nl"])
def test_the_page_says_its_finding_its_croissant_and_where_the_borders_come_from(
    client: FlaskClient, language: str
) -> None:
    html = client.get(address("communes", language)).get_data(as_text=True)
    assert {"fr": "44,3\u00a0% dans le croissant pauvre", "nl": "44,3% in de arme sikkel"}[language] in html
    assert "UrbIS (Paradigm.brussels)" in html
    assert {"fr": "D2, Communes touchées", "nl": "D2, Betrokken gemeenten"}[language] in html
    assert {"fr": "Données fictives", "nl": "Fictieve"}[language] in html


def test_the_shapes_have_an_address_of_their_own_and_are_in_no_page(client: FlaskClient) -> None:
    html = client.get("/fr/communes").get_data(as_text=True)
    assert "Polygon" not in html
    live = json.dumps(client.get("/fr/communes").get_data(as_text=True))
    assert "coordinates" not in live
    from components.figures.shapes import geometry_address

    answer = client.get(geometry_address())
    assert answer.status_code == 200
    assert set(from_geojson(answer.get_json())) == set(COMMUNES)
    assert "immutable" in answer.headers["Cache-Control"]


def test_a_choice_that_does_not_exist_falls_back_and_never_fails(client: FlaskClient) -> None:
    for query in ("measure=<script>", "view=x&sex=Z&age=Z&croissant=Z&period=Z", "measure=OS2.01&view=gap"):
        response = client.get(f"/fr/communes?{query}")
        assert response.status_code == 200
        assert "<script>alert" not in response.get_data(as_text=True)


def test_another_period_sends_only_the_traces_that_differ(app: Dash) -> None:
    first = choose(app, {"version": 0, "geometry": "", "query": {}}, period="2024-Q4")
    shown = first["map-shown"]["data"]
    again = choose(app, shown, period="2024-Q4")
    assert "map-map" not in again or "figure" not in again["map-map"], "nothing differs"
    other = choose(app, shown, period="2024-Q3")
    operations = other["map-map"]["figure"]["operations"]
    changed = {tuple(o["location"]) for o in operations}
    assert all(location[0] == "data" and len(location) == 2 for location in changed)
    assert 0 < len(changed) < 8, "classes and names; not the croissant, the leaders or the legend"
    assert "geojson" not in str([o for o in operations if "lines" in str(o)])


def test_a_patched_figure_is_the_new_figure(app: Dash) -> None:
    """Applied by hand to what was shown, the patch gives what a fresh page would hold."""
    from pages._territory import _ask

    first = choose(app, {"version": 0, "geometry": "", "query": {}}, period="2024-Q4")
    shown = first["map-shown"]["data"]
    with app.server.app_context():
        for asked in ({"period": "2023-Q3"}, {"view": "gap"}, {"view": "count"}, {"measure": "OS2.01"}):
            before = _ask(shown["query"], "fr").figures[0]
            answer = choose(app, shown, **{"period": "2024-Q4", **asked})
            wanted = _ask(answer["map-shown"]["data"]["query"], "fr").figures[0]
            for name in ("map", "dots", "funnel"):
                got = json.loads(json.dumps(before[name]))
                for o in answer.get(f"map-{name}", {}).get("figure", {}).get("operations", []):
                    *path, last = o["location"]
                    node = got
                    for step in path:
                        node = node[step]
                    if o["operation"] == "Assign":
                        node[last] = o["params"]["value"]
                    else:
                        del node[last]
                assert got == json.loads(json.dumps(wanted[name])), (name, asked)


def test_another_measure_changes_what_can_be_chosen(app: Dash) -> None:
    answer = choose(app, {"version": 0, "geometry": "", "query": {}}, measure="CTX.RATE_VAR", language="nl")
    assert [o["value"] for o in answer["map-period"]["options"]] == ["2024"]
    assert answer["map-period"]["value"] == "2024"
    assert answer["map-funnel-part"]["hidden"] is True
    assert "Vlaamse Arbeidsrekening" in json.dumps(answer["map-text"], ensure_ascii=False)


@pytest.mark.parametrize("language", ["fr", "nl"])
@pytest.mark.parametrize("view", ["level", "gap", "change", "count"])
def test_no_number_of_a_hidden_commune_leaves_the_server(
    secretive: FlaskClient, language: str, view: str
) -> None:
    query = f"?measure=OS1.02&period=2030&view={view}"
    path = address("communes", language)
    painted = secretive.get(path + query).get_data(as_text=True)
    body = {
        "output": ".._pages_content.children..._pages_store.data..",
        "outputs": [
            {"id": "_pages_content", "property": "children"},
            {"id": "_pages_store", "property": "data"},
        ],
        "inputs": [
            {"id": "_pages_location", "property": "pathname", "value": path},
            {"id": "_pages_location", "property": "search", "value": query},
        ],
        "changedPropIds": ["_pages_location.search"],
    }
    live = secretive.post("/_dash-update-component", json=body).get_data(as_text=True)
    file = secretive.get(f"/export/communes.csv?lang={language}&measure=OS1.02&period=2030").get_data(
        as_text=True
    )
    assert "2030" in painted
    assert "2030" in file
    hidden = {"fr": "secret statistique", "nl": "statistisch geheim"}[language]
    for text in (painted, json.dumps(opened(json.loads(live)), ensure_ascii=False), file):
        assert hidden in text
        for number in (*SECRET, *COVER):
            assert f"{number:.0f}" not in digits(text)
        for share in (SECRET[0] / SECRET[1], COVER[0] / COVER[1]):
            assert f"{100 * share:.2f}" not in text
            assert f"{100 * share:.1f}".replace(".", ",") not in text


@pytest.mark.parametrize(
    "path",
    ["/fr/communes/21016", "/nl/gemeenten/21003", "/fr/communes/ecart?measure=OS1.02&period=2030"],
)
def test_no_number_of_a_hidden_commune_is_in_a_profile_or_the_gap_page(
    secretive: FlaskClient, path: str
) -> None:
    html = secretive.get(path).get_data(as_text=True)
    assert "<h1>" in html
    for number in (*SECRET, *COVER):
        assert f"{number:.0f}" not in digits(html)


@pytest.mark.parametrize("language", LANGUAGES)
def test_what_an_edition_hides_stays_hidden_when_it_is_no_longer_small(
    secretive: FlaskClient, language: str
) -> None:
    """Uccle and its cover are others now and shown; in the edition they are hidden as they were."""
    version = secretive.get("/readyz").get_json()["data_version"]
    form = {"meeting": "2026-11-27", "version": str(version), "language": "fr"}
    secretive.post("/editions/create", data=form, headers={"Origin": "http://localhost"})
    now, cover = (7001.0, 13001.0), (5011.0, 9967.0)
    region = _rate("BRU", 17 * 6000 + now[0] + cover[0], 17 * 12000 + now[1] + cover[1])
    publish(get_engine(), _rate("21016", *now), _rate("21003", *cover), region)
    pages = (address("communes", language), address("communes_profile", language, nis="21016"))
    query = "measure=OS1.02&period=2030"
    asked = [f"{page}?{query}" for page in pages] + [f"/export/communes.csv?lang={language}&{query}"]
    seen = ""
    for link in asked:
        current, frozen = (
            digits(secretive.get(f"{link}{more}").get_data(as_text=True)) for more in ("", "&edition=2026-11")
        )
        seen += current
        for number in (*SECRET, *COVER):
            assert f"{number:.0f}" not in frozen
            assert f"{number:.0f}" not in current
    for number in (*now, *cover):
        assert f"{number:.0f}" in seen, "else this test could not fail"


def test_with_published_tables_only_the_gap_page_says_what_is_missing(published: FlaskClient) -> None:
    for path, said, wrong in (
        ("/fr/communes/ecart", "il faut les numérateurs et les dénominateurs", "Aucune donnée chargée</p>"),
        ("/nl/gemeenten/kloof", "de tellers en noemers van de 19 gemeenten", "Geen gegevens geladen</p>"),
    ):
        html = unescape(published.get(path).get_data(as_text=True))
        assert said in html
        assert wrong not in html
    profile = unescape(published.get("/fr/communes/21012").get_data(as_text=True))
    assert "Aucun indicateur n’est connu" not in profile
    assert "le contexte suit" in profile


@pytest.mark.parametrize(
    ("path", "said"),
    [
        ("/fr/communes/ecart?measure=OS1.01&period=2025-Q2", "une partie du suivi de cette cohorte"),
        ("/nl/gemeenten/kloof?measure=OS1.01&period=2025-Q2", "een deel van de opvolging van deze cohorte"),
    ],
)
def test_the_gap_page_warns_where_the_reform_meets_one_cohort_only(
    client: FlaskClient, path: str, said: str
) -> None:
    """Who entered in 2024-Q4 is followed to 31 December 2025, the day before the reform."""
    assert said in client.get(path).get_data(as_text=True)
    assert said not in client.get(path.replace("2025-Q2", "2024-Q4")).get_data(as_text=True)


def test_the_file_holds_what_is_shown(client: FlaskClient) -> None:
    response = client.get("/export/communes.csv?lang=nl&measure=OS1.01&period=2024-Q4&croissant=D3")
    assert response.headers["Content-Type"].startswith("text/csv")
    version = client.get("/readyz").get_json()["data_version"]
    assert f"gemeenten-OS1.01-2024-Q4-v{version}.csv" in response.headers["Content-Disposition"]
    text = response.get_data().decode("utf-8-sig")
    rows = list(csv.DictReader(io.StringIO(text), delimiter=";"))
    assert len(rows) == 19 + 2 + 1
    by_code = {row["code"]: row for row in rows}
    assert set(COMMUNES) < set(by_code)
    row = by_code["21001"]
    share = float(row["teller"].replace(",", ".")) / float(row["noemer"].replace(",", "."))
    assert 100 * share == pytest.approx(float(row["waarde"].replace(",", ".")), abs=0.01)
    assert row["arme_sikkel"] == "D3, Kern van vijf gemeenten"
    assert row["waarschuwing"] == "Fictieve demonstratiegegevens"


@pytest.mark.parametrize("query", ["lang=de", "lang=fr&measure=OS9.99", "lang=fr&period=1999"])
def test_a_file_that_cannot_be_is_refused_by_name(client: FlaskClient, query: str) -> None:
    response = client.get(f"/export/communes.csv?{query}")
    assert response.status_code == 400
    text = response.get_data(as_text=True)
    assert text.startswith("Le paramètre ")
    assert query.rsplit("&", 1)[-1].split("=")[0] in text
    assert response.headers["Content-Type"].startswith("text/plain")


def test_a_file_may_be_asked_for_in_small_letters(client: FlaskClient) -> None:
    assert client.get("/export/communes.csv?lang=fr&measure=os2.03&croissant=d3").status_code == 200


def test_a_profile_of_no_commune_is_not_found(client: FlaskClient) -> None:
    assert client.get("/fr/communes/99999").status_code == 404
    assert client.get("/nl/gemeenten/21012").status_code == 200
