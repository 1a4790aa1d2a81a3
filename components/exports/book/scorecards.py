"""The scorecards as sheets: the rows, order and numbers of the pages."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from xlsxwriter.worksheet import Worksheet

from components.exports.book.sheet import (
    HEAD_ROW,
    Book,
    Cell,
    Heading,
    add_sheet,
    height_of,
    make_table,
    write,
    write_row,
)
from components.exports.exhibit import Cell as Shown
from components.exports.scorecard_lines import VALUES, Line, make_line
from components.status import distribution_sentence
from components.tables.shared_table import operator_name
from data_access.contract.load import contract
from data_access.contract.model import Commitment, Indicator, Objective
from data_access.services.scorecard import CommitmentGroup, Scorecard
from data_access.services.shared_dashboard import SharedDashboard

NUMBER, WHEN, YEAR = 10, 9, 7  # letters


def add_scorecard(book: Book, objective: Objective, scorecard: Scorecard) -> Worksheet:
    """The scorecard of one objective: commitments as rows across, indicators below each."""
    t = book.t
    headings = [Heading(t("book.column.code"), 10), Heading(t("column.indicator"), 36), *_headings(book)]
    sheet = add_sheet(
        book,
        objective.code,
        f"{objective.code} – {objective.title.in_(t.language)}",
        distribution_sentence(scorecard.distribution, t),
        headings,
        demonstration=scorecard.demonstration,
    )
    commitments = {c.code: c for c in objective.commitments}
    definitions = contract().by_code
    row = HEAD_ROW + 1
    for group in scorecard.groups:
        _write_commitment(sheet, row, commitments[group.commitment], commitments, headings, book)
        row += 1
        for found in group.rows:
            line = make_line(found, definitions[found.code], t)
            write_row(sheet, row, [*_named(line, book), *line_cells(line, book)], headings)
            row += 1
        row = _write_note(sheet, row, group, book)
    return sheet


def _write_commitment(
    sheet: Worksheet,
    row: int,
    commitment: Commitment,
    commitments: Mapping[str, Commitment],
    headings: Sequence[Heading],
    book: Book,
) -> None:
    parent = commitments[commitment.parent].text.in_(book.t.language) + " " if commitment.parent else ""
    text = parent + commitment.text.in_(book.t.language)
    style = book.styles.group
    write(sheet, row, 0, commitment.code, style)
    sheet.merge_range(row, 1, row, len(headings) - 1, "", style)
    write(sheet, row, 1, text, style)
    wide = sum(heading.width for heading in headings[1:])
    sheet.set_row(row, height_of([(text, wide)], bold=True) + 2)


def _write_note(sheet: Worksheet, row: int, group: CommitmentGroup, book: Book) -> int:
    """Where else to look, or that the commitment has no indicator; the next free row."""
    t = book.t
    if group.elsewhere:
        text = t("scorecard.elsewhere", codes=", ".join(group.elsewhere))
    elif not group.rows:
        text = t("scorecard.no_indicator")
    else:
        return row
    write(sheet, row, 1, text, book.styles.make(italic=True, font_color="#5b6770"))
    return row + 1


def _headings(book: Book) -> list[Heading]:
    t = book.t
    found = [Heading(t("filter.attribution"), 12)]
    for name in VALUES:
        when = "period" if name in {"year_before", "latest"} else "year"
        found += [Heading(t(f"column.{name}"), NUMBER)]
        wide = WHEN if when == "period" else YEAR
        found += [Heading(t(f"book.column.{when}", name=t(f"column.{name}")), wide)]
    return [*found, *_last_headings(book)]


def _last_headings(book: Book) -> list[Heading]:
    names = {"column.status": 18, "book.column.reason": 18, "column.change": 11, "book.column.sense": 12}
    names |= {"column.alerts": 22, "column.vintage": 9, "book.column.published": 11}
    return [Heading(book.t(name), width) for name, width in names.items()]


def _named(line: Line, book: Book) -> list[Cell]:
    t, definition = book.t, line.definition
    return [(definition.code, book.styles.code), (definition.title.in_(t.language), book.styles.text)]


def line_cells(line: Line, book: Book) -> list[Cell]:
    """Who answers for it, the five values with their periods, then state, change, alerts and vintage."""
    t = book.t
    cells: list[Cell] = [(t(f"attribution.{line.definition.attribution.value}"), book.styles.text)]
    for name in VALUES:
        cells += [value_cell(line.values[name], line.definition, book), _when(line.whens[name], book)]
    return [*cells, *last_cells(line, book)]


def value_cell(shown: Shown, definition: Indicator, book: Book) -> Cell:
    """The number in its unit; without one, the word that the screen has in its place."""
    if shown.value is None:
        return shown.text, book.styles.word
    return shown.value, book.styles.number(definition.unit, definition.decimals)


def _when(text: str, book: Book) -> Cell:
    return (int(text) if text.isdigit() else text), book.styles.make(
        font_color="#5b6770", align="left", indent=1
    )


def last_cells(line: Line, book: Book) -> list[Cell]:
    """State, its reason, change and its sense, alerts, batch and day of publication."""
    definition, styles = line.definition, book.styles
    change: Cell = (line.change.text, styles.word)
    if line.change.value is not None:
        change = (line.change.value, styles.difference(definition.unit, definition.decimals))
    batch, day = line.vintage or (None, None)
    return [
        (line.status, styles.make(bold=True, text_wrap=True)),
        (line.extra, styles.text),
        change,
        (line.change_word, styles.make(text_wrap=True, indent=1)),
        (", ".join(line.alerts), styles.text),
        (batch, styles.make(align="left")),
        (day, styles.day),
    ]


def add_shared(book: Book, name: str, dashboard: SharedDashboard) -> Worksheet:
    """The shared dashboard: a row for each measure and operator, never a sum of operators."""
    t = book.t
    operators = {i.code: i.label.in_(t.language) for i in contract().codelists if i.dimension == "OPERATOR"}
    names = ("year_before", "latest", "target")
    headings = [Heading(t("book.column.code"), 8), Heading(t("column.indicator"), 44)]
    headings += [Heading(t("book.column.annex"), 9), Heading(t("column.operator"), 20)]
    for value in names:
        when = "year" if value == "target" else "period"
        headings += [Heading(t(f"column.{value}"), NUMBER)]
        wide = WHEN if when == "period" else YEAR
        headings += [Heading(t(f"book.column.{when}", name=t(f"column.{value}")), wide)]
    headings += _last_headings(book)
    sheet = add_sheet(
        book, name, t("training.title"), t("training.lede"), headings, demonstration=dashboard.demonstration
    )
    rows = [row for _, measures in dashboard.sections for measure in measures for row in measure.rows]
    for number, found in enumerate(rows, start=HEAD_ROW + 1):
        definition = contract().indicator(found.code)
        line = make_line(found, definition, t)
        who = operator_name(found, definition, operators)
        cells = [*_named(line, book), (definition.annex, book.styles.code), (who, book.styles.text)]
        for value in names:
            cells += [value_cell(line.values[value], definition, book), _when(line.whens[value], book)]
        write_row(sheet, number, [*cells, *last_cells(line, book)], headings)
    make_table(sheet, "shared", len(rows), headings, book)
    return sheet
