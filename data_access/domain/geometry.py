"""The shapes of the communes: built from their borders, measured, drawn upon and written as GeoJSON.

Positions are (longitude, latitude) in degrees of WGS84 wherever a function takes or gives them.
"""

from __future__ import annotations

import math
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from typing import Any, TypeVar

import numpy as np
import shapely  # type: ignore[import-untyped]
from shapely import LineString, MultiLineString, MultiPolygon, Point, Polygon

from data_access.domain.errors import DefinitionError

# WGS84: semi-major axis in kilometres, first eccentricity squared (NGA.STND.0036, table 3.1).
RADIUS, ECCENTRICITY2 = 6378.137, 6.69437999014e-3
DECIMALS = 5  # of a degree, in GeoJSON: one metre
POLE_KM = 0.005  # how exactly the middle of a shape is found
CORE = 0.75  # of the distance to the nearest border that a middle may give up to be better centred

Position = tuple[float, float]
Shapes = Mapping[str, MultiPolygon]
Shape = TypeVar("Shape", bound=shapely.Geometry)
Numbers = np.ndarray[Any, Any]


@dataclass(frozen=True)
class Border:
    """A line between two communes, or between one and the outside (``second`` is None).

    Attributes:
        first, second: NIS codes.
        points: the line, from one end to the other; where borders meet, they have a point in common.
    """

    first: str
    second: str | None
    points: tuple[Position, ...]


@dataclass(frozen=True)
class Plane:
    """A plane in kilometres that touches the ellipsoid at a position: x to the east, y to the north.

    Local equirectangular projection with the two radii of curvature at latitude φ, that of the parallel
    N cos φ and that of the meridian M (J. P. Snyder, Map Projections – A Working Manual, USGS
    Professional Paper 1395, 1987, pp. 24-25): x = N cos φ (λ - λ0), y = M (φ - φ0). Ten kilometres to the
    north, x is 0.2 % too long at the latitude of Brussels.
    """

    longitude: float
    latitude: float

    @property
    def scale(self) -> tuple[float, float]:
        """Kilometres in a degree of longitude and in one of latitude."""
        sine, cosine = math.sin(math.radians(self.latitude)), math.cos(math.radians(self.latitude))
        flat = 1 - ECCENTRICITY2 * sine**2
        parallel = RADIUS / math.sqrt(flat) * cosine
        meridian = RADIUS * (1 - ECCENTRICITY2) / flat**1.5
        return math.radians(parallel), math.radians(meridian)

    def to_km(self, shape: Shape) -> Shape:
        """A shape in degrees as one in kilometres from the plane's position."""
        origin = (self.longitude, self.latitude)
        moved: Shape = shapely.transform(shape, lambda points: (points - origin) * self.scale)
        return moved

    def to_degrees(self, shape: Shape) -> Shape:
        """The way back of ``to_km``."""
        origin = (self.longitude, self.latitude)
        moved: Shape = shapely.transform(shape, lambda points: points / self.scale + origin)
        return moved


BRUSSELS = Plane(4.37, 50.84)
"""One plane for all that is drawn on the map, so that it agrees from one commune to the next."""


def make_shapes(borders: Iterable[Border]) -> dict[str, MultiPolygon]:
    """The communes that the borders enclose, by NIS code in order; neighbours share their points exactly.

    No commune surrounds another one whole: the shapes have no holes.

    Raises:
        DefinitionError: ``geometry_open_border`` when the borders of a commune do not close.
    """
    lines: dict[str, list[LineString]] = {}
    for border in borders:
        for nis in filter(None, (border.first, border.second)):
            lines.setdefault(nis, []).append(LineString(border.points))
    return {nis: _enclosed(nis, lines[nis]) for nis in sorted(lines)}


def _enclosed(nis: str, lines: list[LineString]) -> MultiPolygon:
    faces, *loose = shapely.polygonize_full(lines)
    if faces.is_empty or any(not left.is_empty for left in loose):
        raise DefinitionError("geometry_open_border", value=nis)
    return clockwise(MultiPolygon(list(faces.geoms)))


def clockwise(shape: MultiPolygon) -> MultiPolygon:
    """The shape with exterior rings clockwise and holes the other way, as d3-geo reads them.

    RFC 7946 winds the other way: d3-geo would draw the globe minus the commune.
    """
    turned: MultiPolygon = shapely.orient_polygons(shape, exterior_cw=True)
    return turned


def area_km2(shape: Polygon | MultiPolygon) -> float:
    """The area in square kilometres, on the plane that touches at the middle: to 0.1 % for a commune."""
    middle = shape.centroid
    return float(Plane(middle.x, middle.y).to_km(shape).area)


def bounds(shapes: Shapes) -> tuple[float, float, float, float]:
    """West, south, east and north of all shapes, in degrees."""
    west, south, east, north = shapely.total_bounds(list(shapes.values()))
    return float(west), float(south), float(east), float(north)


