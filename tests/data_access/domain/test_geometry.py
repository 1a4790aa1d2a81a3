"""The shapes of the communes against official areas; what is drawn on them against hand-made squares."""

from __future__ import annotations

import csv
import json
import math
from collections import Counter
from itertools import pairwise

import numpy as np
import pytest
import shapely
from shapely import MultiPolygon, box

from data_access.contract.borders import BORDERS, DEFAULT, built_in_shapes
from data_access.domain.geometry import (
    BRUSSELS,
    Plane,
    Position,
    area_km2,
    bounds,
    centre,
    from_geojson,
    hatch,
    outline,
    place_label,
    to_geojson,
)

SHAPES = built_in_shapes()
# km², UrbIS (CIRB/Paradigm), measured in Belgian Lambert 72. All but Saint-Josse agree to 0.2 % with the
# areas of AGDP / FPS Finance (2020), which gives it 1.177.
URBIS = {
    "21001": 17.91, "21002": 8.97, "21003": 2.95, "21004": 33.09, "21005": 3.18, "21006": 5.13,
    "21007": 6.30, "21008": 2.43, "21009": 6.41, "21010": 5.19, "21011": 1.19, "21012": 6.01,
    "21013": 2.53, "21014": 1.161, "21015": 7.90, "21016": 22.87, "21017": 12.98, "21018": 7.30,
    "21019": 8.94,
}  # fmt: skip


def in_km(*boxes: tuple[float, float, float, float]) -> MultiPolygon:
    """Rectangles (left, low, right, high) in kilometres from the middle of the map, as a shape in degrees."""
    return BRUSSELS.to_degrees(MultiPolygon([box(*edges) for edges in boxes]))


def to_km(position: Position) -> tuple[float, float]:
    point = BRUSSELS.to_km(shapely.Point(position))
    return point.x, point.y


def signed_area(ring: list[list[float]]) -> float:
    """The shoelace formula: positive for a ring that turns to the left."""
    return sum(x1 * y2 - x2 * y1 for (x1, y1), (x2, y2) in pairwise(ring)) / 2


def segments(shape: MultiPolygon) -> Counter[frozenset[Position]]:
    rings = [ring for part in shape.geoms for ring in (part.exterior, *part.interiors)]
    return Counter(frozenset(pair) for ring in rings for pair in pairwise(map(tuple, ring.coords)))


# The communes that ship


def test_there_are_nineteen_valid_shapes() -> None:
    assert list(SHAPES) == [str(nis) for nis in range(21001, 21020)]
    assert [nis for nis, shape in SHAPES.items() if not shape.is_valid] == []


def test_they_cover_the_region_without_overlap_and_without_gap() -> None:
    whole = shapely.union_all(list(SHAPES.values()))
    assert shapely.coverage_is_valid(list(SHAPES.values()))
    assert whole.geom_type == "Polygon"
    assert len(whole.interiors) == 0
    assert sum(shape.area for shape in SHAPES.values()) == pytest.approx(whole.area, rel=1e-12)


@pytest.mark.parametrize("nis", URBIS)
def test_the_area_is_the_official_one_within_one_percent(nis: str) -> None:
    assert area_km2(SHAPES[nis]) == pytest.approx(URBIS[nis], rel=0.01)


def test_only_ixelles_and_saint_gilles_have_two_parts() -> None:
    assert {nis: len(shape.geoms) for nis, shape in SHAPES.items() if len(shape.geoms) > 1} == {
        "21009": 2,
        "21013": 2,
    }


def test_neighbours_have_the_segments_of_their_border_in_common() -> None:
    with (DEFAULT / BORDERS).open(encoding="utf-8") as file:
        rows = list(csv.DictReader(file))
    listed: Counter[frozenset[Position]] = Counter()
    for before, after in pairwise(rows):
        if before["border"] != after["border"]:
            continue
        ends = frozenset((float(row["lon"]), float(row["lat"])) for row in (before, after))
        for nis in filter(None, (before["left_or_first_nis"], before["other_nis"])):
            assert segments(SHAPES[nis])[ends] == 1, (nis, ends)
            listed[ends] += 1
    # And the shapes have no other segment than those.
    assert sum((segments(shape) for shape in SHAPES.values()), Counter()) == listed


def test_the_region_lies_where_it_does() -> None:
    # The extreme positions of the file of the borders.
    assert bounds(SHAPES) == (4.2438, 50.7637, 4.4823, 50.9139)


# GeoJSON


def test_exterior_rings_are_clockwise_in_what_the_browser_gets() -> None:
    features = to_geojson(SHAPES)["features"]
    areas = [signed_area(part[0]) for f in features for part in f["geometry"]["coordinates"]]
    assert len(areas) == 21
    assert max(areas) < 0


