"""Comments and decisions through the front door: written by plain forms, refused with what was typed kept."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date
from html import unescape
from html.parser import HTMLParser
from pathlib import Path
from typing import Any

import pytest
from flask.testing import FlaskClient

from app import create_app
from components.addresses import address
from components.i18n.translate import LANGUAGES, translator
from data_access.actions.create_edition import verify_edition
from data_access.db.engine import get_engine
from data_access.repositories.batches import load_batches, load_data_version
from data_access.settings import Settings
from tests.conftest import application

OURS = {"Origin": "http://localhost"}
SHEET = {language: address("indicator", language, code="OS1.07") for language in LANGUAGES}
LOG = {language: address("decisions", language) for language in LANGUAGES}
EVIL = "<script>alert(1)</script> & <b>gras</b> https://actiris.brussels/?a=1&b=2, javascript:alert(1)"


@pytest.fixture
def client(shipped: Path, tmp_path: Path) -> Iterator[FlaskClient]:
    """An application of one's own: these tests publish."""
    with application(shipped, tmp_path) as app:
        yield app.server.test_client()


class _Fields(HTMLParser):
    """What a browser would send of the form that goes to an address."""

    def __init__(self, action: str) -> None:
        super().__init__(convert_charrefs=True)
        self.action, self.inside, self.name = action, False, ""
        self.fields: dict[str, str] = {}

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = {name: value or "" for name, value in attrs}
        if tag == "form":
            self.inside = given.get("action", "").startswith(self.action)
        if not self.inside:
            return
        if tag in {"input", "textarea", "select"}:
            self.name = given["name"]
            self.fields[self.name] = given.get("value", "")
        if tag == "option" and "selected" in given:
            self.fields[self.name] = given["value"]

    def handle_endtag(self, tag: str) -> None:
        if tag == "form":
            self.inside = False
        if tag in {"textarea", "select"}:
            self.name = ""

    def handle_data(self, data: str) -> None:
        if self.inside and self.name and self.lasttag == "textarea":
            self.fields[self.name] += data


def fields(client: FlaskClient, page: str, action: str) -> dict[str, str]:
    reader = _Fields(action)
    reader.feed(html(client, page))
    assert reader.fields, f"{page} has no form for {action}"
    return reader.fields


def html(client: FlaskClient, page: str) -> str:
    answer = client.get(page)
    assert answer.status_code == 200
    return answer.get_data(as_text=True)


def words(page: str) -> str:
    return plain(unescape(re.sub(r"<[^>]+>", " ", page)))


def plain(text: str) -> str:
    """With ordinary spaces, one at a time."""
    return re.sub(r"\s+", " ", text)


def comment(client: FlaskClient, page: str, language: str = "fr", **typed: str) -> Any:
    form = {**fields(client, page, "/write/comment"), **typed}
    return client.post(f"/write/comment?lang={language}", data=form, headers=OURS)


def decide(client: FlaskClient, page: str, language: str = "fr", **typed: str) -> Any:
    form = {**fields(client, page, "/write/decision"), **typed}
    return client.post(f"/write/decision?lang={language}", data=form, headers=OURS)


def version() -> int:
    with get_engine().connect() as connection:
        return load_data_version(connection)


ROLES = {"role_fr": "direction Employeurs", "role_nl": "directie Werkgevers"}


def test_a_comment_in_one_language_is_published_and_awaits_its_translation(client: FlaskClient) -> None:
    before = version()
    answer = comment(client, SHEET["fr"], **ROLES, **{"finding.new.fr": "Un constat\r\nneuf."})
    assert answer.status_code == 303
    assert answer.location == f"{SHEET['fr']}?written={before + 1}#comments"
    page = words(html(client, answer.location))
    assert "Un constat neuf." in page
    assert plain(translator("fr")("write.published", batch=before + 1)) in page
    dutch = html(client, SHEET["nl"])
    assert '<em class="awaited">vertaling volgt</em> <span lang="fr">Un constat neuf.</span>' in dutch
    with get_engine().connect() as connection:
        last = load_batches(connection).iloc[-1]
    assert (last["provenance"], last["counts"]["remark"]["new"]) == ("official", 1)


