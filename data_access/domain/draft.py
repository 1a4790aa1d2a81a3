"""What somebody typed in a form and was not published: kept, with the reason, until it is mended."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any


@dataclass(frozen=True)
class Draft:
    """A form that was refused.

    Attributes:
        token: under which it is kept; empty for a form that nobody sent.
        fields: what was typed, by the name of the field.
        code, facts: of the error (``UserError``); the code is empty where nothing is wrong.
        problems: of an import that was refused (``imports.report.Problem.as_plain``), by column.
    """

    token: str
    fields: Mapping[str, str]
    code: str = ""
    facts: Mapping[str, str] = field(default_factory=dict)
    problems: Sequence[Mapping[str, Any]] = ()
