"""What follows from the rest of a row: a value from its counts, a frequency from its period."""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from data_access.contract.model import Contract, Indicator, Measure, Unit
from data_access.domain.errors import UserError
from data_access.domain.period import Period
from data_access.imports.table import Table

_COUNT, _RATIO, _PERCENT, _UNRELATED = 0, 1, 2, 3


def parse_period(text: str) -> Period | None:
    """The period that a text names, None when the calendar has no such period."""
    try:
        return Period.parse(text)
    except UserError:
        return None


def periods_of(table: Table, column: str) -> Mapping[str, Period]:
    """The possible periods among the distinct texts of a column."""
    found = {text: parse_period(text) for text in table.frame[column].cat.categories}
    return {text: period for text, period in found.items() if period is not None}


def _relation(definition: Indicator) -> int:
    """How a value follows from numerator and denominator; a median or a gap does not."""
    if definition.measure in {Measure.MEDIAN, Measure.GAP}:
        return _UNRELATED
    if definition.unit is Unit.COUNT:
        return _COUNT
    return _PERCENT if definition.unit is Unit.PERCENT else _RATIO


def derived_values(table: Table, contract: Contract) -> NDArray[np.float64]:
    """What numerator and denominator make of each value; NaN where they do not tell.

    A percentage is 100 × numerator / denominator, a mean or a ratio is numerator / denominator, and a
    count without a denominator is its numerator.
    """
    relation = table.lookup("indicator", {i.code: _relation(i) for i in contract.indicators}, _UNRELATED)
    numerator, denominator = table.numbers("numerator"), table.numbers("denominator")
    ratio = np.divide(numerator, denominator, out=np.full(len(table), np.nan), where=denominator != 0)
    count = np.where(np.isnan(denominator), numerator, np.nan)
    return np.select(
        [relation == _PERCENT, relation == _RATIO, relation == _COUNT],
        [100 * ratio, ratio, count],
        default=np.nan,
    )


def complete(table: Table, contract: Contract) -> pd.DataFrame:
    """The rows to store: every column of the database table, what follows from the rest filled in.

    Returns:
        The columns of ``db.tables``, without the version columns. A value declared missing stays empty.
    """
    frame = table.frame
    if table.kind == "observation":
        frequencies = {text: period.freq.value for text, period in periods_of(table, "time_period").items()}
        absent = table.is_empty("obs_value") & ~table.holds("obs_status", {"M"})
        frame = frame.assign(
            freq=table.lookup("time_period", frequencies, None),
            obs_value=np.where(absent, derived_values(table, contract), table.numbers("obs_value")),
        )
    if table.kind == "cohort":
        own = _windows(table, contract)
        frame = frame.assign(
            window_months=np.where(table.is_empty("window_months"), own, frame["window_months"])
        )
    return frame


def _windows(table: Table, contract: Contract) -> NDArray[np.float64]:
    """The window that the contract gives to the stage of each row."""
    windows = {
        (f.code, s.code): s.window_months or f.window_months for f in contract.funnels for s in f.stages
    }
    pairs = zip(table.frame["funnel"], table.frame["stage"], strict=True)
    return np.array([windows.get(pair, np.nan) for pair in pairs], dtype=np.float64)
