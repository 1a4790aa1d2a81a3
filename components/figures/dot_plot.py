"""The groups of a breakdown as dots with their intervals, one row a group, the whole as a vertical line."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from components.figures.dot_marks import dot_marks, interval_bars
from components.figures.theme import ACCENT, INK, QUIET
from components.group_names import group_name, ordered_groups, short_name
from components.i18n import formats
from components.i18n.translate import Translator
from data_access.contract.model import Indicator
from data_access.domain.comparison import Cell, Kind
from data_access.services.breakdown import Breakdown, Group

ROW, MARGINS = 26, 78  # pixels: of a group, of the axis and the label of the whole


def dot_plot_height(breakdown: Breakdown) -> int:
    """Pixels that give every group a row."""
    return MARGINS + ROW * len(breakdown.groups)


def dot_plot_figure(breakdown: Breakdown, definition: Indicator, t: Translator) -> dict[str, Any]:
    """``data`` and ``layout`` for ``make_graph``, of a breakdown by one dimension.

    A diamond differs significantly from its reference, a circle does not; hollow is provisional or of a
    cohort that is not closed. A group without a value has words on its row and no number anywhere.
    """
    facet = breakdown.facets[0]
    groups = ordered_groups(facet.groups, breakdown, t)
    names = [short_name(breakdown.inner, group.item, t) for group in groups]
    rows = list(zip(names, groups, strict=True))
    whole = facet.total if breakdown.kind is not Kind.COUNT else None
    return {
        "data": [_dots(rows, breakdown)],
        "layout": {
            "margin": {"l": 8, "r": 24, "t": 30, "b": 40},
            "xaxis": {
                "rangemode": "tozero" if breakdown.kind is Kind.COUNT else "normal",
                "ticksuffix": formats.unit_mark(definition.unit, t.language),
                "zeroline": False,
                "separatethousands": True,
            },
            "yaxis": {
                "type": "category",
                "categoryarray": names,
                "range": [len(names) - 0.4, -0.6],
                "ticklabelstandoff": 8,
                "tickfont": {"color": INK},
            },
            "hovermode": False,
            "shapes": _line(whole),
            "annotations": [*_marks(rows, t), *_label(whole, definition, t)],
        },
    }


def _dots(rows: Sequence[tuple[str, Group]], breakdown: Breakdown) -> dict[str, Any]:
    shown = [(name, group) for name, group in rows if group.cell.available]
    values = [_size(group) for _, group in shown]
    # A count stands on a line from zero: it has no interval, and its size is its length.
    ground = [0.0 if breakdown.kind is Kind.COUNT else value for value in values]
    ends = zip(shown, ground, values, strict=True)
    limits = [group.interval or (start, value) for (_, group), start, value in ends]
    strong = [group.gap is not None and group.gap.significant for _, group in shown]
    hollow = [group.cell.provisional or not breakdown.is_mature for _, group in shown]
    colours = [ACCENT if is_strong else QUIET for is_strong in strong]
    return {
        "type": "scatter",
        "mode": "markers",
        "x": values,
        "y": [name for name, _ in shown],
        "marker": dot_marks(
            strong, hollow, colours, ["diamond" if is_strong else "circle" for is_strong in strong]
        ),
        "error_x": {
            **interval_bars(values, limits),
            "visible": breakdown.kind in {Kind.SHARE, Kind.COUNT},
        },
    }


def _marks(rows: Sequence[tuple[str, Group]], t: Translator) -> list[dict[str, Any]]:
    """Words where a dot would be: hidden and missing are no values."""
    return [
        {
            "text": t(f"breakdown.mark.{group.cell.availability.value}"),
            "y": name,
            "x": 0.01,
            "xref": "paper",
            "xanchor": "left",
            "showarrow": False,
            "font": {"color": QUIET, "size": 12},
        }
        for name, group in rows
        if not group.cell.available
    ]


def _line(whole: Cell | None) -> list[dict[str, Any]]:
    if whole is None or not whole.available:
        return []
    ends = {"x0": whole.value, "x1": whole.value, "y0": 0, "y1": 1, "yref": "paper"}
    return [{"type": "line", **ends, "layer": "below", "line": {"color": INK, "width": 1}}]


def _label(whole: Cell | None, definition: Indicator, t: Translator) -> list[dict[str, Any]]:
    if whole is None or not whole.available or whole.value is None:
        return []
    value = formats.measure(whole.value, definition.unit, definition.decimals, t.language)
    text = t("breakdown.whole_is", value=value)
    place = {"x": whole.value, "y": 1, "yref": "paper", "yanchor": "bottom", "showarrow": False}
    return [{"text": text, **place, "font": {"color": INK, "size": 12}}]


def dot_plot_alt_text(breakdown: Breakdown, definition: Indicator, t: Translator) -> str:
    """What the plot shows: the whole, the lowest and highest group, how many differ or have no value."""
    groups = ordered_groups(breakdown.groups, breakdown, t)
    shown = [group for group in groups if group.cell.value is not None]
    if breakdown.period is None or not shown:
        return t("breakdown.alt.empty")
    low, high = min(shown, key=_size), max(shown, key=_size)

    def value(cell: Cell) -> str:
        assert cell.value is not None
        return formats.measure(cell.value, definition.unit, definition.decimals, t.language)

    sentences = [
        t(
            "breakdown.alt",
            dimension=t(f"dimension.{breakdown.inner}"),
            period=formats.period(breakdown.period, t.language),
            low=group_name(breakdown.inner, low.item, t),
            low_value=value(low.cell),
            high=group_name(breakdown.inner, high.item, t),
            high_value=value(high.cell),
        )
    ]
    whole = breakdown.facets[0].total
    if whole.available:
        sentences.append(t("breakdown.alt.whole", value=value(whole)))
    if any(group.gap for group in shown):
        strong = sum(group.gap is not None and group.gap.significant for group in shown)
        sentences.append(t.plural("breakdown.alt.significant", strong))
    if len(shown) < len(groups):
        sentences.append(t.plural("breakdown.alt.without", len(groups) - len(shown)))
    return " ".join(sentences)


def _size(group: Group) -> float:
    return group.cell.value or 0.0
