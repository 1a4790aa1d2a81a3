"""Rows of the development plan: fictitious projects and their actions, read from plan.toml."""

from __future__ import annotations

import tomllib
from collections.abc import Iterator
from datetime import date
from functools import lru_cache
from pathlib import Path

from pydantic import Field

from data_access.contract.model import Contract, Frozen, Sentence, Text

_FILE = Path(__file__).with_name("plan.toml")
_FICTITIOUS = {"fr": "démonstration", "nl": "demonstratie"}
TOTAL = "_T"  # the multi-annual plan

Row = tuple[str, ...]


class Title(Frozen):
    """A title in one language or in both."""

    fr: Sentence | None = None
    nl: Sentence | None = None


class _Entry(Frozen):
    """What a project and an action have in common; ``role`` is a key of the roles."""

    code: str
    commitments: tuple[str, ...] = ()
    indicators: tuple[str, ...] = ()
    title: Title
    role: str
    starts_on: date
    ends_on: date


class Action(_Entry):
    """An action: its progress (per cent) and budgets (euro); None where they are not known."""

    progress: int | None = Field(default=None, ge=0, le=100)
    budget_run: int | None = None
    budget_change: int | None = None


class Project(_Entry):
    """A project of the plan of a year, or of the multi-annual one, with its actions."""

    year: int | None = None
    actions: tuple[Action, ...]


class Plan(Frozen):
    """The whole of plan.toml."""

    roles: dict[str, Text]
    projects: tuple[Project, ...]


@lru_cache(maxsize=1)
def load_plan() -> Plan:
    """The plan that ships.

    Raises:
        pydantic.ValidationError: plan.toml does not fit the classes above.
    """
    return Plan.model_validate(tomllib.loads(_FILE.read_text(encoding="utf-8")))


def plan_rows(contract: Contract) -> Iterator[Row]:
    """The rows of every project and action, in the columns of the plan.

    Raises:
        UnknownIndicator: one lists an indicator that the contract does not know.
        KeyError: one names a role that the file does not have.
    """
    plan = load_plan()
    for project in plan.projects:
        year = TOTAL if project.year is None else str(project.year)
        entries: tuple[Project | Action, ...] = (project, *project.actions)
        for entry in entries:
            for code in entry.indicators:
                contract.indicator(code)
            parent = "" if entry is project else project.code
            yield _row(entry, parent, plan.roles[entry.role], year)


def _row(entry: Project | Action, parent: str, role: Text, year: str) -> Row:
    numbers: tuple[int | None, ...] = (None, None, None)
    if isinstance(entry, Action):
        numbers = (entry.progress, entry.budget_run, entry.budget_change)
    return (
        entry.code,
        "action" if parent else "project",
        parent,
        " ".join(entry.commitments),
        " ".join(entry.indicators),
        entry.title.fr or "",
        entry.title.nl or "",
        *(f"{role.in_(language)} ({mark})" for language, mark in _FICTITIOUS.items()),
        entry.starts_on.isoformat(),
        entry.ends_on.isoformat(),
        *("" if number is None else str(number) for number in numbers),
        year,
    )