def test_what_is_written_is_text_and_its_addresses_are_links(client: FlaskClient) -> None:
    comment(client, SHEET["fr"], **ROLES, **{"finding.new.fr": EVIL})
    for page in (html(client, SHEET["fr"]), html(client, SHEET["nl"])):
        assert "<script>alert" not in page
        assert "<b>gras" not in page
        assert "&lt;script&gt;alert(1)&lt;/script&gt; &amp; &lt;b&gt;gras" in page
        assert page.count('href="https://actiris.brussels/?a=1&amp;b=2"') == 1
        assert 'rel="noopener noreferrer"' in page
        assert 'href="javascript' not in page


def test_a_comment_is_corrected_and_what_it_said_stays_readable(client: FlaskClient) -> None:
    comment(client, SHEET["fr"], **ROLES, **{"finding.new.fr": "Premier texte."})
    (link,) = {
        unescape(href)
        for href in re.findall(r'class="edit" href="([^"]+)"', html(client, SHEET["nl"]))
        if date.today().isoformat() in href  # noqa: DTZ011  a comment bears the local day
    }
    typed = {"finding.1.fr": "Second texte.", "finding.1.nl": "Tweede tekst."}
    assert fields(client, link, "/write/comment")["finding.1.fr"] == "Premier texte."
    comment(client, link, "nl", **typed)
    page = words(html(client, SHEET["nl"]))
    assert "Tweede tekst." in page
    assert translator("nl").plural("sheet.comments.versions", 1) in page
    assert page.index("Tweede tekst.") < page.index("Premier texte.")


@pytest.mark.parametrize("language", LANGUAGES)
def test_what_is_refused_comes_back_with_the_reason_and_what_was_typed(
    client: FlaskClient, language: str
) -> None:
    before, long = version(), "x" * 1001
    typed = {"finding.new.fr": long, "cause.new.nl": "Oorzaak & gevolg", "action.new.due": "2027-03-31"}
    answer = comment(client, SHEET[language], language, **{**ROLES, "role_nl": ""}, **typed)
    assert re.fullmatch(rf"{SHEET[language]}\?draft=[0-9a-f]{{32}}#write", answer.location)
    page, t = html(client, answer.location), translator(language)
    assert version() == before
    assert 'role="alert"' in page
    assert t("write.refused") in unescape(page)
    field, example = t("write.field.role_nl"), "directie Werkgevers"
    assert t("write.empty", field=field, expected=example) in unescape(page)
    assert page.count('class="field-error"') == 2, "the long text and the missing function"
    silent = t("problem.text_missing", expected="TEXT_FR | TEXT_NL")
    assert silent in unescape(page), "an action with a deadline and no words is not passed over"
    kept = fields(client, answer.location, "/write/comment")
    assert {name: kept[name] for name in typed} == typed
    again = comment(
        client, answer.location, language, **{**ROLES, "finding.new.fr": "Court.", "action.new.nl": "Doen."}
    )
    assert "written=" in again.location
    assert client.get(answer.location).status_code == 200, "a draft that was published is gone"
    assert "finding.new.fr" in fields(client, answer.location, "/write/comment")
    assert fields(client, answer.location, "/write/comment")["cause.new.nl"] == ""


def test_of_two_who_change_one_decision_the_second_sees_the_first(client: FlaskClient) -> None:
    page = f"{LOG['fr']}?edit=D-2026-03-01"
    mine = fields(client, page, "/write/decision")
    decide(client, page, text_fr="La sienne.")
    answer = client.post("/write/decision?lang=fr", data={**mine, "text_fr": "La mienne."}, headers=OURS)
    assert "draft=" in answer.location
    shown = words(html(client, answer.location))
    assert plain(translator("fr")("error.row_moved", value="D-2026-03-01")) in shown
    assert "La sienne." in shown
    assert fields(client, answer.location, "/write/decision")["text_fr"] == "La mienne."
    done = decide(client, answer.location)
    assert done.location.endswith("#D-2026-03-01")
    assert "La mienne." in words(html(client, LOG["fr"]))


