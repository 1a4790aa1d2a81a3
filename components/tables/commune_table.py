"""Every series known for a commune: value, Region, gap in words, change; a second commune beside it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from urllib.parse import urlencode

from dash import html
from dash.development.base_component import Component

from components.addresses import address
from components.attributes import aria, data
from components.cards.sheet_part import make_scroll
from components.group_names import group_name
from components.i18n import formats
from components.i18n.translate import Translator
from components.tables.breakdown_table import gap_interval, gap_text
from components.values import make_change
from data_access.contract.model import Indicator, Unit
from data_access.domain.comparison import Cell, Gap, Kind
from data_access.services.breakdown_choices import AREA
from data_access.services.commune_lines import Line, Side
from data_access.services.commune_profile import Profile
from data_access.services.indicator_rows import TOTAL

Definitions = Mapping[str, Indicator]


def make_commune_table(profile: Profile, definitions: Definitions, t: Translator) -> Component:
    """One row a series, in the order of the contract."""
    labels = _labels(profile, t)
    head = html.Thead(html.Tr([html.Th(label, scope="col") for label in labels.values()]))
    rows = [_row(line, labels, definitions[line.code], t) for line in profile.lines]
    caption = t("profile.table", name=group_name(AREA, profile.nis, t))
    table = html.Table(
        [html.Caption(caption, className="visually-hidden"), head, html.Tbody(rows)],
        className="plain commune-table" + (" with-other" if profile.other else ""),
    )
    return make_scroll(table, caption)


def _labels(profile: Profile, t: Translator) -> dict[str, str]:
    """The columns and what they are called; the communes by their names."""
    labels = {
        "indicator": t("column.indicator"),
        "period": t("profile.column.period"),
        "own": group_name(AREA, profile.nis, t),
        "region": t("profile.region"),
        "gap": t("profile.column.gap"),
        "change": t("column.change"),
    }
    if profile.other is not None:
        labels["other"] = group_name(AREA, profile.other, t)
        labels["difference"] = t("profile.column.difference")
    return labels


def _row(line: Line, labels: Mapping[str, str], definition: Indicator, t: Translator) -> Component:
    cells: dict[str, Component | str] = {
        "period": formats.period(line.period, t.language),
        "own": make_side(line.own, line, definition, t),
        "region": make_cell(line.region, definition, t),
        "gap": _region_gap(line, definition, t),
        "change": make_change(line.own.change, definition, t),
    }
    if line.other is not None:
        cells["other"] = make_side(line.other, line, definition, t)
        cells["difference"] = _gap(line.difference, _why_no_gap(line, line.other.cell, t), t)
    return html.Tr(
        [
            html.Th(make_series_name(line, definition, t), scope="row", className="col-indicator"),
            *(
                html.Td(cell, className=f"col-{name}", **data(label=labels[name]))
                for name, cell in cells.items()
            ),
        ],
        id=row_id(line),
    )


def row_id(line: Line) -> str:
    """The anchor of a series: ``OS2.03``, ``BV-1c-BF``."""
    return line.code if line.operator == TOTAL else f"{line.code}-{line.operator}"


def make_series_name(line: Line, definition: Indicator, t: Translator) -> Component:
    """Code, title as the way to the breakdown by commune on its sheet, and the operator if it has one."""
    query = {"by": AREA} if line.operator == TOTAL else {"by": "OPERATOR", "then": AREA}
    sheet = address("indicator", t.language, code=definition.code)
    link = html.A(
        definition.title.in_(t.language),
        href=f"{sheet}?{urlencode({**query, 'period': str(line.period)})}#breakdown",
        className="title",
    )
    said = html.Span(definition.code, className="code")
    notes = [*operator_name(line, t), *([t("alert.demonstration")] if line.demonstration else [])]
    small = [html.Small(" · ".join(notes), className="period")] if notes else []
    return html.Span([said, link, *small], className="series-name")


def operator_name(line: Line, t: Translator) -> list[str]:
    """Who delivers the series, where several do."""
    return [] if line.operator == TOTAL else [group_name("OPERATOR", line.operator, t)]


def operator_note(line: Line, t: Translator) -> list[Component]:
    """The same as a line under a title."""
    return [html.Small(name, className="period") for name in operator_name(line, t)]


def make_side(side: Side, line: Line, definition: Indicator, t: Translator) -> Component:
    """The value of a commune, its interval, the number that it is a share of, what to know of it."""
    if side.cell.value is None:
        return make_cell(side.cell, definition, t)
    text = formats.measure(side.cell.value, definition.unit, definition.decimals, t.language)
    notes = [_interval(side, definition, t), " · ".join(_remarks(side, line, t))]
    small = [html.Small(note, className="period") for note in notes if note]
    return html.Span([html.Span(text, className="value"), *small])


def _interval(side: Side, definition: Indicator, t: Translator) -> str:
    if side.interval is None:
        return ""
    low, high = (formats.number(limit, definition.decimals, t.language) for limit in side.interval)
    return t("profile.interval", low=low, high=high + formats.unit_mark(definition.unit, t.language))


def _remarks(side: Side, line: Line, t: Translator) -> list[str]:
    remarks = []
    if side.cell.denominator is not None and line.kind is not Kind.COUNT:
        remarks.append(t("profile.n", n=formats.number(side.cell.denominator, 0, t.language)))
    if side.cell.provisional:
        remarks.append(t("alert.provisional"))
    if not line.is_mature:
        remarks.append(t("profile.immature"))
    return remarks


def make_cell(cell: Cell, definition: Indicator, t: Translator) -> Component:
    """A value; « effectif trop faible » when hidden, « n.d. » when missing; provisional is said."""
    if cell.value is None:
        mark = cell.availability.value
        said = html.Abbr(t(f"value.{mark}.short"), title=t(f"value.{mark}"), className=f"value-{mark}")
        return html.Span(said)
    text = formats.measure(cell.value, definition.unit, definition.decimals, t.language)
    note = [html.Small(t("alert.provisional"), className="period")] if cell.provisional else []
    return html.Span([html.Span(text, className="value"), *note])


def _region_gap(line: Line, definition: Indicator, t: Translator) -> Component | str:
    """The gap to the rest of the Region; of a count, its part of the Region."""
    if line.share is not None:
        share = formats.measure(100 * line.share, Unit.PERCENT, 1, t.language)
        return html.Span(t("profile.share", share=share), className="gap-weak")
    gap = _gap(line.gap, _why_no_gap(line, line.own.cell, t), t)
    if line.favourable is None:
        return gap
    verdict = "better" if line.favourable else "worse"
    return html.Span([gap, html.Small(t(f"profile.gap.{verdict}"), className=f"period gap-{verdict}")])


def _gap(gap: Gap | None, why_none: str, t: Translator) -> Component | str:
    """Points, whether they are significant in words, and the interval."""
    if gap is None:
        return html.Span(why_none, className="gap-weak")
    word = "significant" if gap.significant else "not_significant"
    return html.Span(
        [
            html.Span(gap_text(gap, t), className="value"),
            " ",
            html.Span(t(f"breakdown.gap.{word}"), className="gap-strong" if gap.significant else "gap-weak"),
            html.Small(gap_interval(gap, t), className="period"),
        ]
    )


def _why_no_gap(line: Line, cell: Cell, t: Translator) -> str:
    """Why two shown values are not compared; a dash where one is not shown at all."""
    if not (line.own.cell.available and cell.available):
        return "—"
    if not line.is_mature:
        return t("breakdown.gap.immature")
    return t("profile.gap.count" if line.kind is Kind.COUNT else "breakdown.gap.none")


def make_standing_item(line: Line, definition: Indicator, t: Translator) -> Component:
    """A series in the summary: its title as the way to its row, its operator, its gap."""
    assert line.gap is not None, "only what is compared stands in the summary"
    title: list[Component] = [html.A(definition.title.in_(t.language), href=f"#{row_id(line)}")]
    gap = html.Span(gap_text(line.gap, t), className="value")
    return html.Li([html.Span([*title, *operator_note(line, t)]), gap])


def make_standing_list(
    title: str, lines: Sequence[Line], definitions: Definitions, t: Translator
) -> Component:
    """One group of the summary under its title."""
    items = [make_standing_item(line, definitions[line.code], t) for line in lines]
    return html.Div([html.H3(title), html.Ul(items, **aria(label=title))])
