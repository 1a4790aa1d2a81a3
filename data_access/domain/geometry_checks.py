"""Whether shapes from elsewhere cover the Region without overlap or gap, and how they are made smaller."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise

import numpy as np
import shapely  # type: ignore[import-untyped]
from shapely import MultiPolygon, Polygon

from data_access.domain.geometry import BRUSSELS, DECIMALS, Shapes, area_km2, clockwise

M2 = 1e6  # square metres in a square kilometre
TOLERANCE_M2 = 1000.0  # of overlap or gap: slivers of official files are of some square metres, 8 in UrbIS
SLIT_KM = 0.05  # an opening between two communes that is open to the outside is sought up to this width
SLIT_M2 = 2000.0  # a smaller one is a notch of the outer border, as there are where a common border ends
MENDED_KM = 0.01  # gaps up to this width are given to the neighbour, when all are within the tolerance
UNCHANGED = 1e-6  # share of its area that mending a shape may change
LOST = 0.01  # share of its area that a commune may gain or lose when it is simplified
# Sides of the triangles that a simplification may leave out, in km: finer than the screen shows at first.
STEPS_KM = (0.0, 0.005, 0.01, 0.015, 0.02, 0.03, 0.04, 0.05)


@dataclass(frozen=True)
class Fault:
    """A place that belongs to several communes, or to none: the communes that touch it and its area in m²."""

    communes: tuple[str, ...]
    area_m2: float


def mended(shape: MultiPolygon) -> MultiPolygon | None:
    """A valid shape of the same area, for a ring that merely touches itself; None when that cannot be."""
    valid = _as_multi(shapely.make_valid(shape))
    flat, before = BRUSSELS.to_km(valid).area, BRUSSELS.to_km(shape).area
    return valid if before > 0 and abs(flat - before) <= UNCHANGED * before else None


def find_overlaps(shapes: Shapes) -> tuple[Fault, ...]:
    """The pairs of communes that overlap, the largest overlap first."""
    names, flat = list(shapes), [BRUSSELS.to_km(shape) for shape in shapes.values()]
    first, second = shapely.STRtree(flat).query(flat, predicate="intersects")
    pairs = [(i, j) for i, j in zip(first, second, strict=True) if i < j]
    areas = {pair: flat[pair[0]].intersection(flat[pair[1]]).area for pair in pairs}
    return _ordered(Fault((names[i], names[j]), area * M2) for (i, j), area in areas.items() if area > 0)


def find_gaps(shapes: Shapes) -> tuple[Fault, ...]:
    """The places between communes that belong to none, the largest first.

    These are the holes of the Region, the openings between two communes towards the outside that are
    narrower than 50 m, and a part of the Region that lies apart (its area is then that of the part).
    """
    flat = {nis: BRUSSELS.to_km(shape) for nis, shape in shapes.items()}
    union = _as_multi(shapely.union_all(list(flat.values())))
    # A commune that lies loose in a hole is under its cover too: the union takes it in.
    filled = _as_multi(shapely.union_all([Polygon(part.exterior) for part in union.geoms]))
    holes = [(1, part) for part in _as_multi(filled.difference(union)).geoms]
    closed = filled.buffer(SLIT_KM / 2).buffer(-SLIT_KM / 2)
    slits = [(2, part) for part in _as_multi(closed.difference(filled)).geoms if part.area * M2 > SLIT_M2]
    apart = [(1, part) for part in sorted(filled.geoms, key=lambda part: -part.area)[1:]]
    return _ordered(
        Fault(around, place.area * M2)
        for least, place in (*holes, *slits, *apart)
        if len(around := _touching(place, flat)) >= least
    )


def _touching(place: Polygon, flat: Shapes) -> tuple[str, ...]:
    # What the union cut off lies on the border to within the last digit of a kilometre.
    return tuple(nis for nis, shape in flat.items() if shapely.dwithin(shape, place, 1e-9))


def _ordered(faults: Iterator[Fault]) -> tuple[Fault, ...]:
    return tuple(sorted(faults, key=lambda fault: -fault.area_m2))


def beyond_tolerance(faults: Sequence[Fault]) -> bool:
    """Whether the faults together are more than the slivers of an official file."""
    return sum(fault.area_m2 for fault in faults) > TOLERANCE_M2


def share_borders(shapes: Shapes) -> dict[str, MultiPolygon] | None:
    """The same communes with slivers given to a neighbour, so that neighbours have the same points.

    Returns:
        None when they still do not share their borders afterwards.
    """
    flat = [BRUSSELS.to_km(shape) for shape in shapes.values()]
    if not shapely.coverage_is_valid(flat):
        flat = list(shapely.coverage_clean(flat, gap_width=MENDED_KM))
        if not shapely.coverage_is_valid(flat):
            return None
    return {nis: _as_multi(BRUSSELS.to_degrees(shape)) for nis, shape in zip(shapes, flat, strict=True)}


def simplifications(shapes: Shapes) -> Iterator[dict[str, MultiPolygon]]:
    """The communes with fewer and fewer points, the finest first; borders stay shared.

    Points are left out where three in a row span a small triangle (Visvalingam and Whyatt, 1993, as
    GEOS does it for coverages), the rest is rounded to 5 decimals. A step that would spoil a shape, its
    parts or more than 1 % of its area is left out.
    """
    flat = [BRUSSELS.to_km(shape) for shape in shapes.values()]
    for step in STEPS_KM:
        fewer = [BRUSSELS.to_degrees(shape) for shape in shapely.coverage_simplify(flat, step)]
        found = dict(zip(shapes, map(_rounded, fewer), strict=True))
        if _is_sound(found) and all(_alike(shapes[nis], found[nis]) for nis in shapes):
            yield found


def area_change(before: MultiPolygon, after: MultiPolygon) -> float:
    """The share of its area that a shape gained or lost, as a positive number."""
    return abs(area_km2(after) / area_km2(before) - 1)


def count_points(shapes: Shapes) -> int:
    """The points of all rings, those of shared borders once for each commune."""
    return int(shapely.get_num_coordinates(list(shapes.values())).sum())


def count_counterclockwise(shapes: Shapes) -> int:
    """How many communes have an exterior ring that is wound as RFC 7946 says, the other way than d3-geo."""
    return sum(any(part.exterior.is_ccw for part in shape.geoms) for shape in shapes.values())


def _alike(before: MultiPolygon, after: MultiPolygon) -> bool:
    return len(before.geoms) == len(after.geoms) and area_change(before, after) < LOST


def _is_sound(shapes: Shapes) -> bool:
    every = list(shapes.values())
    return bool(shapely.is_valid(every).all()) and bool(shapely.coverage_is_valid(every))


def _rounded(shape: MultiPolygon) -> MultiPolygon:
    """Every point rounded by itself, so that the points of a shared border stay the same on both sides."""
    parts = [
        Polygon(_ring(part.exterior), [_ring(hole) for hole in part.interiors])
        for part in _as_multi(shape).geoms
    ]
    return clockwise(MultiPolygon(parts))


def _ring(ring: shapely.LinearRing) -> list[tuple[float, float]]:
    points = [(float(x), float(y)) for x, y in np.round(ring.coords, DECIMALS)]
    # Two points that have become one are one.
    return [points[0], *(after for before, after in pairwise(points) if after != before)]


def _as_multi(shape: shapely.Geometry) -> MultiPolygon:
    """What has an area in a shape, lines and points left out."""
    parts = shapely.get_parts(shapely.get_parts(shape))
    return MultiPolygon([part for part in parts if isinstance(part, Polygon) and not part.is_empty])
