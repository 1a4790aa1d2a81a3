"""The page of results, the field in every header and the suggestions, through the server."""

from __future__ import annotations

import json
import re
from collections.abc import Callable
from html import unescape
from typing import Any
from urllib.parse import quote

import pytest
from flask.testing import FlaskClient

from components.addresses import address
from components.i18n.translate import LANGUAGES
from components.search_index import index_address
from data_access.contract.load import contract
from tests.test_app import PATHS, texts

SEARCH = {language: address("search", language) for language in LANGUAGES}


def body_of(client: FlaskClient, path: str) -> str:
    """The content of a page, without its frame, as it reads."""
    response = client.get(path)
    assert response.status_code == 200
    return unescape(response.get_data(as_text=True).split("<main")[1].split("</main>")[0])


def links(html: str) -> list[str]:
    return re.findall(r'href="([^"]+)"', html)


@pytest.mark.parametrize("path", [*PATHS, *SEARCH.values()])
def test_every_page_carries_the_field_as_a_plain_form(client: FlaskClient, path: str) -> None:
    html = client.get(path).get_data(as_text=True)
    (form,) = re.findall(r'<form[^>]*role="search".*?</form>', html, re.DOTALL)
    assert f'action="{SEARCH[path[1:3]]}"' in form
    assert 'method="get"' in form
    assert '<input class="form-control" name="q"' in form
    assert re.search(r"<label><span[^>]*>\w", form)


def test_the_field_keeps_what_was_asked_and_leaves_the_filter_of_a_scorecard_alone(
    client: FlaskClient,
) -> None:
    def field(path: str) -> str:
        form = client.get(path).get_data(as_text=True).split('role="search"')[1].split("</form>")[0]
        return re.findall(r'value="([^"]*)"', form)[0]

    assert field("/fr/recherche?q=bilan") == "bilan"
    assert field("/fr/objectifs/os2?q=bilan") == ""


@pytest.mark.parametrize(
    ("language", "count", "own"),
    [
        ("fr", "1 résultat pour «\u00a0OS2.03\u00a0»", "Taux de passage en chômage de longue durée"),
        ("nl", "1 resultaat voor ‘OS2.03’", "Doorstroomgraad naar langdurige werkloosheid"),
    ],
)
def test_a_code_leads_to_its_sheet(client: FlaskClient, language: str, count: str, own: str) -> None:
    html = body_of(client, f"{SEARCH[language]}?q=OS2.03")
    assert count in html
    assert f'<a href="{address("indicator", language, code="OS2.03")}">{own}</a>' in html


def test_a_french_word_on_the_dutch_page_shows_both_titles(client: FlaskClient) -> None:
    html = body_of(client, "/nl/zoeken?q=discrimination")
    assert "Aandeel meldingen van discriminatie bij aanwerving dat tijdig wordt behandeld</a>" in html
    assert '<p class="quiet" lang="fr">' in html
    assert "Part des signalements de <mark>discrimination</mark> à l’embauche" in html
    french = body_of(client, "/fr/recherche?q=discrimination")
    assert 'lang="nl"' not in french


def test_a_definition_is_shown_where_the_words_are_in_it(client: FlaskClient) -> None:
    html = body_of(client, "/fr/recherche?q=kaplan")
    assert "La médiane est estimée par la méthode de <mark>Kaplan</mark>-Meier" in html


def test_a_term_comes_with_its_definition_in_the_language_of_the_page(client: FlaskClient) -> None:
    html = body_of(client, "/nl/zoeken?q=basiskit")
    assert 'href="/nl/methode#glossary"' in html
    term = next(entry for entry in contract().glossary if entry.term.nl == "Basiskit")
    assert term.definition.nl in re.sub("</?mark>", "", html)


