"""An official file of the communes (GeoJSON of UrbIS or Statbel) into shapes for the map, or refused."""

from __future__ import annotations

import hashlib
import json
import os
import tempfile
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import shapely  # type: ignore[import-untyped]
from shapely import MultiPolygon

from data_access.contract.borders import EAST, NIS, NORTH, PLACE, SOUTH, WEST, built_in_shapes
from data_access.domain.errors import UserError
from data_access.domain.geometry import Shapes, area_km2, clockwise, to_geojson
from data_access.domain.geometry_checks import (
    Fault,
    area_change,
    beyond_tolerance,
    count_counterclockwise,
    count_points,
    find_gaps,
    find_overlaps,
    mended,
    share_borders,
    simplifications,
)
from data_access.imports.geometry_file import find_communes, one_line
from data_access.imports.readers import Limits, read_bytes

FILE = "communes.json"
TOTAL_KM2 = (150.0, 175.0)  # the Region has 162.4
ALIKE = 0.9  # of a commune's area must lie where its borders that ship are
MOST_BYTES = 60_000  # of the file that browsers fetch, before compression
LISTED = 5  # faults that a sentence names


@dataclass(frozen=True)
class GeometryImport:
    """The communes of a file, ready for the map, and what was done to them.

    Attributes:
        file, sha256: the name and the hash of the file.
        shapes: by NIS code; simplified, wound for d3-geo, neighbours share their borders.
        left_aside: the features that are none of the 19 communes, as the file names them.
        turned: communes whose rings were wound the other way.
        mended: the place (longitude, latitude) where a shape was invalid, by NIS code, where mended.
        points_before, points_after: of all rings.
        area_changes: by NIS code, the share of its area that simplifying changed.
    """

    file: str
    sha256: str
    shapes: Shapes
    left_aside: tuple[str, ...]
    turned: int
    mended: Mapping[str, str]
    points_before: int
    points_after: int
    area_changes: Mapping[str, float]

    @property
    def geojson(self) -> bytes:
        """What browsers will fetch."""
        return dump(to_geojson(self.shapes))


def read_geometry(path: Path, limits: Limits = Limits()) -> GeometryImport:
    """Read, check and simplify the 19 communes of a GeoJSON file in WGS84.

    Raises:
        UserError: one of ``read_bytes``, or of ``geometry_…``: what is wrong in which feature, what stands
            there and what was expected. Nothing has been written.
    """
    content = read_bytes(path, limits)
    found, left_aside = find_communes(path.name, content)
    raw = {nis: _read_shape(path.name, nis, found[nis].get("geometry")) for nis in NIS}
    valid, reasons = _valid(path.name, raw)
    _check_coverage(path.name, valid)
    _check_places(path.name, valid)
    shared = share_borders(valid)
    if shared is None:
        raise UserError("geometry_borders_differ", file=path.name)
    small = _for_the_screen(path.name, shared)
    return GeometryImport(
        file=path.name,
        sha256=hashlib.sha256(content).hexdigest(),
        shapes=small,
        left_aside=left_aside,
        turned=count_counterclockwise(raw),
        mended=reasons,
        points_before=count_points(raw),
        points_after=count_points(small),
        area_changes={nis: area_change(valid[nis], small[nis]) for nis in NIS},
    )


def write_geometry(done: GeometryImport, folder: Path, attribution: Mapping[str, str]) -> Path:
    """Put the shapes where the application looks for them: whole, or not at all.

    Args:
        done: what ``read_geometry`` gave.
        folder: ``geometry`` in DATA_DIR; made when it is not there.
        attribution: the line under every map, in ``fr`` and ``nl``.

    Returns:
        The file written.

    Raises:
        UserError: ``geometry_not_written`` when the folder cannot be written to.
    """
    stored = {
        "file": done.file,
        "sha256": done.sha256,
        "attribution": dict(attribution),
        "shapes": to_geojson(done.shapes),
    }
    try:
        folder.mkdir(parents=True, exist_ok=True)
        _write(folder / FILE, dump(stored))
    except OSError as error:
        raise UserError("geometry_not_written", file=str(folder / FILE)) from error
    return folder / FILE


def _write(path: Path, content: bytes) -> None:
    """Through a file beside it, so that nobody reads half of it."""
    with tempfile.NamedTemporaryFile(dir=path.parent, suffix=".part", delete=False) as part:
        try:
            part.write(content)
            part.flush()
            os.fsync(part.fileno())
            # A temporary file is for its owner; this one is for whoever serves.
            Path(part.name).chmod(0o644)
            Path(part.name).replace(path)
        except BaseException:
            Path(part.name).unlink(missing_ok=True)
            raise


