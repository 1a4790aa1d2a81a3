"""The table of a breakdown: what its figure shows, and the counts, gaps and judgements in words."""

from __future__ import annotations

from collections.abc import Sequence

from dash import html
from dash.development.base_component import Component

from components.attributes import aria
from components.figures.interval_dot import HEIGHT, WIDTH, interval_dot_svg
from components.figures.sparkline import data_uri
from components.group_names import dimension_name, group_name, ordered_groups
from components.i18n import formats
from components.i18n.translate import Translator
from data_access.contract.model import Indicator, Unit
from data_access.domain.comparison import Cell, Gap, Kind
from data_access.services.breakdown import Breakdown, Facet, Group, Reference


def make_groups_table(breakdown: Breakdown, definition: Indicator, t: Translator) -> Component:
    """One dimension: group, counts, value, interval, gap or share; the whole in the last row."""
    facet = breakdown.facets[0]
    rows = [
        _row(group_name(breakdown.inner, g.item, t), g, breakdown, definition, t)
        for g in ordered_groups(facet.groups, breakdown, t)
    ]
    if breakdown.total:
        rows.append(_whole(facet.total, breakdown, definition, t))
    caption = t("breakdown.table", dimension=dimension_name(breakdown.inner, t))
    head = html.Thead(html.Tr([_head(name, breakdown, t) for name in ("group", *_columns(breakdown))]))
    table = html.Table(
        [html.Caption(caption, className="visually-hidden"), head, html.Tbody(rows)],
        className="plain breakdown-table",
    )
    return html.Div(table, className="scroll", tabIndex="0", role="region", **aria(label=caption))


def _columns(breakdown: Breakdown) -> list[str]:
    """The columns that can hold something for this kind of measure."""
    if breakdown.kind is Kind.COUNT:
        return ["value", "share"]
    columns = ["value"] if breakdown.reference is Reference.NONE else ["value", "gap"]
    columns += ["interval"] if breakdown.kind is Kind.SHARE else []
    return columns if breakdown.kind is Kind.UNRELATED else [*columns, "numerator", "denominator"]


def _head(column: str, breakdown: Breakdown, t: Translator) -> Component:
    label = dimension_name(breakdown.inner, t) if column == "group" else t(f"breakdown.column.{column}")
    return html.Th(label, scope="col", className="" if column in {"group", "gap"} else "number")


def _row(name: str, group: Group, breakdown: Breakdown, definition: Indicator, t: Translator) -> Component:
    cells = [_cell(column, group, breakdown, definition, t) for column in _columns(breakdown)]
    return html.Tr([html.Th(name, scope="row"), *cells])


def _whole(cell: Cell, breakdown: Breakdown, definition: Indicator, t: Translator) -> Component:
    group = Group("", cell, interval=None)
    columns = _columns(breakdown)
    cells = [
        _cell(column, group, breakdown, definition, t)
        if column in {"numerator", "denominator", "value"}
        else html.Td("")
        for column in columns
    ]
    return html.Tr([html.Th(t("breakdown.whole"), scope="row"), *cells], className="breakdown-whole")


def _cell(column: str, group: Group, breakdown: Breakdown, definition: Indicator, t: Translator) -> Component:
    if column == "gap":
        return html.Td(gap_words(group, breakdown, t), className="gap")
    return html.Td(_content(column, group, definition, t), className="number")


def _content(column: str, group: Group, definition: Indicator, t: Translator) -> Component | str:
    cell, language = group.cell, t.language
    if column == "value":
        return value_words(cell, definition, t)
    if column == "interval":
        return interval_text(group, definition, t)
    if column == "share":
        return "" if group.share is None else formats.measure(100 * group.share, Unit.PERCENT, 1, language)
    number = cell.numerator if column == "numerator" else cell.denominator
    return "" if number is None else formats.number(number, 0, language)


def value_words(cell: Cell, definition: Indicator, t: Translator) -> Component | str:
    """The value, or in words that it is hidden or missing; provisional is said."""
    if cell.value is None:
        mark = cell.availability.value
        return html.Span(t(f"breakdown.mark.{mark}"), className=f"value-{mark}")
    text = formats.measure(cell.value, definition.unit, definition.decimals, t.language)
    note = html.Small(t("note.provisional"), className="period") if cell.provisional else None
    return html.Span([html.Span(text, className="value"), note])


