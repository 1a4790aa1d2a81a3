"""The map of the communes: classes, circles, what is hidden or missing, the croissant, names and numbers."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from math import floor, log10
from typing import Any

from components.figures.map_labels import SIZE, Label, place_labels
from components.figures.map_scale import Scale, class_index, is_noise, make_scale, shown_value
from components.figures.shapes import geometry_address
from components.figures.theme import ABSENT, ACCENT, BREAK, CIRCLE, GROUND, HAIRLINE, INK, QUIET
from components.group_names import group_name, short_name
from components.i18n import formats
from components.i18n.translate import Translator
from components.place_words import place_lines
from data_access.contract.model import Indicator
from data_access.domain.confidentiality import Availability
from data_access.domain.geometry import BRUSSELS, Position, bounds, hatch, outline
from data_access.services.breakdown_choices import AREA
from data_access.services.geometry import get_geometry
from data_access.services.territory_choices import View
from data_access.services.territory_model import Place, Territory

HEIGHT = 580  # pixels, on a screen
HATCH_KM = 0.28
FAINT = 0.35  # of the colours of cohorts that are not closed
LARGEST = 46  # pixels: diameter of the largest circle
_EDGE = {"color": "#fff", "width": 1.2}
# Room beside the Region for the names that do not fit, and above and below it, in kilometres.
SIDES, ENDS = 2.7, 0.4

Trace = dict[str, Any]


@dataclass(frozen=True)
class Letters:
    """How large names are written.

    Attributes:
        size: in pixels.
        times: as large on the ground as those of a page.
        sides: kilometres beside the Region for the names that do not fit.
    """

    size: int = SIZE
    times: float = 1.0
    sides: float = SIDES


ON_PAGE = Letters()
# At 1920 × 1080 the frame is 669 pixels high: 35.8 to the kilometre where the page has 31.
FOR_A_ROOM = Letters(size=20, times=1.58, sides=9.0)


def map_figure(
    territory: Territory, definition: Indicator, t: Translator, letters: Letters = ON_PAGE
) -> dict[str, Any]:
    """``data`` and ``layout`` for ``make_graph``.

    The same number of traces in the same order for every period, population and language, so that a
    change sends only the traces that differ. Shapes come from their own address, never inside the figure.
    """
    scale = make_scale(territory, definition)
    names = {p.nis: short_name(AREA, p.nis, t) for p in territory.places}
    labels = place_labels(get_geometry().digest, tuple(names.items()), letters.times)
    return {
        "data": [
            *_classes(territory, scale, definition, t),
            _hidden(territory, definition, t),
            _absent(territory, definition, t),
            _hatched(territory),
            *_croissant(territory),
            _circles(territory, labels, definition, t),
            _leaders(labels),
            _texts(labels, names, territory, scale, t, letters.size),
            *legend(territory, scale, t),
        ],
        "layout": {
            "margin": {"l": 0, "r": 0, "t": 0, "b": 0},
            "geo": frame(letters.sides),
            # assets/territory.js takes the names away where the map is narrow, and with them their room
            "meta": {
                "wide": frame(letters.sides)["lonaxis"]["range"],
                "narrow": frame(0.2)["lonaxis"]["range"],
            },
            "annotations": [_warning(t("map.open_cohorts"))] if not territory.is_mature else [],
            "hovermode": "closest",
            "showlegend": True,
            "legend": {
                "orientation": "v",
                "x": 0,
                "y": 0,
                "xanchor": "left",
                "yanchor": "bottom",
                "bgcolor": "rgba(255,255,255,0.85)",
                "font": {"size": 12, "color": INK},
                "itemclick": False,
                "itemdoubleclick": False,
                "traceorder": "normal",
                "tracegroupgap": 0,
            },
        },
    }


def _warning(text: str) -> dict[str, Any]:
    place = {"x": 1, "y": 1, "xref": "paper", "yref": "paper", "xanchor": "right", "yanchor": "top"}
    return {"text": text, **place, "showarrow": False, "font": {"size": 13, "color": BREAK}}


def frame(sides: float = SIDES, ends: float = ENDS) -> dict[str, Any]:
    """The part of the world that the map shows, and nothing of what plotly would draw of it by itself."""
    west, south, east, north = bounds(get_geometry().shapes)
    x, y = (1 / scale for scale in BRUSSELS.scale)
    return {
        "visible": False,
        "bgcolor": "rgba(0,0,0,0)",
        "projection": {"type": "mercator"},
        "lonaxis": {"range": [round(west - sides * x, 5), round(east + sides * x, 5)]},
        "lataxis": {"range": [round(south - ends * y, 5), round(north + ends * y, 5)]},
    }


def _filled(
    places: Sequence[Place],
    colour: str,
    name: str,
    definition: Indicator,
    territory: Territory,
    t: Translator,
) -> Trace:
    return {
        "type": "choropleth",
        "geojson": geometry_address(),
        "locationmode": "geojson-id",
        "locations": [p.nis for p in places],
        "z": [0] * len(places),
        "colorscale": [[0, colour], [1, colour]],
        "showscale": False,
        "marker": {"line": _EDGE},
        "name": name,
        "text": ["<br>".join(place_lines(p, territory, definition, t)) for p in places],
        "hoverinfo": "text",
        "showlegend": False,
    }


def _classes(territory: Territory, scale: Scale, definition: Indicator, t: Translator) -> list[Trace]:
    """A trace for each class."""
    view = territory.selection.view
    traces = []
    for i, (colour, name) in enumerate(zip(scale.colours, scale.names(t), strict=True)):
        members = [p for p in territory.places if class_index(p, territory, scale) == i]
        trace = _filled(members, colour, name, definition, territory, t)
        if view is View.COUNT:  # a filled area would make a large commune look important
            seam = {"line": {"color": HAIRLINE, "width": 1}}
            trace |= {"colorscale": [[0, GROUND], [1, GROUND]], "marker": seam}
        elif not territory.is_mature:
            trace |= {"marker": {"line": _EDGE, "opacity": FAINT}}
        traces.append(trace)
    return traces


def _hidden(territory: Territory, definition: Indicator, t: Translator) -> Trace:
    places = [p for p in territory.places if p.cell.availability is Availability.HIDDEN]
    trace = _filled(places, "#fff", t("map.hidden"), definition, territory, t)
    return trace | {"marker": {"line": {"color": QUIET, "width": 1}}}


def _absent(territory: Territory, definition: Indicator, t: Translator) -> Trace:
    """Missing, or without a number in this view (no year before, a break between)."""
    view = territory.selection.view
    places = [
        p
        for p in territory.places
        if shown_value(p, view) is None and p.cell.availability is not Availability.HIDDEN
    ]
    return _filled(places, ABSENT, t("map.absent"), definition, territory, t)


def legend(territory: Territory, scale: Scale, t: Translator) -> list[Trace]:
    """The legend, a trace without a place for each entry: every class, whether it holds a commune or not."""
    classes = (
        [] if territory.selection.view is View.COUNT else zip(scale.colours, scale.names(t), strict=True)
    )
    entries = [("square", colour, name) for colour, name in classes]
    entries += [("hash-open", QUIET, t("map.hidden")), ("square", ABSENT, t("map.absent"))]
    return [
        {
            "type": "scattergeo",
            "mode": "markers",
            "lon": [None],
            "lat": [None],
            "marker": {"symbol": symbol, "size": 13, "color": colour, "line": {"color": QUIET, "width": 0.5}},
            "name": name,
            "hoverinfo": "skip",
            "showlegend": True,
        }
        for symbol, colour, name in entries
    ]


def _hatched(territory: Territory) -> Trace:
    """The lines over the communes whose number is hidden."""
    shapes = get_geometry().shapes
    lon: list[float | None] = []
    lat: list[float | None] = []
    for place in territory.places:
        if place.cell.availability is Availability.HIDDEN:
            for (x1, y1), (x2, y2) in hatch(shapes[place.nis], HATCH_KM):
                lon += [round(x1, 4), round(x2, 4), None]
                lat += [round(y1, 4), round(y2, 4), None]
    return _lines(lon, lat, QUIET, 1)


def _lines(lon: Sequence[float | None], lat: Sequence[float | None], colour: str, width: float) -> Trace:
    return {
        "type": "scattergeo",
        "mode": "lines",
        "lon": lon,
        "lat": lat,
        "line": {"color": colour, "width": width},
        "hoverinfo": "skip",
        "showlegend": False,
    }


def _croissant(territory: Territory) -> list[Trace]:
    """The outline over the measure: dark on a white seam, so that it is seen on every class."""
    lon: list[float | None] = []
    lat: list[float | None] = []
    members = territory.selection.members
    for ring in outline(get_geometry().shapes, members) if members else ():
        lon += [*(round(x, 4) for x, _ in ring), None]
        lat += [*(round(y, 4) for _, y in ring), None]
    return [_lines(lon, lat, "#fff", 6), _lines(lon, lat, INK, 2.5)]


def _circles(territory: Territory, labels: Sequence[Label], definition: Indicator, t: Translator) -> Trace:
    """Counts, as circles whose area is the number, behind their names; a key of two circles beside them."""
    if territory.selection.view is not View.COUNT:
        return _marks([], [], territory)
    spots = {label.nis: label.line[0] if label.line else label.at for label in labels}
    shown = [(p, value) for p in territory.places if (value := shown_value(p, View.COUNT))]
    keys = _key_sizes(territory.largest)
    circles = [(spots[p.nis], value) for p, value in shown] + list(zip(_key_spots(), keys, strict=True))
    texts = ["<br>".join(place_lines(p, territory, definition, t)) for p, _ in shown]
    numbers = [formats.number(size, 0, t.language) for size in keys]
    return _marks(circles, [p.nis for p, _ in shown], territory) | {
        "hovertext": [*texts, "", ""],
        "text": [*[""] * len(shown), *numbers],
        "textposition": "middle right",
        "textfont": {"size": SIZE, "color": INK},
    }


def _marks(circles: Sequence[tuple[Position, float]], ids: list[str], territory: Territory) -> Trace:
    return {
        "type": "scattergeo",
        "mode": "markers+text",
        "lon": [round(x, 4) for (x, _), _ in circles],
        "lat": [round(y, 4) for (_, y), _ in circles],
        "ids": ids,
        "marker": {
            "size": [value for _, value in circles],
            "sizemode": "area",
            "sizeref": 2 * max(territory.largest, 1) / LARGEST**2,
            "sizemin": 2,
            "color": CIRCLE,
            "opacity": 0.85,
            "line": {"color": ACCENT, "width": 1},
        },
        "hoverinfo": "text",
        "showlegend": False,
    }


def _key_sizes(largest: float) -> tuple[float, float]:
    """A round number near the largest, and a fifth of it."""
    power = 10 ** floor(log10(max(largest, 10)))
    round_one = max(step * power for step in (1, 2, 5) if step * power <= max(largest, 10))
    return round_one, round_one / 5


def _key_spots() -> tuple[Position, Position]:
    """South-west of the Region, where nothing else stands; one under the other."""
    west, south, _, _ = bounds(get_geometry().shapes)
    x, y = (1 / scale for scale in BRUSSELS.scale)
    return (west - 1.6 * x, south + 3.2 * y), (west - 1.6 * x, south + 1.9 * y)


def _leaders(labels: Sequence[Label]) -> Trace:
    """The lines to the names that stand beside the Region."""
    lon: list[float | None] = []
    lat: list[float | None] = []
    for label in labels:
        if label.line is not None:
            (x1, y1), (x2, y2) = label.line
            lon += [round(x1, 4), round(x2, 4), None]
            lat += [round(y1, 4), round(y2, 4), None]
    return _lines(lon, lat, INK, 1) | {"meta": "names"}


def _texts(
    labels: Sequence[Label],
    names: dict[str, str],
    territory: Territory,
    scale: Scale,
    t: Translator,
    size: int,
) -> Trace:
    texts = label_texts(labels, names, territory, scale, t)
    return {
        "type": "scattergeo",
        "mode": "text",
        "lon": [round(label.at[0], 4) for label in labels],
        "lat": [round(label.at[1], 4) for label in labels],
        "text": [texts[label.nis][0] for label in labels],
        "textposition": [label.anchor for label in labels],
        "textfont": {"size": size, "color": [texts[label.nis][1] for label in labels]},
        "hoverinfo": "skip",
        "showlegend": False,
        "meta": "names",
    }


def label_texts(
    labels: Sequence[Label], names: dict[str, str], territory: Territory, scale: Scale, t: Translator
) -> dict[str, tuple[str, str]]:
    """What is written of each commune, its name and number with ``<br>`` between, and in which colour."""
    view, found = territory.selection.view, {}
    for label in labels:
        place = territory.place(label.nis)
        index = class_index(place, territory, scale)
        on_class = label.line is None and view is not View.COUNT and territory.is_mature
        ink = scale.inks[index] if on_class and index is not None else INK
        found[label.nis] = (f"{names[label.nis]}<br>{_number(place, territory, scale, t)}", ink)
    return found


def _number(place: Place, territory: Territory, scale: Scale, t: Translator) -> str:
    """What stands under a name: the number, or in a word why there is none."""
    view = territory.selection.view
    value = shown_value(place, view)
    before = place.before.availability if view is View.CHANGE else Availability.AVAILABLE
    if Availability.HIDDEN in {place.cell.availability, before}:
        return t("map.mark.hidden")
    if value is None:
        return t("map.mark.missing" if place.cell.value is None else "map.mark.not_comparable")
    text = scale.text(value, t)
    text = f"({text})" if is_noise(place, territory) else text
    return text + ("*" if place.cell.provisional else "")


def map_alt_text(territory: Territory, definition: Indicator, t: Translator) -> str:
    """What the map shows: measure, period, Region, lowest and highest commune, how many have no number."""
    view, scale = territory.selection.view, make_scale(territory, definition)
    shown = [(p, v) for p in territory.places if (v := shown_value(p, view)) is not None]
    if territory.period is None or not shown:
        return t("map.alt.empty")
    (low, least), (high, most) = min(shown, key=lambda x: x[1]), max(shown, key=lambda x: x[1])
    sentences = [
        t(
            "map.alt",
            title=definition.title.in_(t.language),
            view=t(f"map.view.{view.value}").lower(),
            period=formats.period(territory.period, t.language),
            low=group_name(AREA, low.nis, t),
            low_value=scale.text(least, t),
            high=group_name(AREA, high.nis, t),
            high_value=scale.text(most, t),
        )
    ]
    hidden = sum(p.cell.availability is Availability.HIDDEN for p in territory.places)
    absent = len(territory.places) - len(shown) - hidden
    if hidden:
        sentences.append(t.plural("map.alt.hidden", hidden))
    if absent:
        sentences.append(t.plural("map.alt.absent", absent))
    return " ".join(sentences)
