"""Every page through the server and through Dash's own router; addresses, statuses, errors, health."""

from __future__ import annotations

import json
import re
from collections.abc import Callable
from pathlib import Path
from typing import Any

import dash
import pytest
from dash import Dash
from flask.testing import FlaskClient

from components.addresses import ADDRESSES, address
from components.i18n.translate import LANGUAGES, translator
from data_access.db.engine import get_engine
from data_access.db.tables import batch
from data_access.imports.commit import withdraw_batch
from data_access.services import overview
from tests.conftest import NOW, application

PATHS = [
    address(page, language, **parts)
    for language in LANGUAGES
    for page, all_parts in {
        "overview": [{}],
        "scorecard": [{"objective": f"os{n}"} for n in range(1, 6)],
        "attention": [{}],
        "indicator": [{"code": code} for code in ("OS2.03", "BV-4A", "CTX.DEI", "OS1.09")],
        "search": [{}],
        "communes": [{}],
        "communes_gap": [{}],
        "communes_profile": [{"nis": "21012"}],
        "long_term": [{}],
        "training": [{}],
        "editions": [{}],
        "changes": [{}],
        "data": [{}],
        "governance": [{}],
        "governance_plan": [{}],
        "governance_coverage": [{}],
        "decisions": [{}],
        "method": [{}],
    }.items()
    for parts in all_parts
]


def texts(node: Any) -> list[str]:
    """Every text of a component tree."""
    if isinstance(node, list):
        return [text for item in node for text in texts(item)]
    if isinstance(node, dict):
        return texts(node.get("props", {}).get("children"))
    return [] if node is None else [str(node)]


def attributes(node: Any, name: str) -> list[str]:
    """Every value of an attribute in a component tree."""
    if isinstance(node, list):
        return [value for item in node for value in attributes(item, name)]
    if not isinstance(node, dict):
        return []
    props = node.get("props", {})
    own = [props[name]] if props.get(name) is not None else []
    return own + attributes(props.get("children"), name)


@pytest.mark.parametrize("path", PATHS)
def test_a_page_answers_in_its_language_with_its_content(client: FlaskClient, path: str) -> None:
    response = client.get(path)
    html = response.get_data(as_text=True)
    assert response.status_code == 200
    assert f'<html lang="{path[1:3]}-BE">' in html
    assert html.count("<h1>") == 1
    assert translator(path[1:3])("app.name") in html.split("</title>")[0]


