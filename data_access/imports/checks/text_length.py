"""A remark fits its place: an annotation stands in a figure, a comment is a paragraph, a role a few words."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

import numpy as np
from numpy.typing import NDArray

from data_access.contract.model import Contract
from data_access.imports.report import Facts, Problem
from data_access.imports.table import Table

ANNOTATION = ROLE = 80  # characters
COMMENT = 1000


def check_text_length(table: Table, contract: Contract) -> Iterable[Problem]:
    """A text or a role longer than its place."""
    of_kind = table.lookup("kind", {"annotation": ANNOTATION}, COMMENT)
    of_role = np.full(len(table), ROLE)
    for column in ("text_fr", "text_nl", "role_fr", "role_nl"):
        yield from _too_long(table, column, of_role if column.startswith("role") else of_kind)


def _too_long(table: Table, column: str, limits: NDArray[Any]) -> Iterable[Problem]:
    categories = table.frame[column].cat.categories
    lengths = table.lookup(column, {text: len(text) for text in categories}, 0)

    def facts(at: int) -> Facts:
        return {"length": int(lengths[at])}

    yield from table.problems(
        lengths > limits, "text_too_long", column, lambda at: f"≤ {limits[at]}", facts=facts
    )
