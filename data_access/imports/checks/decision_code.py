"""The code of a decision fits the database and an address."""

from __future__ import annotations

import re
from collections.abc import Iterable

from data_access.contract.model import Contract
from data_access.imports.report import Problem
from data_access.imports.table import Table

FORM = re.compile(r"[A-Za-z0-9][A-Za-z0-9.-]{0,15}")


def check_decision_code(table: Table, contract: Contract) -> Iterable[Problem]:
    """A decision whose code cannot be one."""
    formed = {code for code in table.frame["decision"].cat.categories if FORM.fullmatch(code)}
    strange = ~table.is_empty("decision") & ~table.holds("decision", formed)
    yield from table.problems(strange, "code_form", "decision", "D-2026-11-03")
