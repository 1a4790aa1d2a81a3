"""Everything wrong with a file: each problem with its place, what stands there, what was expected."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum

Facts = Mapping[str, int | str]
Plain = dict[str, object]


class Severity(StrEnum):
    """An error refuses the file; a warning and what is left out are reported, and the rest is loaded."""

    ERROR = "error"
    WARNING = "warning"
    LEFT_OUT = "left_out"


@dataclass(frozen=True, slots=True)
class Problem:
    """One problem.

    Attributes:
        code: key of its sentence, ``problem.<code>``.
        sheet: empty in a text file.
        row: row of the file or sheet as a spreadsheet numbers it (1 is usually the header); None for the
            whole table.
        column: header as the file writes it.
        value: what stands there, as the file writes it.
        expected: what would have been right: items, a range, a form, or a computed number.
        facts: what the sentence names besides; ``count`` where one problem stands for several rows.
    """

    severity: Severity
    code: str
    file: str
    sheet: str = ""
    row: int | None = None
    column: str = ""
    value: str = ""
    expected: str = ""
    facts: Facts = field(default_factory=dict)

    @property
    def count(self) -> int:
        """How many rows it stands for."""
        return int(self.facts.get("count", 1))

    def as_plain(self) -> Plain:
        """Values that JSON can hold, for the batch."""
        return {name: getattr(self, name) for name in self.__dataclass_fields__} | {
            "severity": self.severity.value,
            "facts": dict(self.facts),
        }


@dataclass(frozen=True)
class ImportReport:
    """The problems of one file: all of them, in the order of its sheets and rows."""

    file: str
    problems: tuple[Problem, ...] = ()

    def of(self, severity: Severity) -> tuple[Problem, ...]:
        """The problems of one severity."""
        return tuple(p for p in self.problems if p.severity is severity)

    @property
    def rejected(self) -> bool:
        """Whether any error refuses the file."""
        return any(p.severity is Severity.ERROR for p in self.problems)

    @property
    def rows_left_out(self) -> int:
        """How many rows were reported and not loaded."""
        return sum(p.count for p in self.of(Severity.LEFT_OUT) if p.row is not None)

    def as_plain(self) -> list[Plain]:
        """All problems as values that JSON can hold."""
        return [p.as_plain() for p in self.problems]
