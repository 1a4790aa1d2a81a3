"""The breakdown explorer through the front door: its page and its callback."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from dash import Dash
from flask.testing import FlaskClient

from components.addresses import address
from tests.conftest import application
from tests.still_parts import opened

BODY, THEN, PERIOD = "breakdown-body", "breakdown-then", "breakdown-period"
OUTPUTS = [(BODY, "children"), (THEN, "options"), (THEN, "value"), (PERIOD, "options"), (PERIOD, "value")]


@pytest.fixture(scope="module")
def app(shipped: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Dash]:
    with application(shipped, tmp_path_factory.mktemp("breakdown")) as app:
        yield app


def choose(client: FlaskClient, by: str, then: str, period: str, code: str, language: str) -> dict[str, Any]:
    """Fire the callback as the browser does when a choice changes."""
    client.get("/fr/")
    inputs = zip(("by", "then", "period"), (by, then, period), strict=True)
    states = {"sheet-code": code, "sheet-language": language, "sheet-edition": ""}
    body = {
        "output": ".." + "...".join(f"{name}.{prop}" for name, prop in OUTPUTS) + "..",
        "outputs": [{"id": name, "property": prop} for name, prop in OUTPUTS],
        "inputs": [{"id": f"breakdown-{n}", "property": "value", "value": v} for n, v in inputs],
        "state": [{"id": name, "property": "data", "value": value} for name, value in states.items()],
        "changedPropIds": ["breakdown-by.value"],
    }
    response = client.post("/_dash-update-component", json=body)
    assert response.status_code == 200, response.get_data(as_text=True)
    answer: dict[str, Any] = opened(response.get_json()["response"])
    return answer


def text(answer: dict[str, Any]) -> str:
    return json.dumps(answer, ensure_ascii=False)


def test_a_choice_changes_body_and_the_choices_that_are_left(client: FlaskClient) -> None:
    answer = choose(client, "SEX", "none", "2025-Q1", "OS2.03", "nl")
    assert "Vrouwen" in text(answer[BODY])
    assert [option["value"] for option in answer[THEN]["options"]] == ["none", "REF_AREA", "CROISSANT"]
    assert answer[THEN]["value"] == "none"
    assert answer[PERIOD]["value"] == "2025-Q1"


def test_a_pair_is_shown_as_facets(client: FlaskClient) -> None:
    answer = choose(client, "AGE", "CROISSANT", "2025-Q1", "OS2.03", "fr")
    assert text(answer[BODY]).count('"facet"') == 4
    assert "Communes touchées" in text(answer[BODY])


def test_what_does_not_exist_falls_back(client: FlaskClient) -> None:
    answer = choose(client, "<b>", "AGE", "1066", "OS2.03", "xx")
    assert answer[THEN]["value"] == "AGE"
    assert answer[PERIOD]["value"] == "2025-Q2"
    assert "<b>" not in text(answer)


@pytest.mark.parametrize(("language", "title"), [("fr", "Par groupe"), ("nl", "Per groep")])
def test_the_page_holds_what_its_address_asks(client: FlaskClient, language: str, title: str) -> None:
    path = address("indicator", language, code="OS2.03")
    page = client.get(f"{path}?by=SEX&period=2025-Q1&from=2023").get_data(as_text=True)
    assert title in page
    assert '<option value="SEX" selected>' in page
    assert '<option value="2025-Q1" selected>' in page
    assert 'name="from" type="hidden" value="2023"' in page


def test_an_invalid_address_is_no_error(client: FlaskClient) -> None:
    response = client.get(address("indicator", "fr", code="OS2.03") + "?by=X&then=Y&period=Z")
    assert response.status_code == 200
    assert '<option value="REF_AREA" selected>' in response.get_data(as_text=True)


def test_an_indicator_without_groups_says_so(client: FlaskClient) -> None:
    page = client.get(address("indicator", "fr", code="OS4.01")).get_data(as_text=True)
    assert "n’est pas livré par groupe" in page
