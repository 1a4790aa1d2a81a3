"""Small images side by side as one: what a page lays out with HTML, where there is no page."""

from __future__ import annotations

import re
import textwrap
from collections.abc import Sequence
from dataclasses import dataclass

from components.figures.duration_bands import text
from components.figures.theme import INK

GAP, LINE, TOP = 24, 15, 4
LETTER = 6.2  # pixels of a letter of a caption, on the wide side
_SIZE = re.compile(r'<svg [^>]*?width="(\d+)" height="(\d+)"')


@dataclass(frozen=True)
class Tiles:
    """An SVG of several, and its size in pixels."""

    svg: str
    width: int
    height: int


def tiles_svg(tiles: Sequence[tuple[str, str]], columns: int, *, legend: Sequence[str] = ()) -> Tiles:
    """Images in rows under their captions, which wrap at the width of an image.

    Args:
        tiles: caption and SVG, whose root names its width and height.
        columns: at most so many images in a row.
        legend: of ``legend_marks``, under the images.
    """
    sizes = [_size(svg) for _, svg in tiles]
    wide, high = max(w for w, _ in sizes), max(h for _, h in sizes)
    captions = [textwrap.wrap(caption, int(wide / LETTER)) for caption, _ in tiles]
    columns = min(columns, len(tiles))
    body, y = [], TOP
    for first in range(0, len(tiles), columns):
        row = range(first, min(first + columns, len(tiles)))
        lines = max(len(captions[i]) for i in row)
        for i in row:
            x = (i - first) * (wide + GAP)
            body += [text(x, y + LINE * (n + 1) - 4, words) for n, words in enumerate(captions[i])]
            body.append(tiles[i][1].replace("<svg ", f'<svg x="{x}" y="{y + LINE * lines}" ', 1))
        y += LINE * lines + high + GAP // 2
    width = columns * (wide + GAP) - GAP
    if legend:
        body.append(f'<g transform="translate(0 {y})">{"".join(legend)}</g>')
        y += 2 * LINE
    return Tiles(_svg(body, width, y), width, y)


def legend_marks(entries: Sequence[tuple[str, str]]) -> list[str]:
    """A square and a name an entry, in one line; a colour may be a pattern of the images, ``url(#h)``."""
    marks, x = [], 0.0
    for colour, name in entries:
        marks.append(
            f'<rect x="{x}" y="4" width="12" height="12" fill="{colour}" stroke="{INK}" stroke-width=".4"/>'
        )
        marks.append(text(x + 17, 14, name))
        x += 17 + LETTER * len(name) + 14
    return marks


def _size(svg: str) -> tuple[int, int]:
    found = _SIZE.search(svg)
    assert found is not None, "our images name their size"
    return int(found[1]), int(found[2])


def _svg(body: Sequence[str], width: int, height: int) -> str:
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {width} {height}" width="{width}" '
        f'height="{height}" font-family="Liberation Sans, Arial, sans-serif" font-size="11">'
        f"{''.join(body)}</svg>"
    )
