"""The shapes as browsers fetch them: an address for each content, compressed, kept for ever."""

from __future__ import annotations

import gzip
import json
import os
from collections.abc import Iterator
from pathlib import Path

import brotli
import pytest
from flask import Flask
from flask.testing import FlaskClient

from components.figures.shapes import add_geometry, geometry_address
from data_access.contract.borders import NIS, built_in_shapes
from data_access.domain.errors import UserError
from data_access.domain.geometry import to_geojson
from data_access.imports.geometry import FILE, read_geometry, write_geometry
from data_access.services import geometry
from data_access.services.geometry import bind_geometry, geometry_folder, get_geometry


@pytest.fixture(autouse=True)
def data_dir(tmp_path: Path) -> Iterator[Path]:
    before = list(geometry._bound)
    bind_geometry(tmp_path)
    yield tmp_path
    geometry._bound[:] = before


@pytest.fixture
def client() -> FlaskClient:
    server = Flask(__name__)
    add_geometry(server)
    return server.test_client()


def replace(data_dir: Path, attribution: str = "Limites : essai", shift: float = 0.0) -> None:
    """Import the borders that ship, a little to the east."""
    document = to_geojson(built_in_shapes())
    for feature in document["features"]:
        for part in feature["geometry"]["coordinates"]:
            part[:] = [[[round(x + shift, 5), y] for x, y in ring] for ring in part]
    file = data_dir / "given.geojson"
    file.write_text(json.dumps(document), "utf-8")
    write_geometry(read_geometry(file), geometry_folder(data_dir), {"fr": attribution, "nl": attribution})


def test_the_shapes_that_ship_are_served_with_a_code_each_and_no_name(client: FlaskClient) -> None:
    response = client.get(geometry_address())
    assert response.status_code == 200
    features = response.get_json(force=True)["features"]
    assert tuple(feature["id"] for feature in features) == NIS
    assert "Anderlecht" not in response.get_data(as_text=True)


@pytest.mark.parametrize(
    ("accepted", "encoding", "unpack"),
    [
        ("gzip, br", "br", brotli.decompress),
        ("gzip", "gzip", gzip.decompress),
        ("gzip, br;q=0", "gzip", gzip.decompress),
        ("", None, bytes),
    ],
)
def test_it_is_compressed_as_the_browser_can(
    client: FlaskClient, accepted: str, encoding: str | None, unpack: type[bytes]
) -> None:
    response = client.get(geometry_address(), headers={"Accept-Encoding": accepted})
    assert response.headers.get("Content-Encoding") == encoding
    assert unpack(response.data) == get_geometry().geojson
    assert "Accept-Encoding" in response.headers["Vary"]


def test_a_first_visit_sends_less_than_five_kilobytes(client: FlaskClient) -> None:
    assert len(client.get(geometry_address(), headers={"Accept-Encoding": "br"}).data) < 5_000


def test_a_browser_keeps_it_for_ever_and_asks_again_for_nothing(client: FlaskClient) -> None:
    first = client.get(geometry_address())
    assert first.headers["Cache-Control"] == "max-age=31536000, immutable"
    again = client.get(geometry_address(), headers={"If-None-Match": first.headers["ETag"]})
    assert (again.status_code, again.data) == (304, b"")


def test_other_shapes_have_another_address_and_the_earlier_one_is_not_kept(
    client: FlaskClient, data_dir: Path
) -> None:
    earlier = geometry_address()
    replace(data_dir, shift=0.0005)
    assert geometry_address() != earlier
    response = client.get(earlier)
    assert (response.status_code, response.headers["Cache-Control"]) == (200, "no-cache")
    assert response.data == client.get(geometry_address()).data == get_geometry().geojson


@pytest.mark.parametrize("digest", ["", "abc", "0123456789abcdef", "zzzzzzzzzzzz", "..%2f..%2fapp"])
def test_what_was_never_an_address_is_not_found(client: FlaskClient, digest: str) -> None:
    assert client.get(f"/geometry/communes-{digest}.json").status_code == 404


def test_an_import_is_seen_at_once_and_so_is_the_next_and_the_way_back(data_dir: Path) -> None:
    shipped = get_geometry()
    replace(data_dir, shift=0.0005)
    first = get_geometry()
    assert first.attribution.fr == "Limites : essai"
    assert first.shapes["21001"].bounds[0] == pytest.approx(shipped.shapes["21001"].bounds[0] + 0.0005)
    assert get_geometry() is first  # read once
    replace(data_dir, "Limites : autre", shift=0.0005)
    second = get_geometry()
    assert second.attribution.nl == "Limites : autre"
    assert second.digest != first.digest  # pages that print the line are made again
    (geometry_folder(data_dir) / FILE).unlink()
    assert get_geometry() is shipped


def test_a_file_of_the_same_size_and_time_is_another_one(data_dir: Path) -> None:
    replace(data_dir, "Limites : un")
    path = geometry_folder(data_dir) / FILE
    stamp = path.stat()
    assert get_geometry().attribution.fr == "Limites : un"
    replace(data_dir, "Limites : XX")
    os.utime(path, ns=(stamp.st_atime_ns, stamp.st_mtime_ns))
    assert path.stat().st_size == stamp.st_size
    assert get_geometry().attribution.fr == "Limites : XX"


@pytest.mark.parametrize("content", ["", "{}", "[]", '{"shapes": {"features": [{}]}, "attribution": {}}'])
def test_a_file_that_was_spoilt_says_what_to_do(data_dir: Path, content: str) -> None:
    folder = geometry_folder(data_dir)
    folder.mkdir()
    (folder / FILE).write_text(content)
    with pytest.raises(UserError) as caught:
        get_geometry()
    assert caught.value.code == "geometry_unreadable"


def test_without_a_data_dir_the_shapes_that_ship_serve() -> None:
    geometry._bound.clear()
    assert tuple(get_geometry().shapes) == NIS
