"""How much room a text takes in Arial, so that nothing is clipped on a machine that we never see.

The widths are those of Helvetica's metrics file (Adobe), which Arial and Liberation Sans share.
"""

from __future__ import annotations

import unicodedata

# Thousandths of the size of the letters, from the space to the tilde.
_WIDTHS = (
    278, 278, 355, 556, 556, 889, 667, 191, 333, 333, 389, 584, 278, 333, 278, 278, 556, 556, 556, 556, 556,
    556, 556, 556, 556, 556, 278, 278, 584, 584, 584, 556, 1015, 667, 667, 722, 722, 667, 611, 778, 722, 278,
    500, 667, 556, 833, 722, 778, 667, 778, 722, 667, 611, 722, 667, 944, 667, 667, 611, 278, 278, 278, 469,
    556, 333, 556, 556, 500, 556, 556, 278, 556, 556, 222, 222, 500, 222, 833, 556, 556, 556, 556, 333, 500,
    278, 556, 500, 722, 500, 500, 500, 334, 260, 334, 584,
)  # fmt: skip
_FIRST = 32
_OTHER = 1000  # symbols, dashes: no letter is wider
_BOLD = 1.08
LINE = 1.2  # of the size of the letters
POINTS = 72  # to the inch


def text_width(text: str, size: float, *, bold: bool = False) -> float:
    """Inches that a line takes, its letters ``size`` points high."""
    thousandths = sum(map(_letter, text))
    return thousandths / 1000 * size / POINTS * (_BOLD if bold else 1)


def _letter(letter: str) -> int:
    base = unicodedata.normalize("NFKD", letter)[0]
    place = ord(base) - _FIRST
    return _WIDTHS[place] if 0 <= place < len(_WIDTHS) else _OTHER


def count_lines(text: str, size: float, width: float, *, bold: bool = False) -> int:
    """Lines that a text takes in a column of that many inches, broken between words."""
    return sum(_wrapped(line, size, width, bold=bold) for line in text.split("\n"))


def _wrapped(line: str, size: float, width: float, *, bold: bool) -> int:
    lines, used, space = 1, 0.0, text_width(" ", size, bold=bold)
    for word in line.split(" "):
        needed = text_width(word, size, bold=bold)
        if used and used + space + needed > width:
            lines, used = lines + 1, needed
        else:
            used += (space if used else 0.0) + needed
        while used > width:  # a word longer than the column goes on below
            lines, used = lines + 1, used - width
    return lines


def text_height(text: str, size: float, width: float, *, bold: bool = False) -> float:
    """Inches that a wrapped text is high."""
    return count_lines(text, size, width, bold=bold) * size * LINE / POINTS


def fitting_size(
    text: str, width: float, height: float, sizes: tuple[int, ...], *, bold: bool = False
) -> int:
    """The largest of some sizes at which a text fits into a box; the smallest where none does."""
    fits = (size for size in sizes if text_height(text, size, width, bold=bold) <= height)
    return next(fits, sizes[-1])
