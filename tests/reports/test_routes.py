"""Asking and cancelling through the addresses: who may, what is refused, what the page says."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest
from dash import Dash
from flask.testing import FlaskClient

from components.addresses import address
from components.cards.reports import make_report_list, report_status
from components.exports import reports
from components.i18n.translate import translator
from components.prerender import to_html, to_plain
from data_access.services.reports import Report
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


REFUSED = {
    "fr": {403: "n’a pas été envoyée depuis une page", 400: "n’est pas proposé", 404: "n’existe plus"},
    "nl": {403: "niet vanaf een pagina", 400: "wordt niet aangeboden", 404: "niet of niet meer"},
}


@pytest.mark.parametrize("language", ["fr", "nl"])
@pytest.mark.parametrize("status", [400, 403, 404])
def test_a_refusal_is_a_page_in_the_language_of_the_reader(
    client: FlaskClient, monkeypatch: pytest.MonkeyPatch, language: str, status: int
) -> None:
    monkeypatch.setattr(reports, "get_makers", makers)
    here = {"Origin": "http://localhost", "Referer": f"http://localhost{address('reports', language)}"}
    form = {**FORM, "language": language}
    answer = {
        400: lambda: client.post("/reports/order", data={**form, "kind": "x"}, headers=here),
        403: lambda: client.post(
            "/reports/order", data=form, headers={"Origin": "https://elsewhere.example"}
        ),
        404: lambda: client.get("/reports/999/x.pdf", headers=here),
    }[status]()
    html = answer.get_data(as_text=True)
    assert (answer.status_code, answer.mimetype) == (status, "text/html")
    assert f'<html lang="{language}-BE">' in html
    assert REFUSED[language][status] in html
    assert f'href="{address("reports", language)}"' in html
    assert "<main" in html
    assert "<title>" in html
    assert "/assets/style.css" in html
    assert answer.headers["Cache-Control"] == "no-store"


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


NOW = datetime(2026, 11, 23, 12, 0, tzinfo=UTC)
DONE = Report(
    id=7,
    kind="dossier",
    languages="fr+nl",
    data_version=19,
    edition="",
    state="done",
    done=1,
    total=1,
    what="",
    asked_by="",
    asked_at=NOW,
    finished_at=NOW,
    file_name="dossier-de-seance_fr-nl_v19.pdf",
    bytes=2048,
    sha256="0" * 64,
    error_code=None,
    error_facts=None,
    removed_at=None,
)


@pytest.mark.parametrize(
    ("kind", "language", "expected"),
    [
        ("dossier", "fr", "dossier-de-seance_fr-nl_v19.pdf"),
        ("dossier", "nl", "zittingsdossier_fr-nl_v19.pdf"),
        ("annexe-a", "nl", "bijlage-a_fr-nl_v19.pdf"),
        ("slides", "nl", "dias_fr-nl_v19.pptx"),
        ("data", "fr", "classeur-de-donnees_fr-nl_v19.xlsx"),
    ],
)
def test_a_file_is_called_in_the_language_of_the_reader(kind: str, language: str, expected: str) -> None:
    listed = make_report_list((replace(DONE, kind=kind),), 19, translator(language))
    assert f'href="/reports/7/{expected}"' in to_html(to_plain(listed))


def test_a_removed_file_is_said_in_words_and_has_no_link() -> None:
    gone = replace(DONE, removed_at=NOW + timedelta(days=2))
    html = to_html(to_plain(make_report_list((gone,), 20, translator("fr"))))
    assert "Fichier retiré le 25 novembre 2026, 13:00" in html
    assert "/reports/7/" not in html
    assert "version actuelle" not in html


def test_what_is_read_out_is_one_short_sentence(client: FlaskClient) -> None:
    waiting = replace(DONE, id=8, state="waiting", finished_at=None, file_name=None)
    failed = replace(
        DONE, id=6, kind="slides", languages="nl", state="failed", finished_at=NOW - timedelta(1)
    )
    said = report_status((waiting, DONE, failed), translator("fr"))
    assert said == "1 document à venir. Prêt\u00a0: Dossier de séance (français et néerlandais)."
    assert report_status((failed,), translator("nl")) == "Mislukt: Dia’s (nederlands)."
    assert report_status((), translator("nl")) == ""
    page = client.get("/fr/rapports").get_data(as_text=True)
    assert page.count('aria-live="polite"') == 1
    assert "aria-live" not in page.split('class="report-list"')[-1]
