"""The map as an image that the server draws: there at once, without scripts, on paper, and small by the year.

The large one is what plotly.js then takes the place of: the same frame, classes, outline and names.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from html import escape

import shapely  # type: ignore[import-untyped]

from components.figures.map_figure import ENDS, FAINT, HATCH_KM, LARGEST, SIDES, label_texts
from components.figures.map_labels import SIZE, Label, place_labels
from components.figures.map_scale import class_index, make_scale, shown_value
from components.figures.theme import ABSENT, ACCENT, CIRCLE, INK, QUIET
from components.group_names import short_name
from components.i18n.translate import Translator
from data_access.contract.model import Indicator
from data_access.domain.class_breaks import class_of
from data_access.domain.comparison import Cell
from data_access.domain.confidentiality import Availability
from data_access.domain.geometry import BRUSSELS, Position, outline
from data_access.services.breakdown_choices import AREA
from data_access.services.geometry import get_geometry
from data_access.services.territory_choices import View
from data_access.services.territory_model import Territory

FONT = "Segoe UI, Helvetica Neue, Liberation Sans, Arial, sans-serif"
SMALL_PX, SMALL_KM = 10.0, 0.06  # pixels a kilometre and how far a border may move, of a small map
LARGE_PX = 30.0
Ring = Sequence[tuple[float, float]]


@dataclass(frozen=True)
class Sheet:
    """The paper of a map: kilometres from the plane's position to pixels, south down.

    Attributes:
        west, north: the upper left corner, in kilometres.
        per_km: pixels in a kilometre.
        width, height: in pixels.
    """

    west: float
    north: float
    per_km: float
    width: int
    height: int

    def point(self, x: float, y: float) -> str:
        """A position in kilometres as ``x y`` in pixels, to a tenth."""
        return f"{round((x - self.west) * self.per_km, 1):g} {round((self.north - y) * self.per_km, 1):g}"

    def path(self, rings: Iterable[Ring], *, close: bool = True) -> str:
        """Rings, or open lines, as the ``d`` of a path."""
        end = "Z" if close else ""
        return "".join("M" + "L".join(self.point(x, y) for x, y in ring) + end for ring in rings)


@lru_cache(maxsize=4)
def _shapes(digest: str, tolerance: float) -> Mapping[str, shapely.Geometry]:
    """The communes in kilometres, simplified together so that neighbours keep sharing their borders."""
    shapes = get_geometry().shapes
    flat = [BRUSSELS.to_km(shape) for shape in shapes.values()]
    kept = shapely.coverage_simplify(flat, tolerance) if tolerance else flat
    return dict(zip(shapes, kept, strict=True))


@lru_cache(maxsize=4)
def _paths(
    digest: str, per_km: float, tolerance: float, sides: float, ends: float
) -> tuple[Sheet, Mapping[str, str]]:
    """The paper and the path of each commune on it; ``digest`` is the key of what is remembered."""
    shapes = _shapes(digest, tolerance)
    west, south, east, north = shapely.total_bounds(list(shapes.values()))
    width, height = (east - west + 2 * sides) * per_km, (north - south + 2 * ends) * per_km
    sheet = Sheet(float(west) - sides, float(north) + ends, per_km, round(width), round(height))
    return sheet, {
        nis: sheet.path([part.exterior.coords for part in shapely.get_parts(shape)])
        for nis, shape in shapes.items()
    }


def year_map_svg(cells: Mapping[str, Cell], classes: Sequence[float], colours: Sequence[str]) -> str:
    """A small map of levels: classes, hidden hatched, missing grey; no name and no number."""
    sheet, paths = _paths(get_geometry().digest, SMALL_PX, SMALL_KM, 0.2, 0.2)
    fills = {
        nis: ABSENT if cell.value is None else colours[class_of(cell.value, classes)]
        for nis, cell in cells.items()
    }
    hidden = [nis for nis, cell in cells.items() if cell.availability is Availability.HIDDEN]
    return _svg(sheet, [*_filled(paths, fills, hidden, "#fff", 0.8)], step=6)


def territory_svg(territory: Territory, definition: Indicator, t: Translator) -> str:
    """The large map as plotly.js will draw it, without its legend."""
    scale, view = make_scale(territory, definition), territory.selection.view
    sheet, paths = _paths(get_geometry().digest, LARGE_PX, 0.0, SIDES, ENDS)
    fills, hidden = {}, []
    for place in territory.places:
        index = class_index(place, territory, scale)
        fills[place.nis] = ABSENT if index is None else scale.colours[index]
        if place.cell.availability is Availability.HIDDEN:
            hidden.append(place.nis)
    names = {p.nis: short_name(AREA, p.nis, t) for p in territory.places}
    labels = place_labels(get_geometry().digest, tuple(names.items()))
    members = territory.selection.members
    rings = [_km(ring) for ring in outline(get_geometry().shapes, members)] if members else []
    crescent = sheet.path(rings)
    body = [
        f'<g opacity="{1 if territory.is_mature else FAINT}">',
        *_filled(paths, fills, hidden, "#fff", 1.2),
        "</g>",
        f'<path d="{crescent}" fill="none" stroke="#fff" stroke-width="6"/>',
        f'<path d="{crescent}" fill="none" stroke="{INK}" stroke-width="2.5"/>',
        *(_circles(territory, labels, sheet) if view is View.COUNT else ()),
        *_leaders(labels, sheet),
        *_texts(labels, label_texts(labels, names, territory, scale, t), sheet),
    ]
    return _svg(sheet, body, step=round(HATCH_KM * LARGE_PX))


def _svg(sheet: Sheet, body: Sequence[str], *, step: int) -> str:
    size = f'width="{step}" height="{step}"'
    hatch = (
        f'<pattern id="h" {size} patternUnits="userSpaceOnUse" patternTransform="rotate(45)">'
        f'<path d="M0 0V{step}" stroke="{QUIET}"/></pattern>'
    )
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {sheet.width} {sheet.height}" '
        f'width="{sheet.width}" height="{sheet.height}">{hatch}{"".join(body)}</svg>'
    )


def _filled(
    paths: Mapping[str, str], fills: Mapping[str, str], hidden: Sequence[str], edge: str, width: float
) -> Iterable[str]:
    by_colour: dict[str, list[str]] = {}
    for nis, colour in fills.items():
        by_colour.setdefault("#fff" if nis in hidden else colour, []).append(paths[nis])
    for colour, found in by_colour.items():
        yield f'<path d="{"".join(found)}" fill="{colour}" stroke="{edge}" stroke-width="{width}"/>'
    if hidden:
        yield f'<path d="{"".join(paths[nis] for nis in hidden)}" fill="url(#h)" stroke="{QUIET}"/>'


def _circles(territory: Territory, labels: Sequence[Label], sheet: Sheet) -> Iterable[str]:
    """Counts, as circles whose area is the number, behind their names."""
    for label in labels:
        value = shown_value(territory.place(label.nis), View.COUNT)
        if not value:
            continue
        spot = BRUSSELS.to_km(shapely.Point(label.line[0] if label.line else label.at))
        x, y = sheet.point(spot.x, spot.y).split()
        radius = round(LARGEST / 2 * (value / max(territory.largest, 1)) ** 0.5, 1)
        yield f'<circle cx="{x}" cy="{y}" r="{radius}" fill="{CIRCLE}" fill-opacity=".85" stroke="{ACCENT}"/>'


def _km(line: Iterable[Position]) -> Ring:
    return [(float(x), float(y)) for x, y in BRUSSELS.to_km(shapely.LineString(list(line))).coords]


def _leaders(labels: Sequence[Label], sheet: Sheet) -> Iterable[str]:
    lines = [_km(label.line) for label in labels if label.line is not None]
    if lines:
        yield f'<path d="{sheet.path(lines, close=False)}" fill="none" stroke="{INK}"/>'


def _texts(labels: Sequence[Label], texts: Mapping[str, tuple[str, str]], sheet: Sheet) -> Iterable[str]:
    anchors = {"middle center": "middle", "middle right": "start", "middle left": "end"}
    yield f'<g font-family="{FONT}" font-size="{SIZE}">'
    for label in labels:
        text, ink = texts[label.nis]
        ((east, north),) = [(p.x, p.y) for p in [BRUSSELS.to_km(shapely.Point(label.at))]]
        x, y = map(float, sheet.point(east, north).split())
        shift = {"start": 3, "end": -3}.get(anchors[label.anchor], 0)
        lines = "".join(
            f'<tspan x="{x + shift:g}" dy="{dy}">{escape(line)}</tspan>'
            for line, dy in zip(text.split("<br>"), ("-.2em", "1.3em"), strict=True)
        )
        yield f'<text y="{y:g}" text-anchor="{anchors[label.anchor]}" fill="{ink}">{lines}</text>'
    yield "</g>"
