"""The slides, opened by their library and by LibreOffice."""

from __future__ import annotations

import io
import re
import zipfile
from datetime import date, timedelta
from typing import Any

import openpyxl
import pytest
from pptx import Presentation
from pptx.oxml.ns import qn

from components.exports.asked import Asked
from components.exports.scorecard_lines import make_line
from components.exports.slides import make_slides
from components.exports.slides.lines import nice_bounds
from components.exports.slides.make import HEADLINE
from components.exports.slides.table import Grid, Row, Text
from components.finding import finding_sentence
from data_access.contract.load import contract
from data_access.domain.confidentiality import SmallCellRule
from data_access.domain.status import Status
from data_access.services.funnel import get_funnel_sheet
from data_access.services.funnel_choices import EVERYBODY
from data_access.services.overview import get_overview
from data_access.services.scorecard import get_scorecard
from data_access.services.sheet import get_sheet
from tests.components.exports.conftest import Convert, asked_in, grey

NOTHING = SmallCellRule(min_count=10**9, min_count_sensitive=10**9, min_denominator=10**9)


@pytest.fixture(scope="module")
def content(asked: Asked) -> bytes:
    return make_slides(asked, grey)


@pytest.fixture(scope="module")
def slides(content: bytes) -> list[Any]:
    return list(Presentation(io.BytesIO(content)).slides)


def charts(slides: list[Any]) -> list[tuple[Any, Any]]:
    return [(slide, shape) for slide in slides for shape in slide.shapes if shape.has_chart]


def of_code(slides: list[Any], code: str) -> Any:
    """The slide of an indicator, found by the line under its title."""
    return next(
        s
        for s in slides
        if any(x.has_text_frame and x.text_frame.text.startswith(f"{code} ·") for x in s.shapes)
    )


def days_of(plot: Any) -> list[date]:
    """The days of an axis, which the file counts from the end of 1899."""
    return [date(1899, 12, 30) + timedelta(days=float(category)) for category in plot.categories]


def drawn(shape: Any) -> dict[date, float]:
    """What a chart of a series shows by day, its judged stretches and open cohorts together."""
    plot = shape.chart.plots[0]
    days = days_of(plot)
    found = {}
    for series in plot.series:
        if series.format.line.color.type is not None and str(series.format.line.color.rgb) == "6B4C9A":
            continue  # the target
        found |= {day: value for day, value in zip(days, series.values, strict=True) if value is not None}
    return found


def test_every_slide_has_a_title_of_its_own_kind_and_nothing_is_left_empty(slides: list[Any]) -> None:
    assert len(slides) > 25
    for slide in slides:
        assert slide.shapes.title.text_frame.text.strip()
        assert [p.name for p in slide.placeholders if not p.text_frame.text.strip()] == []
        assert slide.has_notes_slide
        assert slide.notes_slide.notes_text_frame.text.strip()


def test_every_shape_of_a_slide_has_a_number_of_its_own(slides: list[Any]) -> None:
    for slide in slides:
        numbers = [shape.shape_id for shape in slide.shapes]
        assert len(numbers) == len(set(numbers))


def test_slides_are_numbered_and_name_their_version(slides: list[Any], asked: Asked) -> None:
    for number, slide in enumerate(slides, start=1):
        kinds = {p.element.ph.get("type"): p.text_frame.text for p in slide.placeholders}
        assert kinds["sldNum"] == str(number)
        if number > 1:
            assert str(asked.version) in kinds["ftr"]
    assert str(asked.version) in slides[0].placeholders[1].text_frame.text


def test_nothing_stands_outside_its_slide(content: bytes) -> None:
    deck = Presentation(io.BytesIO(content))
    assert abs(deck.slide_width / deck.slide_height - 16 / 9) < 0.001
    for slide in deck.slides:
        for shape in slide.shapes:
            assert shape.left >= 0, shape.name
            assert shape.top >= 0, shape.name
            assert shape.left + shape.width <= deck.slide_width, (slide.shapes.title.text, shape.name)
            assert shape.top + shape.height <= deck.slide_height, (slide.shapes.title.text, shape.name)


def test_tables_end_above_the_foot(slides: list[Any]) -> None:
    tables = [(s, x) for s in slides for x in s.shapes if x.has_table]
    assert len(tables) > 8
    for slide, shape in tables:
        foot = next(p for p in slide.placeholders if p.element.ph.get("type") == "ftr")
        assert shape.top + sum(row.height for row in shape.table.rows) <= foot.top


def test_every_chart_table_and_picture_has_an_alternative_text(slides: list[Any]) -> None:
    shown = [x for s in slides for x in s.shapes if x.has_chart or x.has_table or x.shape_type == 13]
    assert len(shown) > 25
    assert [x.name for x in shown if not x._element.xpath(".//p:cNvPr")[0].get("descr")] == []


