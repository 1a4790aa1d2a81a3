"""Editions through the front door: frozen by a form, opened by an address, kept by every link and file."""

from __future__ import annotations

import json
import re
from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from dash import Dash
from flask.testing import FlaskClient

from components.addresses import address
from components.i18n.translate import LANGUAGES, translator
from components.page import BUILDERS
from data_access.contract.load import contract
from data_access.db.engine import get_engine
from data_access.domain.confidentiality import SmallCellRule
from data_access.imports.load import load_file
from data_access.services.reports import get_reports
from tests.conftest import NOW
from tests.data_access.imports.files import csv_file
from tests.still_parts import opened

PAGES = [
    ("overview", {}),
    ("scorecard", {"objective": "os2"}),
    ("indicator", {"code": "OS2.03"}),
    ("attention", {}),
    ("communes", {}),
    ("communes_gap", {}),
    ("communes_profile", {"nis": "21012"}),
    ("long_term", {}),
    ("training", {}),
    ("method", {}),
]
OURS = {"Origin": "http://localhost"}
LATER = date(2026, 11, 27)


@pytest.fixture(scope="module")
def frozen(app: Dash, tmp_path_factory: pytest.TempPathFactory) -> dict[str, Any]:
    """An edition, and what each page showed; then a load that revises, adds and changes a target."""
    client = app.server.test_client()
    version = client.get("/readyz").get_json()["data_version"]
    form = {"meeting": LATER.isoformat(), "version": str(version), "language": "fr"}
    answer = client.post("/editions/create", data=form, headers=OURS)
    assert answer.location == "/fr/seances#edition-2026-11"
    shown = {
        (page, language): content(client.get(address(page, language, **parts) + "?edition=2026-11"))
        for page, parts in PAGES
        for language in LANGUAGES
    }
    file = client.get("/export/indicator.csv?lang=fr&code=CTX.DEI&edition=2026-11")
    revise(tmp_path_factory.mktemp("later"))
    assert file.status_code == 200
    return {"version": version, "shown": shown, "file": file.get_data()}


def content(response: Any) -> str:
    """The main part of a page, as painted."""
    assert response.status_code == 200
    found = re.search(r"<main.*</main>", response.get_data(as_text=True), re.DOTALL)
    assert found is not None
    return found.group(0)


def revise(folder: Path) -> None:
    """A later publication: the unemployment of two periods is another one than was known."""
    rows = [
        {"INDICATOR": "CTX.DEI", "FREQ": "M", "TIME_PERIOD": period, "REF_AREA": "BRU", "OBS_VALUE": value}
        for period, value in (("2026-08", "99999"), ("2026-09", "98765"))
    ]
    path = folder / "later.csv"
    path.write_bytes(csv_file(rows))
    load_file(get_engine(), contract(), path, by="tester", now=NOW, provenance="official")


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize(("page", "parts"), PAGES)
def test_a_page_of_an_edition_is_the_same_to_the_letter_after_a_later_load(
    client: FlaskClient, frozen: dict[str, Any], page: str, parts: dict[str, str], language: str
) -> None:
    path = address(page, language, **parts)
    assert content(client.get(f"{path}?edition=2026-11")) == frozen["shown"][page, language]


def test_a_page_of_an_edition_is_built_once_and_is_nobody_else_s(
    client: FlaskClient, frozen: dict[str, Any], monkeypatch: pytest.MonkeyPatch
) -> None:
    built: list[int] = []
    build = BUILDERS["governance_coverage"]
    monkeypatch.setitem(
        BUILDERS, "governance_coverage", lambda visit: built.append(visit.version) or build(visit)
    )
    path = address("governance_coverage", "nl")
    now, then = content(client.get(path)), content(client.get(f"{path}?edition=2026-11"))
    assert built == [frozen["version"] + 1, frozen["version"]]
    assert content(client.get(f"{path}?edition=2026-11")) == then
    assert content(client.get(path)) == now != then
    assert len(built) == 2


