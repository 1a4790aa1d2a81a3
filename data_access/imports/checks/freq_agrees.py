"""FREQ, where given, must be that of the period."""

from __future__ import annotations

from collections.abc import Iterable

from data_access.contract.model import Contract
from data_access.imports.derive import periods_of
from data_access.imports.report import Problem
from data_access.imports.table import Table


def check_freq_agrees(table: Table, contract: Contract) -> Iterable[Problem]:
    """A frequency that disagrees with its period."""
    own = {text: period.freq.value for text, period in periods_of(table, "time_period").items()}
    wanted = table.lookup("time_period", own, "")
    given = table.frame["freq"].to_numpy(dtype=object)
    wrong = ~table.is_empty("freq") & (wanted != "") & (given != wanted)
    yield from table.problems(wrong, "frequency_disagrees", "freq", lambda at: str(wanted[at]))
