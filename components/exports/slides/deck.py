"""A presentation under way: slides with a real title, a foot, notes, and alternative texts."""

from __future__ import annotations

import copy
from dataclasses import dataclass
from typing import Any

from pptx.dml.color import RGBColor
from pptx.enum.shapes import MSO_SHAPE
from pptx.enum.text import MSO_ANCHOR, PP_ALIGN
from pptx.oxml import parse_xml
from pptx.oxml.ns import nsdecls, qn
from pptx.util import Inches, Pt

from components.exports.asked import Asked
from components.exports.slides.master import put, set_language
from components.exports.slides.place import BADGE, SUBTITLE, TITLE, Box
from components.exports.text_size import fitting_size
from components.figures.theme import INK, QUIET
from components.i18n.translate import Translator

TITLE_SIZES = (24, 22, 20, 18, 16)
WARNING, WARNING_EDGE, WARNING_INK = "#fff8e5", "#b98900", "#4a3700"


@dataclass
class Deck:
    """What the makers of slides share.

    Attributes:
        presentation: of ``make_presentation``.
        asked: language, version, cut-off, thresholds.
        foot: last day covered and version.
    """

    presentation: Any
    asked: Asked
    foot: str

    @property
    def t(self) -> Translator:
        """The translator of the language."""
        return self.asked.t

    def add(
        self, title: str, subtitle: str, notes: str, *, source: str = "", demonstration: bool = False
    ) -> Any:
        """A slide with everything but its content.

        Args:
            title: the finding.
            subtitle: measure, unit, territory and period.
            notes: what the speaker must know.
            source: who delivers the figures; stands before the vintage in the foot.
            demonstration: whether any value on it is fictitious.
        """
        slide = self.presentation.slides.add_slide(self.presentation.slide_layouts[1])
        frame = slide.shapes.title.text_frame
        frame.text, frame.word_wrap = title, True
        size = fitting_size(title, TITLE.width, TITLE.height - 0.1, TITLE_SIZES, bold=True)
        frame.paragraphs[0].runs[0].font.size = Pt(size)
        if subtitle:
            sizes = (13, 12, 11, 10)
            add_text(
                slide,
                SUBTITLE,
                subtitle,
                size=fitting_size(subtitle, SUBTITLE.width, SUBTITLE.height, sizes),
                colour=QUIET,
            )
        if demonstration:
            self.warn(slide)
        self.finish(slide, " · ".join(part for part in (source, self.foot) if part), notes)
        return slide

    def warn(self, slide: Any) -> None:
        """Say on the slide that it holds fictitious values."""
        shape = slide.shapes.add_shape(MSO_SHAPE.RECTANGLE, 0, 0, 1, 1)
        put(shape, BADGE)
        shape.shadow.inherit = False
        shape.fill.solid()
        shape.fill.fore_color.rgb = colour_of(WARNING)
        shape.line.color.rgb = colour_of(WARNING_EDGE)
        shape.line.width = Pt(0.75)
        frame = shape.text_frame
        frame.margin_top = frame.margin_bottom = 0
        frame.vertical_anchor = MSO_ANCHOR.MIDDLE
        write(frame.paragraphs[0], self.t("demonstration.label"), 11, WARNING_INK, bold=True)
        frame.paragraphs[0].alignment = PP_ALIGN.CENTER
        name(shape, self.t("demonstration.label"))

    def finish(self, slide: Any, foot: str, notes: str) -> None:
        """Foot, slide number, notes, and the language of every word."""
        for shape in slide.slide_layout.placeholders:
            if shape.element.ph.get("type") in ({"ftr", "sldNum"} if foot else {"sldNum"}):
                own = copy.deepcopy(shape.element)
                own.nvSpPr.cNvPr.set("id", str(slide.shapes._next_shape_id))
                slide.shapes._spTree.append(own)
        for shape in slide.placeholders:
            if shape.element.ph.get("type") == "ftr":
                shape.text_frame.text = foot
                shape.text_frame.word_wrap = True
            if shape.element.ph.get("type") == "sldNum":
                number = len(self.presentation.slides)
                for text in shape.element.iter(qn("a:t")):
                    text.text = str(number)
        slide.notes_slide.notes_text_frame.text = notes

    def close(self) -> None:
        """Say of every word in which language it is, in the layouts as well."""
        presentation, language = self.presentation, self.asked.language
        master = presentation.slide_master
        roots = [presentation.element, master.element, *(x.element for x in master.slide_layouts)]
        for slide in presentation.slides:
            roots += [slide.element, slide.notes_slide.element]
            roots += [s.chart._chartSpace for s in slide.shapes if s.has_chart]
        for root in roots:
            set_language(root, language)


def colour_of(text: str) -> RGBColor:
    """``#0b4f6c`` as the library has colours."""
    colour: RGBColor = RGBColor.from_string(text.lstrip("#").upper())
    return colour


def write(paragraph: Any, text: str, size: float, colour: str = INK, *, bold: bool = False) -> None:
    """A run of text at the end of a paragraph."""
    run = paragraph.add_run()
    run.text = text
    run.font.size, run.font.bold = Pt(size), bold
    run.font.color.rgb = colour_of(colour)


def add_text(slide: Any, box: Box, text: str, *, size: float, colour: str = INK, bold: bool = False) -> Any:
    """A text box without a frame; line breaks begin paragraphs."""
    shape = slide.shapes.add_textbox(Inches(box.left), Inches(box.top), Inches(box.width), Inches(box.height))
    frame = shape.text_frame
    frame.word_wrap = True
    frame.margin_left = frame.margin_right = frame.margin_top = frame.margin_bottom = 0
    for number, line in enumerate(text.split("\n")):
        paragraph = frame.paragraphs[0] if number == 0 else frame.add_paragraph()
        write(paragraph, line, size, colour, bold=bold)
    return shape


def decorate(shape: Any) -> None:
    """Say of a shape that it shows nothing: screen readers pass over it."""
    properties = shape._element.xpath(".//p:cNvPr")[0]
    about = "http://schemas.microsoft.com/office/drawing/2017/decorative"
    extension = parse_xml(
        f'<a:extLst {nsdecls("a")}><a:ext uri="{{C183D7F6-B498-43B3-948B-1728B52AA6E4}}">'
        f'<adec:decorative xmlns:adec="{about}" val="1"/></a:ext></a:extLst>'
    )
    properties.append(extension)


def name(shape: Any, alt: str) -> None:
    """Give a shape its alternative text."""
    properties = shape._element.xpath(".//p:cNvPr")[0]
    properties.set("descr", alt)