def test_every_word_says_its_language(content: bytes, asked: Asked) -> None:
    expected = {"fr": "fr-BE", "nl": "nl-BE"}[asked.language]
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        names = [
            n
            for n in archive.namelist()
            if re.match(r"ppt/(slides|notesSlides|charts|slideLayouts)/[^/]+xml$", n)
        ]
        said = {lang for n in names for lang in re.findall(rb'lang="([^"]+)"', archive.read(n))}
    assert said == {expected.encode()}
    for slide in Presentation(io.BytesIO(content)).slides:
        runs = list(slide.element.iter(qn("a:r")))
        assert all(run.find(qn("a:rPr")).get("lang") == expected for run in runs)


def test_the_title_of_a_figure_is_its_finding(slides: list[Any], asked: Asked) -> None:
    sheet = get_sheet(asked.version, asked.cutoff, "OS2.03", None, asked.rule)
    definition = contract().indicator("OS2.03")
    slide = of_code(slides, "OS2.03")
    assert finding_sentence(sheet, definition, asked.t) in slide.shapes.title.text_frame.text
    notes = slide.notes_slide.notes_text_frame.text
    assert definition.definition.in_(asked.language) in notes
    assert definition.numerator is not None
    assert definition.numerator.in_(asked.language) in notes
    assert definition.source.in_(asked.language) in notes


@pytest.mark.parametrize("code", HEADLINE)
def test_a_chart_holds_the_values_of_the_service(slides: list[Any], asked: Asked, code: str) -> None:
    sheet = get_sheet(asked.version, asked.cutoff, code, None, asked.rule)
    expected = {
        r.period.end: r.value for r in sheet.row.readings if r.value is not None and r.period.year >= 2017
    }
    if not expected:
        with pytest.raises(StopIteration):
            of_code(slides, code)
        return
    shape = next(x for x in of_code(slides, code).shapes if x.has_chart)
    assert drawn(shape) == pytest.approx(expected)


def test_no_line_crosses_the_break_of_2026(slides: list[Any]) -> None:
    shape = next(x for x in of_code(slides, "CTX.DEI").shapes if x.has_chart)
    plot = shape.chart.plots[0]
    days = days_of(plot)
    sides = [
        {day >= date(2026, 1, 1) for day, v in zip(days, s.values, strict=True) if v is not None}
        for s in plot.series
    ]
    assert sorted(map(sorted, sides)) == [[False], [True]]


def test_the_target_is_drawn_as_it_was_decided(slides: list[Any], asked: Asked) -> None:
    sheet = get_sheet(asked.version, asked.cutoff, "OS2.03", None, asked.rule)
    path = sheet.row.assessment.path
    assert path is not None
    plot = next(x for x in of_code(slides, "OS2.03").shapes if x.has_chart).chart.plots[0]
    last = dict(zip(days_of(plot), list(plot.series)[-1].values, strict=True))
    assert last[date(2027, 12, 31)] == path.target.value
    for goal in path.milestones:
        assert last[goal.due] == goal.value


def test_the_distributions_are_those_of_the_overview(slides: list[Any], asked: Asked) -> None:
    overview = get_overview(asked.version, asked.cutoff, asked.rule)
    plot = next(x for x in slides[1].shapes if x.has_chart).chart.plots[0]
    found = {s.name.split(" ", 1)[1]: [v or 0 for v in s.values] for s in plot.series}
    for status in Status:
        counts = [o.scorecard.distribution[status] for o in overview.objectives]
        assert found.get(asked.t(f"status.{status.value}"), [0] * 5) == counts


@pytest.mark.parametrize("objective", ["OS1", "OS2", "OS3", "OS4", "OS5"])
def test_the_tables_hold_every_row_of_a_scorecard_in_its_order(
    slides: list[Any], asked: Asked, objective: str
) -> None:
    scorecard = get_scorecard(asked.version, asked.cutoff, objective, asked.rule)
    rows = [
        [cell.text_frame.text for cell in row.cells]
        for s in slides
        for x in s.shapes
        if x.has_table
        and s.shapes.title.text_frame.text.startswith(f"{objective}{asked.t('punctuation.colon')}")
        for row in x.table.rows
    ]
    found = [row for row in rows if re.match(rf"{objective}\.\d\d  ", row[0])]
    lines = [make_line(r, contract().indicator(r.code), asked.t) for r in scorecard.rows]
    assert [row[0].split("  ")[0] for row in found] == [r.code for r in scorecard.rows]
    assert [row[3] for row in found] == [line.both("latest") for line in lines]
    assert [row[6].split("\n")[0] for row in found] == [line.status for line in lines]


