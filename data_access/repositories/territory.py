"""Which series exist by commune, and for which periods and populations."""

from __future__ import annotations

from dataclasses import dataclass

from sqlalchemy import Connection, and_, case, distinct, func, or_, select

from data_access.contract.model import QUARTER_SIDES
from data_access.db.tables import DIMENSIONS
from data_access.repositories.versions import read_observations

REGION, TOTAL = "BRU", "_T"
_SPLIT = ("operator", "sex", "age")
_WHOLE = tuple(name for name in DIMENSIONS if name not in _SPLIT)


@dataclass(frozen=True)
class Held:
    """One population of one indicator for which values by commune were delivered.

    Attributes:
        areas: how many communes have a row.
        quarters: whether both sides of the croissant were delivered by quarters.
        countable: every row that has a value has a numerator (or is a count) as well.
    """

    indicator: str
    freq: str
    operator: str
    sex: str
    age: str
    areas: int
    quarters: bool
    countable: bool


def load_held(connection: Connection) -> list[Held]:
    """The populations by sex and age that the current rows of the communes speak of; one query.

    Rows broken down by anything else are left out. What was delivered is no secret; values are not read.
    """
    table = read_observations(connection)
    counted = or_(table.c.numerator.is_not(None), table.c.obs_value.is_(None))
    query = (
        select(
            table.c.indicator,
            table.c.freq,
            *(table.c[name] for name in _SPLIT),
            func.count(distinct(case((table.c.ref_area.not_in(QUARTER_SIDES), table.c.ref_area)))),
            func.count(distinct(case((table.c.ref_area.in_(QUARTER_SIDES), table.c.ref_area)))),
            func.min(case((counted, 1), else_=0)),
        )
        .where(table.c.ref_area != REGION, and_(*(table.c[name] == TOTAL for name in _WHOLE)))
        .group_by(table.c.indicator, table.c.freq, *(table.c[name] for name in _SPLIT))
        .order_by(table.c.indicator, table.c.freq, *(table.c[name] for name in _SPLIT))
    )
    return [
        Held(*row[:5], areas=int(row[5]), quarters=row[6] == len(QUARTER_SIDES), countable=bool(row[7]))
        for row in connection.execute(query)
    ]
