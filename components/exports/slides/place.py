"""Where things stand on a slide of 13.333 by 7.5 inches."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class Box:
    """A rectangle, in inches."""

    left: float
    top: float
    width: float
    height: float

    @property
    def bottom(self) -> float:
        """Its lower edge."""
        return self.top + self.height


WIDTH, MARGIN = 13.333, 0.55
INNER = WIDTH - 2 * MARGIN
BADGE = Box(WIDTH - MARGIN - 3.1, 0.16, 3.1, 0.28)
TITLE = Box(MARGIN, 0.48, INNER, 0.98)
SUBTITLE = Box(MARGIN, 1.46, INNER, 0.42)
CONTENT = Box(MARGIN, 1.95, INNER, 4.85)
CAPTION = 0.55  # high, at the foot of the content
FOOT = Box(MARGIN, 6.98, INNER - 0.9, 0.36)
NUMBER = Box(WIDTH - MARGIN - 0.8, 6.98, 0.8, 0.36)
BAND = Box(0, 0, 0.35, 7.5)
TITLE_PAGE = Box(MARGIN + 0.5, 2.35, INNER - 1, 1.6)