@pytest.mark.parametrize("code", ["F-PREV", "F-ABS-E", "F-ABS-S"])
def test_a_funnel_holds_the_counts_of_the_service(slides: list[Any], asked: Asked, code: str) -> None:
    sheet = get_funnel_sheet(asked.version, asked.cutoff, code, "_T", EVERYBODY, asked.rule)
    view = sheet.cohort("")
    assert view is not None
    assert view.funnel is not None
    title = next(f for f in contract().funnels if f.code == code).title.in_(asked.language)
    slide = next(
        s
        for s in slides
        for x in s.shapes
        if x.has_text_frame
        and x.text_frame.text.startswith(title)
        and any(y.has_chart and len(y.chart.plots[0].categories) == len(view.funnel.stages) for y in s.shapes)
    )
    plot = next(x for x in slide.shapes if x.has_chart).chart.plots[0]
    totals = [sum(v or 0 for v in column) for column in zip(*(s.values for s in plot.series), strict=True)]
    known = [sum(n for n in s.outcomes.values() if isinstance(n, int)) for s in view.funnel.stages]
    assert totals == known


def test_demonstration_figures_are_named_on_every_slide_that_holds_one(
    slides: list[Any], asked: Asked
) -> None:
    label = asked.t("demonstration.label")
    marked = [any(x.has_text_frame and x.text_frame.text == label for x in s.shapes) for s in slides]
    assert marked[0]
    published = {of_code(slides, code).slide_id for code in ("CTX.RATE", "CTX.DEI", "OS2.01")}
    unmarked = {slide.slide_id for slide, has in zip(slides, marked, strict=True) if not has}
    assert unmarked == published


def test_workbooks_in_charts_hold_what_is_drawn_and_no_formula(slides: list[Any]) -> None:
    for _, shape in charts(slides):
        book = openpyxl.load_workbook(io.BytesIO(shape.chart.part.chart_workbook.xlsx_part.blob))
        cells = [cell for sheet in book for row in sheet.iter_rows() for cell in row]
        assert [c.coordinate for c in cells if c.data_type == "f"] == []
        numbers = sorted(c.value for c in cells if isinstance(c.value, int | float) and c.column > 1)
        shown = sorted(v for s in shape.chart.plots[0].series for v in s.values if v is not None)
        assert numbers == pytest.approx(shown)


def test_what_is_hidden_is_in_no_part_of_the_file(app: Any) -> None:
    """Under thresholds that nothing passes, words stand where the numbers were, and charts go."""
    asked = asked_in("fr", NOTHING)
    sheet = get_sheet(asked.version, asked.cutoff, "OS2.03", None, SmallCellRule())
    content = make_slides(asked, grey)
    slides = list(Presentation(io.BytesIO(content)).slides)
    with pytest.raises(StopIteration):
        of_code(slides, "OS2.03")
    rows = [
        [cell.text_frame.text for cell in row.cells]
        for s in slides
        for x in s.shapes
        if x.has_table
        for row in x.table.rows
    ]
    row = next(r for r in rows if r[0].startswith("OS2.03"))
    assert row[6] == "○ Non évaluable\neffectif insuffisant"
    values = [r.value for r in sheet.row.readings if r.value is not None]
    assert len(values) > 10
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        texts = [archive.read(n).decode("utf-8", "replace") for n in archive.namelist() if n.endswith(".xml")]
    assert [v for v in values if any(str(v) in text for text in texts)] == []
    assert all("T2 2025" not in cell for cell in row)


def test_the_same_question_gives_the_same_bytes(content: bytes, asked: Asked) -> None:
    assert make_slides(asked, grey) == content


def test_progress_is_told_and_can_stop_the_work(asked: Asked) -> None:
    told: list[tuple[int, int, str]] = []

    def stop(done: int, total: int, what: str) -> None:
        told.append((done, total, what))
        if done == 3:
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        make_slides(asked, grey, stop)
    assert [done for done, _, _ in told] == [0, 1, 2, 3]
    assert told[3][1] > 20


@pytest.mark.slow
def test_libreoffice_opens_every_slide(content: bytes, slides: list[Any], convert: Convert) -> None:
    assert convert(content, "slides.pptx") == len(slides)


def test_a_row_that_heads_others_never_ends_a_slide_and_comes_again_where_they_go_on() -> None:
    def head(name: str) -> Row:
        return Row((Text(name),), whole=True, heads=True)

    rows = [head("A"), *[Row((Text("a"),))] * 9, head("B"), *[Row((Text("b"),))] * 3]
    grid = Grid(("x",), (2.0,), tuple(rows))
    each = grid.height(rows[1])
    pages = grid.pages(grid.height(grid.head) + 6.5 * each)
    words = ["".join(row.cells[0].text for row in page) for page in pages]
    assert "".join(words).count("a") == 9
    assert "".join(words).count("b") == 3
    assert all(w[0] in "AB" and w[-1] in "ab" for w in words)


@pytest.mark.parametrize(
    ("values", "expected"),
    [
        ([43.0, 50.0, 17.0], (10.0, 60.0, 10.0)),
        ([6.6, 7.4], (6.4, 7.6, 0.2)),
        ([-8.4, -7.7], (-8.6, -7.6, 0.2)),
    ],
)
def test_axes_end_in_round_numbers(values: list[float], expected: tuple[float, float, float]) -> None:
    low, high, step = nice_bounds(values)
    assert low <= min(values) <= max(values) <= high
    assert (low, high, step) == pytest.approx(expected)
