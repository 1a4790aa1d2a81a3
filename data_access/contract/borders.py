"""The borders of the communes that ship with the project, with their source: read and checked once."""

from __future__ import annotations

import csv
import tomllib
from functools import cache
from itertools import groupby
from pathlib import Path
from typing import NamedTuple

from pydantic import ValidationError

from data_access.contract.model import Frozen, Text
from data_access.domain.errors import DefinitionError
from data_access.domain.geometry import Border, Position, Shapes, make_shapes

DEFAULT = Path(__file__).parent
BORDERS, ABOUT = "commune_borders.csv", "geometry.toml"
HEADER = ["border", "left_or_first_nis", "other_nis", "point", "lon", "lat"]
NIS = tuple(str(code) for code in range(21001, 21020))
CODES = f"{NIS[0]} … {NIS[-1]}"
# A box around the Region, in degrees: what lies outside is in other units, or elsewhere.
WEST, SOUTH, EAST, NORTH = 4.20, 50.74, 4.54, 50.95
PLACE = f"{WEST} … {EAST}, {SOUTH} … {NORTH}"


class About(Frozen):
    """What there is to say about the borders: the line under every map, their source, its licence."""

    attribution: Text
    source: Text
    licence: Text


class _Row(NamedTuple):
    line: int
    cells: list[str]


@cache
def built_in_shapes() -> Shapes:
    """The 19 communes, by NIS code, made from the borders that ship."""
    return make_shapes(load_borders())


@cache
def built_in_about() -> About:
    """The source of the borders that ship."""
    return load_about()


def load_about(folder: Path = DEFAULT) -> About:
    """Read ``geometry.toml``.

    Raises:
        DefinitionError: ``geometry_file`` with the file, the line or field, the value and what is expected.
    """
    try:
        return About.model_validate(tomllib.loads(_text(folder, ABOUT)))
    except tomllib.TOMLDecodeError as error:
        raise _wrong(ABOUT, "", str(error), "TOML") from error
    except ValidationError as error:
        first = error.errors()[0]
        raise _wrong(ABOUT, ".".join(map(str, first["loc"])), str(first["input"]), first["msg"]) from error


def load_borders(folder: Path = DEFAULT) -> tuple[Border, ...]:
    """Read ``commune_borders.csv``: one row a point, the points of a border in their order.

    Raises:
        DefinitionError: ``geometry_file``, as ``load_about``.
    """
    lines = csv.reader(_text(folder, BORDERS).splitlines())
    header, *rows = [_Row(line, cells) for line, cells in enumerate(lines, start=1)] or [_Row(1, [])]
    if header.cells != HEADER:
        raise _wrong(BORDERS, 1, ",".join(header.cells), ",".join(HEADER))
    for row in rows:
        if len(row.cells) != len(HEADER):
            raise _wrong(BORDERS, row.line, str(len(row.cells)), str(len(HEADER)))
    groups = groupby(rows, key=lambda row: row.cells[:3])
    borders = tuple(_border(list(points)) for _, points in groups)
    if absent := set(NIS) - {nis for border in borders for nis in (border.first, border.second)}:
        raise _wrong(BORDERS, HEADER[1], "", ", ".join(sorted(absent)))
    return borders


def _border(rows: list[_Row]) -> Border:
    _, first, second, *_ = rows[0].cells
    for nis in filter(None, (first, second)):
        if nis not in NIS:
            raise _wrong(BORDERS, rows[0].line, nis, CODES)
    if len(rows) < 2 or first == second:
        raise _wrong(BORDERS, rows[0].line, ",".join(rows[0].cells), "≥ 2 points, 2 NIS")
    return Border(first, second or None, tuple(_point(rank, row) for rank, row in enumerate(rows, start=1)))


def _point(rank: int, row: _Row) -> Position:
    *_, number, lon, lat = row.cells
    if number != str(rank):
        raise _wrong(BORDERS, row.line, number, str(rank))
    try:
        longitude, latitude = float(lon), float(lat)
    except ValueError:
        raise _wrong(BORDERS, row.line, f"{lon}, {lat}", PLACE) from None
    if not (WEST <= longitude <= EAST and SOUTH <= latitude <= NORTH):
        raise _wrong(BORDERS, row.line, f"{lon}, {lat}", PLACE)
    return longitude, latitude


def _text(folder: Path, file: str) -> str:
    try:
        return (folder / file).read_bytes().decode("utf-8-sig")
    except (OSError, UnicodeDecodeError) as error:
        raise _wrong(file, "", str(error), "UTF-8") from error


def _wrong(file: str, place: int | str, value: str, expected: str) -> DefinitionError:
    return DefinitionError("geometry_file", file=file, place=place, value=value, expected=expected)