@pytest.mark.parametrize("language", LANGUAGES)
def test_without_words_the_page_is_an_index_of_all_indicators(client: FlaskClient, language: str) -> None:
    html = body_of(client, SEARCH[language])
    expected = [address("indicator", language, code=i.code) for i in contract().indicators]
    assert len(expected) == 99
    assert [link for link in links(html) if link in expected] == expected


def test_nothing_found_says_so_and_offers_the_index(client: FlaskClient) -> None:
    html = body_of(client, "/fr/recherche?q=chomaje")
    assert "Rien ne répond à «\u00a0chomaje\u00a0»" in html
    assert "/fr/recherche?q=ch%C3%B4mage" in links(html)
    assert "/fr/indicateurs/OS5.12" in links(html)


@pytest.mark.parametrize(
    "attack", ['"><script>alert(1)</script>', "'onfocus='alert(1)", "{asked}%(n)s", "</title>"]
)
def test_what_is_typed_stays_text(
    client: FlaskClient, fire: Callable[..., dict[str, Any]], attack: str
) -> None:
    html = client.get(f"/fr/recherche?q={quote(attack)}").get_data(as_text=True)
    assert "<script>alert" not in html
    assert "'onfocus='" not in html.split("<body")[0]
    assert f"«\u00a0{attack}\u00a0»" in unescape(html)
    live = texts(fire("/fr/recherche", f"?q={quote(attack)}")["_pages_content"]["children"])
    assert any(attack in text for text in live)


def test_an_obligation_is_found_and_opens_the_calendar_at_its_row(
    client: FlaskClient, fire: Callable[..., dict[str, Any]]
) -> None:
    found = client.get("/fr/recherche?q=GV-05-2025").get_data(as_text=True)
    assert 'href="/fr/gouvernance#GV-05-2025"' in found
    live = json.dumps(fire("/fr/gouvernance", ""))
    assert re.search(r"id\W+GV-05-2025\b", live)


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_suggestions_are_kept_by_browsers_until_the_program_changes(
    client: FlaskClient, language: str
) -> None:
    now = client.get(index_address(language), headers={"Accept-Encoding": "br"})
    assert now.headers["Cache-Control"] == "public, max-age=31536000, immutable"
    assert now.headers["Content-Encoding"] == "br"
    assert len(now.get_data()) < 30_000
    other = client.get(f"/search-index/{language}.json?v=other")
    assert other.headers["Cache-Control"] == "no-cache"
    assert index_address(language).replace("&", "&amp;") in client.get(SEARCH[language]).get_data(
        as_text=True
    )


def test_the_suggestions_put_the_language_of_the_page_first(client: FlaskClient) -> None:
    french, dutch = (json.loads(client.get(index_address(language)).get_data()) for language in LANGUAGES)
    item, twin = (next(i for i in index["items"] if i["code"] == "OS2.03") for index in (french, dutch))
    assert item["title"] == twin["other"] == "Taux de passage en chômage de longue durée"
    assert item["titles"] == twin["titles"][::-1]
    assert item["titles"][0] == "taux de passage en chomage de longue duree"
    assert (item["href"], twin["href"]) == ("/fr/indicateurs/OS2.03", "/nl/indicatoren/OS2.03")
    assert [i["code"] for i in french["items"]] == [i["code"] for i in dutch["items"]]


def test_a_language_that_is_not_spoken_here_has_no_suggestions(client: FlaskClient) -> None:
    assert client.get("/search-index/de.json").status_code == 404


@pytest.mark.parametrize("query", ["", "?q=bilan", "?q=zzz"])
@pytest.mark.parametrize("language", LANGUAGES)
def test_the_live_page_says_what_the_painted_one_says(
    client: FlaskClient, fire: Callable[..., dict[str, Any]], language: str, query: str
) -> None:
    painted = unescape(client.get(SEARCH[language] + query).get_data(as_text=True))
    said = texts(fire(SEARCH[language], query)["_pages_content"]["children"])
    assert len(said) > 50
    assert [text for text in said if text not in painted] == []
