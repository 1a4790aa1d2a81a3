"""A project stands by itself; an action belongs to a project of the same plan, in the same file."""

from __future__ import annotations

from collections.abc import Iterable

import numpy as np

from data_access.contract.model import Contract
from data_access.imports.governance_columns import ACTION, PROJECT
from data_access.imports.report import Problem
from data_access.imports.table import Table

_SHOWN = 20  # projects named in a message


def check_plan_parent(table: Table, contract: Contract) -> Iterable[Problem]:
    """A project with a parent; an action without one, or with one that is no project of its plan."""
    given = ~table.raw["parent"].isna().to_numpy()
    yield from table.problems(given & table.holds("level", {PROJECT}), "parent_of_project", "parent", "∅")
    projects = list(_projects(table))
    keys = zip(table.frame["parent"], table.frame["year"], strict=True)
    known = np.array([key in set(projects) for key in keys], dtype=bool)
    actions = table.holds("level", {ACTION})
    yield from table.problems(actions & ~known, "parent_unknown", "parent", lambda at: _some(table, at))


def _projects(table: Table) -> Iterable[tuple[object, object]]:
    rows = zip(table.frame["action"], table.frame["year"], table.frame["level"], strict=True)
    return ((code, year) for code, year, level in rows if level == PROJECT)


def _some(table: Table, at: int) -> str:
    """The projects of the plan that a row belongs to."""
    year = table.frame["year"].iloc[at]
    found = [str(code) for code, own in _projects(table) if own == year]
    return ", ".join(found[:_SHOWN]) + (" …" if len(found) > _SHOWN else "") if found else "LEVEL = project"
