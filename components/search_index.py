"""What the search field suggests from: one small file per language, made from the contract."""

from __future__ import annotations

from functools import cache
from typing import Any

from flask import Flask, Response, abort, request
from flask import json as flask_json

from components.addresses import address
from components.i18n.translate import LANGUAGES, Translator, translator
from data_access.cache import program_fingerprint
from data_access.services.search import TONGUES, Entry, Hit, Kind, get_entries

PATH = "/search-index/<language>.json"
# The address carries the fingerprint of the program: under it, the answer never changes.
FOREVER = "public, max-age=31536000, immutable"
SENTENCES = ("none", "one", "all", "some", "body")


def index_address(language: str) -> str:
    """Where the suggestions of a language are fetched; another program has another address."""
    return f"{PATH.replace('<language>', language)}?v={program_fingerprint()}"


def add_search_index(server: Flask) -> None:
    """Serve the suggestions of both languages."""

    @server.get(PATH)
    def search_index(language: str) -> Response:
        if language not in LANGUAGES:
            abort(404)
        response = Response(_index(language), mimetype="application/json")
        current = request.args.get("v") == program_fingerprint()
        response.headers["Cache-Control"] = FOREVER if current else "no-cache"
        return response


@cache
def _index(language: str) -> str:
    return flask_json.dumps(make_index(translator(language)), ensure_ascii=False, separators=(",", ":"))


def make_index(t: Translator) -> dict[str, Any]:
    """Everything that can be found, in the order in which equals are listed, and the sentences around it.

    Texts to compare are normalised here, a body reduced to its distinct words; each list of two has the
    page's language first.
    """
    return {
        "sentences": {name: t(f"search.status.{name}") for name in SENTENCES},
        "label": t("search.suggestions"),
        "language": next(other for other in TONGUES if other != t.language),
        "items": [_item(entry, t) for entry in get_entries()],
    }


def _item(entry: Entry, t: Translator) -> dict[str, Any]:
    step = 1 if t.language == TONGUES[0] else -1
    other = next(tongue for tongue in TONGUES if tongue != t.language)
    return {
        "code": entry.code,
        "kind": "" if entry.kind is Kind.INDICATOR else t(f"search.kind.{entry.kind.value}"),
        "title": entry.title.in_(t.language),
        "other": entry.title.in_(other),
        "href": target(entry, t.language),
        "keys": entry.keys,
        "titles": entry.titles[::step],
        "bodies": [" ".join(dict.fromkeys(body.split())) for body in entry.bodies[::step]],
        "ranks": entry.ranks,
    }


def target(found: Entry | Hit, language: str) -> str:
    """The address of the page that shows what was found."""
    if found.kind is Kind.INDICATOR:
        return address("indicator", language, code=found.code)
    if found.kind is Kind.COMMUNE:
        return address("communes_profile", language, nis=found.code)
    if found.objective:
        return address("scorecard", language, objective=found.objective.lower())
    if found.kind is Kind.OBLIGATION:
        return f"{address('governance', language)}#{found.code}"
    section = "glossary" if found.kind is Kind.TERM else "contract"
    return f"{address('method', language)}#{section}"
