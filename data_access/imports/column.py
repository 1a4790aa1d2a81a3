"""One column of an input table: what its cells hold and what an empty one means."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum


class Kind(StrEnum):
    """What a cell holds."""

    CODE = "code"
    PERIOD = "period"
    NUMBER = "number"
    WHOLE = "whole"
    DATE = "date"
    TEXT = "text"


@dataclass(frozen=True)
class Column:
    """One column.

    Attributes:
        name: header of the input table (upper case); the database column is the same in lower case.
        required: the column must be there, and hold a value in every row.
        whole: the column may be absent, but where it is there every row must hold a value.
        default: what an absent column or an empty cell means; None leaves it empty.
        allowed: the closed list of items, where it does not depend on the contract.
        unknown: code of the problem of an item that is not in its list.
        empty: code of the problem of an empty cell.
        example: a value for the written reference.
        about: key of its explanation where another table has a column of the same name.
    """

    name: str
    kind: Kind
    required: bool = False
    whole: bool = False
    default: str | None = None
    allowed: tuple[str, ...] = ()
    unknown: str = "unknown_item"
    empty: str = "empty_cell"
    example: str = ""
    about: str = ""

    @property
    def field(self) -> str:
        """Name of the database column."""
        return self.name.lower()

    @property
    def explanation(self) -> str:
        """Key of the sentence that explains it."""
        return f"table.column.{self.about or self.field}"
