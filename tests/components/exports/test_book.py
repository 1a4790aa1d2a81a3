"""The workbook, opened by another library than the one that wrote it, and by LibreOffice."""

from __future__ import annotations

import io
import zipfile
from dataclasses import replace
from datetime import date
from typing import Any

import openpyxl
import pytest

from components.exports.asked import Asked
from components.exports.book import make, make_book
from components.exports.book.styles import pattern
from components.i18n import formats
from data_access.contract.load import contract
from data_access.contract.model import Unit
from data_access.domain.confidentiality import Availability, SmallCellRule
from data_access.services.funnel import get_funnel_sheet
from data_access.services.funnel_choices import EVERYBODY, get_funnel_choices
from data_access.services.indicator_rows import get_indicator_rows
from data_access.services.scorecard import get_scorecard
from data_access.services.shared_dashboard import get_shared_dashboard
from data_access.services.tidy import COLUMNS, Tidy, get_tidy
from tests.components.exports.conftest import Convert, asked_in

HEAD = 5  # the row of the columns' names
OBJECTIVES = ("OS1", "OS2", "OS3", "OS4", "OS5")
NAMES = {
    "fr": ("Lisez-moi", *OBJECTIVES, "Annexe B", "Cibles", "Entonnoirs", "Observations", "Codes"),
    "nl": ("Lees mij", *OBJECTIVES, "Bijlage B", "Streefwaarden", "Trechters", "Waarnemingen", "Codes"),
}


@pytest.fixture(scope="module")
def content(asked: Asked) -> bytes:
    return make_book(asked)


@pytest.fixture(scope="module")
def book(content: bytes) -> Any:
    return openpyxl.load_workbook(io.BytesIO(content))


def rows_of(sheet: Any) -> list[list[Any]]:
    return [[cell.value for cell in row] for row in sheet.iter_rows(min_row=HEAD + 1)]


def test_the_sheets_are_there_in_the_words_of_the_language(book: Any, asked: Asked) -> None:
    assert tuple(book.sheetnames) == NAMES[asked.language]


def test_the_first_sheet_leads_to_all_others_and_says_the_rules(book: Any, asked: Asked) -> None:
    sheet = book.worksheets[0]
    words = " ".join(str(c.value) for row in sheet.iter_rows() for c in row if c.value)
    links = {c.hyperlink.location for row in sheet.iter_rows() for c in row if c.hyperlink}
    assert links == {f"'{name}'!A1" for name in book.sheetnames[1:]}
    assert f"{asked.version}" in words
    assert asked.cutoff is not None
    assert formats.day(asked.cutoff, asked.language) in words
    assert asked.t("demonstration.label") in words
    for status in ("attained", "on_track", "to_watch", "off_track", "not_assessable", "context"):
        assert asked.t(f"status.{status}") in words


@pytest.mark.parametrize("objective", OBJECTIVES)
def test_a_scorecard_holds_every_number_of_the_page(book: Any, asked: Asked, objective: str) -> None:
    scorecard = get_scorecard(asked.version, asked.cutoff, objective, asked.rule)
    found = [row for row in rows_of(book[objective]) if str(row[0]).startswith(f"{objective}.")]
    assert [row[0] for row in found] == [row.code for row in scorecard.rows]
    for cells, row in zip(found, scorecard.rows, strict=True):
        definition, assessment = contract().indicator(row.code), row.assessment
        path = assessment.path
        readings = {5: row.year_before, 7: row.latest}
        for place, reading in readings.items():
            if reading is None or reading.value is None:
                assert isinstance(cells[place], str)
                assert cells[place + 1] is None
            else:
                assert cells[place] == pytest.approx(round(reading.value, definition.decimals), abs=1e-9)
                period = formats.period(reading.period, asked.language)
                assert str(cells[place + 1]) == period
        goals = {
            3: path.baseline if path else None,
            9: assessment.milestone,
            11: path.target if path else None,
        }
        for place, goal in goals.items():
            if goal is None or goal.value is None:
                assert isinstance(cells[place], str)
            else:
                assert cells[place] == pytest.approx(round(goal.value, definition.decimals), abs=1e-9)
                assert cells[place + 1] == goal.due.year
        assert cells[13].endswith(asked.t(f"status.{assessment.status.value}"))
        if row.change is not None and row.change.comparable:
            assert cells[15] == pytest.approx(round(row.change.difference, definition.decimals), abs=1e-9)
        else:
            assert isinstance(cells[15], str)
        assert (cells[18], cells[19].date() if cells[19] else None) == (row.vintage or (None, None))


