"""An empty presentation in the manner of the house: 16:9, two layouts, its letters and its colours."""

from __future__ import annotations

import re
from datetime import date, datetime, time
from typing import Any

from pptx import Presentation
from pptx.opc.constants import RELATIONSHIP_TYPE as RT
from pptx.oxml.ns import qn
from pptx.util import Inches

from components.exports.slides.place import FOOT, NUMBER, SUBTITLE, TITLE, TITLE_PAGE, WIDTH, Box
from components.figures.theme import ACCENT, BREAK, CIRCLE, INK, OTHER, QUIET, TARGET
from components.i18n.translate import LOCALES

FONT = "Arial"
TITLE_SLIDE, TITLE_ONLY = 0, 5  # of the template that python-pptx brings
HEIGHT = 7.5
_COLOURS = {
    "dk1": INK,
    "lt1": "#ffffff",
    "dk2": ACCENT,
    "lt2": "#f5f7f8",
    "accent1": ACCENT,
    "accent2": TARGET,
    "accent3": BREAK,
    "accent4": OTHER,
    "accent5": QUIET,
    "accent6": CIRCLE,
    "hlink": ACCENT,
    "folHlink": TARGET,
}


def make_presentation(language: str, title: str, about: str, day: date) -> Any:
    """The presentation without slides.

    Args:
        language: ``fr`` or ``nl``.
        title: of the file.
        about: what it says of itself beside its title.
        day: that its properties name as the one of its making.
    """
    deck = Presentation()
    deck.slide_width, deck.slide_height = Inches(WIDTH), Inches(HEIGHT)
    layouts = list(deck.slide_layouts)
    for number, layout in enumerate(layouts):
        if number not in {TITLE_SLIDE, TITLE_ONLY}:
            deck.slide_layouts.remove(layout)
    master = deck.slide_master
    _paint(master.part.part_related_by(RT.THEME))
    _arrange_master(master)
    _arrange_cover(layouts[TITLE_SLIDE])
    for layout in (master, *deck.slide_layouts):
        _drop_dates(layout)
    _say(deck.core_properties, language, title, about, day)
    _drop_thumbnail(deck)
    return deck


def set_language(root: Any, language: str) -> None:
    """Say of every run below an element in which language it is written: what a screen reader goes by."""
    tag = LOCALES[language].replace("_", "-")
    for name in ("a:rPr", "a:endParaRPr", "a:defRPr"):
        for element in root.iter(qn(name)):
            element.set("lang", tag)
    for run in root.iter(qn("a:r"), qn("a:fld")):
        if run.find(qn("a:rPr")) is None:
            run.insert(0, run.makeelement(qn("a:rPr"), {"lang": tag}))


def _paint(theme: Any) -> None:
    """Letters and colours of the theme, so that what a reader adds looks like the rest."""
    text = theme.blob.decode("utf-8")
    for name, colour in _COLOURS.items():
        text = re.sub(
            rf"(<a:{name}>).*?(</a:{name}>)",
            rf'\g<1><a:srgbClr val="{colour.lstrip("#").upper()}"/>\g<2>',
            text,
            flags=re.S,
        )
    text = re.sub(
        r'(<a:(?:major|minor)Font>\s*<a:latin typeface=")[^"]*"', rf'\g<1>{FONT}"', text, flags=re.S
    )
    theme._blob = text.encode("utf-8")


def _arrange_master(master: Any) -> None:
    boxes = {"title": TITLE, "body": SUBTITLE, "ftr": FOOT, "sldNum": NUMBER}
    for shape in list(master.placeholders):
        kind = shape.element.ph.get("type")
        if kind in boxes:
            put(shape, boxes[kind])
        shape.text_frame.margin_left = shape.text_frame.margin_right = 0
    style = master.element.find(qn("p:txStyles")).find(qn("p:titleStyle")).find(qn("a:lvl1pPr"))
    style.set("algn", "l")
    letters = style.find(qn("a:defRPr"))
    letters.set("sz", "2400")
    letters.set("b", "1")
    for body in master.element.iter(qn("a:bodyPr")):
        body.set("anchor", "t")
        for fit in list(body):
            body.remove(fit)
    for shape in master.placeholders:
        if shape.element.ph.get("type") in {"ftr", "sldNum"}:
            _small(shape, "r" if shape.element.ph.get("type") == "sldNum" else "l")


def _small(shape: Any, align: str) -> None:
    """The letters of the foot."""
    for level in shape.element.iter(qn("a:lvl1pPr")):
        level.set("algn", align)
        for letters in level.iter(qn("a:defRPr")):
            letters.set("sz", "900")
            for tint in letters.iter(qn("a:tint")):  # too pale to read
                tint.getparent().remove(tint)


def _arrange_cover(layout: Any) -> None:
    for shape in list(layout.placeholders):
        kind = shape.element.ph.get("type")
        if kind == "ctrTitle":
            put(shape, TITLE_PAGE)
        elif kind == "subTitle":
            put(shape, Box(TITLE_PAGE.left, 4.1, TITLE_PAGE.width, 1.9))
            for level in shape.element.iter(qn("a:lvl1pPr")):
                level.set("algn", "l")


def _drop_dates(layout: Any) -> None:
    """A date would be the one on which somebody opens the file."""
    for shape in list(layout.placeholders):
        if shape.element.ph.get("type") == "dt":
            shape.element.getparent().remove(shape.element)


def put(shape: Any, box: Box) -> None:
    """Place a shape, in inches."""
    shape.left, shape.top = Inches(box.left), Inches(box.top)
    shape.width, shape.height = Inches(box.width), Inches(box.height)


def _say(properties: Any, language: str, title: str, about: str, day: date) -> None:
    moment = datetime.combine(day, time())
    properties.title, properties.subject = title, about
    properties.author = properties.last_modified_by = "Actiris"
    properties.language = LOCALES[language].replace("_", "-")
    properties.created = properties.modified = moment
    properties.revision = 1
    properties.keywords = properties.comments = properties.category = ""


def _drop_thumbnail(deck: Any) -> None:
    """The template's own picture of itself shows another file."""
    relations = deck.part.package._rels
    for key in [k for k, r in relations.items() if r.reltype == RT.THUMBNAIL]:
        relations.pop(key)
