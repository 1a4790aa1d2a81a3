"""The table of the map: what the figures of the page show, one row a commune; and the years side by side."""

from __future__ import annotations

from dash import html
from dash.development.base_component import Component

from components.addresses import address
from components.attributes import aria, data
from components.figures.map_years import has_years
from components.group_names import group_name, in_reading_order
from components.i18n import formats
from components.i18n.translate import Translator
from components.place_words import (
    cell_text,
    change_text,
    counts_text,
    gap_text,
    interval_text,
    position_text,
    standardised_text,
)
from data_access.contract.model import Indicator
from data_access.domain.comparison import MISSING, Cell, Kind
from data_access.services.breakdown_choices import AREA, CROISSANT
from data_access.services.territory_model import Place, Side, Territory, YearChange

WORDS = ("position",)  # columns of words; the others hold numbers


def make_territory_table(territory: Territory, definition: Indicator, t: Translator) -> Component:
    """Communes by the alphabet, then the croissant, the rest and the Region."""
    columns = table_columns(territory)
    places = {p.nis: p for p in territory.places}
    rows = [_row(places[nis], columns, territory, definition, t) for nis in in_reading_order(AREA, places, t)]
    rows += [_side(side, columns, territory, definition, t) for side in territory.sides]
    rows.append(_region(columns, territory, definition, t))
    caption = t("map.table.caption")
    head = html.Thead(html.Tr([_head(name, t) for name in ("commune", *columns)]))
    table = html.Table(
        [html.Caption(caption, className="visually-hidden"), head, html.Tbody(rows)],
        className="plain territory-table",
    )
    return html.Div(table, className="scroll", tabIndex="0", role="region", **aria(label=caption))


def table_columns(territory: Territory) -> list[str]:
    """The columns that can hold something for this kind of measure."""
    kind = territory.series.kind
    columns = ["value"]
    if kind is Kind.SHARE:
        columns += ["interval", "counts", "gap", "position"]
    elif kind is not Kind.COUNT:
        columns += ["counts", "gap"] if kind is not Kind.UNRELATED else ["gap"]
    columns.append("change")
    return [*columns, "standardised"] if territory.standard else columns


def place_texts(place: Place, territory: Territory, definition: Indicator, t: Translator) -> dict[str, str]:
    """The text of every column for a commune."""
    kind = territory.series.kind
    change = _change(place.change, place.before, territory, definition, t)
    return {
        "value": cell_text(place.cell, definition, t),
        "interval": interval_text(place.interval, definition, t) if place.interval else "",
        "counts": counts_text(place.cell, kind, t),
        "gap": gap_text(place.gap, definition, t) if place.gap is not None else "",
        "position": position_text(place, territory, t),
        "change": change if place.cell.available else "",
        "standardised": standardised_text(place, definition, t),
    }


def _change(
    change: YearChange | None, before: Cell, territory: Territory, definition: Indicator, t: Translator
) -> str:
    if not territory.is_mature:
        return t("map.change.immature")
    return change_text(change, territory.series.kind, definition, t, before)


def _head(column: str, t: Translator) -> Component:
    is_text = column == "commune" or column in WORDS
    return html.Th(t(f"map.column.{column}"), scope="col", className="" if is_text else "number")


def _row(
    place: Place, columns: list[str], territory: Territory, definition: Indicator, t: Translator
) -> Component:
    texts = place_texts(place, territory, definition, t)
    name = group_name(AREA, place.nis, t)
    member = place.nis in territory.selection.members
    link = html.A(name, href=address("communes_profile", t.language, nis=place.nis), **data(nis=place.nis))
    mark = html.Span(t("map.member"), className="visually-hidden") if member else None
    cells = [_cell(column, texts[column], place.cell) for column in columns]
    return html.Tr(
        [html.Th([link, mark], scope="row", className="member" if member else ""), *cells],
        **data(nis=place.nis),
    )


def _cell(column: str, text: str, cell: Cell) -> Component:
    kind = "" if column in WORDS else "number"
    if column == "value" and cell.value is None:
        return html.Td(html.Span(text, className=f"value-{cell.availability.value}"), className="number")
    return html.Td(text, className=kind)


def _side(
    side: Side, columns: list[str], territory: Territory, definition: Indicator, t: Translator
) -> Component:
    texts = dict.fromkeys(columns, "") | {
        "value": cell_text(side.cell, definition, t),
        "interval": interval_text(side.interval, definition, t) if side.interval else "",
        "counts": counts_text(side.cell, territory.series.kind, t),
        "change": _change(side.change, MISSING, territory, definition, t) if side.cell.available else "",
    }
    cells = [_cell(column, texts[column], side.cell) for column in columns]
    return html.Tr(
        [html.Th(group_name(CROISSANT, side.item, t), scope="row"), *cells], className="territory-sum"
    )


def _region(columns: list[str], territory: Territory, definition: Indicator, t: Translator) -> Component:
    kind, region = territory.series.kind, territory.region
    texts = dict.fromkeys(columns, "") | {
        "value": cell_text(region, definition, t),
        "counts": counts_text(region, kind, t),
        "change": _change(territory.region_change, MISSING, territory, definition, t)
        if region.available
        else "",
    }
    name = t("map.region.summed" if territory.region_summed else "map.region")
    cells = [_cell(column, texts[column], region) for column in columns]
    return html.Tr([html.Th(name, scope="row"), *cells], className="territory-sum")


def make_years_table(territory: Territory, definition: Indicator, t: Translator) -> Component | None:
    """The twin of the small maps: communes in rows, periods in columns."""
    if not has_years(territory):
        return None
    periods = [formats.period(period, t.language) for period, _ in territory.years]
    heads = [html.Th(period, scope="col", className="number") for period in periods]
    rows = []
    for nis in in_reading_order(AREA, [p.nis for p in territory.places], t):
        cells = [_cell("value", cell_text(at[nis], definition, t), at[nis]) for _, at in territory.years]
        rows.append(html.Tr([html.Th(group_name(AREA, nis, t), scope="row"), *cells]))
    caption = t("map.years.caption")
    table = html.Table(
        [
            html.Caption(caption, className="visually-hidden"),
            html.Thead(html.Tr([html.Th(t("map.column.commune"), scope="col"), *heads])),
            html.Tbody(rows),
        ],
        className="plain territory-table",
    )
    return html.Div(table, className="scroll", tabIndex="0", role="region", **aria(label=caption))
