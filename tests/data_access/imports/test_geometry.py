"""A file of the communes, as an operator gives it: what is accepted, and what is refused with which words.

The variants are made from the borders that ship, one thing wrong in each.
"""

from __future__ import annotations

import copy
import hashlib
import json
import math
import re
from collections.abc import Callable
from itertools import pairwise
from pathlib import Path
from typing import Any

import pytest
import shapely

from components.i18n.errors import error_sentence
from components.i18n.translate import translator
from data_access.contract.borders import NIS, built_in_shapes
from data_access.domain.errors import UserError
from data_access.domain.geometry import area_km2, from_geojson, to_geojson
from data_access.imports.geometry import FILE, GeometryImport, read_geometry, remove_geometry, write_geometry

Document = dict[str, Any]
KM = 1 / 111.25  # degrees of latitude in a kilometre
ATTRIBUTION = {"fr": "Limites : UrbIS", "nl": "Grenzen: UrbIS"}


def official() -> Document:
    """The borders that ship as a producer would write them: wound as RFC 7946, with names."""
    document = to_geojson(built_in_shapes())
    for feature in document["features"]:
        feature["properties"] = {"nis": feature.pop("id"), "name_fr": "…"}
        for part in feature["geometry"]["coordinates"]:
            part[:] = [ring[::-1] for ring in part]
    return document


def feature(document: Document, nis: str) -> Document:
    found: Document = next(f for f in document["features"] if f["properties"].get("nis") == nis)
    return found


def moved(document: Document, nis: str, change: Callable[[float, float], list[float]]) -> None:
    for part in feature(document, nis)["geometry"]["coordinates"]:
        part[:] = [[change(*point) for point in ring] for ring in part]


def read(folder: Path, document: Any, name: str = "communes.geojson") -> GeometryImport:
    path = folder / name
    path.write_text(document if isinstance(document, str) else json.dumps(document), "utf-8")
    return read_geometry(path)


def refusal(folder: Path, document: Any) -> UserError:
    with pytest.raises(UserError) as caught:
        read(folder, document)
    for language in ("fr", "nl"):
        sentence = error_sentence(caught.value, translator(language))
        assert "communes.geojson" in sentence
        for fact in ("feature", "value"):
            assert str(caught.value.facts.get(fact, "")) in sentence
    return caught.value


def said(error: UserError) -> tuple[str, str]:
    return error.code, str(error.facts.get("feature", error.facts.get("value", "")))


def winding(ring: list[list[float]]) -> float:
    return sum(x1 * y2 - x2 * y1 for (x1, y1), (x2, y2) in pairwise(ring))


# What is accepted


def test_an_official_file_is_read_turned_and_counted(tmp_path: Path) -> None:
    done = read(tmp_path, official())
    assert tuple(done.shapes) == NIS
    assert (done.turned, done.left_aside, done.mended) == (19, (), {})
    assert done.sha256 == hashlib.sha256((tmp_path / "communes.geojson").read_bytes()).hexdigest()
    rings = [part[0] for f in json.loads(done.geojson)["features"] for part in f["geometry"]["coordinates"]]
    assert max(map(winding, rings)) < 0
    assert shapely.coverage_is_valid(list(done.shapes.values()))


def test_a_file_that_is_wound_for_the_map_already_is_left_so(tmp_path: Path) -> None:
    assert read(tmp_path, to_geojson(built_in_shapes())).turned == 0


@pytest.mark.parametrize(
    ("name", "convert"),
    [
        ("CD_MUNTY_REFNIS", str),  # Statbel
        ("cd_munty_refnis", int),
        ("MU_NAT_CODE", str),  # UrbIS
        ("refnis", float),
        ("NIS", lambda nis: f" {nis} "),
    ],
)
def test_the_code_is_found_under_its_usual_names(
    tmp_path: Path, name: str, convert: Callable[[str], object]
) -> None:
    document = official()
    for each in document["features"]:
        each["properties"] = {"id": 7, name: convert(each["properties"]["nis"])}
    assert tuple(read(tmp_path, document).shapes) == NIS


def test_the_code_may_be_the_id_of_the_feature(tmp_path: Path) -> None:
    document = official()
    for each in document["features"]:
        each["id"], each["properties"] = each["properties"]["nis"], None
    assert tuple(read(tmp_path, document).shapes) == NIS


def test_other_features_are_left_aside_by_name_wherever_they_lie(tmp_path: Path) -> None:
    document = official()
    elsewhere = {"type": "Point", "coordinates": [5.57, 50.63]}
    document["features"][3:3] = [
        {"type": "Feature", "properties": {"nis": "62063"}, "geometry": elsewhere},
        {"type": "Feature", "properties": {"nis": "21000"}, "geometry": None},
        {"type": "Feature", "properties": {}, "geometry": None},
    ]
    assert read(tmp_path, document).left_aside == ("62063", "21000", "n° 6")


