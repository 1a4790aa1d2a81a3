"""The readings of an indicator as a table: the twin of its figure, sorted in the browser."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from dash import html
from dash.development.base_component import Component

from components.attributes import aria, data
from components.cards.sheet_part import make_part, make_table
from components.i18n import formats
from components.i18n.translate import Translator
from components.values import make_change, value_text
from data_access.contract.model import Indicator, Unit
from data_access.domain.change import Change, change_on_year
from data_access.domain.confidentiality import Availability
from data_access.domain.interval import wilson_interval
from data_access.domain.judgement import is_level_to_hold
from data_access.domain.reading import Reading
from data_access.domain.target import expected_value
from data_access.services.sheet import Sheet

FOLD_AFTER = 24
"""Rows shown at first; the browser folds the others, so that without scripts everything is there."""


@dataclass(frozen=True)
class Cell:
    """What a cell shows, and the number or text that it is sorted by (empty: always last)."""

    shown: Component | str
    key: float | str = ""


Column = Callable[[Reading], Cell]


def make_data_table(sheet: Sheet, definition: Indicator, t: Translator) -> Component:
    """Every period between the first and the last reading, the newest first."""
    readings = every_period(sheet.row.readings)[::-1]
    if not readings:
        return make_part("data", t, html.P(t("sheet.data.none"), className="quiet"))
    columns = _columns(sheet, definition, t)
    cells = {name: [fill(reading) for reading in readings] for name, fill in columns.items()}
    told = {name: column for name, column in cells.items() if any(cell.shown for cell in column)}
    head = html.Thead(html.Tr([_heading(name, t) for name in told]))
    rows = [_row(row, list(told)) for row in zip(*told.values(), strict=True)]
    table = make_table(
        t("sheet.data"), head, rows, className="plain data-table", **data(fold=str(FOLD_AFTER))
    )
    return make_part(
        "data", t, html.P(_sentence(sheet, definition, t), className="quiet"), table, _more(len(rows), t)
    )


def every_period(readings: Sequence[Reading]) -> list[Reading]:
    """The readings in their order, with a missing one for each period that nobody delivered."""
    found = {reading.period: reading for reading in readings}
    if not found:
        return []
    period, last = min(found), max(found)
    filled = []
    while period <= last:
        filled.append(found.get(period) or Reading(period, None, Availability.MISSING))
        period = period.shift(1)
    return filled


def _sentence(sheet: Sheet, definition: Indicator, t: Translator) -> str:
    unit = t(f"unit.{definition.unit.value}")
    return t.plural("sheet.data.sentence", len(sheet.row.readings), unit=unit)


def _more(count: int, t: Translator) -> Component | None:
    """The button that shows every row; hidden until the browser has folded some."""
    if count <= FOLD_AFTER:
        return None
    label = t("sheet.data.all", n=count)
    return html.Button(
        label,
        type="button",
        className="button data-more",
        hidden=True,
        **data(more=label, less=t("sheet.data.fewer", n=FOLD_AFTER)),
    )


def _heading(name: str, t: Translator) -> Component:
    label = t(f"sheet.data.{name}")
    sort = html.Button([label, html.Span(className="sort-mark", **aria(hidden="true"))], type="button")
    # A browser does not print buttons in the header that it repeats on every sheet.
    printed = html.Span(label, className="printed", **aria(hidden="true"))
    order = {"sort": "descending" if name == "period" else "none"}
    return html.Th([sort, printed], scope="col", className=f"data-{name}", **aria(**order))


def _row(cells: Sequence[Cell], names: Sequence[str]) -> Component:
    first, *others = cells
    return html.Tr(
        [
            html.Th(first.shown, scope="row", className=f"data-{names[0]}", **data(key=str(first.key))),
            *(
                html.Td(cell.shown, className=f"data-{name}", **data(key=str(cell.key)))
                for cell, name in zip(others, names[1:], strict=True)
            ),
        ]
    )


def _columns(sheet: Sheet, definition: Indicator, t: Translator) -> dict[str, Column]:
    """How each column is filled; one that stays empty is not shown."""
    by_period = {reading.period: reading for reading in sheet.row.readings}

    def change(reading: Reading) -> Cell:
        before = by_period.get(reading.period.year_before)
        if before is None or {before, reading} & set(sheet.immature):
            return Cell("")
        return _change(_compare(before, reading, sheet, definition), definition, t)

    return {
        "period": lambda r: Cell(formats.period(r.period, t.language), r.period.start.toordinal()),
        "numerator": lambda r: _count(r, r.numerator, t),
        "denominator": lambda r: _count(r, r.denominator, t),
        "value": lambda r: _value(r, definition, t),
        "interval": lambda r: _interval(r, definition, t),
        "state": lambda r: _state(r, sheet, t),
        "change": change,
        "expected": lambda r: _expected(r, sheet, definition, t),
        "decision": lambda r: _decided(r, sheet),
        "load": _load,
    }


def _is_shown(reading: Reading) -> bool:
    """Whether its numbers may be written: a hidden cell shows none of them."""
    return reading.availability is Availability.AVAILABLE and reading.value is not None


def _count(reading: Reading, count: float | None, t: Translator) -> Cell:
    if count is None or not _is_shown(reading):
        return Cell("")
    return Cell(formats.number(count, 0 if float(count).is_integer() else 1, t.language), count)


def _value(reading: Reading, definition: Indicator, t: Translator) -> Cell:
    if _is_shown(reading):
        assert reading.value is not None, "shown only with a value"
        return Cell(html.Strong(value_text(reading, definition, t.language)), reading.value)
    hidden = reading.availability is Availability.HIDDEN
    name = "hidden" if hidden else "missing"
    return Cell(html.Span(t(f"value.{name}.short"), className=f"value-{name}"))


def _interval(reading: Reading, definition: Indicator, t: Translator) -> Cell:
    """The Wilson interval of a share of its own denominator; sorted by its width."""
    if reading.half_width is None or not _is_shown(reading) or definition.unit is not Unit.PERCENT:
        return Cell("")
    if not definition.numerator_within_denominator or reading.numerator is None or not reading.denominator:
        return Cell("")
    edges = [100 * edge for edge in wilson_interval(reading.numerator, reading.denominator)]
    low, high = (formats.number(edge, definition.decimals, t.language) for edge in edges)
    return Cell(f"{low}–{high}{formats.unit_mark(definition.unit, t.language)}", edges[1] - edges[0])


def _state(reading: Reading, sheet: Sheet, t: Translator) -> Cell:
    """How firm the value is, in words."""
    if reading.availability is Availability.HIDDEN:
        return Cell(t("value.hidden"), "hidden")
    if not _is_shown(reading):
        return Cell(t("value.missing"), "missing")
    said = {
        "immature": reading in sheet.immature,
        "provisional": reading.provisional,
        "estimated": reading.estimated,
        "break": reading.starts_break or _follows_break(reading, sheet),
    }
    names = [name for name, holds in said.items() if holds] or ["definitive"]
    text = " · ".join(t(f"sheet.data.state.{name}") for name in names)
    return Cell(text, text)


def _follows_break(reading: Reading, sheet: Sheet) -> bool:
    return any(reading.period.start <= day <= reading.period.end for day in sheet.row.breaks)


def _compare(before: Reading, after: Reading, sheet: Sheet, definition: Indicator) -> Change | None:
    return change_on_year(
        [before, after], polarity=definition.polarity, breaks=sheet.row.breaks, decimals=definition.decimals
    )


def _change(change: Change | None, definition: Indicator, t: Translator) -> Cell:
    if change is None:
        return Cell("")
    return Cell(make_change(change, definition, t), change.difference if change.comparable else "")


def _expected(reading: Reading, sheet: Sheet, definition: Indicator, t: Translator) -> Cell:
    """What the path in force asks for at the end of the period, from its baseline on."""
    path = sheet.row.assessment.path
    if path is None or path.baseline is None or path.baseline.value is None or path.target.value is None:
        return Cell("")
    day = reading.period.end
    if day < path.baseline.due or not definition.scored:
        return Cell("")
    to_hold = is_level_to_hold(path.baseline.value, path.target.value, definition.polarity)
    expected = path.target.value if to_hold else expected_value(path, day)
    text = formats.measure(expected, definition.unit, definition.decimals, t.language)
    return Cell(text, expected)


def _decided(reading: Reading, sheet: Sheet) -> Cell:
    """The decisions of a meeting within the period."""
    codes = [d.code for d in sheet.decisions if reading.period.start <= d.meeting <= reading.period.end]
    return Cell(" ".join(codes), " ".join(codes))


def _load(reading: Reading) -> Cell:
    if reading.origin_batch is None:
        return Cell("")
    number = reading.origin_batch
    return Cell(html.A(str(number), href=f"#load-{number}"), number)
