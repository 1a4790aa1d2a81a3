"""The sheets to compute with: observations, targets with their decisions, stages of the cohorts, codes."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from components.cards.sheet_targets import standing
from components.exports.book.sheet import HEAD_ROW, Book, Cell, Heading, add_sheet, make_table, write_row
from components.funnel_words import count_text, funnel_title, rate_text, stage_name
from components.group_names import group_name
from components.i18n import formats
from data_access.contract.load import contract
from data_access.contract.model import Unit
from data_access.domain.cohort_funnel import Count, Outcome, is_known
from data_access.domain.funnel_flow import NoRate, Rate
from data_access.domain.target import Goal, TargetPath
from data_access.services.funnel import CohortView, FunnelSheet
from data_access.services.indicator_rows import TOTAL, IndicatorRow
from data_access.services.tidy import COLUMNS, NUMBERS, Tidy

WIDTHS = {"indicator": 11, "time_period": 12, "source": 40, "comment": 30, "availability": 18}


def add_observations(book: Book, name: str, tidy: Tidy) -> None:
    """One row an observation, columns as those of the input tables, so that they can be read again."""
    t = book.t
    own = [Heading(c.upper(), WIDTHS.get(c, 13)) for c in COLUMNS]
    headings = [own[0], Heading("TITLE", 50), Heading("UNIT", 14), *own[1:]]
    sheet = add_sheet(
        book,
        name,
        t("book.observations"),
        t("book.observations.note"),
        headings,
        demonstration=tidy.demonstration,
    )
    titles = {d.code: (d.title.in_(t.language), t(f"unit.{d.unit.value}")) for d in contract().indicators}
    plain, decimal = book.styles.code, book.styles.make(num_format="#,##0.####")
    words = {a: t(f"map.cell.{a}") for a in ("available", "missing", "hidden")}
    kinds = {p: t(f"sheet.subtitle.provenance.{p}") for p in ("published", "official", "demonstration")}
    styles = [decimal if c in NUMBERS else plain for c in COLUMNS]
    translated = {COLUMNS.index("availability"): words, COLUMNS.index("provenance"): kinds}
    for number, row in enumerate(tidy.rows, start=HEAD_ROW + 1):
        values = [translated[i][str(v)] if i in translated else v for i, v in enumerate(row)]
        title, unit = titles[str(row[0])]
        cells: list[Cell] = list(zip(values, styles, strict=True))
        write_row(sheet, number, [cells[0], (title, plain), (unit, plain), *cells[1:]])
    make_table(sheet, "observations", len(tidy.rows), headings, book)


def add_targets(book: Book, name: str, rows: Iterable[IndicatorRow]) -> None:
    """Every version of every target, with who decided it, when and why."""
    t = book.t
    widths = {
        "code": 10,
        "title": 44,
        "operator": 16,
        "standing": 13,
        "valid_from": 12,
        "kind": 12,
        "due": 12,
    }
    widths |= {
        "value": 12,
        "low": 10,
        "high": 10,
        "decided_on": 12,
        "reference": 24,
        "body": 20,
        "reason": 18,
    }
    widths |= {"fictitious": 14}
    headings = [Heading(t(f"book.column.{column}"), width) for column, width in widths.items()]
    held = [row for row in rows if row.paths]
    fictitious = any(path.demonstration for row in held for path in row.paths)
    sheet = add_sheet(
        book, name, t("book.targets"), t("book.targets.note"), headings, demonstration=fictitious
    )
    number = HEAD_ROW
    for row in held:
        for path in row.paths:
            for kind, goal in _goals(path):
                number += 1
                write_row(sheet, number, _target(row, path, kind, goal, book), headings)
    make_table(sheet, "targets", number - HEAD_ROW, headings, book)


def _goals(path: TargetPath) -> Iterator[tuple[str, Goal]]:
    if path.baseline is not None:
        yield "baseline", path.baseline
    yield from (("milestone", goal) for goal in path.milestones)
    yield "target", path.target


def _target(row: IndicatorRow, path: TargetPath, kind: str, goal: Goal, book: Book) -> list[Cell]:
    t, styles, definition = book.t, book.styles, contract().indicator(row.code)
    number = styles.number(definition.unit, definition.decimals)
    operator = "" if row.operator == TOTAL else group_name("OPERATOR", row.operator, t)
    return [
        (row.code, styles.code),
        (definition.title.in_(t.language), styles.text),
        (operator, styles.text),
        (t(f"sheet.targets.{standing(path, row.assessment.path)}"), styles.text),
        (path.valid_from, styles.day),
        (t(f"book.kind.{kind}"), styles.text),
        (goal.due, styles.day),
        (goal.value, number),
        (goal.low, number),
        (goal.high, number),
        (path.decided_on, styles.day),
        (path.decision_ref, styles.text),
        (path.deciding_body, styles.text),
        (t(f"sheet.targets.reason.{path.reason}"), styles.text),
        (t("alert.demonstration") if path.demonstration else "", styles.text),
    ]


def add_cohorts(book: Book, name: str, sheets: Iterable[FunnelSheet]) -> None:
    """Every stage of every cohort: how many, what became of them, and the rates with their maturity."""
    t = book.t
    listed = list(sheets)
    columns = {"funnel": 10, "title": 40, "cohort": 10, "stage": 8, "stage_name": 34}
    headings = [Heading(t(f"book.column.{column}"), width) for column, width in columns.items()]
    headings += [Heading(t("funnel.column.count"), 12)]
    headings += [Heading(t(f"funnel.outcome.{o.value}"), 14) for o in Outcome]
    headings += [Heading(t(f"funnel.column.{c}"), 14) for c in ("rate", "cumulative")]
    headings += [Heading(t("funnel.column.maturity"), 14), Heading(t("book.column.closes_on"), 12)]
    headings += [Heading(t("book.column.fictitious"), 14)]
    fictitious = any(view.demonstration for sheet in listed for view in sheet.cohorts)
    sheet = add_sheet(
        book, name, t("book.cohorts"), t("book.cohorts.note"), headings, demonstration=fictitious
    )
    number = HEAD_ROW
    for found in listed:
        for view in found.cohorts:
            for cells in _stages(found, view, book):
                number += 1
                write_row(sheet, number, cells, headings)
    make_table(sheet, "cohorts", number - HEAD_ROW, headings, book)


def _stages(sheet: FunnelSheet, view: CohortView, book: Book) -> Iterator[list[Cell]]:
    """The rows of one cohort; one whose counts contradict each other has none, as on the page."""
    if view.funnel is None:
        return
    t, styles = book.t, book.styles
    definition = next(f for f in contract().funnels if f.code == sheet.code)
    for stage in view.funnel.stages:
        step = view.step(stage.code)
        rates = (
            [(None, styles.text)] * 2
            if step is None
            else [_rate(r, book) for r in (step.rate, step.cumulative)]
        )
        state = "" if step is None else t(f"funnel.step.{view.step_maturity[stage.code].value}")
        yield [
            (sheet.code, styles.code),
            (funnel_title(definition, sheet.operator, t), styles.text),
            (formats.period(view.cohort, t.language), styles.code),
            (stage.code, styles.code),
            (stage_name(stage.code, definition, t), styles.text),
            _count(stage.count, book),
            *(_count(stage.outcomes[o], book) for o in Outcome),
            *rates,
            (state, styles.text),
            (view.closes_on, styles.day),
            (t("alert.demonstration") if view.demonstration else "", styles.text),
        ]


def _count(count: Count, book: Book) -> Cell:
    if is_known(count):
        return count, book.styles.whole
    return count_text(count, book.t), book.styles.word


def _rate(rate: Rate | NoRate, book: Book) -> Cell:
    """As the screen rounds it; in a word why there is none."""
    if isinstance(rate, NoRate):
        return rate_text(rate, book.t), book.styles.word
    return round(100 * rate.share, 1), book.styles.number(Unit.PERCENT, 1)


def add_codes(book: Book, name: str) -> None:
    """What the codes of the observations mean."""
    t = book.t
    headings = [
        Heading(t(f"book.column.{c}"), w) for c, w in (("dimension", 16), ("code", 12), ("label", 60))
    ]
    sheet = add_sheet(book, name, t("book.codes"), t("book.codes.note"), headings, demonstration=False)
    items = [(i.dimension, i.code, i.label.in_(t.language)) for i in contract().codelists]
    items += [("REF_AREA", "BRU", t("sheet.subtitle.territory"))]
    items += [("REF_AREA", c.nis, c.name.in_(t.language)) for c in contract().communes]
    for number, item in enumerate(items, start=HEAD_ROW + 1):
        write_row(sheet, number, [(text, book.styles.text) for text in item])
    make_table(sheet, "codes", len(items), headings, book)
