"""The main figure of a sheet, with its data."""

from __future__ import annotations

from components.cards.sheet_remarks import numbered_annotations
from components.decision_words import decision_line
from components.exports.asked import Asked
from components.exports.exhibit import Drawing, Exhibit
from components.exports.recipes.recipe import exhibit_of, require, sentence
from components.exports.shown_table import table_of
from components.figures.series_figure import series_alt_text
from components.finding import finding_sentence, measured
from components.i18n import formats
from components.i18n.translate import Translator
from components.series_answer import MONTH, get_series_figure, view_of
from components.tables.data_table import make_data_table
from data_access.contract.load import contract
from data_access.contract.model import Indicator
from data_access.domain.confidentiality import Availability
from data_access.domain.errors import UserError
from data_access.services.compare import get_compared, get_options
from data_access.services.sheet import Sheet, get_sheet

WIDTH, HEIGHT = 900, 440


def make_indicator(asked: Asked) -> Exhibit:
    """The series of an indicator as its sheet shows it."""
    t = asked.t
    definition = contract().indicator(
        require(asked, "code", [d.code for d in contract().indicators], needed=True)
    )
    sheet = get_sheet(asked.version, asked.cutoff, definition.code, asked.query.get("operator"), asked.rule)
    require(asked, "operator", sheet.operators)
    options = get_options(asked.version, definition.code, sheet.row.operator)
    require(asked, "with", ["0", *(option.key for option in options)])
    require(asked, "limits", ("0", "1"))
    _require_months(asked)
    if all(reading.value is None for reading in sheet.row.readings):
        raise UserError("export_nothing")
    key = asked.query.get("with", "")
    compared = get_compared(asked.version, asked.cutoff, definition.code, sheet.row.operator, key, asked.rule)
    figure = get_series_figure(
        asked.version,
        asked.cutoff,
        definition.code,
        sheet.row.operator,
        compared.option.key if compared else "",
        view_of(asked.query),
        t.language,
        asked.rule,
    )
    operators = {i.code: i.label.in_(t.language) for i in contract().codelists if i.dimension == "OPERATOR"}
    latest = sheet.row.latest
    return exhibit_of(
        asked,
        name="indicator",
        subject=definition.code,
        title=sentence(finding_sentence(sheet, definition, t)),
        subtitle=f"{_named(definition, t)} · {measured(sheet, definition, t, operators)}",
        source=definition.source.in_(t.language),
        notes=_notes(sheet, definition, t),
        demonstration=_is_fictitious(sheet) or (compared is not None and compared.demonstration),
        alt=series_alt_text(sheet, definition, compared, t),
        drawing=Drawing(figure, WIDTH, HEIGHT),
        table=table_of(make_data_table(sheet, definition, t), t),
        period=str(latest.period) if latest else "",
    )


def _is_fictitious(sheet: Sheet) -> bool:
    """Whether a value or a decision on the figure is."""
    return sheet.row.demonstration or any(each.demonstration for each in sheet.decisions)


def _named(definition: Indicator, t: Translator) -> str:
    return f"{definition.code} {definition.title.in_(t.language)}"


def _require_months(asked: Asked) -> None:
    """The first and last month, as the address of a sheet writes them.

    Raises:
        UserError: ``export_parameter`` when one is no month.
    """
    for name in ("from", "to"):
        value = asked.query.get(name, "")
        if value and not MONTH.fullmatch(value):
            raise UserError("export_parameter", name=name, value=value, allowed="2024, 2024-03")


def _notes(sheet: Sheet, definition: Indicator, t: Translator) -> list[str]:
    """Breaks, what is not final or not shown, whether there is a target, and the numbered annotations."""
    row = sheet.row
    named = {b.day: b.label.in_(t.language) for b in contract().breaks if b.code in definition.breaks}
    notes = [
        t("export.note.break", day=formats.day(day, t.language), label=named[day])
        if day in named
        else t("sheet.figure.break_data", day=formats.day(day, t.language))
        for day in row.breaks
    ]
    shown = [r for r in row.readings if r.value is not None]
    notes += [t("export.note.provisional")] if any(r.provisional for r in shown) else []
    hidden = any(r.availability is Availability.HIDDEN for r in row.readings)
    notes += [t("export.note.hidden")] if hidden else []
    notes += [t("export.note.immature")] if sheet.immature else []
    scored = definition.scored and row.assessment.path is None
    notes += [t("goal.none")] if scored else []
    marks = numbered_annotations(sheet)
    notes += [f"{i}. {words}" for i, remark in marks if (words := remark.in_(t.language))]
    notes += [decision_line(each, t) for each in sheet.decisions]
    return notes