def interval_text(group: Group, definition: Indicator, t: Translator) -> str:
    """``32,1 – 36,4 %``; nothing without an interval."""
    if group.interval is None:
        return ""
    low, high = (formats.number(limit, definition.decimals, t.language) for limit in group.interval)
    return f"{low} – {high}{formats.unit_mark(definition.unit, t.language)}"


def gap_words(group: Group, breakdown: Breakdown, t: Translator) -> Component | str:
    """The gap with its interval and, in words, whether it is significant; or why there is none."""
    if group.gap is None:
        if not breakdown.is_mature:
            return t("breakdown.gap.immature")
        return t("breakdown.gap.none") if group.cell.available else ""
    strong = group.gap.significant
    word = t("breakdown.gap.significant" if strong else "breakdown.gap.not_significant")
    return html.Span(
        [
            html.Span(gap_text(group.gap, t), className="value"),
            " ",
            html.Span(word, className="gap-strong" if strong else "gap-weak"),
            " ",
            html.Span(gap_interval(group.gap, t), className="quiet gap-interval"),
        ]
    )


def gap_text(gap: Gap, t: Translator) -> str:
    """``+3,3 p.p.``."""
    return formats.difference(gap.points, Unit.PERCENT, 1, t.language)


def gap_interval(gap: Gap, t: Translator) -> str:
    """``(de +1,3 à +5,3)``."""
    low, high = (_signed(limit, t.language) for limit in (gap.low, gap.high))
    return t("breakdown.gap.interval", low=low, high=high)


def _signed(value: float, language: str) -> str:
    sign = "+" if round(value, 1) > 0 else ""
    return sign + formats.number(value, 1, language)


def make_facet_table(
    facet: Facet, scale: tuple[float, float], breakdown: Breakdown, definition: Indicator, t: Translator
) -> Component:
    """Two dimensions: the groups within one item of the first, each with its dot, value and gap."""
    name = group_name(breakdown.by, facet.item, t)
    columns = [column for column in _columns(breakdown) if column in {"value", "gap", "share"}]
    heads = [_head(column, breakdown, t) for column in ("group", *columns)]
    heads.insert(1, html.Td("", className="dot"))
    rows = [
        html.Tr(
            [
                html.Th(group_name(breakdown.inner, g.item, t), scope="row"),
                html.Td(_dot(g, facet, scale, breakdown), className="dot"),
                *(_facet_cell(column, g, breakdown, definition, t) for column in columns),
            ]
        )
        for g in ordered_groups(facet.groups, breakdown, t)
    ]
    said = [name]
    if facet.total.value is not None:
        whole = formats.measure(facet.total.value, definition.unit, definition.decimals, t.language)
        said.append(t("breakdown.facet.whole", value=whole))
    return html.Section(
        [
            html.H3([said[0], *[html.Span(text, className="quiet") for text in said[1:]]]),
            html.Table(
                [html.Thead(html.Tr(heads)), html.Tbody(rows)],
                className="plain facet-table",
                **aria(label=name),
            ),
        ],
        className="facet",
    )


def _facet_cell(
    column: str, group: Group, breakdown: Breakdown, definition: Indicator, t: Translator
) -> Component:
    """As in the large table, but the interval stands under the value."""
    if column != "value" or group.interval is None:
        return _cell(column, group, breakdown, definition, t)
    interval = html.Small(interval_text(group, definition, t), className="period")
    return html.Td([value_words(group.cell, definition, t), interval], className="number")


def _dot(group: Group, facet: Facet, scale: tuple[float, float], breakdown: Breakdown) -> Component:
    whole = None if breakdown.kind is Kind.COUNT else facet.total.value
    svg = interval_dot_svg(group, whole, scale, hollow=group.cell.provisional or not breakdown.is_mature)
    # The numbers stand beside it: the image says nothing more.
    return html.Img(src=data_uri(svg), alt="", width=str(WIDTH), height=str(HEIGHT))


def facet_scale(facets: Sequence[Facet], kind: Kind) -> tuple[float, float]:
    """Lowest and highest value, interval or whole of all facets; counts start at zero."""
    groups = [group for facet in facets for group in facet.groups]
    values = [value for g in groups for value in (g.interval or (g.cell.value,)) if value is not None]
    if kind is Kind.COUNT:
        return 0.0, max(values, default=1.0)
    values += [facet.total.value for facet in facets if facet.total.value is not None]
    return (min(values), max(values)) if values else (0.0, 1.0)
