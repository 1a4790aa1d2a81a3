"""The pages of governance: what they say in both languages, in which order, and what their files hold."""

from __future__ import annotations

import csv
import io
import re
from datetime import date
from html import unescape
from pathlib import Path

import pytest
from flask.testing import FlaskClient

from components.addresses import address
from components.governance_words import document_of, governance_sentence, state_extra
from components.i18n.translate import LANGUAGES, translator
from components.plan_words import amount_text
from components.prerender import to_html, to_plain
from components.tables.governance_table import make_calendar_table, make_pressing_table
from components.tables.plan_table import make_progress
from data_access.contract.load import contract
from data_access.db.engine import get_engine
from data_access.db.tables import batch
from data_access.domain.obligation import ObligationState
from data_access.domain.plan import Amount
from data_access.imports.commit import withdraw_batch
from data_access.services.governance import DocumentedStep, Governance, ObligationLine
from tests.conftest import NOW, application

N = "\u00a0"
TODAY = date(2026, 11, 26)
S = ObligationState
T = {language: translator(language) for language in LANGUAGES}
OBLIGATIONS = {o.code: o for o in contract().obligations}


def line(code: str = "GV-06-2024", state: S = S.LATE, *steps: DocumentedStep) -> ObligationLine:
    owed = OBLIGATIONS[code]
    return ObligationLine(owed, state, owed.day, opening=False, running=False, pressing=True, steps=steps)


def sent(fr: str | None, nl: str | None) -> DocumentedStep:
    return DocumentedStep(S.TRANSMITTED, date(2026, 6, 11), fr, nl, "2026-06", demonstration=False)


