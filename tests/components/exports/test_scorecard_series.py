"""The small series of a scorecard stand in its own files: drawn in the PDF, by the spreadsheet in XLSX."""

from __future__ import annotations

import io
import re
import warnings
import zipfile
from datetime import date

import pytest
from dash import Dash
from openpyxl import load_workbook
from pypdf import PdfReader

from components.exports.asked import Asked
from components.exports.exhibit import Exhibit
from components.exports.recipes import RECIPES
from components.exports.typeset import exhibit_pdf
from components.exports.workbook import exhibit_xlsx
from data_access.domain.confidentiality import Availability, SmallCellRule
from data_access.services.data_state import get_data_state
from data_access.services.scorecard import get_scorecard
from tests.components.exports.pack.test_pdf import structure

DAY = date(2026, 10, 31)
RULE = SmallCellRule()
FIRST_DAY, LAST_DAY = date(2022, 1, 1), date(2027, 12, 31)


@pytest.fixture
def card(app: Dash) -> Exhibit:
    state = get_data_state()
    asked = Asked("nl", {"objective": "OS3"}, state.version, state.cutoff, RULE)
    return RECIPES["scorecard"].make(asked)


@pytest.fixture
def expected(app: Dash) -> dict[str, list[float]]:
    """The values of 2022-2027 of each indicator, as the service tells them; none without a value."""
    state = get_data_state()
    found = {}
    for row in get_scorecard(state.version, state.cutoff, "OS3", RULE).rows:
        known = [r for r in row.readings if r.availability is Availability.AVAILABLE]
        inside = [r.value for r in known if FIRST_DAY <= r.period.end <= LAST_DAY and r.value is not None]
        found |= {row.code: inside} if inside else {}
    return found


def test_the_workbook_has_a_small_chart_of_the_values_of_each_row(
    card: Exhibit, expected: dict[str, list[float]]
) -> None:
    content = exhibit_xlsx(card, DAY)
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        sheet = archive.read("xl/worksheets/sheet1.xml").decode()
    charts = dict(
        reversed(pair) for pair in re.findall(r"<xm:f>([^<]+)</xm:f><xm:sqref>([A-Z]+\d+)</xm:sqref>", sheet)
    )
    with warnings.catch_warnings():  # openpyxl knows no small charts
        warnings.simplefilter("ignore")
        book = load_workbook(io.BytesIO(content))
    table, values = book["Tabel"], book["Reeksen"]
    drawn = {}
    for place, where in charts.items():
        row = int(re.sub(r"\D", "", place))
        code = str(table.cell(row, 1).value).split(" ")[0]
        name, cells = where.rsplit("!", 1)
        assert name.strip("'") == "Reeksen"
        drawn[code] = [cell.value for (cell,) in values[cells.replace("$", "")]]
        first = int(re.findall(r"\d+", cells)[0])
        assert str(values.cell(first, 1).value).startswith(code)
    assert drawn == {code: pytest.approx(numbers) for code, numbers in expected.items()}
    heads = [cell.value for cell in table[5]]
    assert {re.sub(r"\d", "", place) for place in charts} == {chr(ord("A") + heads.index("2022-2027"))}
    assert heads.index("2022-2027") == heads.index("Meldingen") - 1


def test_the_pdf_has_an_image_with_an_alternative_text_for_each_row(
    card: Exhibit, expected: dict[str, list[float]]
) -> None:
    tags = structure(PdfReader(io.BytesIO(exhibit_pdf(card, DAY))))
    figures = [str(tag["/Alt"]) for tag in tags if tag["/S"] == "/Figure"]
    told = [figure for figure in figures if figure != "Geen waarde sinds 2022."]
    assert len(told) == len(expected)
    ends = [re.findall(r"(?:mini|maxi)mum ([\d.]+(?:,\d)?)", figure) for figure in told]
    numbers = [[float(end.replace(".", "").replace(",", ".")) for end in pair] for pair in ends]
    assert sorted(numbers) == sorted([round(min(v), 1), round(max(v), 1)] for v in expected.values())


def test_both_are_the_same_bytes_each_time(card: Exhibit) -> None:
    assert exhibit_xlsx(card, DAY) == exhibit_xlsx(card, DAY)
    assert exhibit_pdf(card, DAY) == exhibit_pdf(card, DAY)


def test_a_hidden_value_is_in_no_small_series(app: Dash) -> None:
    """Under thresholds that hide every rate of OS3.02, its row has neither image nor chart."""
    state = get_data_state()
    strict = SmallCellRule(min_denominator=10**9)
    asked = Asked("nl", {"objective": "OS3"}, state.version, state.cutoff, strict)
    table = RECIPES["scorecard"].make(asked).table
    assert table.series is not None
    drawn = dict(zip((row[0].text.split(" ")[0] for row in table.rows), table.series.rows, strict=True))
    shown = get_scorecard(state.version, state.cutoff, "OS3", strict).rows
    hidden = [row for row in shown if all(r.availability is not Availability.AVAILABLE for r in row.readings)]
    assert hidden
    assert all((found := drawn[row.code]) is None or found.points == () for row in hidden)
