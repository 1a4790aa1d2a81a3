"""The development plan: the projects of the contract and of each year, with their actions and budgets."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import Any

import pandas as pd

from data_access.cache import cached
from data_access.contract.load import contract
from data_access.contract.model import Text
from data_access.db.reading import reading
from data_access.domain.plan import NOTHING, Amount, mean_progress, total
from data_access.repositories.governance import load_actions

MULTIANNUAL = "_T"
DEMONSTRATION = "demonstration"


@dataclass(frozen=True)
class PlanEntry:
    """A project or an action as it was delivered.

    Attributes:
        fr, nl: its title; None while a translation is awaited.
        commitments: those that it serves; of an action that names none, those of its project.
        progress: per cent; None where not known.
        run, change: budgets in euro, of what goes on anyhow and of what is new; None where not known.
        demonstration: whether it is fictitious.
    """

    code: str
    parent: str
    fr: str | None
    nl: str | None
    owner: Text
    starts_on: date
    ends_on: date
    commitments: tuple[str, ...]
    indicators: tuple[str, ...]
    progress: float | None
    run: float | None
    change: float | None
    demonstration: bool

    def in_(self, language: str) -> str | None:
        """The title in ``fr`` or ``nl``."""
        return self.nl if language == "nl" else self.fr

    def is_overdue(self, today: date) -> bool:
        """Whether its last day is over and it is known not to be whole."""
        return today > self.ends_on and self.progress is not None and self.progress < 100


@dataclass(frozen=True)
class Project:
    """A project with its actions.

    Attributes:
        run, change: its own budget where it has one, else that of its actions.
        progress: its own where it was delivered, else the plain mean of its actions.
    """

    entry: PlanEntry
    actions: tuple[PlanEntry, ...]
    run: Amount
    change: Amount
    progress: float | None


@dataclass(frozen=True)
class DevelopmentPlan:
    """One plan.

    Attributes:
        year: ``2026`` for an annual plan, ``_T`` for the multi-annual one.
        projects: by code.
    """

    year: str
    projects: tuple[Project, ...]

    @property
    def actions(self) -> tuple[PlanEntry, ...]:
        """Every action, project by project."""
        return tuple(action for project in self.projects for action in project.actions)

    @property
    def run(self) -> Amount:
        """The budget of what goes on anyhow, of all projects."""
        return sum((project.run for project in self.projects), NOTHING)

    @property
    def change(self) -> Amount:
        """The budget of what is new, of all projects."""
        return sum((project.change for project in self.projects), NOTHING)

    @property
    def demonstration(self) -> bool:
        """Whether anything in it is fictitious."""
        entries = (*(p.entry for p in self.projects), *self.actions)
        return any(entry.demonstration for entry in entries)


@cached
def get_plans(version: int) -> tuple[DevelopmentPlan, ...]:
    """Every plan at a data version: the multi-annual one first, then the years, the newest first."""
    del version  # part of the key only
    with reading() as connection:
        rows = load_actions(connection).to_dict("records")
    years = sorted({row["year"] for row in rows}, reverse=True)  # _T comes after the digits
    return tuple(DevelopmentPlan(year, _projects([r for r in rows if r["year"] == year])) for year in years)


@dataclass(frozen=True)
class Chosen:
    """What is shown of the plans.

    Attributes:
        whole: the plan chosen.
        commitment: that narrows it; empty for none.
        shown: what is left of it.
    """

    whole: DevelopmentPlan
    commitment: str
    shown: DevelopmentPlan


def choose(plans: Sequence[DevelopmentPlan], query: Mapping[str, str]) -> Chosen:
    """The plan and the commitment that an address asks for; what it names wrongly chooses nothing.

    Args:
        plans: at least one; the first is chosen where none is named.
        query: ``year`` and ``commitment``.
    """
    whole = next((plan for plan in plans if plan.year == query.get("year")), plans[0])
    every = [each for objective in contract().objectives for each in objective.commitments]
    found = next((each for each in every if each.code == query.get("commitment")), None)
    if found is None:
        return Chosen(whole, "", whole)
    halves = [each.code for each in every if each.parent == found.code]
    return Chosen(whole, found.code, narrow(whole, filter(None, (found.code, found.parent, *halves))))


def narrow(plan: DevelopmentPlan, commitments: Iterable[str]) -> DevelopmentPlan:
    """The actions of a plan that serve one of some commitments, under their projects, with their own sums."""
    wanted = set(commitments)
    projects = []
    for project in plan.projects:
        actions = tuple(action for action in project.actions if wanted & set(action.commitments))
        if actions:
            projects.append(_project(_without_sums(project.entry), actions))
        elif not project.actions and wanted & set(project.entry.commitments):
            projects.append(project)
    return DevelopmentPlan(plan.year, tuple(projects))


def _without_sums(entry: PlanEntry) -> PlanEntry:
    """A project of which only a part is shown: what it says of its whole would not add up."""
    return replace(entry, progress=None, run=None, change=None)


def _projects(rows: Iterable[Mapping[Any, Any]]) -> tuple[Project, ...]:
    entries = [_entry(row) for row in rows]
    return tuple(
        _project(each, tuple(_inherit(e, each) for e in entries if e.parent == each.code))
        for each in entries
        if not each.parent
    )


def _project(entry: PlanEntry, actions: tuple[PlanEntry, ...]) -> Project:
    parts = actions or (entry,)
    progress = [entry.progress] if entry.progress is not None else [a.progress for a in actions]
    return Project(
        entry=entry,
        actions=actions,
        run=total([entry.run] if entry.run is not None else [e.run for e in parts]),
        change=total([entry.change] if entry.change is not None else [e.change for e in parts]),
        progress=mean_progress(progress),
    )


def _inherit(action: PlanEntry, project: PlanEntry) -> PlanEntry:
    return action if action.commitments else replace(action, commitments=project.commitments)


def _entry(row: Mapping[Any, Any]) -> PlanEntry:
    return PlanEntry(
        code=row["action"],
        parent=row["parent"],
        fr=row["title_fr"] or None,
        nl=row["title_nl"] or None,
        owner=Text(fr=row["owner_fr"], nl=row["owner_nl"]),
        starts_on=row["starts_on"],
        ends_on=row["ends_on"],
        commitments=tuple(row["commitments"].split()),
        indicators=tuple(row["indicators"].split()),
        progress=_number(row["progress"]),
        run=_number(row["budget_run"]),
        change=_number(row["budget_change"]),
        demonstration=row["provenance"] == DEMONSTRATION,
    )


def _number(value: float) -> float | None:
    return None if pd.isna(value) else float(value)
