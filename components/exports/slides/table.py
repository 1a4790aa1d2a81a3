"""Native tables on slides: rows as high as their words, on as many slides as they need, never clipped."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any

from pptx.enum.text import MSO_ANCHOR, PP_ALIGN
from pptx.oxml.ns import qn
from pptx.util import Inches, Pt

from components.exports.slides.deck import colour_of, name, write
from components.exports.slides.place import CONTENT, Box
from components.exports.text_size import text_height
from components.figures.theme import ACCENT, HAIRLINE, INK, QUIET

NO_STYLE = "{2D5ABB26-0587-4C30-8999-92F81FD0307C}"  # neither lines nor colours: those are ours
SIDE, AIR = 0.06, 0.035  # inches beside and above the words of a cell
SIZE, SMALL, HEAD = 10.0, 9.0, 9.0  # points
WASH = "#f5f7f8"
STEP = 0.1  # inches, by which the room is made smaller while the slides stay as many


@dataclass(frozen=True)
class Text:
    """The words of a cell: the first paragraph in full, those after it small and quiet."""

    text: str
    colour: str = INK
    bold: bool = False
    size: float = SIZE

    def parts(self) -> list[tuple[str, float, str, bool]]:
        """Each paragraph with its letters."""
        first, *others = self.text.split("\n")
        return [(first, self.size, self.colour, self.bold), *((o, SMALL, QUIET, False) for o in others)]

    def height(self, width: float) -> float:
        """Inches that the words take in a column of that width."""
        inner = width - 2 * SIDE
        return sum(text_height(text or " ", size, inner, bold=bold) for text, size, _, bold in self.parts())


@dataclass(frozen=True)
class Row:
    """One row; with ``whole``, its first cell goes over all columns, and ``heads`` says that rows follow."""

    cells: tuple[Text, ...]
    whole: bool = False
    heads: bool = False


@dataclass(frozen=True)
class Grid:
    """A table before it is cut into slides: its columns with their widths (inches), and which are numbers."""

    labels: tuple[str, ...]
    widths: tuple[float, ...]
    rows: tuple[Row, ...]
    numbers: frozenset[int] = field(default_factory=frozenset)

    def height(self, row: Row) -> float:
        """Inches that a row takes."""
        widths = (sum(self.widths),) if row.whole else self.widths
        cells = row.cells[:1] if row.whole else row.cells
        return max(c.height(w) for c, w in zip(cells, widths, strict=True)) + 2 * AIR

    @property
    def head(self) -> Row:
        """The row of the columns' names."""
        return Row(tuple(Text(label, "#ffffff", bold=True, size=HEAD) for label in self.labels))

    def pages(self, room: float) -> list[tuple[Row, ...]]:
        """The rows of each slide; a row that heads others goes with them and stands again where they go on.

        The slides are filled alike: none holds what little the others left.

        Args:
            room: inches for head and rows.
        """
        cut = self._cut(room)
        while len(closer := self._cut(room - STEP)) == len(cut) and room > STEP:
            cut, room = closer, room - STEP
        return cut

    def _cut(self, room: float) -> list[tuple[Row, ...]]:
        pages: list[list[Row]] = [[]]
        used = free = self.height(self.head)
        heading: Row | None = None
        for place, row in enumerate(self.rows):
            needed = self.height(row)
            if row.heads and place + 1 < len(self.rows):
                needed += self.height(self.rows[place + 1])
            if pages[-1] and used + needed > room:
                pages.append([])
                used = free
                if heading is not None and not row.heads:
                    pages[-1].append(heading)
                    used += self.height(heading)
            pages[-1].append(row)
            used += self.height(row)
            heading = row if row.heads else heading
        return [tuple(page) for page in pages]


def add_table(slide: Any, grid: Grid, rows: Sequence[Row], alt: str, box: Box = CONTENT) -> Any:
    """A native table of some rows of a grid, its first row marked as the one of the names."""
    shown = [grid.head, *rows]
    frame = slide.shapes.add_table(
        len(shown), len(grid.labels), Inches(box.left), Inches(box.top), Inches(sum(grid.widths)), Inches(0.1)
    )
    name(frame, alt)
    table = frame.table
    table.first_row, table.horz_banding = True, False
    table._tbl.tblPr.find(qn("a:tableStyleId")).text = NO_STYLE
    for column, width in zip(table.columns, grid.widths, strict=True):
        column.width = Inches(width)
    for number, row in enumerate(shown):
        table.rows[number].height = Inches(grid.height(row))
        _fill(table, number, row, grid)
    frame.height = sum(row.height for row in table.rows)
    return frame


def _fill(table: Any, number: int, row: Row, grid: Grid) -> None:
    cells = [table.cell(number, column) for column in range(len(grid.labels))]
    if row.whole:
        cells[0].merge(cells[-1])
    for column, (cell, text) in enumerate(zip(cells, row.cells, strict=False)):
        ground = ACCENT if number == 0 else WASH if row.heads else None
        _write(cell, text, ground, right=column in grid.numbers and not row.whole)
    for cell in cells:
        _underline(cell)


def _write(cell: Any, text: Text, ground: str | None, *, right: bool) -> None:
    cell.margin_left = cell.margin_right = Inches(SIDE)
    cell.margin_top = cell.margin_bottom = Inches(AIR)
    cell.vertical_anchor = MSO_ANCHOR.TOP
    if ground is None:
        cell.fill.background()
    else:
        cell.fill.solid()
        cell.fill.fore_color.rgb = colour_of(ground)
    frame = cell.text_frame
    frame.word_wrap = True
    for place, (words, size, colour, bold) in enumerate(text.parts()):
        paragraph = frame.paragraphs[0] if place == 0 else frame.add_paragraph()
        paragraph.alignment = PP_ALIGN.RIGHT if right else PP_ALIGN.LEFT
        write(paragraph, words, size, colour, bold=bold)


def _underline(cell: Any) -> None:
    """A hairline under the cell; before the fill, as the format wants it."""
    properties = cell._tc.get_or_add_tcPr()
    line = properties.makeelement(qn("a:lnB"), {"w": str(Pt(0.75))})
    fill = line.makeelement(qn("a:solidFill"), {})
    fill.append(fill.makeelement(qn("a:srgbClr"), {"val": HAIRLINE.lstrip("#").upper()}))
    line.append(fill)
    properties.insert(0, line)
