"""The converted rows of one kind, each with its place, as the checks see them."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import Any

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from data_access.imports.report import Facts, Problem, Severity

Mask = NDArray[np.bool_]
Expected = str | Callable[[int], str]


@dataclass(frozen=True)
class Table:
    """All rows of one kind in a file, whatever sheets they stand in.

    Attributes:
        frame: lower-case columns as ``columns.TABLES`` describes them, indexed from 0: codes, periods and
            texts categorical, numbers float64 (NaN when empty), days ``datetime.date`` or None.
        raw: the same rows as the file writes them.
        sheets: the sheet of each row.
        rows: the number of each row in its sheet.
        labels: the header of each column as the file writes it.
        unread: per column, the code of the problem of each cell that could not be read, or None.
    """

    kind: str
    file: str
    frame: pd.DataFrame
    raw: pd.DataFrame
    sheets: NDArray[np.object_]
    rows: NDArray[np.int_]
    labels: Mapping[str, str]
    unread: Mapping[str, NDArray[np.object_]]

    def __len__(self) -> int:
        return len(self.frame)

    def with_frame(self, frame: pd.DataFrame) -> Table:
        """The same rows with other contents."""
        return replace(self, frame=frame)

    def numbers(self, column: str) -> NDArray[np.float64]:
        """A number column; NaN where empty."""
        return self.frame[column].to_numpy(dtype=np.float64)

    def lookup(self, column: str, values: Mapping[str, Any], default: Any) -> NDArray[Any]:
        """For each row, the value that belongs to its code; the default where there is none."""
        codes = self.frame[column].cat
        found = [values.get(item, default) for item in codes.categories]
        return np.array([*found, default])[codes.codes]

    def holds(self, column: str, items: Iterator[str] | Sequence[str] | set[str] | frozenset[str]) -> Mask:
        """Where a code column holds one of some items."""
        known = set(items)
        codes = self.frame[column].cat
        found = [item in known for item in codes.categories]
        return np.array([*found, False], dtype=bool)[codes.codes]

    def is_empty(self, column: str) -> Mask:
        """Where a column holds nothing."""
        return self.frame[column].isna().to_numpy()

    def groups(self, columns: Sequence[str]) -> NDArray[np.intp]:
        """A number for each row; rows have the same one when they agree on every column."""
        number = np.zeros(len(self), dtype=np.intp)
        for column in columns:
            codes = pd.factorize(self.frame[column], use_na_sentinel=False)[0]
            number = pd.factorize(number * (codes.max(initial=0) + 1) + codes)[0]
        return number

    def problems(
        self,
        where: Mask,
        code: str,
        column: str,
        expected: Expected = "",
        *,
        severity: Severity = Severity.ERROR,
        facts: Callable[[int], Facts] | None = None,
    ) -> Iterator[Problem]:
        """One problem for each row where the condition holds.

        Args:
            where: one truth value per row.
            expected: what was expected, or a function of the position of the row; so are ``facts``.
        """
        cells = self.raw.get(column)
        label = self.labels.get(column, column.upper())
        for position in np.flatnonzero(where):
            at = int(position)
            yield Problem(
                severity,
                code,
                self.file,
                str(self.sheets[at]),
                int(self.rows[at]),
                label,
                "" if cells is None else written(cells.iloc[at]),
                expected if isinstance(expected, str) else expected(at),
                {} if facts is None else facts(at),
            )


def written(cell: object) -> str:
    """A cell as its reader knows it; a number of a workbook without needless decimals."""
    if cell is None:
        return ""
    if isinstance(cell, float):
        return plain(cell)
    return cell.isoformat() if isinstance(cell, date) else str(cell)


def plain(number: float) -> str:
    """A number without needless decimals."""
    return f"{number:.10g}"
