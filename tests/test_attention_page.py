"""The list of what needs attention through the server: lines, filters in the address, count in the head."""

from __future__ import annotations

import re
from html import unescape
from pathlib import Path

import pytest
from flask.testing import FlaskClient
from sqlalchemy import select

from components.addresses import address
from components.i18n.translate import LANGUAGES, translator
from data_access.contract.load import contract
from data_access.db.engine import get_engine
from data_access.db.tables import batch
from data_access.domain.concern import AttentionReason
from data_access.imports.commit import withdraw_batch
from tests.conftest import NOW, application
from tests.test_app import PATHS

ATTENTION = {language: address("attention", language) for language in LANGUAGES}
LINK = re.compile(r'<a href="([^"]+)"><span class="code">([^<]+)</span>')


def page_of(client: FlaskClient, path: str) -> str:
    response = client.get(path)
    assert response.status_code == 200
    return unescape(response.get_data(as_text=True))


def body_of(client: FlaskClient, path: str) -> str:
    """The content of a page, without its frame."""
    return page_of(client, path).split("<main")[1].split("</main>")[0]


def codes(html: str) -> list[str]:
    return [code for _, code in LINK.findall(html)]


def counted(client: FlaskClient, path: str) -> int:
    """The number in the navigation."""
    (found,) = re.findall(r">(?:Attention|Aandacht) \((\d+)\)<", page_of(client, path))
    return int(found)


@pytest.mark.parametrize("language", LANGUAGES)
def test_each_line_leads_to_the_sheet_of_its_indicator_and_operator(
    client: FlaskClient, language: str
) -> None:
    found = LINK.findall(body_of(client, ATTENTION[language]))
    assert len(found) > 20
    assert len(set(found)) == len(found)
    operators = {i.code for i in contract().codelists if i.dimension == "OPERATOR"}
    for href, code in found:
        sheet, _, search = href.partition("?operator=")
        assert sheet == address("indicator", language, code=code)
        assert search in {"", *operators}


@pytest.mark.parametrize("path", PATHS)
def test_every_page_counts_the_lines_in_its_navigation(client: FlaskClient, path: str) -> None:
    assert counted(client, path) == len(codes(body_of(client, ATTENTION[path[1:3]])))


def test_both_languages_list_the_same_in_the_same_order(client: FlaskClient) -> None:
    french, dutch = (codes(body_of(client, ATTENTION[language])) for language in LANGUAGES)
    assert french == dutch


def test_reasons_come_in_their_order_and_say_how_many(client: FlaskClient) -> None:
    html = body_of(client, ATTENTION["fr"])
    found = re.findall(r'<h2><span class="reason reason-(\w+)">.*?<span class="count">(\d+)</span>', html)
    order = [reason.value for reason in AttentionReason]
    assert len(found) > 2
    assert [name for name, _ in found] == sorted((name for name, _ in found), key=order.index)
    assert sum(int(number) for _, number in found) == len(codes(html))


def test_the_objective_in_the_address_narrows_the_list(client: FlaskClient) -> None:
    every = codes(body_of(client, ATTENTION["fr"]))
    own = codes(body_of(client, f"{ATTENTION['fr']}?objective=OS3"))
    assert own == [code for code in every if code.startswith("OS3")]
    shared = codes(body_of(client, f"{ATTENTION['fr']}?objective=shared"))
    assert shared == [code for code in every if not code.startswith("OS")]
    assert own
    assert shared


def test_filters_join_and_the_page_says_what_is_left(client: FlaskClient) -> None:
    html = body_of(client, f"{ATTENTION['nl']}?objective=OS3&reason=late&attribution=all")
    assert codes(html) == ["OS3.11"]
    assert "1 punt van de " in html
    assert '<option value="late" selected>' in html
    (clear,) = re.findall(r"<a [^>]*clear[^>]*>", html)
    assert f'href="{ATTENTION["nl"]}"' in clear


def test_filters_that_leave_nothing_say_so(client: FlaskClient) -> None:
    html = body_of(client, f"{ATTENTION['fr']}?objective=OS4&reason=late")
    assert codes(html) == []
    assert "ne répond aux filtres" in html


@pytest.mark.parametrize(
    "query", ["objective=OS9", "reason=x&attribution=y", "reason=all", "state=off_track"]
)
def test_a_filter_that_names_nothing_narrows_nothing(client: FlaskClient, query: str) -> None:
    plain = body_of(client, ATTENTION["fr"])
    assert codes(body_of(client, f"{ATTENTION['fr']}?{query}")) == codes(plain)


def test_the_form_works_without_scripts(client: FlaskClient) -> None:
    html = body_of(client, ATTENTION["fr"])
    (form,) = re.findall(r"<form.*?</form>", html, re.DOTALL)
    assert f'action="{ATTENTION["fr"]}"' in form
    assert 'method="get"' in form
    assert re.findall(r'<select[^>]* name="(\w+)"', form) == ["objective", "attribution", "reason"]
    assert 'type="submit"' in form
    assert form.count("<label") == 3


def test_the_language_link_keeps_the_filters(client: FlaskClient) -> None:
    html = page_of(client, f"{ATTENTION['fr']}?objective=OS3&reason=late")
    assert f'href="{ATTENTION["nl"]}?objective=OS3&reason=late"' in html


def test_an_unknown_address_names_the_list_without_a_count(client: FlaskClient) -> None:
    html = client.get("/fr/rien").get_data(as_text=True)
    assert f'<a href="{ATTENTION["fr"]}">{translator("fr")("nav.attention")}</a>' in html


@pytest.mark.parametrize("language", LANGUAGES)
def test_without_any_data_the_page_says_so(shipped: Path, tmp_path: Path, language: str) -> None:
    with application(shipped, tmp_path) as own:
        with get_engine().connect() as connection:
            loads = connection.scalars(select(batch.c.id).order_by(batch.c.id.desc())).all()
        for number in loads:
            withdraw_batch(get_engine(), number, by="tester", reason="test", at=NOW)
        html = body_of(own.server.test_client(), ATTENTION[language])
    assert codes(html) == []
    assert translator(language)("shell.no_data") in html
    assert "<form" not in html
