"""The shapes of the communes as maps draw them: those that the operator imported, else those that ship."""

from __future__ import annotations

import hashlib
import json
from dataclasses import dataclass
from functools import cache, lru_cache
from pathlib import Path

from shapely.errors import ShapelyError  # type: ignore[import-untyped]

from data_access.contract.borders import built_in_about, built_in_shapes
from data_access.contract.model import Text
from data_access.domain.errors import UserError
from data_access.domain.geometry import Shapes, from_geojson, to_geojson
from data_access.imports.geometry import FILE, dump

FOLDER = "geometry"
_bound: list[Path] = []


@dataclass(frozen=True)
class Geometry:
    """What a map needs to draw the communes.

    Attributes:
        shapes: by NIS code, in degrees of WGS84; neighbours share their borders.
        attribution: the line that every map prints.
        geojson: what browsers fetch, as bytes; the id of a feature is its NIS code.
        digest: of ``geojson`` and the attribution: another import has another one, for addresses and keys.
    """

    shapes: Shapes
    attribution: Text
    geojson: bytes
    digest: str


def bind_geometry(data_dir: Path) -> None:
    """Make ``geometry`` in this DATA_DIR the folder where services look for an imported file."""
    _bound[:] = [geometry_folder(data_dir)]


def geometry_folder(data_dir: Path) -> Path:
    """Where the command line puts an imported file."""
    return data_dir / FOLDER


def get_geometry() -> Geometry:
    """The shapes in force, read again only when the imported file is another one; it is seen by every worker.

    Raises:
        UserError: ``geometry_unreadable`` when the imported file was spoilt after it was written.
        DefinitionError: the borders that ship are wrong.
    """
    if not _bound:
        return _built_in()
    path = _bound[0] / FILE
    try:
        now = path.stat()
        return _imported(path, (now.st_mtime_ns, now.st_ino, now.st_size))
    except FileNotFoundError:
        return _built_in()


@cache
def _built_in() -> Geometry:
    return _geometry(built_in_shapes(), built_in_about().attribution)


@lru_cache(maxsize=2)
def _imported(path: Path, stamp: tuple[int, int, int]) -> Geometry:
    del stamp  # part of the key only
    content = path.read_bytes()
    try:
        stored = json.loads(content)
        return _geometry(from_geojson(stored["shapes"]), Text(**stored["attribution"]))
    except (ValueError, LookupError, TypeError, ShapelyError) as error:
        raise UserError("geometry_unreadable", file=str(path)) from error


def _geometry(shapes: Shapes, attribution: Text) -> Geometry:
    geojson = dump(to_geojson(shapes))
    digest = hashlib.sha256(geojson + attribution.model_dump_json().encode()).hexdigest()[:12]
    return Geometry(dict(shapes), attribution, geojson, digest)
