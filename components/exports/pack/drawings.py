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

ID = re.compile(r'\bid="([^"]+)"')
CLASS = re.compile(r'\s(?:class|data-[a-z-]+)="[^"]*"')
MARKS = re.compile(r"<(?:path|text|rect|circle|image)\b")
FIGURE = "svg"


class Cancelled(Exception):
    """Somebody asked for the pack to be given up; nothing was written."""


def find_art(packs: Iterable[Pack]) -> list[Art]:
    """Every figure of some documents once, in their order."""
    return list({id(art): art for pack in packs for art in _walk(pack)}.values())


def _walk(node: Any) -> Iterator[Art]:
    if isinstance(node, Art):
        yield node
    elif is_dataclass(node):
        for field in fields(node):
            yield from _walk(getattr(node, field.name))
    elif isinstance(node, tuple):
        for item in node:
            yield from _walk(item)


def draw_art(
    arts: Sequence[Art], draw: Draw, tell: Callable[[Art], None], cancelled: Callable[[], bool]
) -> dict[int, str]:
    """The SVG of every figure, by ``id`` of its ``Art``.

    Args:
        arts: of ``find_art``.
        draw: the renderer.
        tell: called after each figure.
        cancelled: asked before each figure.

    Raises:
        UserError: ``pack_figure`` names the figure that could not be drawn, and why.
        Cancelled: ``cancelled`` said so.
    """
    drawn = {}
    for art in arts:
        if cancelled():
            raise Cancelled(art.name)
        drawn[id(art)] = _svg(art, draw)
        tell(art)
    return drawn


def _svg(art: Art, draw: Draw) -> str:
    if isinstance(art.drawing, Image):
        return checked(art.name, art.drawing.svg)
    return checked(art.name, normalised(_drawn(art.name, art.drawing, draw)))


def _drawn(name: str, drawing: Drawing, draw: Draw) -> str:
    """One figure by the renderer; whatever stops it, the figure is named."""
    try:
        found = draw([drawing])
    except Exception as error:
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


def normalised(svg: str) -> str:
    """The SVG without what plotly.js makes up anew each time: its ids, classes and data attributes."""
    svg = CLASS.sub("", svg)
    for number, name in enumerate(dict.fromkeys(ID.findall(svg))):
        svg = re.sub(rf'(\bid="|#){re.escape(name)}(?=["\')&])', rf"\g<1>i{number}", svg)
    return svg