def test_the_data_of_this_moment_have_moved_on(client: FlaskClient, frozen: dict[str, Any]) -> None:
    assert client.get("/readyz").get_json()["data_version"] == frozen["version"] + 1
    assert content(client.get("/fr/")) != frozen["shown"]["overview", "fr"]


@pytest.mark.parametrize("language", LANGUAGES)
def test_an_unknown_edition_leads_to_those_that_there_are(client: FlaskClient, language: str) -> None:
    answer = client.get(address("overview", language) + "?edition=2031-01")
    assert answer.status_code == 404
    assert translator(language)("shell.no_data") not in answer.get_data(as_text=True), "data are loaded"
    assert f'href="{address("editions", language)}"' in content_of(answer)


def content_of(answer: Any) -> str:
    """The main part of a page, whatever its status."""
    return str(answer.get_data(as_text=True).split("<main")[1].split("</main>")[0])


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_banner_names_the_meeting_the_version_and_the_digest(
    client: FlaskClient, frozen: dict[str, Any], language: str
) -> None:
    page = client.get(address("overview", language) + "?edition=2026-11").get_data(as_text=True)
    banner = re.search(r'<aside[^>]*class="edition-banner".*?</aside>', page, re.DOTALL)
    assert banner is not None
    assert {"fr": "27 novembre 2026", "nl": "27 november 2026"}[language] in banner.group(0)
    assert f"version {frozen['version']}" in banner.group(0).replace("versie", "version")
    assert 'edition-banner"' not in client.get(address("overview", language)).get_data(as_text=True)


def test_every_link_of_an_edition_stays_in_it(
    client: FlaskClient, fire: Callable[..., dict[str, Any]], frozen: dict[str, Any]
) -> None:
    page = client.get("/fr/objectifs/os2?edition=2026-11").get_data(as_text=True)
    links = re.findall(r'href="(/(?:fr|nl|export)/[^"]*)"', page)
    out = [link for link in links if "edition=2026-11" not in link]
    assert len(links) > 30
    assert out == ["/fr/objectifs/os2"], "only the way back to the present leads out"
    live = json.dumps(fire("/fr/objectifs/os2", "?edition=2026-11"))
    assert live.count("edition=2026-11") >= len(links) - 1


def test_a_file_is_of_the_edition_and_says_so(client: FlaskClient, frozen: dict[str, Any]) -> None:
    asked = "/export/indicator.csv?lang=fr&code=CTX.DEI"
    assert "99999" in client.get(asked).get_data(as_text=True).replace(" ", "")
    answer = client.get(f"{asked}&edition=2026-11")
    assert answer.get_data() == frozen["file"]
    assert "seance-2026-11" in answer.headers["Content-Disposition"]
    assert "27 novembre 2026" in answer.get_data(as_text=True)
    assert "27 novembre 2026" not in client.get(asked).get_data(as_text=True)


def test_a_choice_on_a_page_of_an_edition_is_answered_from_it(
    client: FlaskClient, frozen: dict[str, Any]
) -> None:
    """The rest of the funnel page, asked for by the page of the edition, after the later load."""
    query = {"funnel": "F-PREV", "cohort": "2024-Q2", "edition": "2026-11"}
    client.get("/fr/")
    shown = {"version": frozen["version"], "query": query}
    body = {
        "output": "funnel-rest.children",
        "outputs": {"id": "funnel-rest", "property": "children"},
        "inputs": [{"id": "funnel-shown", "property": "data", "value": shown}],
        "changedPropIds": ["funnel-shown.data"],
        "state": [{"id": "funnel-text", "property": "lang", "value": "fr"}],
    }
    answer = opened(client.post("/_dash-update-component", json=body).get_json())
    links = re.findall(r'"(/export/[^"]*)"', json.dumps(answer))
    assert links
    assert all("edition=2026-11" in link for link in links)


@pytest.mark.parametrize("language", LANGUAGES)
def test_an_unknown_edition_is_a_page_that_says_so(client: FlaskClient, language: str) -> None:
    answer = client.get(address("overview", language) + "?edition=2031-01")
    assert answer.status_code == 404
    assert "2031-01" in answer.get_data(as_text=True)
    assert (
        client.get(f"/export/indicator.csv?lang={language}&code=CTX.DEI&edition=2031-01").status_code == 404
    )


