"""From frozen values to PDF/UA: data and figures go into a temporary folder, typst makes the pages.

Both languages break at the same pages: every part begins on a page of its own and takes as many pages as
the longer of its two versions, measured first; the shorter one is followed by a page that says it is blank.
The fonts are the project's own (``fonts/``, SIL Open Font License) and those inside typst; those of the
machine are never looked at, so that the same data give the same bytes everywhere.
"""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, fields, is_dataclass
from datetime import UTC, date, datetime
from enum import Enum
from itertools import accumulate, pairwise
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import typst

from components.exports.pack.model import Art, Pack
from data_access.domain.errors import UserError

HERE = Path(__file__).parent
TEMPLATES, FONTS = HERE / "templates", HERE / "fonts"
STANDARD = "ua-1"


def typeset(packs: Sequence[Pack], twins: Sequence[Pack], drawn: Mapping[int, str], day: date) -> bytes:
    """The PDF of one document in one language or of its two versions one after the other.

    Args:
        packs: what is printed.
        twins: both language versions, for the number of pages of each part.
        drawn: SVG by ``id`` of each ``Art`` of ``packs``.
        day: of the document.

    Raises:
        UserError: ``pack_pages`` when the two versions do not break at the same pages.
    """
    measured = {twin.language: measure(twin, day) for twin in twins}
    longest = [max(part) for part in zip(*(m.pages for m in measured.values()), strict=True)]
    own = [measured[pack.language] for pack in packs]
    blanks = [[b - a for a, b in zip(m.pages, longest, strict=True)] for m in own]
    with TemporaryDirectory(prefix="pack-") as name:
        compiler = _compiler(Path(name), packs, day, drawn, blanks, [m.sizes for m in own])
        content = compiler.compile(format="pdf", pdf_standards=[STANDARD], timestamp=_instant(day))
        found = _starts(compiler, len(packs))
    expected = list(accumulate(longest, initial=0))
    if any(starts != expected for starts in found):
        raise UserError("pack_pages", pages=f"{found} / {expected}")
    return bytes(content)


@dataclass(frozen=True)
class Measured:
    """Of one language version.

    Attributes:
        pages: how many each part takes.
        sizes: letters of each scorecard in points, by the place of its part.
    """

    pages: list[int]
    sizes: dict[str, float]


def measure(pack: Pack, day: date) -> Measured:
    """What the pages of a version take; figures are empty boxes of their size."""
    with TemporaryDirectory(prefix="pack-") as name:
        compiler = _compiler(Path(name), [pack], day, {}, [], [])
        (starts,) = _starts(compiler, 1)
        sizes = json.loads(compiler.query("<size>", field="value"))
    return Measured([b - a for a, b in pairwise(starts)], {str(s["part"]): s["size"] for s in sizes})


def _compiler(
    folder: Path,
    packs: Sequence[Pack],
    day: date,
    drawn: Mapping[int, str],
    blanks: Sequence[Sequence[int]],
    sizes: Sequence[Mapping[str, float]],
) -> Any:
    """A compiler on the templates, the data and the figures, all inside one folder."""
    names: dict[int, str] = {}
    for number, (key, svg) in enumerate(drawn.items()):
        names[key] = f"{number}.svg"
        (folder / names[key]).write_text(svg, "utf-8")
    for template in TEMPLATES.glob("*.typ"):
        (folder / template.name).write_bytes(template.read_bytes())
    data = {
        "packs": [_plain(pack, names) for pack in packs],
        "blanks": [list(row) for row in blanks],
        "sizes": [dict(found) for found in sizes],
        "day": [day.year, day.month, day.day],
    }
    (folder / "data.json").write_text(json.dumps(data, ensure_ascii=False), "utf-8")
    return typst.Compiler(
        str(folder / "main.typ"), root=str(folder), font_paths=[str(FONTS)], ignore_system_fonts=True
    )


def _instant(day: date) -> int:
    """The day at noon, in seconds: a clock would give other bytes each time."""
    return int(datetime(day.year, day.month, day.day, 12, tzinfo=UTC).timestamp())


def _starts(compiler: Any, count: int) -> list[list[int]]:
    """By document, the page (from 0 on) on which each part begins, and the one after the last."""
    found = json.loads(compiler.query("<start>", field="value"))
    return [[int(start["page"]) - 1 for start in found if start["pack"] == i] for i in range(count)]


def _plain(node: Any, names: Mapping[int, str]) -> Any:
    """The values as JSON knows them; a figure is its file, size and alternative text."""
    if isinstance(node, Art):
        size = {"width": node.drawing.width, "height": node.drawing.height}
        return {"file": names.get(id(node)), "alt": node.alt, **size}
    if is_dataclass(node):
        return {field.name: _plain(getattr(node, field.name), names) for field in fields(node)}
    if isinstance(node, (list, tuple)):
        return [_plain(item, names) for item in node]
    return node.value if isinstance(node, Enum) else node