@pytest.mark.parametrize("path", PATHS)
def test_the_live_page_says_what_the_painted_one_says(
    client: FlaskClient, fire: Callable[..., dict[str, Any]], path: str
) -> None:
    painted = client.get(path).get_data(as_text=True)
    live = fire(path)["_pages_content"]["children"]
    sought = [text for text in texts(live) if len(text) > 3]
    assert len(sought) > 20
    escaped = [text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;") for text in sought]
    assert [text for text in escaped if text not in painted] == []


@pytest.mark.parametrize("path", PATHS)
def test_the_router_gives_the_page_its_title(fire: Callable[..., dict[str, Any]], path: str) -> None:
    title = fire(path)["_pages_store"]["data"]["title"]
    assert translator(path[1:3])("app.name") in title


@pytest.mark.parametrize("path", PATHS)
def test_every_id_is_used_once(fire: Callable[..., dict[str, Any]], path: str) -> None:
    ids = attributes(fire(path)["_pages_content"]["children"], "id")
    assert sorted(ids) == sorted(set(ids))


@pytest.mark.parametrize("path", PATHS)
def test_every_image_has_an_alternative_text(fire: Callable[..., dict[str, Any]], path: str) -> None:
    page = fire(path)["_pages_content"]["children"]
    assert len(attributes(page, "alt")) == len(attributes(page, "src"))
    assert all(attributes(page, "alt"))


@pytest.mark.parametrize(
    ("accepted", "home"), [("nl-BE,nl;q=0.9,fr;q=0.8", "/nl/"), ("fr", "/fr/"), ("de", "/fr/")]
)
def test_the_root_goes_to_the_reader_s_language(client: FlaskClient, accepted: str, home: str) -> None:
    response = client.get("/", headers={"Accept-Language": accepted})
    assert (response.status_code, response.headers["Location"]) == (302, home)


@pytest.mark.parametrize(
    ("path", "language"),
    [("/fr/rien", "fr"), ("/nl/niets", "nl"), ("/nl/doelstellingen/os9", "nl"), ("/x", "fr")],
)
def test_an_unknown_address_is_said_in_its_language_with_status_404(
    client: FlaskClient, fire: Callable[..., dict[str, Any]], path: str, language: str
) -> None:
    response = client.get(path)
    assert response.status_code == 404
    sentence = translator(language)("not_found.title")
    assert sentence in response.get_data(as_text=True)
    assert sentence in texts(fire(path)["_pages_content"]["children"])


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_defect_becomes_a_page_with_a_reference_and_status_500(
    shipped: Path,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    caplog: pytest.LogCaptureFixture,
    language: str,
) -> None:
    def broken(*_: object) -> None:
        raise ZeroDivisionError("planted")

    monkeypatch.setattr(overview, "make_scorecard", broken)
    with application(shipped, tmp_path) as own:
        response = own.server.test_client().get(f"/{language}/")
    html = response.get_data(as_text=True)
    assert response.status_code == 500
    assert translator(language)("error.title") in html
    assert "planted" not in html
    (reference,) = re.findall(r"\b[0-9a-f]{8}\b", re.sub(r"<script.*|<link.*", "", html))
    assert any(reference in record.getMessage() for record in caplog.records)


def test_a_withdrawal_is_seen_at_the_next_request(shipped: Path, tmp_path: Path) -> None:
    with application(shipped, tmp_path) as own:
        _withdraw_the_targets(own.server.test_client())


def _withdraw_the_targets(client: FlaskClient) -> None:
    assert "version 22" in client.get("/fr/").get_data(as_text=True)
    with get_engine().connect() as connection:
        number = connection.scalar(
            batch.select().with_only_columns(batch.c.id).where(batch.c.file_name == "targets.csv")
        )
    withdraw_batch(get_engine(), int(number or 0), by="tester", reason="test", at=NOW)
    html = client.get("/fr/").get_data(as_text=True)
    assert "version 23" in html
    assert translator("fr")("status.off_track") not in html.split("<h2>")[0]


def test_fictitious_values_are_announced_on_every_page_that_shows_one(client: FlaskClient) -> None:
    for path in PATHS:
        html = client.get(path).get_data(as_text=True)
        announced = translator(path[1:3])("demonstration.sentence") in html
        # methods and search show no value; the context series is a published one
        assert announced == (
            not re.search("/methode|/recherche|/zoeken|/CTX|/seances|/zittingen|/donnees|/gegevens", path)
        ), path


def test_the_language_link_keeps_page_and_filters(client: FlaskClient) -> None:
    html = client.get("/fr/objectifs/os2?state=off_track&q=emploi").get_data(as_text=True)
    assert 'href="/nl/doelstellingen/os2?q=emploi&amp;state=off_track"' in html


def test_a_filter_longer_than_anybody_types_is_cut(client: FlaskClient) -> None:
    html = client.get(f"/fr/objectifs/os2?q={'x' * 100_000}").get_data(as_text=True)
    assert "x" * 100 in html
    assert "x" * 101 not in html


def test_text_in_the_address_cannot_become_markup(client: FlaskClient) -> None:
    html = client.get("/fr/objectifs/os2?q=%22%3E%3Cscript%3Ealert(1)%3C/script%3E").get_data(as_text=True)
    assert "<script>alert(1)" not in html


def test_health_and_readiness(client: FlaskClient) -> None:
    assert client.get("/healthz").get_json() == {"status": "ok"}
    ready = client.get("/readyz")
    assert ready.status_code == 200
    assert ready.get_json() == {"database": True, "migrations": True, "data_version": 22}


def test_nothing_is_asked_of_another_host(client: FlaskClient) -> None:
    """Links may lead elsewhere (the sources of the figures do); nothing that a page loads does."""
    for path in PATHS:
        html = client.get(path).get_data(as_text=True)
        loaded = re.findall(r'<(?:script|img|iframe|source)[^>]* src="([^"]+)"', html)
        loaded += re.findall(r'<link[^>]* href="([^"]+)"', html)
        assert len(loaded) > 5
        assert [url for url in loaded if re.match(r"(?:https?:)?//", url)] == [], path


def test_answers_tell_browsers_to_be_cautious(client: FlaskClient) -> None:
    headers = client.get("/fr/").headers
    assert headers["X-Content-Type-Options"] == "nosniff"
    assert headers["X-Frame-Options"] == "SAMEORIGIN"
    assert headers["Referrer-Policy"] == "same-origin"


def test_the_index_loads_no_script_that_no_page_needs(client: FlaskClient) -> None:
    scripts = re.findall(r'<script[^>]* src="([^"]+)"', client.get("/fr/").get_data(as_text=True))
    assert any("dash_renderer" in script for script in scripts)
    assert not any("plotly" in script or "polyfill" in script or "dash_table" in script for script in scripts)


def test_every_page_is_registered_in_both_languages(app: Dash) -> None:
    registered = {page["path_template"] or page["path"] for page in dash.page_registry.values()}
    assert {path for by_language in ADDRESSES.values() for path in by_language.values()} <= registered


def test_every_callback_has_its_ids(client: FlaskClient, fire: Callable[..., dict[str, Any]]) -> None:
    client.get("/fr/")
    dependencies = client.get("/_dash-dependencies").get_json()
    paths = ("/fr/indicateurs/OS2.03", "/fr/communes", "/fr/chomage-longue-duree")
    pages = [fire(path) for path in paths]
    layout = json.dumps([client.get("/_dash-layout").get_json(), *pages])
    used = {i["id"] for d in dependencies for i in (*d["inputs"], *d["state"])}
    assert used
    # The page of packs asks again only while one is being made.
    while_made = {"reports-look", "reports-language"}
    assert [i for i in used - while_made if f'"{i}"' not in layout] == []
