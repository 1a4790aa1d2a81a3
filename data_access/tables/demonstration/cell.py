"""Where a series stands among the dimensions."""

from __future__ import annotations

from typing import NamedTuple

TOTAL = "_T"


class Cell(NamedTuple):
    """Where a series stands; the fields are the dimension columns, in the order of the table."""

    ref_area: str = "BRU"
    sex: str = TOTAL
    age: str = TOTAL
    education: str = TOTAL
    duration: str = TOTAL
    audience: str = TOTAL
    operator: str = TOTAL
    workplace: str = TOTAL

    def at(self, dimension: str, item: str) -> Cell:
        """The cell of an item of a dimension, the rest as here."""
        return self._replace(**{dimension.lower(): item})
