"""What the gap is made of, and what each commune adds to the change of the Region, as horizontal bars."""

from __future__ import annotations

from typing import Any

from components.figures.theme import ACCENT, INK, QUIET
from components.gap_finding import signed
from components.group_names import group_name, in_reading_order, short_name
from components.i18n import formats
from components.i18n.translate import Translator
from data_access.contract.model import Unit
from data_access.services.breakdown_choices import AREA
from data_access.services.gap_model import CommuneShare, GapSheet, RegionalChange, Split

SPLIT_HEIGHT, ROW, MARGINS = 190, 24, 74
Trace = dict[str, Any]


def split_figure(split: Split, t: Translator) -> dict[str, Any]:
    """``data`` and ``layout`` for ``make_graph``: from zero the composition, from its end what is within.

    The two steps end at the gap, which stands under them.
    """
    names = [t(f"gap.split.row.{name}") for name in ("composition", "within", "gap")]
    values = [split.composition, split.within, split.points]
    bases = [0.0, split.composition, 0.0]
    ends = [base + value for base, value in zip(bases, values, strict=True)]
    axis = _axis([0.0, *bases, *ends], 0.55, t)
    return {
        "data": [
            {
                "type": "bar",
                "orientation": "h",
                "x": values,
                "y": names,
                "base": bases,
                "width": 0.6,
                "marker": {
                    "color": [QUIET, ACCENT, INK],
                    "line": {"color": [QUIET, ACCENT, INK], "width": 1.5},
                    "pattern": {"shape": ["/", "", ""], "bgcolor": "#fff", "fgcolor": QUIET, "size": 6},
                },
                "hoverinfo": "skip",
            }
        ],
        "layout": {
            "xaxis": axis,
            "yaxis": _names(names),
            "separators": _separators(t),
            "hovermode": False,
            "shapes": [_connector(row, at) for row, at in enumerate((split.composition, split.points))],
            "annotations": [
                _value(name, base, end, f"<b>{signed(value, t)}</b>", axis)
                for name, base, end, value in zip(names, bases, ends, values, strict=True)
            ],
            "margin": {"l": 8, "r": 16, "t": 8, "b": 8},
        },
    }


def _connector(row: int, at: float) -> Trace:
    """From the end of a bar to the bar under it."""
    line = {"color": QUIET, "width": 1, "dash": "2px,2px"}
    return {"type": "line", "x0": at, "x1": at, "y0": row, "y1": row + 1, "layer": "below", "line": line}


def split_alt_text(split: Split, t: Translator) -> str:
    """The three lengths."""
    return t(
        "gap.alt.split",
        dimension=t(f"dimension.{split.dimension}").lower(),
        gap=signed(split.points, t),
        composition=signed(split.composition, t),
        within=signed(split.within, t),
    )


def communes_height(regional: RegionalChange) -> int:
    """Pixels that give every commune a row."""
    return MARGINS + ROW * len(regional.communes)


def communes_figure(sheet: GapSheet, regional: RegionalChange, t: Translator) -> dict[str, Any]:
    """``data`` and ``layout`` for ``make_graph``: one bar a commune, the croissant bold."""
    members = set(sheet.selection.members)
    shares = ordered_communes(regional, t)
    names = [_name(c.nis, t, bold=c.nis in members) for c in shares]
    values = [c.points for c in shares]
    axis = _axis([0.0, *values], 0.34, t)
    return {
        "data": [
            {
                "type": "bar",
                "orientation": "h",
                "x": values,
                "y": names,
                "width": 0.62,
                "marker": {"color": [ACCENT if c.nis in members else QUIET for c in shares]},
                "text": [_hover(c, t) for c in shares],
                "textposition": "none",
                "hoverinfo": "text",
            }
        ],
        "layout": {
            "xaxis": axis,
            "yaxis": _names(names),
            "separators": _separators(t),
            "hovermode": "closest",
            "annotations": [
                *(
                    _value(name, 0.0, value, _bare(value, t), axis)
                    for name, value in zip(names, values, strict=True)
                ),
                _direction("right", t("gap.communes.lowers")),
                _direction("left", t("gap.communes.raises")),
            ],
            "margin": {"l": 8, "r": 16, "t": 26, "b": 8},
        },
    }


def ordered_communes(regional: RegionalChange, t: Translator) -> list[CommuneShare]:
    """By the alphabet of the language, which is no ranking."""
    by_nis = {c.nis: c for c in regional.communes}
    return [by_nis[nis] for nis in in_reading_order(AREA, by_nis, t)]


def _name(nis: str, t: Translator, *, bold: bool) -> str:
    name = short_name(AREA, nis, t)
    return f"<b>{name}</b>" if bold else name


def _bare(value: float, t: Translator) -> str:
    """Signed, without the unit that stands on the axis: names need the room on a narrow screen."""
    return formats.difference(value, Unit.COUNT, 2, t.language)


def _hover(share: CommuneShare, t: Translator) -> str:
    parts = [f"<b>{group_name(AREA, share.nis, t)}</b>"]
    parts += [
        t(f"gap.communes.hover.{name}", points=signed(value, t, 2))
        for name, value in (("rate", share.within), ("weight", share.weight), ("total", share.points))
    ]
    return "<br>".join(parts)


def _axis(ends: list[float], room: float, t: Translator) -> Trace:
    """Room for a label beyond both ends, as a share of their distance."""
    low, high = min(ends), max(ends)
    span = (high - low) or 1.0
    return {
        "range": [low - (room if low < 0 else 0.06) * span, high + (room if high > 0 else 0.06) * span],
        "ticksuffix": formats.unit_mark(Unit.POINTS, t.language),
        "zeroline": True,
        "zerolinecolor": INK,
        "zerolinewidth": 1.5,
        "fixedrange": True,
        "nticks": 5,
    }


def _names(names: list[str]) -> Trace:
    return {
        "type": "category",
        "categoryarray": names,
        "range": [len(names) - 0.4, -0.6],
        "fixedrange": True,
        "ticklabelstandoff": 6,
        "tickfont": {"color": INK, "size": 12},
    }


def _value(name: str, base: float, end: float, text: str, axis: Trace) -> Trace:
    """The number beyond the outer end of its bar, on the side to which the bar goes."""
    low, high = min(base, end), max(base, end)
    leftwards = end < base or (end == base and abs(axis["range"][0]) > abs(axis["range"][1]))
    return {
        "text": text,
        "x": low if leftwards else high,
        "y": name,
        "xanchor": "right" if leftwards else "left",
        "xshift": -4 if leftwards else 4,
        "showarrow": False,
        "font": {"size": 12, "color": INK},
    }


def _direction(anchor: str, text: str) -> Trace:
    place = {"x": 0, "y": 1, "yref": "paper", "yanchor": "bottom", "xanchor": anchor, "showarrow": False}
    shift = -8 if anchor == "right" else 8
    return {"text": text, **place, "xshift": shift, "font": {"size": 12, "color": QUIET}}


def _separators(t: Translator) -> str:
    return {"fr": ",\u202f", "nl": ",."}[t.language]


def communes_alt_text(regional: RegionalChange, t: Translator) -> str:
    """The change, how many communes raise and how many lower the rate."""
    points = [c.points for c in regional.communes]
    return t(
        "gap.alt.communes",
        change=signed(regional.points, t, 2),
        up=sum(p > 0 for p in points),
        down=sum(p < 0 for p in points),
    )
