"""A text fits its place: an annotation stands in a figure, a comment is a paragraph, a role a few words."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

import numpy as np
from numpy.typing import NDArray

from data_access.contract.model import Contract
from data_access.imports.report import Facts, Problem
from data_access.imports.table import Table

ANNOTATION = ROLE = 80  # characters
TITLE = 160
COMMENT = 1000
LIMITS = {
    "governance": {"document_fr": TITLE, "document_nl": TITLE, "comment": COMMENT},
    "plan": {"title_fr": TITLE, "title_nl": TITLE, "owner_fr": ROLE, "owner_nl": ROLE},
    "remark": {"role_fr": ROLE, "role_nl": ROLE},
    "decision": {
        **dict.fromkeys(("text_fr", "text_nl", "reason_fr", "reason_nl"), COMMENT),
        **dict.fromkeys(("point", "role_fr", "role_nl"), ROLE),
    },
}


def check_text_length(table: Table, contract: Contract) -> Iterable[Problem]:
    """A text longer than its place; that of a remark depends on its kind."""
    if table.kind == "remark":
        of_kind = table.lookup("kind", {"annotation": ANNOTATION}, COMMENT)
        for column in ("text_fr", "text_nl"):
            yield from _too_long(table, column, of_kind)
    for column, limit in LIMITS[table.kind].items():
        yield from _too_long(table, column, np.full(len(table), limit))


def _too_long(table: Table, column: str, limits: NDArray[Any]) -> Iterable[Problem]:
    categories = table.frame[column].cat.categories
    lengths = table.lookup(column, {text: len(text) for text in categories}, 0)

    def facts(at: int) -> Facts:
        return {"length": int(lengths[at])}

    yield from table.problems(
        lengths > limits, "text_too_long", column, lambda at: f"≤ {limits[at]}", facts=facts
    )
