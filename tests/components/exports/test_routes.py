"""Any figure by its address: what is answered, under what name, and what is refused."""

from __future__ import annotations

import csv
import io
import re
from datetime import date
from urllib.parse import unquote

import pytest
from flask.testing import FlaskClient
from openpyxl import load_workbook
from PIL import Image
from pypdf import PdfReader

from components.exports.delimited import exhibit_csv
from components.exports.exhibit import Cell, Column, Exhibit, Kind, Table
from components.exports.renderer import client as renderer
from components.exports.workbook import exhibit_xlsx
from components.i18n.translate import LANGUAGES

FORMULAS = ('=HYPERLINK("http://example.org")', "+1", "-1", "@SUM(A1)", "\tx", "\rx")
MISCHIEF = Exhibit(
    name="x",
    subject="x",
    title="=1+1",
    subtitle="+2",
    source="@x",
    vintage="v",
    notes=("-3",),
    demonstration=True,
    alt="x",
    drawing=None,
    table=Table(
        (Column("=head"), Column("n", Kind.PERCENT, 1)),
        (*((Cell(text), Cell("12,5 %", 12.5)) for text in FORMULAS), (Cell("a"), Cell("masqué"))),
    ),
    language="fr",
    version=1,
)


@pytest.mark.parametrize("language", LANGUAGES)
def test_formula_like_text_is_inert_and_hidden_cells_have_no_number(language: str) -> None:
    text = exhibit_csv(MISCHIEF).decode("utf-8-sig")
    rows = list(csv.reader(io.StringIO(text, newline=""), delimiter=";"))
    cells = [c for row in rows for c in row]
    assert not [c for c in cells if c.startswith(("=", "+", "@", "\t", "\r"))]
    assert rows[-1] == ["a", "masqué"]
    assert rows[-2][1] == "12,5"
    book = load_workbook(io.BytesIO(exhibit_xlsx(MISCHIEF, date(2026, 10, 31))))
    kinds = {cell.data_type for sheet in book for row in sheet.iter_rows() for cell in row}
    assert "f" not in kinds, "no cell is a formula"
    table = book.worksheets[0]
    values = [row[1].value for row in table.iter_rows(min_row=6)]
    assert values == [12.5] * len(FORMULAS) + ["masqué"]
    assert table.freeze_panes is not None
    assert exhibit_xlsx(MISCHIEF, date(2026, 10, 31)) == exhibit_xlsx(MISCHIEF, date(2026, 10, 31))


def name_of(header: str) -> str:
    return unquote(header.split("filename*=UTF-8''")[1])


@pytest.mark.parametrize(
    ("address", "name"),
    [
        ("indicator.csv?code=OS2.03", r"contrat-de-gestion-OS2\.03-2025-Q2-v\d+\.csv"),
        ("funnel.xlsx?lang=nl&cohort=2024-Q2", r"beheerscontract-F-PREV-2024-Q2-v\d+\.xlsx"),
        ("overview.csv", r"contrat-de-gestion-.+-v\d+\.csv"),
    ],
)
def test_a_file_says_what_and_when_in_its_language(client: FlaskClient, address: str, name: str) -> None:
    answer = client.get(f"/export/{address}")
    assert answer.status_code == 200
    header = answer.headers["Content-Disposition"]
    assert header.isascii()
    assert re.fullmatch(name, name_of(header)), header
    again = client.get(f"/export/{address}", headers={"If-None-Match": answer.headers["ETag"]})
    assert again.status_code == 304