def plain(node: object) -> str:
    return unescape(re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", to_html(to_plain(node)))))


@pytest.mark.parametrize(
    ("today", "fr", "nl"),
    [
        (date(2026, 1, 1), "depuis 1 jour, sur une date proposée", "sinds 1 dag, op een voorgestelde datum"),
        (
            date(2026, 1, 2),
            "depuis 2 jours, sur une date proposée",
            "sinds 2 dagen, op een voorgestelde datum",
        ),
    ],
)
def test_a_delay_on_a_proposed_day_says_so(today: date, fr: str, nl: str) -> None:
    assert state_extra(line(), today, translator("fr")) == fr
    assert state_extra(line(), today, translator("nl")) == nl
    assert state_extra(line("GV-08"), date(2028, 1, 1), translator("fr")) == "depuis 1 jour"
    assert state_extra(line(state=S.PREPARATION), today, translator("fr")) == ""


def test_a_document_without_its_translation_is_shown_in_the_other_language_and_says_so() -> None:
    assert document_of(sent("rapport", None), "nl") == ("rapport", "fr")
    assert document_of(sent("rapport", "verslag"), "nl") == ("verslag", "nl")
    shown = plain(
        make_calendar_table([line("GV-05-2025", S.TRANSMITTED, sent("rapport", None))], TODAY, T["nl"])
    )
    assert "vertaling volgt" in shown
    assert "rapport" in shown


def test_the_counts_are_sentences() -> None:
    calendar = Governance((line(), line("GV-04-2027", S.PREPARATION)), known=True, demonstration=False)
    assert governance_sentence(calendar, T["fr"]) == (
        "Le calendrier du Contrat compte 2 obligations. Une est en retard. "
        "Une échéance tombe dans les 90 jours."
    )
    nothing = Governance((), known=True, demonstration=False)
    assert governance_sentence(nothing, T["nl"]) == (
        "De kalender van het Beheerscontract telt 0 verplichtingen. Geen enkele is te laat. "
        "Er valt geen termijn binnen 90 dagen."
    )


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_table_has_a_caption_scopes_and_the_verb_of_the_contract(language: str) -> None:
    lines = [line("GV-05-2026", S.TO_COME), line("GV-11", S.CONTINUOUS)]
    html = to_html(to_plain(make_calendar_table(lines, TODAY, T[language])))
    assert "<caption" in html
    assert html.count('scope="col"') == 6
    assert html.count('scope="rowgroup"') == 2
    assert html.count('scope="row"') == 2
    verb = {"fr": f"«{N}soumettra annuellement{N}»", "nl": "‘legt jaarlijks voor’"}
    assert verb[language] in html
    assert {"fr": "date proposée", "nl": "voorgestelde datum"}[language] in html


def test_what_presses_says_how_many_days_are_left() -> None:
    soon = line("GV-04-2027", S.PREPARATION)
    assert "dans 35 jours" in plain(make_pressing_table([soon], TODAY, T["fr"]))
    assert "dans 0 jour" in plain(make_pressing_table([soon], date(2026, 12, 31), T["fr"]))


@pytest.mark.parametrize("language", LANGUAGES)
def test_what_lacks_something_comes_first_and_says_what(client: FlaskClient, language: str) -> None:
    t = T[language]
    html = unescape(client.get(address("governance_coverage", language)).get_data(as_text=True))
    groups = [
        re.sub(r"<[^>]+>", "", g) for g in re.findall(r'<th[^>]*scope="rowgroup"[^>]*>(.*?)</th>', html)
    ]
    assert groups == [f"○{t('coverage.gap.action')}20", f"✓{t('coverage.gap.nothing')}13"]
    assert html.index(">OS1-E1<") < html.index(t("coverage.gap.nothing")) < html.index(">OS1-E3<")
    table = html.split("<table")[1]
    assert table.count(t("coverage.none.actions")) == 20
    assert t("coverage.none.indicators") not in table


def test_the_coverage_counts_compound_commitments_once(client: FlaskClient) -> None:
    html = client.get("/fr/gouvernance/couverture").get_data(as_text=True)
    assert "31 engagements" in html
    assert "33 lignes" in html


def test_the_file_of_the_coverage_counts(client: FlaskClient) -> None:
    text = client.get("/export/coverage.csv?lang=nl").get_data(as_text=True)
    rows = list(csv.reader(io.StringIO(text.split("\r\n\r\n")[1]), delimiter=";"))
    assert len(rows) == 34
    (row,) = [row for row in rows if row[0] == "OS1-E3"]
    assert (row[3], row[5]) == ("2", "2")
    assert "OS1.05" in row[4]


@pytest.mark.parametrize("path", ["/fr/gouvernance", "/nl/governance"])
def test_the_page_shows_what_presses_before_everything(client: FlaskClient, path: str) -> None:
    html = client.get(path).get_data(as_text=True)
    t = T[path[1:3]]
    first, second = (unescape(h) for h in re.findall(r"<h2>(.*?)</h2>", html))
    assert (first, second) == (t("governance.pressing", days=90), t("governance.all"))
    assert html.count("<table") == 2
    assert f'href="{path}"' in html.split("<main")[0], "the navigation leads here"


def test_without_facts_the_page_says_what_it_does_not_know(shipped: Path, tmp_path: Path) -> None:
    with application(shipped, tmp_path) as own:
        client = own.server.test_client()
        assert T["fr"]("governance.unknown") not in client.get("/fr/gouvernance").get_data(as_text=True)
        with get_engine().connect() as connection:
            loads = dict(
                connection.execute(batch.select().with_only_columns(batch.c.file_name, batch.c.id)).all()
            )
        for name in ("governance.csv", "plan.csv"):
            withdraw_batch(get_engine(), loads[name], by="tester", reason="test", at=NOW)
        html = unescape(client.get("/fr/gouvernance").get_data(as_text=True))
    assert T["fr"]("governance.unknown") in html
    assert T["fr"]("demonstration.sentence") not in html


def test_the_file_has_a_row_an_obligation_and_days_as_days(client: FlaskClient) -> None:
    text = client.get("/export/governance.csv?lang=fr").get_data(as_text=True)
    rows = text.split("\r\n\r\n")[1].splitlines()
    assert len(rows) == len(OBLIGATIONS) + 1
    (row,) = [r for r in rows if r.startswith("GV-05-2025")]
    assert "2026-06-30" in row
    assert f"Transmis 11/06/2026{N}: Rapport" in row
    assert "juin 2026" in row
    assert client.get("/export/governance.xlsx?lang=nl").data.startswith(b"PK")


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_totals_of_the_plan_are_the_sums_of_its_rows(client: FlaskClient, language: str) -> None:
    html = unescape(client.get(address("governance_plan", language)).get_data(as_text=True))
    rows = re.findall(r"<tr[^>]*>.*?</tr>", html.split("<table")[1], re.DOTALL)
    money = {"project": [0, 0, 0], "action": [0, 0, 0], "": [0, 0, 0]}
    for row in rows[1:]:
        kind = next((k for k in ("project", "action") if f'{k}"' in row.split(">")[0]), "")
        for place, cell in enumerate(re.findall(r'<td class="number[^>]*>(.*?)</td>', row)):
            digits = re.sub(r"\D", "", re.sub(r"<small.*", "", cell))
            money[kind][place] += int(digits or 0)
    assert money["project"] == money["action"] == money[""]
    assert money[""][0] + money[""][1] == money[""][2] > 1_000_000
    assert T[language].plural("plan.amount.missing", 1) in html


def test_a_commitment_narrows_the_plan_and_its_sums_on_the_server(client: FlaskClient) -> None:
    html = unescape(client.get("/fr/gouvernance/plan?commitment=OS2-E1a").get_data(as_text=True))
    table = html.split("<table")[1].split("</table>")[0]
    assert re.findall(r'class="code">([\w.]+)<', table) == ["P2", "P2.1", "P2.2"]
    assert "1\u202f820\u202f000" in html
    menu = re.search(r"/export/plan\.csv\?([^\"]+)", html)
    assert menu is not None
    assert "commitment=OS2-E1a" in menu[1]
    assert client.get(f"/export/plan.csv?{menu[1].replace('&amp;', '&')}").status_code == 200


@pytest.mark.parametrize("query", ["commitment=OS9-E9", "year=1999", "commitment=all&year=_T", "year=%00"])
def test_what_an_address_names_wrongly_chooses_nothing(client: FlaskClient, query: str) -> None:
    whole = client.get("/nl/governance/plan").get_data(as_text=True).split("<table")[1].split("</table>")[0]
    found = client.get(f"/nl/governance/plan?{query}").get_data(as_text=True)
    assert found.split("<table")[1].split("</table>")[0] == whole


def test_a_commitment_that_no_action_serves_is_said(client: FlaskClient) -> None:
    html = unescape(client.get("/fr/gouvernance/plan?commitment=OS1-E1").get_data(as_text=True))
    assert T["fr"]("plan.none_left", commitment="OS1-E1") in html
    assert "<table" not in html
    assert client.get("/export/plan.csv?commitment=OS1-E1").status_code == 404
    assert client.get("/export/plan.csv?commitment=OS9-E1").status_code == 400


def test_the_annual_plan_stands_by_itself(client: FlaskClient) -> None:
    html = unescape(client.get("/nl/governance/plan?year=2026").get_data(as_text=True))
    assert "Jaarplan 2026: 3 projecten, 4 acties." in html
    assert "€\u00a0890.000" in html
    assert "?year=2026&commitment=OS2-E1a" in html, "a commitment narrows the plan that is shown"


def test_progress_is_a_bar_and_a_number_and_what_is_not_known_is_words() -> None:
    html = to_html(to_plain(make_progress(40.0, T["fr"])))
    assert "width:40%" in html.replace(" ", "")
    assert f"40{N}%" in html
    assert 'aria-hidden="true"' in html
    assert T["nl"]("plan.progress.unknown") in to_html(to_plain(make_progress(None, T["nl"])))


@pytest.mark.parametrize(
    ("amount", "fr", "nl"),
    [
        (Amount(1234567.0, 0, 1), f"1\u202f234\u202f567{N}€", f"€{N}1.234.567"),
        (Amount(0.5, 1, 2), f"0,50{N}€", f"€{N}0,50"),
        (Amount(0.0, 0, 1), f"0{N}€", f"€{N}0"),
        (Amount(0.0, 1, 1), "non connu", "niet bekend"),
    ],
)
def test_an_amount_is_written_as_its_language_does(amount: Amount, fr: str, nl: str) -> None:
    assert (amount_text(amount, T["fr"]), amount_text(amount, T["nl"])) == (fr, nl)


def test_the_file_of_the_plan_ends_with_its_total(client: FlaskClient) -> None:
    text = client.get("/export/plan.csv?lang=fr").get_data(as_text=True)
    rows = list(csv.reader(io.StringIO(text.split("\r\n\r\n")[1]), delimiter=";"))
    actions = [row for row in rows if row[1] == "Action"]
    for place in (9, 10, 11):
        assert sum(int(row[place]) for row in actions if row[place].isdigit()) == int(rows[-1][place])
    (unknown,) = [row for row in actions if row[9] == "non connu"]
    assert unknown[0] == "P4.2"


@pytest.mark.parametrize("page", ["governance", "governance_plan", "governance_coverage", "decisions"])
@pytest.mark.parametrize("language", LANGUAGES)
def test_the_four_pages_lead_to_each_other(client: FlaskClient, language: str, page: str) -> None:
    html = client.get(address(page, language)).get_data(as_text=True)
    nav = html.split('class="subnavigation"')[1].split("</nav>")[0]
    pages = ("governance", "governance_plan", "governance_coverage", "decisions")
    assert re.findall(r'href="([^"]+)"', nav) == [address(each, language) for each in pages]
    (current,) = re.findall(r'<a[^>]*aria-current="page"[^>]*>', nav)
    assert f'href="{address(page, language)}"' in current


def test_without_a_plan_both_pages_say_so(shipped: Path, tmp_path: Path) -> None:
    with application(shipped, tmp_path) as own:
        client = own.server.test_client()
        client.get("/fr/gouvernance/plan")
        with get_engine().connect() as connection:
            query = batch.select().with_only_columns(batch.c.id).where(batch.c.file_name == "plan.csv")
            number = connection.scalar(query)
        withdraw_batch(get_engine(), int(number or 0), by="tester", reason="test", at=NOW)
        for path in ("/fr/gouvernance/plan", "/fr/gouvernance/couverture"):
            html = unescape(client.get(path).get_data(as_text=True))
            assert T["fr"]("plan.none") in html
            assert T["fr"]("demonstration.sentence") not in html
