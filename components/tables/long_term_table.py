"""The twins of the figures on long-term unemployment: every value with its month, threshold and origin."""

from __future__ import annotations

from collections.abc import Sequence

from dash import html
from dash.development.base_component import Component

from components.attributes import aria
from components.funnel_words import count_text
from components.group_names import group_name
from components.i18n import formats
from components.i18n.translate import Translator
from components.long_term_words import month_origin, origin_text, point_text
from data_access.contract.model import Unit
from data_access.domain.period import Period
from data_access.services.long_term_change import Point
from data_access.services.long_term_series import BANDS
from data_access.services.long_term_stock import DESTINATIONS, Crossing, LongTermStock


def make_bands_table(stock: LongTermStock, t: Translator) -> Component:
    """Months in rows, newest first; the three bands, their sum and the total as published."""
    bands = BANDS[::-1]
    heads = [t("ltu.column.month"), *(group_name("DURATION", band, t) for band in bands)]
    heads += [t("ltu.column.sum"), t("ltu.column.total"), t("ltu.column.origin")]
    rows = []
    for month in reversed(stock.months):
        points = [*(month.bands.get(band) for band in bands), month.summed, month.total]
        cells = [point_text(point, Unit.COUNT, t) for point in points]
        rows.append(_row(_period(month.period, t), cells, [month_origin(month, t)]))
    return _table(t("ltu.bands.caption"), heads, rows, words={0, len(heads) - 1})


def make_thresholds_table(stock: LongTermStock, t: Translator) -> Component:
    """Months in rows, newest first; the share at each threshold, and the persons of two years or more."""
    columns = {
        "share_contract": (Unit.PERCENT, {p.period: p for p in stock.share}),
        "share_press": (Unit.PERCENT, {p.period: p for p in stock.two_years_share}),
        "persons_press": (Unit.COUNT, {p.period: p for p in stock.two_years}),
    }
    heads = [t("ltu.column.month"), *(t(f"ltu.column.{name}") for name in columns), t("ltu.column.origin")]
    rows = []
    for month in sorted({month for _, points in columns.values() for month in points}, reverse=True):
        cells = [point_text(points.get(month), unit, t) for unit, points in columns.values()]
        found = [points.get(month) for _, points in columns.values()]
        rows.append(_row(_period(month, t), cells, [_origins(found, t)]))
    return _table(t("ltu.thresholds.caption"), heads, rows, words={0, len(heads) - 1})


def _origins(points: Sequence[Point | None], t: Translator) -> str:
    """Where the values of a row come from, column by column where they differ."""
    said = [origin_text(p, t) if p else t("value.missing.short") for p in points]
    known = {origin_text(p, t) for p in points if p}
    return known.pop() if len(known) == 1 else " · ".join(said)


def make_crossings_table(stock: LongTermStock, t: Translator) -> Component:
    """Quarters in rows, newest first; who crossed the line, and what became of closed cohorts."""
    heads = [t("ltu.column.quarter"), t("ltu.column.entered")]
    heads += [t(f"ltu.destination.{o.value}") for o in DESTINATIONS]
    heads += [t("ltu.column.state"), t("ltu.column.origin")]
    rows = [_crossing(crossing, t) for crossing in reversed(stock.crossings)]
    return _table(t("ltu.crossing.caption"), heads, rows, words={0, 6, 7})


def _crossing(crossing: Crossing, t: Translator) -> Component:
    day = formats.short_day(crossing.closes_on, t.language)
    state = t("ltu.crossing.closed") if crossing.closed else t("ltu.crossing.open_until", day=day)
    cells = [count_text(crossing.entered, t)]
    for outcome in DESTINATIONS:
        waits = outcome not in crossing.destinations
        cells.append(t("ltu.crossing.not_yet") if waits else count_text(crossing.destinations[outcome], t))
    origin = t("ltu.origin.demonstration" if crossing.demonstration else "ltu.origin.official")
    return _row(_period(crossing.cohort, t), cells, [state, origin])


def _period(period: Period, t: Translator) -> str:
    return formats.period(period, t.language)


def _row(head: str, cells: Sequence[str], words: Sequence[str]) -> Component:
    numbers = [html.Td(text, className="number") for text in cells]
    return html.Tr([html.Th(head, scope="row"), *numbers, *(html.Td(w, className="quiet") for w in words)])


def _table(caption: str, heads: Sequence[str], rows: Sequence[Component], words: set[int]) -> Component:
    head = html.Tr(
        [html.Th(h, scope="col", className="" if i in words else "number") for i, h in enumerate(heads)]
    )
    table = html.Table(
        [html.Caption(caption, className="visually-hidden"), html.Thead(head), html.Tbody(list(rows))],
        className="plain long-term-table",
    )
    return html.Div(table, className="scroll", tabIndex="0", role="region", **aria(label=caption))