@pytest.mark.parametrize(
    ("address", "status", "said"),
    [
        ("indicator.png?code=XX", 400, "code"),
        ("indicator.png?code=OS2.03&foo=1", 400, "foo"),
        ("map.png?format=huge", 400, "16x9"),
        ("map.png?lang=de", 400, "fr, nl"),
        ("map.png?measure=" + "x" * 200, 400, "≤"),
        ("nothing.png", 404, "indicator"),
        ("map.exe", 404, "png"),
        ("funnel.csv?lang=nl&cohort=1999-Q1", 400, "wordt niet aanvaard"),
        ("scorecard.sheet?objective=OS1", 404, "Rien"),
    ],
)
def test_what_is_not_there_is_refused_in_words(
    client: FlaskClient, address: str, status: int, said: str
) -> None:
    answer = client.get(f"/export/{address}")
    assert answer.status_code == status
    assert answer.mimetype == "text/plain"
    assert said in answer.get_data(as_text=True)
    assert answer.headers["Cache-Control"] == "no-store"


def test_without_chromium_pictures_wait_and_tables_do_not(
    client: FlaskClient, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(renderer._bound, "executable", "/nowhere/chromium")
    answer = client.get("/export/gap-points.png")
    assert answer.status_code == 503
    assert "BROWSER_PATH" in answer.get_data(as_text=True)
    assert client.get("/export/gap-points.xlsx").status_code == 200
    assert client.get("/export/overview.pdf").status_code == 200, "typeset without a browser"
    job = client.get("/export/gap-points.sheet?lang=nl").get_json()
    assert job["plotly"].endswith(".js")
    assert job["lang"] == "nl"
    assert b"compose" in client.get("/export/sheet.js").data


def test_a_table_without_a_figure_is_a_picture_too(client: FlaskClient) -> None:
    picture = Image.open(io.BytesIO(client.get("/export/overview.png?lang=nl").data))
    assert picture.width == 1680, "840 points at 144 to the inch"
    assert b"<svg" in client.get("/export/overview.svg").data[:300]


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_pdf_is_tagged_titled_and_has_its_alternative(client: FlaskClient, language: str) -> None:
    answer = client.get(f"/export/ltu-stock.pdf?lang={language}")
    assert answer.status_code == 200
    reader = PdfReader(io.BytesIO(answer.data))
    root = reader.trailer["/Root"]
    assert root["/MarkInfo"]["/Marked"]
    assert root["/Lang"].lower().startswith(language)
    assert reader.metadata is not None
    text = "".join(page.extract_text() for page in reader.pages)
    assert reader.metadata.title
    assert reader.metadata.title.split()[0] in text
    assert "60\u202f947" in text if language == "fr" else "60.947" in text
    fonts = [f.get_object() for page in reader.pages for f in page["/Resources"]["/Font"].values()]
    assert fonts
    for font in fonts:
        inner = font["/DescendantFonts"][0].get_object() if "/DescendantFonts" in font else font
        descriptor = inner["/FontDescriptor"]
        assert any(key in descriptor for key in ("/FontFile", "/FontFile2", "/FontFile3")), "embedded"
    assert answer.data == client.get(f"/export/ltu-stock.pdf?lang={language}").data


@pytest.mark.parametrize(
    ("path", "name"),
    [
        ("/fr/", "overview"),
        ("/nl/doelstellingen/os2", "scorecard"),
        ("/fr/indicateurs/OS2.03", "indicator"),
        ("/fr/indicateurs/OS2.03", "breakdown"),
        ("/nl/gemeenten", "map"),
        ("/fr/communes/ecart", "gap-lines"),
        ("/fr/chomage-longue-duree", "funnel"),
        ("/nl/langdurige-werkloosheid", "ltu-share"),
        ("/fr/attention", "attention"),
        ("/nl/opleiding-werk", "training"),
    ],
)
def test_every_page_offers_its_files_and_each_link_answers(client: FlaskClient, path: str, name: str) -> None:
    text = client.get(path).get_data(as_text=True)
    found = re.findall(r'href="(/export/[^"]+)"', text)
    links = [link.replace("&amp;", "&") for link in found if f"/export/{name}." in link]
    assert links
    assert all(f"lang={path[1:3]}" in link for link in links)
    table = next(link for link in links if ".csv" in link)
    assert client.get(table).status_code == 200