def test_heights_and_a_mark_of_order_are_no_matter(tmp_path: Path) -> None:
    document = official()
    moved(document, "21001", lambda x, y: [x, y, 12.5])
    assert "21001" in read(tmp_path, "\ufeff" + json.dumps(document)).shapes


def test_a_ring_that_goes_there_and_back_is_mended_and_named(tmp_path: Path) -> None:
    document = official()
    ring = feature(document, "21016")["geometry"]["coordinates"][0][0]
    south = min(range(len(ring)), key=lambda i: ring[i][1])
    x, y = ring[south]
    ring[south + 1 : south + 1] = [[x, y - 0.001], [x, y]]
    done = read(tmp_path, document)
    assert list(done.mended) == ["21016"]
    longitude, latitude = map(float, done.mended["21016"].split(", "))
    assert (longitude, latitude) == pytest.approx((x, y), abs=0.002)  # on the spike that was added
    assert area_km2(done.shapes["21016"]) == pytest.approx(area_km2(built_in_shapes()["21016"]), rel=1e-4)


def test_a_sliver_of_rounding_is_given_to_a_neighbour(tmp_path: Path) -> None:
    document = official()
    # One point of Schaerbeek's border with Evere, a quarter of a metre to the east.
    ring = feature(document, "21015")["geometry"]["coordinates"][0][0]
    others = {tuple(p) for p in feature(document, "21006")["geometry"]["coordinates"][0][0]}
    shared = next(i for i in range(5, len(ring)) if {tuple(p) for p in ring[i - 2 : i + 3]} <= others)
    ring[shared] = [ring[shared][0] + 3.5e-6, ring[shared][1]]
    shapes = from_geojson(to_geojson(read(tmp_path, document).shapes))
    assert shapely.coverage_is_valid(list(shapes.values()))
    for nis, shape in shapes.items():
        assert area_km2(shape) == pytest.approx(area_km2(built_in_shapes()[nis]), rel=1e-4)


def detailed(step_m: float) -> Document:
    """Each border as a zigzag of a metre with a point every ``step_m`` metres, the same on both sides."""
    document = official()

    def wave(one: list[float], other: list[float]) -> list[list[float]]:
        first, last = sorted((one, other))
        dx, dy = last[0] - first[0], last[1] - first[1]
        length = math.hypot(dx * 70_400, dy * 111_250)
        count = max(1, int(length / step_m))
        points = [
            [first[0] + dx * i / count, first[1] + dy * i / count + 1e-5 * (-1) ** i * (dx != 0)]
            for i in range(1, count)
        ]
        points = [first, *points, last]
        return points if first == one else points[::-1]

    for each in document["features"]:
        for part in each["geometry"]["coordinates"]:
            part[:] = [
                [p for pair in pairwise(ring) for p in wave(*pair)[:-1]] + [wave(*next(pairwise(ring)))[0]]
                for ring in part
            ]
    return document


def test_a_detailed_file_becomes_small_enough_and_neighbours_still_share(tmp_path: Path) -> None:
    done = read(tmp_path, detailed(20))
    assert done.points_before > 10_000
    assert done.points_after < 4_000
    assert len(done.geojson) < 60_000
    every = list(done.shapes.values())
    assert shapely.coverage_is_valid(every)
    assert shapely.union_all(every).area == pytest.approx(sum(shape.area for shape in every), rel=1e-12)
    for nis, shape in done.shapes.items():
        assert done.area_changes[nis] < 0.01
        assert area_km2(shape) == pytest.approx(area_km2(built_in_shapes()[nis]), rel=0.01)
    assert [nis for nis, shape in done.shapes.items() if len(shape.geoms) == 2] == ["21009", "21013"]


# What is refused


@pytest.mark.parametrize(
    ("content", "code", "value"),
    [
        ("nis;name\n21001;Anderlecht", "geometry_broken_json", "1:1"),
        ('{"type":\n oops}', "geometry_broken_json", "2:2"),
        ("[" * 100_000, "geometry_not_json", None),
        ("[]", "geometry_no_type", None),
        ("5", "geometry_no_type", None),
        ('{"features": []}', "geometry_no_type", None),
        ('{"type": "Topology", "objects": {}}', "geometry_not_geojson", "Topology"),
        ('{"type": "FeatureCollection"}', "geometry_no_features", None),
        ('{"type": "FeatureCollection", "features": 5}', "geometry_no_features", None),
        ('{"type": "FeatureCollection", "features": [1]}', "geometry_no_features", None),
        ('{"type": "FeatureCollection", "features": []}', "geometry_no_properties", 0),
        ('{"type": "FeatureCollection", "features": [{"id": 7}]}', "geometry_no_properties", 1),
    ],
)
def test_what_is_no_collection_of_communes(
    tmp_path: Path, content: str, code: str, value: str | int | None
) -> None:
    error = refusal(tmp_path, content)
    assert (error.code, error.facts.get("value")) == (code, value)