def test_a_decision_is_added_from_a_sheet_and_closed(client: FlaskClient) -> None:
    add = re.search(r'href="(/nl/beslissingen\?about=OS1.07[^#"]*)#write"', html(client, SHEET["nl"]))
    assert add is not None
    typed = {"text_nl": "Een nieuwe beslissing.", **ROLES, "meeting": "2026-10-29", "due": "2027-01-31"}
    answer = decide(client, unescape(add.group(1)), "nl", **typed)
    assert answer.location.endswith("#D-2026-10-01")
    assert "Een nieuwe beslissing." in words(html(client, SHEET["nl"]))
    assert "Een nieuwe beslissing." in words(html(client, "/fr/")), (
        "on the overview, awaiting its translation"
    )
    page = f"{LOG['nl']}?edit=D-2026-10-01"
    refused = decide(client, page, "nl", state="done")
    assert translator("nl")("problem.closing_without_day", expected="2027-03-12") in words(
        html(client, refused.location)
    )
    closed = decide(client, refused.location, "nl", closed_on="2026-11-05")
    assert closed.location.endswith("#D-2026-10-01")
    assert "Een nieuwe beslissing." not in words(html(client, "/nl/"))
    assert "Uitgevoerd op 5 november 2026" in words(html(client, LOG["nl"]))


@pytest.mark.parametrize("path", ["/write/comment", "/write/decision"])
def test_only_stewards_write_and_only_from_our_pages(
    client: FlaskClient, shipped: Path, tmp_path: Path, path: str
) -> None:
    before = version()
    form = {"indicator": "OS1.07", "finding.new.fr": "x", **ROLES}
    assert client.post(path, data=form).status_code == 403
    assert client.post(path, data=form, headers={"Origin": "http://other.example"}).status_code == 403
    environment = {"DATA_DIR": str(tmp_path), "BEHIND_PROXY": "1", "STEWARDS": "anna"}
    behind = create_app(Settings.from_env(environment)).server.test_client()
    for who in ({}, {"X-Forwarded-User": "bert"}):
        assert behind.post(path, data=form, headers={**OURS, **who}).status_code == 403
        for page in (SHEET["fr"], LOG["fr"], f"{SHEET['fr']}?edit=x", f"{LOG['fr']}?edit=D-2026-03-01"):
            assert "/write/" not in behind.get(page, headers=who).get_data(as_text=True)
    anna = {"X-Forwarded-User": "anna"}
    assert "/write/comment" in behind.get(SHEET["fr"], headers=anna).get_data(as_text=True)
    assert "/write/" not in behind.get(SHEET["fr"]).get_data(as_text=True), "what a steward saw is not kept"
    assert version() == before


def test_in_an_edition_nothing_is_written_and_what_was_said_then_is_shown(client: FlaskClient) -> None:
    form = {"meeting": "2026-11-26", "version": str(version()), "language": "fr"}
    assert client.post("/editions/create", data=form, headers=OURS).status_code == 303
    comment(client, SHEET["fr"], **ROLES, **{"finding.new.fr": "Dit après la séance."})
    decide(client, f"{LOG['fr']}?edit=D-2026-03-01", text_fr="Changée après la séance.")
    assert verify_edition(get_engine(), "2026-11")
    for page in (SHEET["fr"], LOG["fr"]):
        then = html(client, f"{page}?edition=2026-11")
        assert "après la séance" not in then
        assert "/write/" not in then
        assert "après la séance" in html(client, page)
    assert "Situation au 26 novembre 2026" in words(html(client, f"{LOG['fr']}?edition=2026-11"))


@pytest.mark.parametrize(
    ("form", "status"),
    [
        ({"indicator": "OS9.99", "finding.new.fr": "x"}, 400),
        ({"indicator": "OS1.07", "finding.new.fr": "x" * 100_001}, 413),
        ({"indicator": "OS1.07", "finding.99999.fr": "x"}, 303),  # no such part: nothing to say
        ({"indicator": "OS1.07", "day": "hier", "finding.7.fr": "x", **ROLES}, 303),
    ],
)
def test_a_form_that_is_not_ours_publishes_nothing(
    client: FlaskClient, form: dict[str, str], status: int
) -> None:
    before = version()
    answer = client.post("/write/comment?lang=fr", data=form, headers=OURS)
    assert answer.status_code == status
    if status == 303:
        assert "draft=" in answer.location
        assert client.get(answer.location).status_code == 200
    assert version() == before


@pytest.mark.parametrize("draft", ["0" * 32, "../../etc/passwd", "x"])
def test_a_draft_that_is_not_there_leaves_the_form_empty(client: FlaskClient, draft: str) -> None:
    assert fields(client, f"{SHEET['fr']}?draft={draft}", "/write/comment")["finding.new.fr"] == ""
