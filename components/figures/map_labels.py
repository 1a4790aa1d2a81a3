"""Where the names of the communes are written: inside where they fit, else beside the Region with a line."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache

import shapely  # type: ignore[import-untyped]
from shapely import Geometry, LineString, Point, Polygon, box

from data_access.domain.geometry import BRUSSELS, Position, Shapes, centre, place_label
from data_access.services.geometry import get_geometry

# At the nominal size of the map: what a letter and a line of text take, in kilometres.
PIXELS_PER_KM = 31.0
SIZE = 11  # of the letters, in pixels
LETTER = 0.55 * SIZE / PIXELS_PER_KM
LINE = 1.3 * SIZE / PIXELS_PER_KM
NUMBER = 6  # letters of a number that stands under its name
# A name may reach a little over its border: what lies behind it there is of the same few colours.
SNUG = 0.86
_AWAY = (0.3, 1.2, 2.4)  # kilometres between the Region and a name beside it, for letters of a page
_OVER = 0.5  # kilometres that a name may reach beyond the south and north of the Region
_CROSSED = 30.0  # kilometres that a line would rather take than run through a name


@dataclass(frozen=True)
class Label:
    """A name on the map.

    Attributes:
        at: where the text stands.
        anchor: plotly's position of the text around ``at``.
        line: from the middle of the commune to the text; None when the text is inside.
    """

    nis: str
    at: Position
    anchor: str
    line: tuple[Position, Position] | None


@lru_cache(maxsize=16)
def place_labels(digest: str, names: tuple[tuple[str, str], ...], times: float = 1.0) -> tuple[Label, ...]:
    """A label of two lines (name and number) for each commune, no two on top of each other.

    Args:
        digest: of the geometry in force; only the key of what is remembered.
        names: NIS code and name, in the page's language.
        times: how many times as large the letters are, on the ground, as on the map of a page.
    """
    shapes = get_geometry().shapes
    inside: dict[str, Label] = {}
    taken: list[Polygon] = []
    for nis, name in names:
        width, height = text_size(name, times)
        if spot := place_label(shapes[nis], SNUG * width, SNUG * height):
            inside[nis] = Label(nis, spot, "middle center", None)
            taken.append(_box(BRUSSELS.to_km(Point(spot)), width, height, 0))
    region = BRUSSELS.to_km(shapely.union_all(list(shapes.values())))
    outside = [(nis, name) for nis, name in names if nis not in inside]
    return (*inside.values(), *_beside(outside, shapes, region, taken, times))


def text_size(name: str, times: float = 1.0) -> tuple[float, float]:
    """Width and height of a label in kilometres of the nominal map, its letters so many times as large."""
    return times * max(len(name), NUMBER) * LETTER, times * 2 * LINE


def _beside(
    outside: Sequence[tuple[str, str]],
    shapes: Shapes,
    region: Geometry,
    taken: list[Polygon],
    times: float,
) -> list[Label]:
    """The names that fit nowhere, beside the Region, where their line is short and crosses no other name.

    Those that are nearest to the outside choose first, each among places every half kilometre on both sides.
    """
    middles = {nis: BRUSSELS.to_km(Point(centre(shapes[nis]))) for nis, _ in outside}
    order = sorted(outside, key=lambda item: float(region.boundary.distance(middles[item[0]])))
    found, lines = [], list[LineString]()
    for nis, name in order:
        middle, (width, height) = middles[nis], text_size(name, times)
        spots = list(_spots(region, height, times))
        x, y, side = min(spots, key=lambda s: _cost(s, middle, width, height, region, taken, lines))
        taken.append(_box(Point(x, y), width, height, side))
        lines.append(LineString([middle, (x, y)]))
        at, start = (_position(BRUSSELS.to_degrees(p)) for p in (Point(x, y), middle))
        found.append(Label(nis, at, "middle right" if side > 0 else "middle left", (start, at)))
    return found


def _spots(region: Geometry, height: float, times: float) -> Iterator[tuple[float, float, int]]:
    """Places beside the Region: x and y in km, and on which side the text runs on (1 east, -1 west)."""
    west, south, east, north = region.bounds
    steps = int((north - south) / 0.5)
    for step in range(steps + 1):
        y = south + step * 0.5
        if not south - _OVER <= y - height / 2 < y + height / 2 <= north + _OVER:
            continue
        strip: Geometry = region.intersection(box(west - 1, y - height / 2, east + 1, y + height / 2))
        if strip.is_empty:
            continue
        left, _, right, _ = strip.bounds
        for away in (times * each for each in _AWAY):
            yield right + away, y, 1
            yield left - away, y, -1


def _cost(
    spot: tuple[float, float, int],
    middle: Point,
    width: float,
    height: float,
    region: Geometry,
    taken: Sequence[Polygon],
    lines: Sequence[LineString],
) -> float:
    """Kilometres of line; many more for each name or line that it would run through."""
    x, y, side = spot
    text, line = _box(Point(x, y), width, height, side), LineString([middle, (x, y)])
    hits: int = sum(bool(text.intersects(other)) for other in (*taken, *lines, region))
    hits += sum(bool(line.intersects(other)) for other in (*taken, *lines))
    return float(line.length) + _CROSSED * hits


def _box(at: Point, width: float, height: float, side: int) -> Polygon:
    """What a text covers: centred on a point, or running on from it to the east (1) or west (-1)."""
    left = at.x - width / 2 if side == 0 else at.x if side > 0 else at.x - width
    return box(left, at.y - height / 2, left + width, at.y + height / 2)


def _position(point: Point) -> Position:
    return float(point.x), float(point.y)