def test_a_meeting_is_frozen_once_and_only_from_our_own_page(
    client: FlaskClient, frozen: dict[str, Any]
) -> None:
    form = {"meeting": LATER.isoformat(), "version": str(frozen["version"]), "language": "nl"}
    assert client.post("/editions/create", data=form).status_code == 403
    again = client.post("/editions/create", data=form, headers=OURS)
    assert "refused=edition_exists" in again.location
    page = client.get(again.location).get_data(as_text=True)
    assert translator("nl")("error.edition_exists", value="2026-11-27") in page.replace("&#x27;", "'")
    for wrong in ({"meeting": "demain"}, {"meeting": "2026-12-01", "version": "x"}):
        assert "refused=" in client.post("/editions/create", data={**form, **wrong}, headers=OURS).location


@pytest.mark.parametrize("language", LANGUAGES)
def test_what_changed_names_the_revised_month(
    client: FlaskClient, frozen: dict[str, Any], language: str
) -> None:
    page = content(client.get(address("changes", language) + "?since=2026-11"))
    row = next(part for part in page.split("<tr>") if "CTX.DEI" in part)
    assert {"fr": "sept. 2026", "nl": "sep 2026"}[language] in row.replace("\u00a0", " ")
    other = content(client.get(address("changes", language) + "?since=2026-11&cause=gone"))
    assert "CTX.DEI" not in other


def test_a_pack_asked_for_on_a_page_of_an_edition_is_of_it(
    client: FlaskClient, frozen: dict[str, Any]
) -> None:
    """The order names the edition and its version; asked for now, it is another one."""
    page = content(client.get("/fr/rapports?edition=2026-11"))
    assert page.count('name="edition" type="hidden" value="2026-11"') >= 5
    form = {"kind": "data", "languages": "fr", "language": "fr"}
    of_then = client.post("/reports/order", data={**form, "edition": "2026-11"}, headers=OURS).location
    of_now = client.post("/reports/order", data=form, headers=OURS).location
    assert "edition=2026-11" in of_then
    first, second = (int(re.findall(r"report-(\d+)", place)[0]) for place in (of_then, of_now))
    assert first != second
    found = {report.id: report for report in get_reports(SmallCellRule())}
    assert (found[first].edition, found[first].data_version) == ("2026-11", frozen["version"])
    assert (found[second].edition, found[second].data_version) == ("", frozen["version"] + 1)
    assert translator("fr")("reports.of_edition", code="2026-11") in content(client.get("/fr/rapports"))


def test_what_changed_is_narrowed_by_objective_and_its_files_too(
    client: FlaskClient, frozen: dict[str, Any]
) -> None:
    page = content(client.get("/fr/seances/changements?since=2026-11&until=now&objective=all&cause=revision"))
    assert "CTX.DEI" in page
    assert "since=2026-11&amp;cause=revision" in page
    other = content(client.get("/nl/zittingen/wijzigingen?since=2026-11&objective=OS1"))
    assert "CTX.DEI" not in other
    assert "OS1 –" in other


def test_what_changed_follows_the_newest_meeting_without_a_new_version(
    client: FlaskClient, frozen: dict[str, Any]
) -> None:
    """The page and its file say something else as soon as a meeting is frozen."""
    asked = "/export/changes.csv?lang=fr"
    assert "27 novembre 2026" in content(client.get("/fr/seances/changements"))
    assert "27 novembre 2026" in client.get(asked).get_data(as_text=True)
    version = client.get("/readyz").get_json()["data_version"]
    form = {"meeting": "2026-12-18", "version": str(version), "language": "fr"}
    client.post("/editions/create", data=form, headers=OURS)
    assert "18 décembre 2026 et les données actuelles, aucune" in content(
        client.get("/fr/seances/changements")
    )
    assert client.get(asked).status_code == 404, "nothing has changed since"
