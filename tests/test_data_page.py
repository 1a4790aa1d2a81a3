"""Stewardship through the front door: send, read the report, publish, withdraw; nobody else may."""

from __future__ import annotations

import io
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from dash import Dash
from flask.testing import FlaskClient
from openpyxl import load_workbook

from app import create_app
from components.addresses import address
from components.i18n.translate import LANGUAGES, translator
from data_access.contract.load import contract
from data_access.db.engine import get_engine
from data_access.db.tables import suppressed
from data_access.domain.confidentiality import SmallCellRule
from data_access.imports.columns import TABLES, items_of
from data_access.imports.commit import protect_again
from data_access.imports.load import check_file
from data_access.repositories.batches import load_batches, load_data_version
from data_access.settings import Settings
from tests.conftest import NOW, application

OURS = {"Origin": "http://localhost"}
HEAD = "INDICATOR,FREQ,TIME_PERIOD,REF_AREA,OBS_VALUE\n"
GOOD = HEAD + "CTX.DEI,M,2026-08,BRU,99999\nCTX.DEI,M,2026-09,BRU,98765\n"
BAD = HEAD + "CTX.DEIX,M,2026-08,BRU,1\nCTX.DEI,M,2026-13,BRU,98a765\n"
PERSONS = "NISS,NOM,INDICATOR\n85073003328,Peeters,CTX.DEI\n"


@pytest.fixture
def client(shipped: Path, tmp_path: Path) -> Iterator[FlaskClient]:
    """An application of one's own: these tests publish."""
    with application(shipped, tmp_path) as app:
        yield app.server.test_client()


def send(client: FlaskClient, text: str, name: str = "mois.csv", language: str = "fr", **headers: str) -> Any:
    data = {"file": (io.BytesIO(text.encode()), name)}
    return client.post(
        f"/data/send?lang={language}",
        data=data,
        headers={**OURS, **headers},
        content_type="multipart/form-data",
    )


def version() -> int:
    with get_engine().connect() as connection:
        return load_data_version(connection)


def digest_of(answer: Any) -> str:
    found = re.search(r"file=([0-9a-f]{64})", answer.location)
    assert found is not None
    return found.group(1)


def test_a_sound_file_is_previewed_then_published_then_withdrawn(client: FlaskClient, tmp_path: Path) -> None:
    before = version()
    answer = send(client, GOOD)
    page = client.get(answer.location).get_data(as_text=True)
    assert version() == before, "looking at it publishes nothing"
    main = re.sub(r"<[^>]+>", "|", page.split('class="submission"')[1].split("data-send")[0])
    counts = [int(cell) for cell in re.findall(r"\|(\d+)\|", main)]
    assert counts[:4] == [2, 1, 1, 0], "read, new, revised, unchanged"
    assert "99\u202f999" in main.replace("\xa0", "\u202f")
    digest = digest_of(answer)
    form = {"file": digest, "provenance": "official", "version": str(before)}
    done = client.post("/data/publish?lang=fr", data=form, headers=OURS)
    assert done.location == f"/fr/donnees#batch-{before + 1}"
    assert version() == before + 1
    assert not (tmp_path / "inbox" / digest).exists()
    assert "mois.csv" in client.get("/fr/donnees").get_data(as_text=True)
    back = {"batch": str(before + 1), "reason": "mauvais mois"}
    assert client.post("/data/withdraw?lang=fr", data=back, headers=OURS).location == "/fr/donnees#history"
    assert "mauvais mois" in client.get("/fr/donnees").get_data(as_text=True)


def test_of_two_stewards_who_publish_at_once_one_wins_and_the_other_is_told(client: FlaskClient) -> None:
    """Both read the preview of one version; the second sees what hers would do now, and may publish then."""
    seen = version()
    mine, hers = digest_of(send(client, GOOD)), digest_of(send(client, GOOD.replace("98765", "98764")))
    forms = [{"file": d, "provenance": "official", "version": str(seen)} for d in (mine, hers)]
    first, second = (client.post("/data/publish?lang=nl", data=f, headers=OURS).location for f in forms)
    assert first == f"/nl/gegevens#batch-{seen + 1}"
    assert "refused=data_moved" in second
    assert version() == seen + 1
    page = client.get(second).get_data(as_text=True)
    assert translator("nl")("error.data_moved", value="mois.csv") in page
    assert f'name="version" type="hidden" value="{seen + 1}"' in page
    again = client.post("/data/publish?lang=nl", data={**forms[1], "version": str(seen + 1)}, headers=OURS)
    assert again.location == f"/nl/gegevens#batch-{seen + 2}"


