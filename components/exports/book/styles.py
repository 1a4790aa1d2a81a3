"""The formats of a workbook: each is made once, however many cells wear it."""

from __future__ import annotations

from typing import Any

from xlsxwriter import Workbook
from xlsxwriter.format import Format

from components.figures.theme import ACCENT, HAIRLINE, INK, QUIET
from components.i18n import formats
from data_access.contract.model import Unit

FONT = "Arial"
WASH, WARNING, WARNING_INK = "#f5f7f8", "#fff8e5", "#4a3700"


class Styles:
    """Formats by what they say.

    Args:
        workbook: that they belong to.
        language: ``fr`` or ``nl``: where the percent sign stands. The separators are those of the reader's
            own machine, as everywhere in a spreadsheet.
    """

    def __init__(self, workbook: Workbook, language: str) -> None:
        self.language = language
        self._workbook = workbook
        self._made: dict[tuple[tuple[str, Any], ...], Format] = {}

    def make(self, **properties: Any) -> Format:
        """The format with these properties over those of the house."""
        wanted = {"font_name": FONT, "font_size": 10, "font_color": INK, "valign": "top", **properties}
        key = tuple(sorted(wanted.items()))
        if key not in self._made:
            self._made[key] = self._workbook.add_format(wanted)
        return self._made[key]

    @property
    def title(self) -> Format:
        """Of a sheet."""
        return self.make(font_size=15, bold=True, font_color=ACCENT)

    @property
    def section(self) -> Format:
        """Of a part of the read-me sheet."""
        return self.make(bold=True, font_size=11)

    @property
    def quiet(self) -> Format:
        """What is said under a title."""
        return self.make(font_color=QUIET)

    @property
    def warning(self) -> Format:
        """That the sheet holds demonstration figures."""
        return self.make(bold=True, font_color=WARNING_INK, bg_color=WARNING)

    @property
    def head(self) -> Format:
        """A column's name."""
        return self.make(bold=True, font_color="#ffffff", bg_color=ACCENT, text_wrap=True, valign="vcenter")

    @property
    def group(self) -> Format:
        """A row that names what follows."""
        return self.make(bold=True, bg_color=WASH, text_wrap=True, bottom=1, bottom_color=HAIRLINE)

    @property
    def text(self) -> Format:
        """Words, wrapped."""
        return self.make(text_wrap=True)

    @property
    def code(self) -> Format:
        """A code, never wrapped."""
        return self.make()

    @property
    def word(self) -> Format:
        """Why there is no number."""
        return self.make(font_color=QUIET, align="right", italic=True, text_wrap=True)

    @property
    def day(self) -> Format:
        """A date, as the language writes it in a cell."""
        return self.make(num_format="dd/mm/yyyy" if self.language == "fr" else "d/mm/yyyy", align="left")

    @property
    def whole(self) -> Format:
        """A number of cases."""
        return self.make(num_format="#,##0")

    def number(self, unit: Unit, decimals: int) -> Format:
        """A value in its unit, with the decimals of the screen."""
        return self.make(num_format=pattern(unit, decimals, self.language))

    def difference(self, unit: Unit, decimals: int) -> Format:
        """A signed change: of percentages in points, of a score out of ten without the ten."""
        shown = {Unit.PERCENT: Unit.POINTS, Unit.SCORE10: Unit.COUNT}.get(unit, unit)
        plain = pattern(shown, decimals, self.language)
        return self.make(num_format=f"+{plain};−{plain};{plain}")


def pattern(unit: Unit, decimals: int, language: str) -> str:
    """The number format of a spreadsheet: ``#,##0.0" %"``; the mark is text and multiplies nothing."""
    mark = formats.unit_mark(unit, language)
    return "#,##0" + ("." + "0" * decimals if decimals else "") + (f'"{mark}"' if mark else "")
