"""Observations, with small cells hidden before they leave the database."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from typing import Any

import pandas as pd
from sqlalchemy import ColumnElement, Connection, Float, FromClause, case, cast, null, or_, select

from data_access.db.tables import DIMENSIONS, OBSERVATION_KEY
from data_access.domain.confidentiality import Availability, SmallCellRule
from data_access.repositories.disclosure import is_among, is_hidden_observation, smallest_shown
from data_access.repositories.frame import read_frame
from data_access.repositories.versions import read_observations

NUMBERS = ("numerator", "denominator", "obs_value")
COLUMNS = {
    **dict.fromkeys(OBSERVATION_KEY, "str"),
    **dict.fromkeys(NUMBERS, "float64"),
    "obs_status": "str",
    "availability": "str",
    "provenance": "str",
    "origin_batch": "int64",
    "source": "str",
    "comment": "str",
}
_FIRST = ("indicator", "operator", "time_period")
ORDER = (*_FIRST, *(name for name in OBSERVATION_KEY if name not in _FIRST))
TOTAL = "_T"


def load_observations(
    connection: Connection,
    *,
    indicators: Sequence[str],
    rule: SmallCellRule,
    persons: Collection[str],
    counts: Collection[str],
    sensitive: Collection[str],
    sensitive_items: Mapping[str, Collection[str]] | None = None,
    ref_areas: Sequence[str] | None = ("BRU",),
    time_periods: Sequence[str] | None = None,
    dimensions: Mapping[str, str | None] | None = None,
) -> pd.DataFrame:
    """The rows of some indicators, at the version that the connection reads.

    Args:
        connection: to read with.
        indicators: codes.
        rule: small-cell thresholds of the audience.
        persons: indicators whose numerator and denominator count persons; small cells are hidden in these.
        counts: among them, those whose value itself is a count of persons.
        sensitive: indicators under the stricter threshold.
        sensitive_items: items of a dimension under the stricter threshold, by dimension.
        ref_areas: areas; None for all.
        time_periods: periods; None for all.
        dimensions: item asked for by dimension, None for all items; the total of those not named.

    Returns:
        ``COLUMNS`` (also when empty), sorted by indicator, operator, time_period, then the rest of the key.
        ``availability`` is ``available``, ``missing`` or ``hidden``; unless available, the three numbers
        are NaN.
    """
    table = read_observations(connection)

    def among(codes: Collection[str]) -> ColumnElement[bool]:
        return is_among(table.c.indicator, codes, indicators)

    smallest = smallest_shown(table, rule, among(sensitive), sensitive_items or {})
    hidden = is_hidden_observation(table, rule, smallest, persons=among(persons), counts=among(counts))
    items = dict.fromkeys(DIMENSIONS, TOTAL) | dict(dimensions or {})
    fixed = {name: item for name, item in items.items() if item is not None}
    asked = {"indicator": indicators, "ref_area": ref_areas, "time_period": time_periods}
    wanted: list[ColumnElement[bool]] = [
        table.c[name].in_(list(codes)) for name, codes in asked.items() if codes is not None
    ]
    wanted += [table.c[name] == item for name, item in fixed.items()]
    query = select(*_columns(table, hidden, fixed)).where(*wanted)
    query = query.order_by(*(table.c[name] for name in ORDER))
    return read_frame(connection, query, COLUMNS, fixed)


def _columns(
    table: FromClause, hidden: ColumnElement[bool], fixed: Collection[str]
) -> list[ColumnElement[Any]]:
    missing = or_(table.c.obs_status == "M", table.c.obs_value.is_(None))
    nothing = cast(null(), Float)
    columns: dict[str, ColumnElement[Any]] = {name: table.c[name] for name in COLUMNS if name in table.c}
    columns |= {name: case((or_(hidden, missing), nothing), else_=table.c[name]) for name in NUMBERS}
    columns["availability"] = case(
        (hidden, Availability.HIDDEN.value),
        (missing, Availability.MISSING.value),
        else_=Availability.AVAILABLE.value,
    )
    return [columns[name].label(name) for name in COLUMNS if name not in fixed]


def load_known_items(
    connection: Connection, indicator: str, *, freq: str, operator: str
) -> dict[str, set[str]]:
    """Which items of each dimension but the total the Region's current rows of an indicator hold alone.

    Only rows that are broken down by one dimension count; which item was delivered is no secret, its values
    may still be hidden.
    """
    table = read_observations(connection)
    people = [name for name in DIMENSIONS if name != "operator"]
    query = (
        select(*(table.c[name] for name in people))
        .where(
            table.c.indicator == indicator,
            table.c.ref_area == "BRU",
            table.c.operator == operator,
            table.c.freq == freq,
        )
        .distinct()
    )
    found: dict[str, set[str]] = {}
    for row in connection.execute(query):
        parts = {name: item for name, item in zip(people, row, strict=True) if item != TOTAL}
        if len(parts) == 1:
            for name, item in parts.items():
                found.setdefault(name, set()).add(item)
    return found