NIS = [commune.nis for commune in contract().communes]
PLACES = "INDICATOR,FREQ,TIME_PERIOD,REF_AREA,OBS_VALUE\n" + "".join(
    f"BV-1a,M,2030-01,{nis},{100 + n}\n" for n, nis in enumerate(NIS)
)
REGION = "INDICATOR,FREQ,TIME_PERIOD,REF_AREA,OBS_VALUE,CONF_STATUS\nBV-1a,M,2030-01,BRU,2071,C\n"


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_file_that_would_give_a_hidden_number_away_is_refused_with_what_gives_it_away(
    client: FlaskClient, language: str
) -> None:
    """Nineteen communes of 100 to 118 are published; the next file hides the Region, 2071."""
    form = {"provenance": "official", "version": str(version())}
    first = {"file": digest_of(send(client, PLACES)), **form}
    assert client.post("/data/publish", data=first, headers=OURS).status_code == 303
    before = version()
    answer = send(client, REGION, language=language)
    page = client.get(answer.location).get_data(as_text=True)
    part = page.split('class="submission"')[1].split("data-send")[0]
    for said in ("BV-1a", "2030-01", "OBS_VALUE · BRU", "2071", f"OBS_VALUE · {NIS[0]}"):
        assert said in part
    assert 'action="/data/publish' not in part
    second = {"file": digest_of(answer), "provenance": "official", "version": str(before)}
    refused = client.post(f"/data/publish?lang={language}", data=second, headers=OURS)
    assert "refused=discloses" in refused.location
    assert "OBS_VALUE · BRU" in client.get(refused.location).get_data(as_text=True)
    assert version() == before


def test_a_preview_says_how_much_is_hidden_for_the_sake_of_others(client: FlaskClient) -> None:
    """A commune of 2 beside the Region: one more row is hidden, the smallest other commune."""
    rows = PLACES.replace(f"{NIS[0]},100", f"{NIS[0]},2") + "BV-1a,M,2030-01,BRU,1973\n"
    page = client.get(send(client, rows).location).get_data(as_text=True)
    assert translator("fr")("data.preview.hidden", count=1) in page


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_new_judgement_of_disclosure_is_listed_without_a_file_and_cannot_be_taken_back(
    client: FlaskClient, language: str
) -> None:
    done = protect_again(get_engine(), by="prepare", at=NOW, rule=SmallCellRule(min_count=5))
    assert done is not None
    page = client.get(address("data", language)).get_data(as_text=True)
    assert translator(language)("data.history.protect") in page
    assert page.count('name="batch"') == done.id - 1
    back = {"batch": str(done.id), "reason": "test"}
    refused = client.post(f"/data/withdraw?lang={language}", data=back, headers=OURS)
    assert "refused=batch_is_withdrawal" in refused.location


def test_a_steward_attacks_what_is_published(client: FlaskClient) -> None:
    page = client.get("/fr/donnees").get_data(as_text=True)
    assert 'href="/fr/donnees?attack=1#secrecy"' in page
    found = client.get("/fr/donnees?attack=1").get_data(as_text=True)
    assert "Aucune valeur masquée ne peut être calculée" in found
    with get_engine().begin() as connection:  # as if publication had hidden nothing beside small counts
        connection.execute(suppressed.delete())
    assert send(client, GOOD).status_code == 303
    form = {"file": digest_of(send(client, GOOD)), "provenance": "official", "version": str(version())}
    assert client.post("/data/publish", data=form, headers=OURS).status_code == 303
    found = client.get("/nl/gegevens?attack=1").get_data(as_text=True)
    assert "te nauwkeurig berekend kunnen worden" in found
    assert "OBS_VALUE · 21017" in found


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_wrong_file_is_shown_row_by_row_and_stores_nothing(client: FlaskClient, language: str) -> None:
    before = version()
    answer = send(client, BAD, language=language)
    page = client.get(answer.location).get_data(as_text=True)
    for place in ("CTX.DEIX", "98a765", "2026-13"):
        assert f"<code>{place}</code>" in page
    assert translator(language)("place.row", row=3) in page
    assert 'action="/data/publish' not in page
    form = {"file": digest_of(answer), "provenance": "official"}
    refused = client.post(f"/data/publish?lang={language}", data=form, headers=OURS)
    assert "refused=import_rejected" in refused.location
    assert version() == before


def test_rows_of_persons_are_refused_without_repeating_them(client: FlaskClient) -> None:
    page = client.get(send(client, PERSONS, "personnes.csv").location).get_data(as_text=True)
    assert "NISS" in page
    assert "85073003328" not in page
    assert "Peeters" not in page


