"""Rows of the governance table: fictitious steps of the obligations, read from governance.toml."""

from __future__ import annotations

import tomllib
from collections.abc import Iterator
from datetime import date
from functools import lru_cache
from pathlib import Path
from typing import Annotated

from pydantic import StringConstraints

from data_access.contract.model import Contract, Frozen, Sentence

_FILE = Path(__file__).with_name("governance.toml")
_FICTITIOUS = {"fr": "démonstration", "nl": "demonstratie"}
COMMENT = "Données fictives de démonstration"

Row = tuple[str, ...]


class Document(Frozen):
    """A document in one language or in both."""

    fr: Sentence | None = None
    nl: Sentence | None = None


class StepTaken(Frozen):
    """What happened to an obligation on a day."""

    obligation: str
    state: str
    day: date
    document: Document = Document()
    edition: Annotated[str, StringConstraints(pattern=r"^\d{4}-\d\d$")] | None = None


class Steps(Frozen):
    """The whole of governance.toml."""

    steps: tuple[StepTaken, ...]


@lru_cache(maxsize=1)
def load_steps_taken() -> tuple[StepTaken, ...]:
    """The steps that ship.

    Raises:
        pydantic.ValidationError: governance.toml does not fit the classes above.
    """
    return Steps.model_validate(tomllib.loads(_FILE.read_text(encoding="utf-8"))).steps


def governance_rows(contract: Contract) -> Iterator[Row]:
    """The rows of every step, in the columns of the governance table.

    Raises:
        KeyError: a step is of an obligation that the contract does not have.
    """
    known = {obligation.code: obligation for obligation in contract.obligations}
    for step in load_steps_taken():
        yield (
            known[step.obligation].code,
            step.state,
            step.day.isoformat(),
            *(_marked(getattr(step.document, language), mark) for language, mark in _FICTITIOUS.items()),
            step.edition or "",
            COMMENT,
        )


def _marked(text: str | None, mark: str) -> str:
    """The text, which says that it is fictitious; empty while its translation is awaited."""
    return f"{text} ({mark})" if text else ""