def test_the_shared_dashboard_has_a_row_for_each_operator(book: Any, asked: Asked) -> None:
    dashboard = get_shared_dashboard(asked.version, asked.cutoff, asked.rule)
    rows = [row for _, measures in dashboard.sections for measure in measures for row in measure.rows]
    found = rows_of(book.worksheets[6])
    assert [cells[0] for cells in found] == [row.code for row in rows]
    for cells, row in zip(found, rows, strict=True):
        if row.latest is not None and row.latest.value is not None:
            decimals = contract().indicator(row.code).decimals
            assert cells[6] == pytest.approx(round(row.latest.value, decimals), abs=1e-9)


def test_every_version_of_every_target_is_there(book: Any, asked: Asked) -> None:
    codes = tuple(d.code for d in contract().indicators)
    rows = get_indicator_rows(asked.version, asked.cutoff, codes, asked.rule)
    expected = [
        (row.code, path.valid_from, goal.due, goal.value, path.decision_ref)
        for row in rows
        for path in row.paths
        for goal in (path.baseline, *path.milestones, path.target)
        if goal is not None
    ]
    found = [(r[0], r[4].date(), r[6].date(), r[7], r[11]) for r in rows_of(book.worksheets[7])]
    assert found == expected
    assert len(expected) > 200


def test_every_stage_of_every_cohort_is_there(book: Any, asked: Asked) -> None:
    found = rows_of(book.worksheets[8])
    expected = []
    for choice in get_funnel_choices(asked.version):
        sheet = get_funnel_sheet(
            asked.version, asked.cutoff, choice.code, choice.operator, EVERYBODY, asked.rule
        )
        expected += [stage for view in sheet.cohorts if view.funnel for stage in view.funnel.stages]
    assert [r[3] for r in found] == [stage.code for stage in expected]
    for cells, stage in zip(found, expected, strict=True):
        for value, count in zip(cells[5:11], (stage.count, *stage.outcomes.values()), strict=True):
            if isinstance(count, Availability):
                assert value == asked.t(f"map.cell.{count.value}")
            else:
                assert value == count


def test_the_observations_are_those_of_the_service_and_hidden_ones_are_empty(book: Any, asked: Asked) -> None:
    tidy = get_tidy(asked.version, asked.rule)
    found = rows_of(book.worksheets[9])
    assert len(found) == len(tidy.rows) > 30_000
    names = [cell.value for cell in book.worksheets[9][HEAD]]
    assert [n for n in names if n not in {"TITLE", "UNIT"}] == [c.upper() for c in COLUMNS]
    value, word = names.index("OBS_VALUE"), names.index("AVAILABILITY")
    own = COLUMNS.index("obs_value")
    assert [row[value] for row in found] == [row[own] for row in tidy.rows]
    hidden = [row for row in found if row[word] == asked.t("map.cell.hidden")]
    assert len(hidden) > 100
    places = [names.index(n) for n in ("NUMERATOR", "DENOMINATOR", "OBS_VALUE", "COMMENT")]
    assert {row[place] for row in hidden for place in places} == {None}


def test_no_cell_is_a_formula_and_tables_can_be_filtered(content: bytes, book: Any) -> None:
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        sheets = [archive.read(n) for n in archive.namelist() if n.startswith("xl/worksheets/sheet")]
    assert len(sheets) == 11
    assert [n for n, text in enumerate(sheets) if b"<f>" in text or b"<f " in text] == []
    for sheet in book.worksheets[6:]:
        table = next(iter(sheet.tables.values()))
        assert table.autoFilter is not None
        assert table.ref.endswith(str(sheet.max_row))


