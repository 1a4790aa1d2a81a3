"""Rows of the remark table: fictitious comments and annotations, read from remarks.toml."""

from __future__ import annotations

import tomllib
from collections import Counter
from collections.abc import Iterator
from datetime import date
from functools import lru_cache
from pathlib import Path

from pydantic import model_validator

from data_access.contract.model import Contract, Frozen, Sentence, Text
from data_access.tables.demonstration.cell import TOTAL

_FILE = Path(__file__).with_name("remarks.toml")
_FICTITIOUS = {"fr": "démonstration", "nl": "demonstratie"}

Row = tuple[str, ...]


class Said(Frozen):
    """A text in one language or in both."""

    fr: Sentence | None = None
    nl: Sentence | None = None

    @model_validator(mode="after")
    def _in_a_language(self) -> Said:
        if self.fr is None and self.nl is None:
            raise ValueError("a text in French, in Dutch or in both")
        return self


class Action(Said):
    """What is decided, and until when."""

    due: date | None = None


class _About(Frozen):
    """Of what, on which day, by whom (a key of the roles)."""

    indicator: str
    operator: str = TOTAL
    day: date
    role: str


class Comment(_About):
    """What the owner of an indicator wrote on one day."""

    finding: Said
    cause: Said | None = None
    actions: tuple[Action, ...] = ()


class Annotation(_About, Said):
    """A few words at one day of the figure."""


class Remarks(Frozen):
    """The whole of remarks.toml."""

    roles: dict[str, Text]
    comments: tuple[Comment, ...]
    annotations: tuple[Annotation, ...]


@lru_cache(maxsize=1)
def load_remarks() -> Remarks:
    """The remarks that ship.

    Raises:
        pydantic.ValidationError: remarks.toml does not fit the classes above.
    """
    return Remarks.model_validate(tomllib.loads(_FILE.read_text(encoding="utf-8")))


def remark_rows(contract: Contract) -> Iterator[Row]:
    """The rows of every remark, in the columns of the remark table.

    Raises:
        UnknownIndicator: a remark is about a code that the contract does not know.
        KeyError: a remark names a role that the file does not have.
    """
    remarks, rank = load_remarks(), Counter[tuple[str, ...]]()
    for about, kind, said in _said(remarks):
        contract.indicator(about.indicator)
        key = (about.indicator, about.operator, kind, about.day.isoformat())
        rank[key] += 1
        yield _row(about, kind, said, rank[key], remarks.roles[about.role])


def _said(remarks: Remarks) -> Iterator[tuple[_About, str, Said]]:
    for comment in remarks.comments:
        yield comment, "finding", comment.finding
        if comment.cause is not None:
            yield comment, "cause", comment.cause
        for action in comment.actions:
            yield comment, "action", action
    for annotation in remarks.annotations:
        yield annotation, "annotation", annotation


def _row(about: _About, kind: str, said: Said, rank: int, role: Text) -> Row:
    due = said.due if isinstance(said, Action) else None
    return (
        about.indicator,
        kind,
        about.day.isoformat(),
        about.operator,
        str(rank),
        "" if due is None else due.isoformat(),
        said.fr or "",
        said.nl or "",
        *(f"{role.in_(language)} ({mark})" for language, mark in _FICTITIOUS.items()),
    )
