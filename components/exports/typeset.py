"""An exhibit typeset by typst: PDF/UA for paper; a table without a figure as PNG or SVG too.

The fonts are the project's own and those inside typst, never those of the machine.
"""

from __future__ import annotations

import json
from dataclasses import asdict
from datetime import date
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any, Literal

import typst

from components.exports.exhibit import Drawing, Exhibit, Kind, Table
from components.exports.pack.pieces import FONT
from components.exports.pack.said import widths
from components.exports.pack.typeset import FONTS, STANDARD, noon_of
from components.exports.renderer.client import draw
from components.i18n.translate import translator

TEMPLATE = Path(__file__).with_name("exhibit.typ")
DRAWN = (1000, 500)  # pixels: what plotly.js draws for a page of A4
PPI = 144.0
SMALL_WIDTH = 28  # of a small image, in the letters by which columns are measured
SCREEN_FONTS = "Liberation Sans, Arial, sans-serif"  # of the images that the server draws


def exhibit_pdf(exhibit: Exhibit, day: date) -> bytes:
    """Title, figure, notes and table on A4, tagged, with the alternative text; the same bytes every time.

    Args:
        exhibit: what is printed.
        day: that the file names as the one of its making: the last that its data cover.

    Raises:
        UserError: ``export_no_browser``, ``export_renderer``.
    """
    made = _compile(exhibit, day, "pdf", pdf_standards=[STANDARD], timestamp=noon_of(day))
    return bytes(made)


def table_image(exhibit: Exhibit, day: date, kind: Literal["png", "svg"]) -> bytes:
    """A table without a figure as ``png`` or ``svg``, on one page as high as it needs."""
    made = _compile(exhibit, day, kind, **({"ppi": PPI} if kind == "png" else {}))
    return bytes(made[0] if isinstance(made, list) else made)


def _compile(exhibit: Exhibit, day: date, kind: Literal["pdf", "png", "svg"], **options: Any) -> Any:
    with TemporaryDirectory(prefix="exhibit-") as name:
        folder = Path(name)
        (folder / "main.typ").write_bytes(TEMPLATE.read_bytes())
        (folder / "data.json").write_text(json.dumps(_data(exhibit, day, kind, folder)), "utf-8")
        compiler = typst.Compiler(
            str(folder / "main.typ"), root=str(folder), font_paths=[str(FONTS)], ignore_system_fonts=True
        )
        return compiler.compile(format=kind, **options)


def _data(exhibit: Exhibit, day: date, kind: str, folder: Path) -> dict[str, Any]:
    t = translator(exhibit.language)
    figure = _figure(exhibit)
    if figure is not None:
        (folder / "figure.svg").write_text(figure, "utf-8")
    drawing = exhibit.drawing
    return {
        **{name: getattr(exhibit, name) for name in ("title", "subtitle", "notes", "alt", "language")},
        "label": t("demonstration.label") if exhibit.demonstration else "",
        "foot": t("export.source", source=exhibit.source, vintage=exhibit.vintage),
        "page": t("export.page"),
        "figure": figure is not None,
        "low": drawing is not None
        and not isinstance(drawing, Drawing)
        and drawing.height < drawing.width / 4,
        "paper": kind == "pdf",
        "table": _rows(exhibit.table),
        "widths": _widths(exhibit.table),
        "series": _series(exhibit.table, folder),
        "day": [day.year, day.month, day.day],
    }


def _rows(table: Table) -> dict[str, Any]:
    return {
        "columns": [{**asdict(c), "number": c.kind is not Kind.TEXT} for c in table.columns],
        "rows": [[cell.text for cell in row] for row in table.rows],
    }


def _series(table: Table, folder: Path) -> dict[str, Any] | None:
    """The column of small images, which are written as files of their own."""
    if table.series is None:
        return None
    images: list[dict[str, str] | None] = []
    for number, found in enumerate(table.series.rows):
        if found is None:
            images.append(None)
            continue
        file = f"small-{number}.svg"
        (folder / file).write_text(found.image.svg, "utf-8")
        images.append({"file": file, "alt": found.alt})
    return {"label": table.series.label, "place": table.series.place, "images": images, "width": SMALL_WIDTH}


def _widths(table: Table) -> list[int]:
    """Shares of the width by the words of each column; a row that spans the table asks for none."""
    rows = [row for row in table.rows if any(cell.text for cell in row[1:])]
    heads = [column.label for column in table.columns]
    return list(widths(heads, [[cell.text for cell in row] for row in rows]))


def _figure(exhibit: Exhibit) -> str | None:
    """The SVG in the letters of the page around it."""
    drawing = exhibit.drawing
    if drawing is None:
        return None
    if not isinstance(drawing, Drawing):
        return drawing.svg.replace(SCREEN_FONTS, FONT.replace('"', ""))
    layout = drawing.figure.get("layout", {})
    font = {**layout.get("font", {}), "family": FONT}
    figure = {**drawing.figure, "layout": {**layout, "font": font}}
    width, height = DRAWN
    tall = max(height, round(0.66 * drawing.height))
    return draw([Drawing(figure, round(width * tall / height), tall)], exhibit.language)[0]
