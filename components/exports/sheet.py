"""An exhibit as one sheet: SVG or PNG, in a format that a slide or half a page of A4 takes."""

from __future__ import annotations

from typing import Any

from components.exports.exhibit import Drawing, Exhibit
from components.exports.renderer.client import ask, dressed
from components.i18n.translate import translator

FORMATS = {"16x9": (1120, 630), "a4": (720, 480)}  # pixels: of a slide, of half a page of A4
SCALE = 2  # of a PNG
NOTES = 4  # the first ones: a picture must keep room for its figure; PDF and workbook hold them all


def sheet_job(exhibit: Exhibit, name: str) -> dict[str, Any]:
    """What the renderer composes; ``name`` is of ``FORMATS``.

    The sheet keeps the width; only many words, or many small charts, make it higher.
    """
    width, height = FORMATS[name]
    t = translator(exhibit.language)
    source = t("export.source", source=exhibit.source, vintage=exhibit.vintage)
    return {
        "width": width,
        "height": height,
        "title": exhibit.title,
        "subtitle": exhibit.subtitle,
        "label": t("demonstration.label") if exhibit.demonstration else "",
        "notes": list(exhibit.notes[:NOTES]),
        "foot": source,
        "alt": exhibit.alt,
        "lang": exhibit.language,
        **_art(exhibit),
    }


def _art(exhibit: Exhibit) -> dict[str, Any]:
    drawing = exhibit.drawing
    assert drawing is not None, "a table without a figure is typeset"
    if isinstance(drawing, Drawing):
        figure = dressed(drawing.figure, exhibit.language)
        return {"drawing": {"figure": figure, "height": drawing.height}}
    return {"svg": {"text": drawing.svg, "width": drawing.width, "height": drawing.height}}


def exhibit_svg(exhibit: Exhibit, name: str) -> bytes:
    """The sheet as SVG whose text is text.

    Raises:
        UserError: ``export_no_browser``, ``export_renderer``.
    """
    return ask(sheet_job(exhibit, name))


def exhibit_png(exhibit: Exhibit, name: str) -> bytes:
    """The sheet as PNG, at twice its size.

    Raises:
        UserError: ``export_no_browser``, ``export_renderer``.
    """
    return ask({**sheet_job(exhibit, name), "scale": SCALE})
