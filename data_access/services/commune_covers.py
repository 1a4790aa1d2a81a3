"""Which values of communes are hidden only because a hidden sibling would follow from the Region's total."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

import pandas as pd
from sqlalchemy import Connection

from data_access.cache import cached
from data_access.contract.load import contract
from data_access.contract.model import Unit
from data_access.db.reading import reading
from data_access.domain import comparison
from data_access.domain.comparison import MISSING, Cell
from data_access.domain.confidentiality import Availability, SmallCellRule
from data_access.repositories.observations import load_observations
from data_access.services.breakdown_choices import AREA, items_of
from data_access.services.indicator_rows import REGION, by_indicator, sensitive_items
from data_access.services.series import Record, make_readings

Place = tuple[str, str, str, str]  # indicator, operator, commune, period
_TABLE = ["indicator", "operator", "time_period"]


def load_areas(connection: Connection, rule: SmallCellRule, areas: tuple[str, ...]) -> pd.DataFrame:
    """Every indicator that communes may have, at its own frequency, by area and operator; one query.

    Args:
        connection: to read with.
        rule: small-cell thresholds of the audience.
        areas: communes and Region.

    Returns:
        Rows of ``load_observations``.
    """
    definitions = [d for d in contract().indicators if AREA in d.dimensions]
    frame = load_observations(
        connection,
        indicators=[d.code for d in definitions],
        ref_areas=areas,
        dimensions={"operator": None},
        rule=rule,
        persons={d.code for d in definitions if d.persons},
        counts={d.code for d in definitions if d.unit is Unit.COUNT},
        sensitive={d.code for d in definitions if d.sensitive},
        sensitive_items=sensitive_items(),
    )
    return frame[frame["freq"] == frame["indicator"].map({d.code: d.periodicity for d in definitions})]


@cached
def get_covers(version: int, rule: SmallCellRule) -> frozenset[Place]:
    """The values that ``Cells`` hides in the breakdown by commune beyond those that are small themselves.

    Found once for a version, so that the profile of one commune need not read the eighteen others.
    """
    del version  # part of the key only
    with reading() as connection:
        frame = load_areas(connection, rule, (REGION, *items_of(AREA)))
    guarded = frame.loc[frame["availability"] == Availability.HIDDEN.value, _TABLE].drop_duplicates()
    # Where two covers are as good, ``Cells`` takes the commune that comes first in the series: so do we.
    columns = ["indicator", "operator", "ref_area"]
    order = {tuple(row): n for n, row in enumerate(frame[columns].drop_duplicates().to_numpy().tolist())}
    tables: dict[tuple[str, ...], list[Record]] = {}
    for records in by_indicator(frame.merge(guarded, on=_TABLE)).values():
        for record in records:
            tables.setdefault(tuple(record[name] for name in _TABLE), []).append(record)
    return frozenset(place for rows in tables.values() for place in _covers(rows, order))


def _covers(rows: Sequence[Record], order: Mapping[tuple[str, ...], int]) -> Iterator[Place]:
    """Of one table, the Region and its communes in one period."""
    code, operator, period = (rows[0][name] for name in _TABLE)
    ordered = sorted(rows, key=lambda row: order[code, operator, row["ref_area"]])
    cells = {row["ref_area"]: _cell(row) for row in ordered}
    if not cells.pop(REGION, MISSING).available:
        return
    after = comparison.suppress_complements(cells, [list(cells)])
    for nis, cell in cells.items():
        if cell.available and not after[nis].available:
            yield code, operator, nis, period


def _cell(record: Record) -> Cell:
    (reading,) = make_readings([record])
    if reading.availability is not Availability.AVAILABLE:
        return Cell(reading.availability)
    return Cell(reading.availability, reading.value, reading.numerator, reading.denominator)


def hide_covers(records: Sequence[Record], covers: frozenset[Place]) -> list[Record]:
    """The records with those of ``get_covers`` hidden: no number is left in them."""
    nothing = {"availability": Availability.HIDDEN.value} | dict.fromkeys(
        ("numerator", "denominator", "obs_value"), float("nan")
    )
    return [{**r, **nothing} if _place(r) in covers else r for r in records]


def _place(record: Record) -> Place:
    return record["indicator"], record["operator"], record["ref_area"], record["time_period"]
