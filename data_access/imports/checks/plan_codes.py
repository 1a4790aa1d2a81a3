"""The codes of a plan: its own fit the database, and those that it lists exist in the contract."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping

import numpy as np

from data_access.contract.model import Contract
from data_access.imports.report import Facts, Problem
from data_access.imports.table import Table

FORM = re.compile(r"[A-Za-z0-9][A-Za-z0-9.-]{0,15}")
_SHOWN = 20  # codes named in a message


def check_plan_codes(table: Table, contract: Contract) -> Iterable[Problem]:
    """An action whose code cannot be one; a commitment or an indicator that nobody knows."""
    formed = {code for code in table.frame["action"].cat.categories if FORM.fullmatch(code)}
    strange = ~table.is_empty("action") & ~table.holds("action", formed)
    yield from table.problems(strange, "code_form", "action", "P2.1")
    commitments = [c.code for o in contract.objectives for c in o.commitments]
    yield from _strangers(table, "commitments", "unknown_commitment", commitments)
    yield from _strangers(table, "indicators", "unknown_listed", [i.code for i in contract.indicators])


def _strangers(table: Table, column: str, problem: str, known: list[str]) -> Iterable[Problem]:
    """One problem for each cell that lists an unknown code; it names the first."""
    categories: Iterable[str] = table.frame[column].cat.categories
    strangers: Mapping[str, str] = {text: _first(text, set(known)) for text in categories}
    found = table.lookup(column, strangers, "")

    def facts(at: int) -> Facts:
        return {"code": str(found[at])}

    some = " ".join(known[:_SHOWN]) + (" …" if len(known) > _SHOWN else "")
    yield from table.problems(np.asarray(found != "", dtype=bool), problem, column, some, facts=facts)


def _first(text: str, known: set[str]) -> str:
    """The first code of a list that is unknown; empty when there is none."""
    return next((code for code in text.split() if code not in known), "")