@pytest.mark.parametrize(
    "content", ["nis", "[" * 100_000, "[]", '{"type": "FeatureCollection", "features": 5}']
)
@pytest.mark.parametrize("language", ["fr", "nl"])
def test_no_sentence_speaks_as_python_does(tmp_path: Path, content: str, language: str) -> None:
    words = re.findall(r"\w+", error_sentence(refusal(tmp_path, content), translator(language)))
    assert not {"Expecting", "recursion", "list", "None", "int"}.intersection(words)


def test_bytes_that_are_no_text(tmp_path: Path) -> None:
    path = tmp_path / "communes.geojson"
    path.write_bytes(b"\xff\xfe\xfd")
    with pytest.raises(UserError) as caught:
        read_geometry(path)
    assert caught.value.code == "geometry_not_json"


def test_a_file_that_is_not_there_or_too_large(tmp_path: Path) -> None:
    with pytest.raises(UserError) as caught:
        read_geometry(tmp_path / "absent.geojson")
    assert caught.value.code == "file_not_found"


def test_a_folder_is_not_said_to_be_absent(tmp_path: Path) -> None:
    with pytest.raises(UserError) as caught:
        read_geometry(tmp_path)
    assert caught.value.code == "file_is_folder"
    assert "n’existe pas" not in error_sentence(caught.value, translator("fr"))


def test_codes_under_an_unknown_name(tmp_path: Path) -> None:
    document = official()
    for each in document["features"]:
        each["properties"] = {"postal": each["properties"]["nis"], "commune": "…"}
    assert said(refusal(tmp_path, document)) == ("geometry_no_codes", "commune, postal")


def test_codes_of_elsewhere_only(tmp_path: Path) -> None:
    document = official()
    for each in document["features"]:
        each["properties"]["nis"] = each["properties"]["nis"].replace("210", "230")
    assert refusal(tmp_path, document).code == "geometry_no_codes"


def test_missing_communes_are_all_named(tmp_path: Path) -> None:
    document = official()
    document["features"] = [
        f for f in document["features"] if f["properties"]["nis"] not in {"21006", "21014"}
    ]
    assert said(refusal(tmp_path, document)) == ("geometry_missing", "21006, 21014")


def test_a_commune_that_is_there_twice(tmp_path: Path) -> None:
    document = official()
    document["features"].append(copy.deepcopy(feature(document, "21009")))
    assert said(refusal(tmp_path, document)) == ("geometry_twice", "21009 (n° 9, 20)")


@pytest.mark.parametrize(
    ("geometry", "value"),
    [
        (None, "null"),
        ({"type": 7}, "null"),
        ({"type": "Point", "coordinates": [4.35, 50.85]}, "Point"),
        ({"type": "LineString", "coordinates": [[4.35, 50.85], [4.36, 50.85]]}, "LineString"),
    ],
)
def test_what_is_no_surface(tmp_path: Path, geometry: object, value: str) -> None:
    document = official()
    feature(document, "21004")["geometry"] = geometry
    error = refusal(tmp_path, document)
    assert (error.code, error.facts["feature"], error.facts["value"]) == (
        "geometry_not_polygon",
        "21004",
        value,
    )


@pytest.mark.parametrize(
    "coordinates",
    [[], [[]], [[[4.3, 50.8], [4.4, 50.8]]], [[[4.3, 50.8], [4.4, 50.8], [4.4, 50.9]]], [["x"]], 7],
)
def test_a_surface_without_a_closed_ring(tmp_path: Path, coordinates: object) -> None:
    document = official()
    feature(document, "21004")["geometry"] = {"type": "Polygon", "coordinates": coordinates}
    assert said(refusal(tmp_path, document)) == ("geometry_no_shape", "21004")


def test_metres_of_lambert_are_not_degrees(tmp_path: Path) -> None:
    document = official()
    for nis in NIS:
        moved(document, nis, lambda x, y: [150_000 + (x - 4.37) * 70_400, 170_000 + (y - 50.84) * 111_250])
    error = refusal(tmp_path, document)
    assert said(error) == ("geometry_other_crs", "21001")
    assert "WGS84" in error_sentence(error, translator("fr"))


