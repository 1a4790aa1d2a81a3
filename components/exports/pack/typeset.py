"""From frozen values to PDF/UA: data and figures go into a temporary folder, typst makes the pages.

Both languages break at the same pages: every part begins on a page of its own and takes as many pages as
the longer of its two versions, measured first; the shorter one is followed by a page that says it is blank.
The fonts are the project's own (``fonts/``, SIL Open Font License) and those inside typst; those of the
machine are never looked at, so that the same data give the same bytes everywhere.
"""

from __future__ import annotations

import json
import subprocess
import sys
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, fields, is_dataclass
from datetime import UTC, date, datetime
from enum import Enum
from itertools import accumulate, pairwise
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from components.exports.pack import compiler
from components.exports.pack.model import Art, Pack
from data_access.domain.errors import UserError

HERE = Path(__file__).parent
ROOT = HERE.parents[2]
TEMPLATES, FONTS = HERE / "templates", HERE / "fonts"
STANDARD = "ua-1"


@dataclass(frozen=True)
class Measured:
    """What the pages of one language version take.

    Attributes:
        pages: how many each part takes.
        sizes: letters of each scorecard in points, by the place of its part.
    """

    pages: tuple[int, ...]
    sizes: Mapping[str, float]


@dataclass(frozen=True)
class Layout:
    """What was measured, for the version that is printed: blank pages after each part, and letters."""

    blanks: tuple[int, ...]
    sizes: Mapping[str, float]


def measure(pack: Pack) -> Measured:
    """The pages of a version; figures are empty boxes of their size."""
    with TemporaryDirectory(prefix="pack-") as name:
        folder = Path(name)
        _write(folder, [pack], {}, None, date.min)
        marks = _run(folder, None, None)
    sizes = {str(mark["part"]): mark["size"] for mark in marks["size"]}
    return Measured(tuple(b - a for a, b in pairwise(_starts(marks, 0))), sizes)


def typeset(
    packs: Sequence[Pack], measured: Mapping[str, Measured], drawn: Mapping[int, str], day: date
) -> bytes:
    """The PDF of one document in one language or of its two versions one after the other.

    Args:
        packs: what is printed.
        measured: both language versions, by language.
        drawn: SVG by ``id`` of each ``Art`` of ``packs``.
        day: of the document.

    Raises:
        UserError: ``pack_pages`` when the versions do not break at the same pages.
    """
    longest = [max(part) for part in zip(*(m.pages for m in measured.values()), strict=True)]
    layouts = [_layout(measured[pack.language], longest) for pack in packs]
    with TemporaryDirectory(prefix="pack-") as name:
        folder = Path(name)
        _write(folder, packs, drawn, layouts, day)
        marks = _run(folder, STANDARD, noon_of(day))
        content = (folder / "out.pdf").read_bytes()
    expected = list(accumulate(longest, initial=1))
    found = [_starts(marks, i) for i in range(len(packs))]
    if any(starts != expected for starts in found):
        raise UserError("pack_pages", pages=f"{found} / {expected}")
    return content


def _layout(measured: Measured, longest: Sequence[int]) -> Layout:
    blanks = tuple(most - own for own, most in zip(measured.pages, longest, strict=True))
    return Layout(blanks, measured.sizes)


def _write(
    folder: Path,
    packs: Sequence[Pack],
    drawn: Mapping[int, str],
    layouts: Sequence[Layout] | None,
    day: date,
) -> None:
    """The templates, the data and the figures, all inside one folder; without layouts, to be measured."""
    names: dict[int, str] = {}
    for number, (key, svg) in enumerate(drawn.items()):
        names[key] = f"{number}.svg"
        (folder / names[key]).write_text(svg, "utf-8")
    for template in TEMPLATES.glob("*.typ"):
        (folder / template.name).write_bytes(template.read_bytes())
    data = {
        "packs": _plain(packs, names),
        "layouts": None if layouts is None else _plain(layouts, names),
        "day": [day.year, day.month, day.day],
    }
    (folder / "data.json").write_text(json.dumps(data, ensure_ascii=False), "utf-8")


def _run(folder: Path, standard: str | None, timestamp: int | None) -> dict[str, list[dict[str, Any]]]:
    """Compile in a process of its own; what the pages say of themselves."""
    task = {"fonts": str(FONTS), "standard": standard, "timestamp": timestamp}
    (folder / "task.json").write_text(json.dumps(task), "utf-8")
    command = [sys.executable, "-m", compiler.__name__, str(folder)]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False)  # noqa: S603  our own
    if done.returncode:
        raise RuntimeError(f"typst: {done.stderr[-2000:]}")
    marks: dict[str, list[dict[str, Any]]] = json.loads((folder / "marks.json").read_text("utf-8"))
    return marks


def noon_of(day: date) -> int:
    """The day at noon, in seconds: a clock would give other bytes each time."""
    return int(datetime(day.year, day.month, day.day, 12, tzinfo=UTC).timestamp())


def _starts(marks: Mapping[str, Sequence[Mapping[str, Any]]], pack: int) -> list[int]:
    """The page on which each part begins, and the one after the last."""
    return [int(mark["page"]) for mark in marks["start"] if mark["pack"] == pack]


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
