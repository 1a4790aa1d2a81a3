"""A value is there, or follows from its counts, or is declared missing: nothing is missing in silence."""

from __future__ import annotations

from collections.abc import Iterable

import numpy as np

from data_access.contract.model import Contract
from data_access.imports.derive import derived_values
from data_access.imports.report import Problem
from data_access.imports.table import Mask, Table


def check_value_given(table: Table, contract: Contract) -> Iterable[Problem]:
    """A value that is missing without saying so, or declared missing and there.

    A confidential row may keep its value back. Among nobody (denominator zero) there is no rate to give.
    """
    column = "count" if table.kind == "cohort" else "obs_value"
    absent = table.raw[column].isna().to_numpy()
    excused = ~table.holds("conf_status", {"F"})
    if table.kind == "observation":
        missing = table.holds("obs_status", {"M"})
        yield from table.problems(missing & ~absent, "missing_with_value", column)
        excused = excused | missing | _follows(table, contract)
    expected = "OBS_STATUS = M" if table.kind == "observation" else "CONF_STATUS = C"
    yield from table.problems(absent & ~excused, "value_missing", column, expected)


def _follows(table: Table, contract: Contract) -> Mask:
    """Where the value follows from its counts, or would if they could be read (that is reported)."""
    counted = ~table.raw["numerator"].isna().to_numpy() & ~table.raw["denominator"].isna().to_numpy()
    unread = np.isnan(table.numbers("numerator")) | np.isnan(table.numbers("denominator"))
    nobody = table.numbers("denominator") == 0
    follows: Mask = ~np.isnan(derived_values(table, contract)) | (counted & unread) | nobody
    return follows