def test_a_ring_that_is_wound_as_rfc_7946_says_is_turned_and_its_hole_too() -> None:
    outer = [(4.3, 50.8), (4.4, 50.8), (4.4, 50.9), (4.3, 50.9), (4.3, 50.8)]
    hole = [(4.34, 50.84), (4.34, 50.86), (4.36, 50.86), (4.36, 50.84), (4.34, 50.84)]
    assert signed_area(outer) > 0 > signed_area(hole)
    (feature,) = to_geojson({"21001": MultiPolygon([(outer, [hole])])})["features"]
    ((ring, inner),) = feature["geometry"]["coordinates"]
    assert signed_area(ring) < 0 < signed_area(inner)


def test_a_feature_says_its_code_and_no_name() -> None:
    collection = to_geojson(SHAPES)
    assert [feature["id"] for feature in collection["features"]] == list(SHAPES)
    assert {len(feature["properties"]) for feature in collection["features"]} == {0}
    assert len(json.dumps(collection, separators=(",", ":"))) < 30_000


def test_what_is_written_is_read_again() -> None:
    again = from_geojson(json.loads(json.dumps(to_geojson(SHAPES))))
    assert {nis: segments(shape) for nis, shape in again.items()} == {
        nis: segments(shape) for nis, shape in SHAPES.items()
    }


# Measuring


@pytest.mark.parametrize(
    ("latitude", "degree"),
    # Length in km of a degree of longitude and of latitude on WGS84, as printed in tables of the ellipsoid
    # (calculator of the National Geospatial-Intelligence Agency; Wikipedia, Longitude).
    [(0, (111.320, 110.574)), (30, (96.486, 110.852)), (45, (78.847, 111.132)), (60, (55.800, 111.412))],
)
def test_a_degree_has_its_published_length(latitude: float, degree: tuple[float, float]) -> None:
    assert Plane(4.37, latitude).scale == pytest.approx(degree, abs=0.0006)


def test_the_area_of_a_cell_is_the_exact_one_of_the_ellipsoid() -> None:
    # Snyder (1987), eq. 3-12: the area between two parallels, written out with WGS84's a and 1/f.
    flattening = 1 / 298.257223563
    e = math.sqrt(flattening * (2 - flattening))

    def q(latitude: float) -> float:
        s = math.sin(math.radians(latitude))
        return (1 - e**2) * (s / (1 - e**2 * s**2) - math.log((1 - e * s) / (1 + e * s)) / (2 * e))

    exact = 6378.137**2 * math.radians(0.1) * (q(50.9) - q(50.8)) / 2
    assert area_km2(box(4.3, 50.8, 4.4, 50.9)) == pytest.approx(exact, rel=0.0005)


def test_kilometres_lead_back_to_degrees() -> None:
    there = BRUSSELS.to_degrees(BRUSSELS.to_km(SHAPES["21004"]))
    assert shapely.get_coordinates(there) == pytest.approx(shapely.get_coordinates(SHAPES["21004"]))


# Outlines


def test_two_squares_side_by_side_have_one_outline() -> None:
    squares = {"21001": in_km((0, 0, 1, 1)), "21002": in_km((1, 0, 2, 1)), "21003": in_km((5, 5, 6, 6))}
    (ring,) = outline(squares, ["21002", "21001"])
    assert ring[0] == ring[-1]
    line = shapely.LineString([to_km(position) for position in ring])
    assert line.length == pytest.approx(6)  # not 8: the side that they share is not drawn
    assert shapely.Polygon(line).area == pytest.approx(2)


def test_what_lies_inside_but_is_no_member_has_its_own_ring() -> None:
    around = {str(i): in_km(edges) for i, edges in enumerate([(0, 0, 3, 1), (0, 2, 3, 3), (0, 1, 1, 2)])}
    around["3"] = in_km((2, 1, 3, 2))
    lengths = [shapely.LineString([to_km(p) for p in ring]).length for ring in outline(around, list("0123"))]
    assert sorted(lengths) == pytest.approx([4, 12])


def test_no_member_has_no_outline() -> None:
    assert outline(SHAPES, []) == ()


def test_all_communes_have_the_outline_of_the_region() -> None:
    (ring,) = outline(SHAPES, list(SHAPES))
    outside = sum((segments(shape) for shape in SHAPES.values()), Counter())
    alone = {segment for segment, times in outside.items() if times == 1}
    assert {frozenset(pair) for pair in pairwise(ring)} == alone


# Labels


def test_a_label_stands_in_the_middle_of_a_square() -> None:
    spot = place_label(in_km((1, 1, 3, 3)), 1.0, 0.5)
    assert spot is not None
    assert to_km(spot) == pytest.approx((2, 2), abs=0.01)


def test_a_label_stands_in_the_part_with_room() -> None:
    spot = place_label(in_km((0, 0, 1, 1), (4, 0, 7, 1)), 2.0, 0.5)
    assert spot is not None
    assert to_km(spot) == pytest.approx((5.5, 0.5), abs=0.01)


def test_a_label_that_is_too_wide_or_too_high_has_no_place() -> None:
    square = in_km((0, 0, 2, 2))
    assert place_label(square, 2.1, 0.5) is None
    assert place_label(square, 0.5, 2.1) is None
    assert place_label(square, 1.9, 1.9) is not None