def remove_geometry(folder: Path) -> bool:
    """Go back to the borders that ship; whether there were others.

    Raises:
        UserError: ``geometry_not_written`` when the file may not be removed.
    """
    try:
        (folder / FILE).unlink()
    except FileNotFoundError:
        return False
    except OSError as error:
        raise UserError("geometry_not_written", file=str(folder / FILE)) from error
    return True


def dump(value: Any) -> bytes:
    """Compact JSON in UTF-8."""
    return json.dumps(value, ensure_ascii=False, separators=(",", ":")).encode()


def _read_shape(file: str, nis: str, geometry: Any) -> MultiPolygon:
    kind = geometry.get("type") if isinstance(geometry, dict) else None
    if kind not in {"Polygon", "MultiPolygon"}:
        expected = "Polygon, MultiPolygon"
        raise UserError(
            "geometry_not_polygon", file=file, feature=nis, value=_kind_word(kind), expected=expected
        )
    try:
        shape = shapely.force_2d(shapely.from_geojson(json.dumps(geometry)))
    except (shapely.errors.ShapelyError, ValueError) as error:
        raise UserError("geometry_no_shape", file=file, feature=nis) from error
    if shape.is_empty:
        raise UserError("geometry_no_shape", file=file, feature=nis)
    _check_degrees(file, nis, shape)
    return shape if kind == "MultiPolygon" else MultiPolygon([shape])


def _kind_word(kind: object) -> str:
    """The type that the file gives; ``null``, as JSON writes it, where it gives none."""
    return one_line(kind) if isinstance(kind, str) else "null"


def _place_of_fault(shape: MultiPolygon) -> str:
    """``4.3501, 50.8467``: where GEOS found the shape invalid; its words are English and are left out."""
    reason = str(shapely.is_valid_reason(shape))
    return ", ".join(reason.partition("[")[2].rstrip("]").split()) or "…"


def _check_degrees(file: str, nis: str, shape: shapely.Geometry) -> None:
    for x, y in shapely.get_coordinates(shape):
        # Written so that what is no number fails too.
        if not (WEST <= x <= EAST and SOUTH <= y <= NORTH):
            raise UserError(
                "geometry_other_crs", file=file, feature=nis, value=f"{x:g}, {y:g}", expected=PLACE
            )


def _valid(file: str, raw: Shapes) -> tuple[dict[str, MultiPolygon], dict[str, str]]:
    """The shapes, mended where that changes nothing, and where they had to be."""
    shapes, reasons = dict(raw), {}
    for nis, shape in raw.items():
        if shape.is_valid:
            continue
        reasons[nis] = _place_of_fault(shape)
        better = mended(shape)
        if better is None:
            raise UserError("geometry_wrong_shape", file=file, feature=nis, value=reasons[nis])
        shapes[nis] = better
    return shapes, reasons


def _check_coverage(file: str, shapes: Shapes) -> None:
    if beyond_tolerance(overlaps := find_overlaps(shapes)):
        raise UserError("geometry_overlap", file=file, value=_listed(overlaps))
    if beyond_tolerance(gaps := find_gaps(shapes)):
        raise UserError("geometry_gap", file=file, value=_listed(gaps))
    total = sum(map(area_km2, shapes.values()))
    if not TOTAL_KM2[0] <= total <= TOTAL_KM2[1]:
        expected = f"{TOTAL_KM2[0]:g} … {TOTAL_KM2[1]:g}"
        raise UserError("geometry_total_area", file=file, value=f"{total:.1f}", expected=expected)


def _check_places(file: str, shapes: Shapes) -> None:
    """Each code stands where that commune is: codes that were exchanged cover the Region just as well."""
    for nis, known in built_in_shapes().items():
        larger = max(shapes[nis].area, known.area)
        if (share := shapes[nis].intersection(known).area / larger) < ALIKE:
            raise UserError("geometry_elsewhere", file=file, feature=nis, value=round(100 * share))


def _listed(faults: Sequence[Fault]) -> str:
    shown = [f"{'/'.join(fault.communes)} {fault.area_m2:.0f} m²" for fault in faults[:LISTED]]
    return ", ".join(shown) + (", …" if len(faults) > LISTED else "")


def _for_the_screen(file: str, shapes: Shapes) -> Shapes:
    """The finest simplification that is small enough to be sent."""
    smallest = 0
    for found in simplifications(shapes):
        smallest = len(dump(to_geojson(found)))
        if smallest <= MOST_BYTES:
            return {nis: clockwise(shape) for nis, shape in found.items()}
    raise UserError("geometry_too_detailed", file=file, value=smallest // 1000, expected=MOST_BYTES // 1000)
