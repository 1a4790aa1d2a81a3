"""Asking and cancelling through the addresses: who may, what is refused, what the page says."""

from __future__ import annotations

import pytest
from dash import Dash
from flask.testing import FlaskClient

from components.exports import reports
from tests.reports.fake_consumer import makers

FORM = {"kind": "data", "languages": "fr", "language": "nl"}


@pytest.mark.parametrize(
    "headers",
    [
        {},
        {"Origin": "https://elsewhere.example"},
        {"Referer": "https://elsewhere.example/fr/rapports"},
        {"Origin": "null"},
        {"Origin": "https://elsewhere.example", "X-Forwarded-Host": "elsewhere.example"},
    ],
)
def test_a_form_from_elsewhere_is_refused(
    client: FlaskClient, monkeypatch: pytest.MonkeyPatch, headers: dict[str, str]
) -> None:
    monkeypatch.setattr(reports, "get_makers", makers)
    assert client.post("/reports/order", data=FORM, headers=headers).status_code == 403
    assert client.post("/reports/1/cancel", data=FORM, headers=headers).status_code == 403


@pytest.mark.parametrize("change", [{"kind": "x"}, {"languages": "fr+nl"}, {"languages": "de"}])
def test_what_is_not_offered_cannot_be_asked_for(
    client: FlaskClient, monkeypatch: pytest.MonkeyPatch, change: dict[str, str]
) -> None:
    monkeypatch.setattr(reports, "get_makers", makers)
    answer = client.post("/reports/order", data={**FORM, **change}, headers={"Origin": "http://localhost"})
    assert answer.status_code == 400


def test_an_empty_list_says_so_and_a_kind_without_maker_is_not_offered(
    client: FlaskClient, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(reports, "get_makers", dict)
    page = client.get("/nl/rapporten").get_data(as_text=True)
    assert "Deze installatie maakt geen documenten aan." in page
    assert "Er werd nog geen document gevraagd." in page
    monkeypatch.setattr(reports, "get_makers", makers)
    page = client.get("/fr/rapports").get_data(as_text=True)
    # a, b and the short pack in three ways, slides and data in two: b has no maker here
    assert page.count('name="languages"') == 3 + 3 + 2 + 2
    assert "Annexe B" not in page


def test_the_header_of_the_proxy_counts_only_behind_one(
    app: Dash, client: FlaskClient, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(reports, "get_makers", makers)
    headers = {"Origin": "http://localhost", "X-Forwarded-User": "mallory"}
    assert client.post("/reports/order", data=FORM, headers=headers).headers["Location"].startswith("/nl/")
    page = client.get("/nl/rapporten").get_data(as_text=True)
    assert "mallory" not in page
    assert "lokale lezer" in page
