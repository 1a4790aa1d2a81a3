"""What can be wrong in the files of the contract: a finding about the data, a problem at a place."""

from __future__ import annotations

from typing import NamedTuple, TypedDict

Loc = tuple[str | int, ...]


class Finding(NamedTuple):
    """Something wrong in the data read, before one knows which file it came from.

    Attributes:
        loc: path in the data, as pydantic gives it, e.g. ``("objectives", 0, "title", "nl")``.
        reason: code of the sentence that explains it (README.md lists them).
        value: what was found; empty when nothing was.
        expected: what was expected; empty when the reason says it.
    """

    loc: Loc
    reason: str
    value: str = ""
    expected: str = ""


class Problem(TypedDict):
    """Something wrong in a file.

    Keys:
        file: path relative to the folder of the contract, with forward slashes.
        line: line of the file, where it is known (CSV rows, TOML syntax).
        field: path of the field in a TOML file, column of a CSV file; empty for the whole file.
        reason, value, expected: as in ``Finding``.
    """

    file: str
    line: int | None
    field: str
    reason: str
    value: str
    expected: str


def make_problem(file: str, finding: Finding, *, field: str = "", line: int | None = None) -> Problem:
    """A finding at its place."""
    return Problem(
        file=file,
        line=line,
        field=field,
        reason=finding.reason,
        value=finding.value,
        expected=finding.expected,
    )