def test_a_wide_label_does_not_stand_across_a_hole() -> None:
    ring = BRUSSELS.to_degrees(MultiPolygon([box(0, 0, 4, 4).difference(box(1, 1, 3, 3))]))
    assert place_label(ring, 1.5, 1.5) is None
    spot = place_label(ring, 3.5, 0.8)
    assert spot is not None
    x, y = to_km(spot)
    assert box(0, 0, 4, 4).difference(box(1, 1, 3, 3)).covers(box(x - 1.75, y - 0.4, x + 1.75, y + 0.4))


@pytest.mark.parametrize("nis", ["21004", "21009", "21011", "21013", "21014", "21018"])
@pytest.mark.parametrize(("width", "height"), [(0.8, 0.4), (1.3, 0.4), (2.2, 0.8)])
def test_a_label_fits_and_where_there_is_none_no_place_is_found_by_trying(
    nis: str, width: float, height: float
) -> None:
    flat = BRUSSELS.to_km(SHAPES[nis])

    def fits(x: float, y: float) -> bool:
        rectangle = box(x - width / 2, y - height / 2, x + width / 2, y + height / 2)
        return bool(flat.buffer(1e-9).covers(rectangle))

    spot = place_label(SHAPES[nis], width, height)
    if spot is not None:
        assert fits(*to_km(spot))
    else:
        left, low, right, high = flat.bounds
        tried = [(x, y) for x in np.arange(left, right, 0.05) for y in np.arange(low, high, 0.05)]
        assert len(tried) > 400
        assert not any(fits(x, y) for x, y in tried)


def test_the_middle_is_in_the_largest_part_and_far_from_its_border() -> None:
    assert to_km(centre(in_km((0, 0, 1, 1), (3, 0, 6, 3)))) == pytest.approx((4.5, 1.5), abs=0.01)
    bent = in_km((0, 0, 6, 1))
    x, y = to_km(centre(bent))
    assert 0.37 <= y <= 0.63
    assert 2.9 <= x <= 3.1  # anywhere along the middle is as far; halfway looks best


@pytest.mark.parametrize("nis", list(SHAPES))
def test_the_middle_of_a_commune_is_well_inside(nis: str) -> None:
    flat, point = BRUSSELS.to_km(SHAPES[nis]), shapely.Point(to_km(centre(SHAPES[nis])))
    rings = [p.boundary for p in flat.geoms]
    # The slow way to the greatest distance that any point has: a grid of 50 m.
    left, low, right, high = flat.bounds
    grid = shapely.points(*np.meshgrid(np.arange(left, right, 0.05), np.arange(low, high, 0.05)))
    inside = grid[shapely.contains(flat, grid)]
    assert flat.contains(point)
    assert (
        shapely.distance(point, shapely.union_all(rings))
        >= 0.7 * shapely.distance(inside, shapely.union_all(rings)).max()
    )


# Hatching


def test_a_square_is_hatched_by_the_lines_that_cross_it() -> None:
    # y - x = k · 0.25 · √2; the unit square at the origin is met for |k| ≤ 2, over a length √2 (1 - |y - x|).
    lines = [[to_km(end) for end in line] for line in hatch(in_km((0, 0, 1, 1)), 0.25)]
    along = sorted(y - x for (x, y), _ in lines)
    assert along == pytest.approx([k * 0.25 * math.sqrt(2) for k in range(-2, 3)], abs=1e-9)
    for (x1, y1), (x2, y2) in lines:
        assert y2 - y1 == pytest.approx(x2 - x1)
        assert math.hypot(x2 - x1, y2 - y1) == pytest.approx(math.sqrt(2) * (1 - abs(y1 - x1)))


def test_a_line_is_cut_between_two_parts() -> None:
    lines = hatch(in_km((0, 0, 1, 1), (2, 2, 3, 3)), 0.9)
    on_diagonal = [line for line in lines if abs(to_km(line[0])[0] - to_km(line[0])[1]) < 1e-6]
    assert len(on_diagonal) == 2


def test_lines_continue_in_the_neighbour() -> None:
    west, east = hatch(in_km((0, 0, 1, 1)), 0.25), hatch(in_km((1, 0, 2, 1)), 0.25)

    def at_the_border(lines: tuple[tuple[Position, Position], ...]) -> set[float]:
        return {round(y, 6) for line in lines for x, y in map(to_km, line) if abs(x - 1) < 1e-9 and y < 0.99}

    assert len(at_the_border(west)) == 2
    assert at_the_border(west) == at_the_border(east)


@pytest.mark.parametrize("nis", ["21004", "21009", "21013", "21014"])
def test_hatching_stays_inside_the_commune_and_reaches_all_of_it(nis: str) -> None:
    flat = BRUSSELS.to_km(SHAPES[nis])
    lines = shapely.MultiLineString([[to_km(end) for end in line] for line in hatch(SHAPES[nis], 0.2)])
    assert flat.buffer(1e-6).covers(lines)
    # Lines a step apart: their total length times the step is the area, but for the edges.
    assert lines.length * 0.2 == pytest.approx(flat.area, rel=0.05)
