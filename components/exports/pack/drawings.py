"""The figures of a pack as SVG files: drawn one by one, named when one fails, the same bytes every time."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import fields, is_dataclass
from typing import Any
from xml.etree import ElementTree

from components.exports.exhibit import Drawing, Image
from components.exports.pack.model import Art, Draw, Pack
from data_access.domain.errors import UserError

MARKS = re.compile(r"<(?:path|text|rect|circle|image)\b")
FIGURE = "svg"


def find_art(packs: Iterable[Pack]) -> list[tuple[Art, str]]:
    """Every figure of some documents once, in their order, with the language of its document."""
    return list({id(art): (art, pack.language) for pack in packs for art in _walk(pack)}.values())


def _walk(node: Any) -> Iterator[Art]:
    if isinstance(node, Art):
        yield node
    elif is_dataclass(node):
        for field in fields(node):
            yield from _walk(getattr(node, field.name))
    elif isinstance(node, tuple):
        for item in node:
            yield from _walk(item)


def draw_art(arts: Sequence[tuple[Art, str]], draw: Draw, tell: Callable[[Art], None]) -> dict[int, str]:
    """The SVG of every figure, by ``id`` of its ``Art``.

    Args:
        arts: of ``find_art``.
        draw: the renderer.
        tell: called after each figure; an exception of it stops the work.

    Raises:
        UserError: ``pack_figure`` names the figure that could not be drawn, and why; ``export_no_browser``
            when nothing can be drawn on this machine.
    """
    drawn = {}
    for art, language in arts:
        drawn[id(art)] = _svg(art, language, draw)
        tell(art)
    return drawn


def _svg(art: Art, language: str, draw: Draw) -> str:
    if isinstance(art.drawing, Image):
        return checked(art.name, art.drawing.svg)
    return checked(art.name, _drawn(art.name, art.drawing, language, draw))


def _drawn(name: str, drawing: Drawing, language: str, draw: Draw) -> str:
    """One figure by the renderer; whatever stops it, the figure is named, unless none can be drawn at all."""
    try:
        found = draw([drawing], language)
    except Exception as error:
        if isinstance(error, UserError) and error.code == "export_no_browser":
            raise
        reason = str(error).splitlines()[0] if str(error) else type(error).__name__
        raise UserError("pack_figure", figure=name, reason=reason) from error
    if len(found) != 1:
        raise UserError("pack_figure", figure=name, reason=f"{len(found)} SVG")
    return found[0]


def checked(name: str, svg: str) -> str:
    """The SVG, if it is one and shows something.

    Raises:
        UserError: ``pack_figure`` when it is no SVG or a blank one.
    """
    try:
        root = ElementTree.fromstring(svg)  # noqa: S314  made here or by our own renderer
    except ElementTree.ParseError as error:
        raise UserError("pack_figure", figure=name, reason=str(error)) from error
    if root.tag.rpartition("}")[2] != FIGURE or not MARKS.search(svg):
        raise UserError("pack_figure", figure=name, reason="blank SVG")
    return svg
