"""A remark, a title and a decision say something in at least one language; the other may follow."""

from __future__ import annotations

from collections.abc import Iterable

from data_access.contract.model import Contract
from data_access.imports.report import Problem
from data_access.imports.table import Table

TEXTS = {
    "remark": ("text", "text_missing"),
    "plan": ("title", "title_missing"),
    "decision": ("text", "decision_missing"),
}


def check_text_given(table: Table, contract: Contract) -> Iterable[Problem]:
    """A row without any text."""
    name, code = TEXTS[table.kind]
    pair = [f"{name}_{language}" for language in ("fr", "nl")]
    silent = table.raw[pair].isna().all(axis=1).to_numpy()
    column = pair[0] if pair[0] in table.labels else pair[1]
    yield from table.problems(silent, code, column, " | ".join(pair).upper())
