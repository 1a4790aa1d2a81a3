"""Annexe B: the shared measures, one column per operator and never a sum; the funnel of the sessions."""

from __future__ import annotations

from collections.abc import Sequence

from components.cards.definitions import definition_facts
from components.cards.sheet_remarks import make_remarks
from components.exports.asked import Asked
from components.exports.pack.model import (
    Art,
    Block,
    FigurePage,
    Part,
    SharedCell,
    SharedEntry,
    SharedPage,
    SharedRow,
    SharedWords,
)
from components.exports.pack.pieces import (
    change_value,
    make_drawing,
    make_spark,
    make_state,
    operator_names,
)
from components.exports.pack.said import grid, lines, value
from components.figures.funnel_flow import flow_alt_text, flow_figure, flow_height
from components.funnel_words import exposure_text, funnel_finding, funnel_title, group_text, maturity_text
from components.i18n.translate import Translator
from components.tables.funnel_table import make_funnel_table
from components.tables.scorecard_table import make_alerts
from components.values import make_goal, make_reading
from data_access.contract.load import contract
from data_access.contract.model import Indicator
from data_access.services.funnel import FunnelSheet, get_funnel_sheet
from data_access.services.funnel_choices import EVERYBODY, FunnelChoice, get_funnel_choices
from data_access.services.indicator_rows import TOTAL, IndicatorRow
from data_access.services.shared_dashboard import SharedMeasure, get_shared_dashboard
from data_access.services.sheet import get_sheet

SESSIONS = "F-SI"
WORDS = ("numerator", "denominator", "formula", "cohort", "periodicity", "polarity", "source", "note")
LABELS = ("latest", "year_before", "change", "target", "status", "series", "alerts")
FUNNEL_WIDTH = 900


def make_shared(asked: Asked) -> tuple[Part, ...]:
    """The two sections: their table, then definitions and comments of their measures."""
    dashboard = get_shared_dashboard(asked.version, asked.cutoff, asked.rule)
    parts: list[Part] = []
    for prefix, measures in dashboard.sections:
        parts += [_table(prefix, measures, asked), _words(prefix, measures, asked)]
    return tuple(parts)


def _table(prefix: str, measures: Sequence[SharedMeasure], asked: Asked) -> SharedPage:
    t = asked.t
    named = [_operator(row, t) for measure in measures for row in measure.rows]
    operators = tuple(name for name in _order(t) if name in named)
    operators += tuple(dict.fromkeys(name for name in named if name not in operators))
    title = t(f"training.section.{prefix.lower()}")
    return SharedPage(
        heading=title,
        running=title,
        demonstration=any(row.demonstration for measure in measures for row in measure.rows),
        title=title,
        lede=t("training.lede"),
        caption=t("training.caption"),
        measure=t("pack.measure"),
        operators=operators,
        rows=tuple(_row(measure, operators, t) for measure in measures),
        labels=tuple(t(f"column.{name}") for name in LABELS),
        absent=t("pack.not_delivered"),
    )


def _order(t: Translator) -> list[str]:
    return list(operator_names(t.language).values())


def _operator(row: IndicatorRow, t: Translator) -> str:
    """Who delivers the row; a measure that is not split is that of its partners."""
    partners = contract().indicator(row.code).partners
    if row.operator == TOTAL:
        return ", ".join(partners)
    return operator_names(t.language)[row.operator]


def _row(measure: SharedMeasure, operators: Sequence[str], t: Translator) -> SharedRow:
    definition = contract().indicator(measure.code)
    by_name = {_operator(row, t): row for row in measure.rows}
    cells = [_cell(by_name[name], definition, t) if name in by_name else None for name in operators]
    return SharedRow(
        measure.code,
        t("training.annex", number=definition.annex),
        definition.title.in_(t.language),
        tuple(cells),
    )


def _cell(row: IndicatorRow, definition: Indicator, t: Translator) -> SharedCell:
    path = row.assessment.path
    return SharedCell(
        latest=value(make_reading(row.latest, definition, t)),
        year_before=value(make_reading(row.year_before, definition, t)),
        change=change_value(row, definition, t),
        target=value(make_goal(path.target if path else None, definition, t)),
        state=make_state(row.assessment, t),
        spark=make_spark(row, definition, t),
        alerts=" · ".join(line.text for line in lines(make_alerts(row, t))),
    )


def _words(prefix: str, measures: Sequence[SharedMeasure], asked: Asked) -> SharedWords:
    t = asked.t
    title = t("pack.words", section=t(f"training.section.{prefix.lower()}"))
    entries = [_entry(measure, asked) for measure in measures]
    return SharedWords(
        heading=title,
        running=title,
        level=2,
        demonstration=any(row.demonstration for measure in measures for row in measure.rows),
        title=title,
        comments_title=t("sheet.comments"),
        entries=tuple(entries),
    )


def _entry(measure: SharedMeasure, asked: Asked) -> SharedEntry:
    t, definition = asked.t, contract().indicator(measure.code)
    facts = definition_facts(definition, t)
    comments = []
    for row in measure.rows:
        sheet = get_sheet(asked.version, asked.cutoff, measure.code, row.operator, asked.rule)
        comments.append(Block(_operator(row, t), lines(make_remarks(sheet, t))))
    return SharedEntry(
        code=measure.code,
        title=definition.title.in_(t.language),
        definition=facts["definition"],
        facts=tuple((t(f"definition.{name}"), facts[name]) for name in WORDS if name in facts),
        comments=tuple(comments),
    )


def make_session_funnels(asked: Asked) -> tuple[FigurePage, ...]:
    """The funnel of the information sessions, one page an operator: its newest whole cohort."""
    choices = [c for c in get_funnel_choices(asked.version) if c.code == SESSIONS]
    return tuple(make_funnel_part(choice, asked) for choice in choices)


def make_funnel_part(choice: FunnelChoice, asked: Asked, *, level: int = 1) -> FigurePage:
    """A funnel of everybody: finding, flow and table of the newest whole cohort."""
    t = asked.t
    definition = next(f for f in contract().funnels if f.code == choice.code)
    sheet = get_funnel_sheet(asked.version, asked.cutoff, choice.code, choice.operator, EVERYBODY, asked.rule)
    view = sheet.cohort("")
    title = funnel_title(definition, choice.operator, t)
    drawn = view is not None and view.funnel is not None
    art, table, notes = None, None, []
    if view is not None and drawn:
        figure = flow_figure(view, definition, t)
        drawing = make_drawing(figure, FUNNEL_WIDTH, flow_height(definition), t.language)
        art = Art(choice.key, drawing, flow_alt_text(view, definition, t))
        table = grid(make_funnel_table(view, definition, t), t("funnel.table.caption"))
        notes = [t("funnel.key.flow"), maturity_text(view, t), exposure_text(view, t)]
    return FigurePage(
        heading=title,
        running=title,
        level=level,
        demonstration=any(v.demonstration for v in sheet.cohorts),
        title=title,
        finding=funnel_finding(view, sheet, definition, t),
        subtitle=_subtitle(sheet, choice, t),
        figure=art,
        legend=(),
        notes=tuple(note for note in notes if note),
        grid=table,
    )


def _subtitle(sheet: FunnelSheet, choice: FunnelChoice, t: Translator) -> str:
    definition = next(f for f in contract().funnels if f.code == choice.code)
    facts = [
        definition.cohort.in_(t.language),
        t("funnel.subtitle.unit", unit=definition.unit.in_(t.language)),
        group_text(sheet.group, t),
        t("funnel.subtitle.window", months=definition.window_months),
    ]
    return " · ".join(facts)