def test_text_that_looks_like_a_formula_stays_text(app: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    asked = asked_in("fr")
    row = list(get_tidy(asked.version, asked.rule).rows[0])
    row[COLUMNS.index("source")] = '=HYPERLINK("http://example.org";"x")'
    row[COLUMNS.index("comment")] = "@SUM(1;2)"
    monkeypatch.setattr(make, "get_tidy", lambda *_: Tidy((tuple(row),), demonstration=True))
    sheet = openpyxl.load_workbook(io.BytesIO(make_book(asked)))["Observations"]
    cells = {cell.value: cell for cell in sheet[HEAD + 1]}
    assert cells['=HYPERLINK("http://example.org";"x")'].data_type == "s"
    assert cells["@SUM(1;2)"].data_type == "s"


def test_heads_are_frozen_and_paper_is_set_up(book: Any, asked: Asked) -> None:
    for sheet in book.worksheets[1:]:
        assert sheet.freeze_panes == "C6"
        assert sheet.print_title_rows == f"${HEAD}:${HEAD}"
    for sheet in book.worksheets:
        assert (sheet.page_setup.orientation, sheet.page_setup.paperSize) == ("landscape", 9)
        assert sheet.sheet_properties.pageSetUpPr.fitToPage
        assert (sheet.page_setup.fitToWidth or 1, int(sheet.page_setup.fitToHeight)) == (1, 0)
        assert str(asked.version) in sheet.oddFooter.left.text


def test_formats_write_the_percent_sign_of_the_language() -> None:
    assert pattern(Unit.PERCENT, 1, "fr") == '#,##0.0"\xa0%"'
    assert pattern(Unit.PERCENT, 1, "nl") == '#,##0.0"%"'
    assert pattern(Unit.COUNT, 0, "nl") == "#,##0"


def test_under_stricter_thresholds_words_stand_where_numbers_were(app: Any) -> None:
    strict = SmallCellRule(min_count=10**9, min_count_sensitive=10**9, min_denominator=10**9)
    asked = asked_in("nl", strict)
    open_ = get_tidy(asked.version, SmallCellRule())
    closed = get_tidy(asked.version, strict)
    person = {d.code for d in contract().indicators if d.persons}
    value = COLUMNS.index("obs_value")
    kept = {row[0] for row in closed.rows if row[value] is not None and row[COLUMNS.index("denominator")]}
    assert kept.isdisjoint(person)
    assert any(row[0] in person and row[value] is not None for row in open_.rows)


def test_the_same_question_gives_the_same_bytes(app: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    asked = asked_in("fr")
    short = replace(get_tidy(asked.version, asked.rule), rows=get_tidy(asked.version, asked.rule).rows[:50])
    monkeypatch.setattr(make, "get_tidy", lambda *_: short)
    first = make_book(asked)
    assert make_book(asked) == first
    properties = openpyxl.load_workbook(io.BytesIO(first)).properties
    assert asked.cutoff is not None
    assert properties.created.date() == asked.cutoff != date.today()  # noqa: DTZ011


@pytest.mark.slow
def test_libreoffice_prints_every_sheet(app: Any, convert: Convert, monkeypatch: pytest.MonkeyPatch) -> None:
    asked = asked_in("nl")
    tidy = get_tidy(asked.version, asked.rule)
    monkeypatch.setattr(make, "get_tidy", lambda *_: replace(tidy, rows=tidy.rows[:50]))
    assert convert(make_book(asked), "book.xlsx") >= len(NAMES["nl"])


def test_progress_can_stop_the_work(app: Any) -> None:
    def stop(done: int, total: int, what: str) -> None:
        assert total == 10
        if what == "OS2":
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        make_book(asked_in("fr"), stop)
