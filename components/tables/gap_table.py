"""The tables of the gap: every period, the groups, the communes, and all measures that have one."""

from __future__ import annotations

from collections.abc import Sequence

from dash import html
from dash.development.base_component import Component

from components.addresses import address
from components.attributes import aria
from components.figures.gap_bars import ordered_communes
from components.gap_finding import direction, interval_words, judgement, signed
from components.group_names import dimension_name, group_name
from components.i18n import formats
from components.i18n.translate import Translator
from components.place_words import cell_text, counts_text
from data_access.contract.load import contract
from data_access.contract.model import Indicator
from data_access.domain.comparison import Cell, Gap, Kind
from data_access.services.breakdown_choices import AREA
from data_access.services.gap_model import GapChange, GapLine, GapSheet, Point, Refusal, RegionalChange, Split
from data_access.services.territory_gap import PUBLISHED

Content = Component | str
Row = tuple[Content, Sequence[Content]]
WORDS = {
    "gap",
    "change",
    "period",
    "measure",
    "group",
    "commune",
}  # columns of words; the others hold numbers


def make_periods_table(sheet: GapSheet, definition: Indicator, t: Translator) -> Component:
    """Twin of the two figures over time, newest period first."""
    rows = [
        (
            formats.period(p.period, t.language),
            [
                _rate(p.inside, definition, t),
                _counts(p.inside, t),
                _rate(p.outside, definition, t),
                _counts(p.outside, t),
                gap_words(p, t),
            ],
        )
        for p in reversed(sheet.points)
    ]
    heads = ["period", "inside", "counts", "outside", "counts", "gap"]
    return _table("periods", heads, rows, t)


def make_split_table(split: Split, definition: Indicator, t: Translator) -> Component:
    """Twin of the bars: the groups of both sides, and what each adds."""
    weights = [sum(_people(cell) for cell in side) for side in _columns(split)]
    rows: list[Row] = [
        (
            group_name(split.dimension, s.item, t),
            [
                formats.percentage(_people(s.inside) / weights[0], t.language),
                formats.percentage(_people(s.outside) / weights[1], t.language),
                _rate(s.inside, definition, t),
                _rate(s.outside, definition, t),
                signed(s.composition, t, 2),
                signed(s.within, t, 2),
            ],
        )
        for s in split.strata
    ]
    total = ["", "", "", "", signed(split.composition, t, 2), signed(split.within, t, 2)]
    whole = t("gap.table.sum", gap=signed(split.points, t, 2))
    heads = ["group", "weight_inside", "weight_outside", "inside", "outside", "composition", "within"]
    caption = t("gap.table.split", dimension=dimension_name(split.dimension, t).lower())
    return _table("split", heads, rows, t, caption=caption, total=(whole, total))


def make_communes_table(
    sheet: GapSheet, regional: RegionalChange, definition: Indicator, t: Translator
) -> Component:
    """Twin of the bars of the communes; the last row is their sum, the change of the Region."""
    members = set(sheet.selection.members)
    rows: list[Row] = []
    for share in ordered_communes(regional, t):
        name: Content = group_name(AREA, share.nis, t)
        if share.nis in members:
            name = html.Span(
                [name, html.Span(t("map.member"), className="visually-hidden")], className="member"
            )
        numbers = [signed(value, t, 2) for value in (share.within, share.weight, share.points)]
        rows.append((name, [_rate(share.before, definition, t), _rate(share.after, definition, t), *numbers]))
    sums = [
        sum(c.within for c in regional.communes),
        sum(c.weight for c in regional.communes),
        regional.points,
    ]
    ends = [
        formats.measure(rate, definition.unit, definition.decimals, t.language)
        for rate in (regional.before, regional.after)
    ]
    assert sheet.point is not None, "a change ends in a period"
    periods = [f"rate:{formats.period(p, t.language)}" for p in (regional.start, sheet.point.period)]
    heads = ["commune", *periods, "by_rate", "by_weight", "total"]
    total = (t("gap.table.region"), [*ends, *(signed(value, t, 2) for value in sums)])
    return _table("communes", heads, rows, t, total=total)