def test_what_cannot_be_is_said(client: FlaskClient) -> None:
    t = translator("nl")
    empty = send(client, "", language="nl")
    assert "refused=submission_empty" in empty.location
    assert t("error.submission_empty") in client.get(empty.location).get_data(as_text=True)
    gone = client.post("/data/drop?lang=nl", data={"file": "0" * 64}, headers=OURS)
    assert "refused=submission_unknown" in gone.location
    for batch, reason, code in (("1", "", "withdraw_reason"), ("999", "x", "unknown_batch")):
        form = {"batch": batch, "reason": reason}
        assert f"refused={code}" in client.post("/data/withdraw?lang=nl", data=form, headers=OURS).location
    for path in ("../../etc/passwd", "x"):
        assert client.get(f"/nl/gegevens?file={path}").status_code == 200


def test_a_name_leads_nowhere(client: FlaskClient, tmp_path: Path) -> None:
    digest = digest_of(send(client, GOOD, "../../../évil;rm.csv"))
    assert [p.name for p in (tmp_path / "inbox" / digest).iterdir()] == ["évil_rm.csv"]


def test_a_file_beyond_the_limit_is_refused(shipped: Path, tmp_path: Path) -> None:
    with application(shipped, tmp_path):
        app = create_app(Settings.from_env({"DATA_DIR": str(tmp_path), "MAX_FILE_MB": "1"}))
        kind = "multipart/form-data; boundary=x"
        answer = app.server.test_client().post(
            "/data/send", data=b"x" * 3_000_000, headers=OURS, content_type=kind
        )
    assert "refused=submission_too_large" in answer.location


def test_only_stewards_write_behind_a_proxy(shipped: Path, tmp_path: Path) -> None:
    settings = {"DATA_DIR": str(tmp_path), "BEHIND_PROXY": "1", "STEWARDS": "data@example.org, other"}
    with application(shipped, tmp_path):
        client = create_app(Settings.from_env(settings)).server.test_client()
        steward, member = ({"X-Forwarded-User": n} for n in ("data@example.org", "member@example.org"))
        assert send(client, GOOD, **member).status_code == 403
        assert send(client, GOOD).status_code == 403
        form = {"meeting": "2026-11-27", "version": "19"}
        assert client.post("/editions/create", data=form, headers={**OURS, **member}).status_code == 403
        assert send(client, GOOD, **steward).status_code == 303
        assert "data-send" in client.get("/fr/donnees", headers=steward).get_data(as_text=True)
        assert "data-send" not in client.get("/fr/donnees", headers=member).get_data(as_text=True)
        attacked = client.get("/fr/donnees?attack=1", headers=member).get_data(as_text=True)
        assert "secrecy" not in attacked, "what an attack finds is for stewards"
        digest = digest_of(send(client, GOOD, **steward))
        form = {"file": digest, "provenance": "official", "version": str(version())}
        assert client.post("/data/publish", data=form, headers={**OURS, **steward}).status_code == 303
        with get_engine().connect() as connection:
            assert load_batches(connection)["by"].iloc[-1] == "data@example.org"


def test_a_form_of_another_site_is_refused(client: FlaskClient) -> None:
    for route in ("send", "publish", "drop", "withdraw"):
        assert client.post(f"/data/{route}", headers={"Origin": "http://evil.example"}).status_code == 403
        assert client.post(f"/data/{route}").status_code == 403


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("kind", list(TABLES))
def test_a_template_filled_with_its_examples_is_read(app: Dash, kind: str, language: str) -> None:
    client = app.server.test_client()
    answer = client.get(f"/data/template/{kind}.xlsx?lang={language}")
    book = load_workbook(io.BytesIO(answer.get_data()))
    sheet = book.worksheets[0]
    names = [cell.value for cell in sheet[1]]
    assert names == [column.name for column in TABLES[kind]]
    listed = {str(v.sqref).split(":")[0].rstrip("2") for v in sheet.data_validations.dataValidation}
    closed = [c for c in TABLES[kind] if c.kind.value == "code" and items_of(c, contract())]
    assert len(listed) == len(closed) > 0
    assert all(cell.comment is not None for cell in sheet[1])
    for place, column in enumerate(TABLES[kind], 1):
        sheet.cell(2, place, column.example)
    filled = io.BytesIO()
    book.save(filled)
    problems = check_file(contract(), "modele.xlsx", filled.getvalue()).report.problems
    unread = {"unknown_column", "missing_column", "unknown_table"}
    assert not unread & {problem.code for problem in problems}, problems


def test_the_data_of_an_edition_are_not_written(client: FlaskClient) -> None:
    form = {"meeting": "2026-11-27", "version": str(version()), "language": "fr"}
    client.post("/editions/create", data=form, headers=OURS)
    page = client.get(address("data", "fr") + "?edition=2026-11").get_data(as_text=True)
    assert "data-send" not in page
    assert "withdraw-form" not in page
    refused = client.post("/data/withdraw?lang=fr", data={"batch": "10", "reason": "x"}, headers=OURS)
    text = client.get(refused.location).get_data(as_text=True)
    assert translator("fr")("error.batch_in_edition", value="10", editions="2026-11") in text