def test_latitude_before_longitude(tmp_path: Path) -> None:
    document = official()
    for nis in NIS:
        moved(document, nis, lambda x, y: [y, x])
    error = refusal(tmp_path, document)
    assert (said(error), error.facts["value"]) == (("geometry_other_crs", "21001"), "50.8402, 4.34")


def test_a_bow_tie_is_not_mended(tmp_path: Path) -> None:
    document = official()
    ring = feature(document, "21017")["geometry"]["coordinates"][0][0]
    a, b = len(ring) // 3, 2 * len(ring) // 3
    ring[a:b] = ring[a:b][::-1]
    error = refusal(tmp_path, document)
    assert said(error) == ("geometry_wrong_shape", "21017")
    longitude, latitude = map(float, error.facts["value"].split(", "))
    west, south, east, north = built_in_shapes()["21017"].bounds
    assert west <= longitude <= east
    assert south <= latitude <= north


def test_a_commune_that_was_shifted_overlaps_its_neighbour(tmp_path: Path) -> None:
    document = official()
    moved(document, "21010", lambda x, y: [x, y - 0.05 * KM])  # Jette, fifty metres to the south
    error = refusal(tmp_path, document)
    assert error.code == "geometry_overlap"
    assert error.facts["value"].startswith("21010/21012 ") or "21008/21010 " in error.facts["value"]


def shrunk(document: Document, nis: str, metres: float) -> None:
    """Pull a commune back from all its borders, in degrees stretched so that metres are metres."""
    shape = shapely.geometry.shape(feature(document, nis)["geometry"])
    flat = shapely.transform(shape, lambda points: points * (70_400, 111_250)).buffer(-metres)
    back = shapely.transform(flat, lambda points: points / (70_400, 111_250))
    feature(document, nis)["geometry"] = json.loads(shapely.to_geojson(back))


@pytest.mark.parametrize(
    ("nis", "metres"),
    [
        ("21014", 5),  # Saint-Josse, enclosed: a hole
        ("21001", 15),  # Anderlecht, at the edge: an opening to the outside
        ("21001", 60),  # wide enough to lie apart
    ],
)
def test_a_commune_that_leaves_a_gap_around_it(tmp_path: Path, nis: str, metres: float) -> None:
    document = official()
    shrunk(document, nis, metres)
    error = refusal(tmp_path, document)
    assert error.code == "geometry_gap"
    assert nis in error.facts["value"]


def test_codes_that_were_exchanged(tmp_path: Path) -> None:
    document = official()
    one, other = feature(document, "21001"), feature(document, "21002")
    one["properties"]["nis"], other["properties"]["nis"] = "21002", "21001"
    error = refusal(tmp_path, document)
    assert (said(error), error.facts["value"]) == (("geometry_elsewhere", "21001"), 0)


def test_a_region_that_is_too_large(tmp_path: Path) -> None:
    document = official()
    for nis in NIS:  # 5 % longer each way: 162.4 · 1.05² = 179.0 km²
        moved(document, nis, lambda x, y: [4.37 + (x - 4.37) * 1.05, 50.84 + (y - 50.84) * 1.05])
    error = refusal(tmp_path, document)
    assert error.code == "geometry_total_area"
    assert float(error.facts["value"]) == pytest.approx(179.0, abs=0.3)


# What is written


def test_the_file_is_written_whole_with_its_source(tmp_path: Path) -> None:
    done = read(tmp_path, official())
    path = write_geometry(done, tmp_path / "var" / "geometry", ATTRIBUTION)
    assert [p.name for p in path.parent.iterdir()] == [FILE]
    stored = json.loads(path.read_text("utf-8"))
    assert (stored["file"], stored["sha256"]) == ("communes.geojson", done.sha256)
    assert stored["attribution"] == ATTRIBUTION
    assert list(from_geojson(stored["shapes"])) == list(NIS)


def test_a_write_that_fails_leaves_the_earlier_file(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    done = read(tmp_path, official())
    before = write_geometry(done, tmp_path / "geometry", ATTRIBUTION).read_bytes()

    def full(_handle: int) -> None:
        raise OSError("no space left on device")

    monkeypatch.setattr("os.fsync", full)
    with pytest.raises(UserError, match="geometry_not_written"):
        write_geometry(done, tmp_path / "geometry", {"fr": "autre", "nl": "ander"})
    assert [p.name for p in (tmp_path / "geometry").iterdir()] == [FILE]
    assert (tmp_path / "geometry" / FILE).read_bytes() == before


def test_going_back_says_whether_there_was_something(tmp_path: Path) -> None:
    write_geometry(read(tmp_path, official()), tmp_path / "geometry", ATTRIBUTION)
    assert remove_geometry(tmp_path / "geometry")
    assert not remove_geometry(tmp_path / "geometry")