def make_overview_table(lines: Sequence[GapLine], croissant: str, t: Translator) -> Component:
    """The newest mature gap of every measure; in the order of the contract, which is no ranking."""
    rows: list[Row] = []
    for line in lines:
        definition = contract().indicator(line.series.code)
        query = f"?measure={line.series.key}&croissant={croissant}"
        link = html.A(definition.title.in_(t.language), href=address("communes_gap", t.language) + query)
        operator = line.series.key.removeprefix(line.series.code).removeprefix(".")
        said = group_name("OPERATOR", operator, t) if operator else None
        name = html.Span(
            [html.Span(_code(line), className="code"), link, html.Span(f" ({said})") if said else None]
        )
        if line.point is None:
            rows.append((name, [t("map.cell.missing"), "", "", "", ""]))
            continue
        rows.append(
            (
                name,
                [
                    formats.period(line.point.period, t.language),
                    _rate(line.point.inside, definition, t),
                    _rate(line.point.outside, definition, t),
                    gap_words(line.point, t),
                    change_words(line.change, line.point, definition, t),
                ],
            )
        )
    return _table("overview", ["measure", "period", "inside", "outside", "gap", "change"], rows, t)


def _code(line: GapLine) -> str:
    """``OS1.11 = OS1.01`` where the gap is an indicator of its own."""
    code = PUBLISHED.get(line.series.code)
    return f"{code} = {line.series.code}" if code else line.series.code


def gap_words(point: Point, t: Translator) -> Content:
    """The gap with its interval and whether it differs from zero; or why there is none."""
    gap = point.gap
    if gap is None:
        if point.availability.value != "available":
            return t(f"map.cell.{point.availability.value}")
        return t("breakdown.gap.immature")
    word = t("breakdown.gap.significant" if gap.significant else "breakdown.gap.not_significant")
    return _judged(gap, word, t)


def _judged(gap: Gap, word: str, t: Translator) -> Component:
    return html.Span(
        [
            html.Span(signed(gap.points, t), className="value"),
            " ",
            html.Span(interval_words(gap, t), className="quiet gap-interval"),
            " ",
            html.Span(word, className="gap-strong" if gap.significant else "gap-weak"),
        ]
    )


def change_words(change: GapChange | Refusal, point: Point, definition: Indicator, t: Translator) -> Content:
    """What became of the gap in a year, in words and points; a reason where it is not compared."""
    if not isinstance(change, GapChange) or point.gap is None:
        return t(f"gap.change.{change.value}") if isinstance(change, Refusal) else ""
    name = direction(change, point.gap)
    verdict = judgement(change, point.gap, point, definition.polarity)
    word = t(f"gap.change.{name}")
    if verdict != "neutral":
        word = t("gap.change.judged", change=word, verdict=t(f"gap.verdict.{verdict}"))
    return _judged(change.difference, word, t)


def _columns(split: Split) -> tuple[list[Cell], list[Cell]]:
    return [s.inside for s in split.strata], [s.outside for s in split.strata]


def _people(cell: Cell) -> float:
    return cell.denominator or 0.0


def _rate(cell: Cell, definition: Indicator, t: Translator) -> Content:
    text = cell_text(cell, definition, t)
    return text if cell.available else html.Span(text, className=f"value-{cell.availability.value}")


def _counts(cell: Cell, t: Translator) -> str:
    return counts_text(cell, Kind.SHARE, t)


def _table(
    name: str,
    heads: Sequence[str],
    rows: Sequence[Row],
    t: Translator,
    *,
    caption: str = "",
    total: Row | None = None,
) -> Component:
    caption = caption or t(f"gap.table.{name}")
    head = html.Thead(html.Tr([_head(column, t) for column in heads]))
    body = [_row(row, heads) for row in rows]
    body += [_row(total, heads, "territory-sum")] if total else []
    table = html.Table(
        [html.Caption(caption, className="visually-hidden"), head, html.Tbody(body)],
        className=f"plain gap-table gap-{name}",
    )
    return html.Div(table, className="scroll", tabIndex="0", role="region", **aria(label=caption))


def _head(column: str, t: Translator) -> Component:
    """A column by its name; what follows a colon is already written (a period)."""
    name, _, written = column.partition(":")
    kind = "" if name in WORDS else "number"
    return html.Th(written or t(f"gap.column.{name}"), scope="col", className=kind)


def _kind(column: str) -> str:
    """How a cell is set: numbers to the right, the gap and its change as words."""
    if column in {"gap", "change"}:
        return "gap"
    return "gap-when" if column == "period" else "number"


def _row(row: Row, heads: Sequence[str], kind: str = "") -> Component:
    name, cells = row
    found = [html.Td(cell, className=_kind(column)) for column, cell in zip(heads[1:], cells, strict=True)]
    return html.Tr([html.Th(name, scope="row"), *found], className=kind)