def outline(shapes: Shapes, members: Collection[str]) -> tuple[tuple[Position, ...], ...]:
    """The border of some communes taken together: one closed ring for each part and for each hole."""
    union = shapely.union_all([shapes[nis] for nis in sorted(members)])
    rings = (ring for part in _polygons(union) for ring in (part.exterior, *part.interiors))
    return tuple(_positions(ring) for ring in rings)


def centre(shape: MultiPolygon) -> Position:
    """A point well inside the largest part: as good as farthest from its border, near its centre of mass."""
    flat = BRUSSELS.to_km(shape)
    return _position(_middle(max(flat.geoms, key=lambda part: part.area)))


def place_label(shape: MultiPolygon, width_km: float, height_km: float) -> Position | None:
    """The middle of an upright rectangle of this size inside the shape, as far from its border as can be.

    The middles that are possible are the shape without what the rectangle covers when its middle follows
    the border: the Minkowski sum of each of its segments and the rectangle, the hull of eight corners.

    Returns:
        None when the rectangle fits nowhere.
    """
    flat = BRUSSELS.to_km(shape)
    half = np.array([width_km, height_km]) / 2
    corners = half * [(-1, -1), (-1, 1), (1, 1), (1, -1)]
    covered = [
        shapely.MultiPoint(np.concatenate([segment[0] + corners, segment[1] + corners])).convex_hull
        for segment in _segments(flat)
    ]
    free = _polygons(flat.difference(shapely.union_all(covered)))
    roomiest = max(free, key=lambda part: float(shapely.maximum_inscribed_circle(part).length), default=None)
    return None if roomiest is None else _position(_middle(roomiest))


def hatch(shape: MultiPolygon, step_km: float) -> tuple[tuple[Position, Position], ...]:
    """Parallel lines that rise to the right at 45°, ``step_km`` apart, cut at the border of the shape.

    Lines of one step continue from a commune to its neighbour.
    """
    flat = BRUSSELS.to_km(shape)
    left, low, right, high = flat.bounds
    step = step_km * math.sqrt(2)  # along an axis
    first, last = math.ceil((low - right) / step), math.floor((high - left) / step)
    lines = [LineString([(left, left + k * step), (right, right + k * step)]) for k in range(first, last + 1)]
    cut = shapely.intersection(MultiLineString(lines), flat)
    found = [line for line in shapely.get_parts(cut) if isinstance(line, LineString)]
    return tuple((ends[0], ends[-1]) for ends in map(_positions, map(BRUSSELS.to_degrees, found)))


def to_geojson(shapes: Shapes) -> dict[str, Any]:
    """A FeatureCollection for the browser: the NIS code as id of the feature, no names, wound for d3-geo."""
    features = [
        {"type": "Feature", "id": nis, "properties": {}, "geometry": _geometry(shape)}
        for nis, shape in shapes.items()
    ]
    return {"type": "FeatureCollection", "features": features}


def from_geojson(collection: Mapping[str, Any]) -> dict[str, MultiPolygon]:
    """The shapes of what ``to_geojson`` wrote, by NIS code."""
    return {
        feature["id"]: MultiPolygon(
            [(rings[0], rings[1:]) for rings in feature["geometry"]["coordinates"]],
        )
        for feature in collection["features"]
    }


def _geometry(shape: MultiPolygon) -> dict[str, Any]:
    parts = [[_rounded(ring) for ring in (part.exterior, *part.interiors)] for part in clockwise(shape).geoms]
    return {"type": "MultiPolygon", "coordinates": parts}


def _rounded(ring: shapely.LinearRing) -> list[list[float]]:
    return [[round(x, DECIMALS), round(y, DECIMALS)] for x, y in ring.coords]


def _middle(part: Polygon) -> Point:
    """The pole of inaccessibility, moved towards the centre of mass as long as the border stays far."""
    margin = float(shapely.maximum_inscribed_circle(part, POLE_KM).length)
    core = part.buffer(-CORE * margin)
    if core.is_empty:
        return Point(shapely.maximum_inscribed_circle(part).coords[0])
    return Point(shapely.shortest_line(core, part.centroid).coords[0])


def _segments(shape: MultiPolygon) -> Iterable[Numbers]:
    """The segments of every ring, each as an array of two points."""
    for part in shape.geoms:
        for ring in (part.exterior, *part.interiors):
            points = np.asarray(ring.coords)
            yield from np.stack([points[:-1], points[1:]], axis=1)


def _polygons(shape: shapely.Geometry) -> list[Polygon]:
    return [part for part in shapely.get_parts(shape) if isinstance(part, Polygon) and not part.is_empty]


def _position(point_km: Point) -> Position:
    point = BRUSSELS.to_degrees(point_km)
    return float(point.x), float(point.y)


def _positions(line: LineString) -> tuple[Position, ...]:
    return tuple((float(x), float(y)) for x, y in line.coords)
