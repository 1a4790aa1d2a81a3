"""The communes as dots with their intervals, in alphabetical order, the Region as a line: never a ranking."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from components.figures.dot_marks import dot_marks, interval_bars
from components.figures.theme import ACCENT, INK, QUIET
from components.group_names import group_name, in_reading_order, short_name
from components.i18n import formats
from components.i18n.translate import Translator
from components.place_words import beyond, place_lines
from data_access.contract.model import Indicator
from data_access.domain.comparison import Cell, Kind
from data_access.services.breakdown_choices import AREA, CROISSANT
from data_access.services.territory_model import Place, Side, Territory

HEIGHT = 560
Row = tuple[str, Place | Side]


def area_dots_figure(territory: Territory, definition: Indicator, t: Translator) -> dict[str, Any]:
    """``data`` and ``layout`` for ``make_graph``: the communes, then (but for counts) croissant and rest.

    Bold names belong to the croissant. A filled diamond stands beyond the 99.8 % limits around the
    Region; a hollow mark is provisional or of a cohort that is not closed.
    """
    rows = _rows(territory, t)
    names = [name for name, _ in rows]
    whole = territory.region if territory.series.kind is not Kind.COUNT else None
    return {
        "data": [_dots(rows, territory, definition, t)],
        "layout": {
            # margins of our own: finding them, plotly.js would draw everything twice
            "margin": {"l": 132, "r": 16, "t": 30, "b": 36},
            "xaxis": {
                "automargin": False,
                "rangemode": "tozero" if territory.series.kind is Kind.COUNT else "normal",
                "ticksuffix": formats.unit_mark(definition.unit, t.language),
                "zeroline": False,
                "separatethousands": True,
                "nticks": 6,
            },
            "yaxis": {
                "automargin": False,
                "type": "category",
                "categoryarray": names,
                "range": [len(names) - 0.4, -0.6],
                "ticklabelstandoff": 6,
                "tickfont": {"color": INK, "size": 12},
            },
            "hovermode": "closest",
            "shapes": [*_line(whole), *_rule(territory)],
            "annotations": [*_words(rows, t), *_label(whole, definition, t)],
        },
    }


def _rows(territory: Territory, t: Translator) -> list[Row]:
    places = {p.nis: p for p in territory.places}
    members = set(territory.selection.members)
    rows: list[Row] = []
    for name, nis in sorted((short_name(AREA, nis, t), nis) for nis in places):
        rows.append((f"<b>{name}</b>" if nis in members else name, places[nis]))
    return rows + [(f"<b>{t(f'map.side.{side.item}')}</b>", side) for side in _sides(territory)]


def _sides(territory: Territory) -> tuple[Side, ...]:
    """The two sides, unless they are sums of counts, which would dwarf every commune."""
    return () if territory.series.kind is Kind.COUNT else territory.sides


def _dots(rows: Sequence[Row], territory: Territory, definition: Indicator, t: Translator) -> dict[str, Any]:
    shown = [(name, row) for name, row in rows if row.cell.value is not None]
    strong = [_is_beyond(row, territory) for _, row in shown]
    hollow = [row.cell.provisional or not territory.is_mature for _, row in shown]
    colours = [
        ACCENT if s else INK if isinstance(r, Side) else QUIET
        for s, (_, r) in zip(strong, shown, strict=True)
    ]
    values = [row.cell.value or 0.0 for _, row in shown]
    is_count = territory.series.kind is Kind.COUNT
    limits = [
        row.interval or ((0.0, value) if is_count else (value, value))
        for (_, row), value in zip(shown, values, strict=True)
    ]
    return {
        "type": "scatter",
        "mode": "markers",
        "x": values,
        "y": [name for name, _ in shown],
        "ids": [row.nis if isinstance(row, Place) else row.item for _, row in shown],
        "marker": dot_marks(
            strong, hollow, colours, [_symbol(row, s) for (_, row), s in zip(shown, strong, strict=True)]
        ),
        "error_x": interval_bars(values, limits),
        "text": [_hover(row, territory, definition, t) for _, row in shown],
        "hoverinfo": "text",
    }


def _is_beyond(row: Place | Side, territory: Territory) -> bool:
    return isinstance(row, Place) and row.nis in beyond(territory)


def _symbol(row: Place | Side, strong: bool) -> str:
    if isinstance(row, Side):
        return "square"
    return "diamond" if strong else "circle"


def _hover(row: Place | Side, territory: Territory, definition: Indicator, t: Translator) -> str:
    if isinstance(row, Place):
        return "<br>".join(place_lines(row, territory, definition, t))
    assert row.cell.value is not None, "only sides with a value are drawn"
    value = formats.measure(row.cell.value, definition.unit, definition.decimals, t.language)
    return f"<b>{group_name(CROISSANT, row.item, t)}</b><br>{value}"


def _words(rows: Sequence[Row], t: Translator) -> list[dict[str, Any]]:
    """Words where a dot would be: hidden and missing are no values."""
    return [
        {
            "text": t(f"map.cell.{row.cell.availability.value}"),
            "y": name,
            "x": 0.01,
            "xref": "paper",
            "xanchor": "left",
            "showarrow": False,
            "font": {"color": QUIET, "size": 12},
        }
        for name, row in rows
        if row.cell.value is None
    ]


def _line(whole: Cell | None) -> list[dict[str, Any]]:
    if whole is None or whole.value is None:
        return []
    ends = {"x0": whole.value, "x1": whole.value, "y0": 0, "y1": 1, "yref": "paper"}
    return [{"type": "line", **ends, "layer": "below", "line": {"color": INK, "width": 1}}]


def _rule(territory: Territory) -> list[dict[str, Any]]:
    """A thin line between the communes and the two sides of the croissant."""
    if not _sides(territory):
        return []
    at = len(territory.places) - 0.5
    ends = {"x0": 0, "x1": 1, "xref": "paper", "y0": at, "y1": at}
    return [{"type": "line", **ends, "line": {"color": QUIET, "width": 0.5}}]


def _label(whole: Cell | None, definition: Indicator, t: Translator) -> list[dict[str, Any]]:
    if whole is None or whole.value is None:
        return []
    value = formats.measure(whole.value, definition.unit, definition.decimals, t.language)
    place = {"x": whole.value, "y": 1, "yref": "paper", "yanchor": "bottom", "showarrow": False}
    return [{"text": t("map.region_is", value=value), **place, "font": {"color": INK, "size": 12}}]


def area_dots_alt_text(territory: Territory, definition: Indicator, t: Translator) -> str:
    """What the dots show: the Region, the sides of the croissant, who stands beyond the limits."""
    if territory.region.value is None:
        return t("map.dots.alt.bare")
    whole = formats.measure(territory.region.value, definition.unit, definition.decimals, t.language)
    sentences = [t("map.dots.alt", value=whole)]
    for side in territory.sides:
        if side.cell.value is not None:
            value = formats.measure(side.cell.value, definition.unit, definition.decimals, t.language)
            sentences.append(t("map.dots.alt.side", side=group_name(CROISSANT, side.item, t), value=value))
    if territory.funnel is not None:
        names = ", ".join(group_name(AREA, nis, t) for nis in in_reading_order(AREA, beyond(territory), t))
        sentences.append(t("map.dots.alt.beyond", names=names) if names else t("map.dots.alt.within"))
    return " ".join(sentences)
