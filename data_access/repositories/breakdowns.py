"""Which breakdowns of an indicator hold data."""

from __future__ import annotations

from sqlalchemy import Connection, FromClause, Label, case, distinct, func, or_, select

from data_access.contract.model import QUARTER_SIDES
from data_access.db.tables import DIMENSIONS
from data_access.repositories.versions import read_observations

REGION, TOTAL = "BRU", "_T"


def load_breakdowns(
    connection: Connection, indicator: str, freq: str
) -> dict[frozenset[str], tuple[int, bool]]:
    """The combinations of dimensions that the current rows of an indicator are broken down by.

    Args:
        connection: to read with.
        indicator: its code.
        freq: only rows of this frequency.

    Returns:
        For each combination of lower-case dimension names (``ref_area`` when not the Region), without the
        total: the number of areas, and whether every row that has a value has a numerator as well. The
        numbers themselves are not read.
    """
    table = read_observations(connection)
    split = [_is_split(table, "ref_area", REGION), *(_is_split(table, name, TOTAL) for name in DIMENSIONS)]
    counted = or_(table.c.numerator.is_not(None), table.c.obs_value.is_(None))
    query = (
        select(*split, func.count(distinct(table.c.ref_area)), func.min(case((counted, 1), else_=0)))
        .where(table.c.indicator == indicator, table.c.freq == freq, table.c.ref_area.not_in(QUARTER_SIDES))
        .group_by(*(flag.name for flag in split))  # by name: a parameter is not the same twice
    )
    names = ("ref_area", *DIMENSIONS)
    found = {}
    for *flags, areas, countable in connection.execute(query):
        combination = frozenset(name for name, flag in zip(names, flags, strict=True) if flag)
        found[combination] = (int(areas), bool(countable))
    found.pop(frozenset(), None)
    return found


def _is_split(table: FromClause, name: str, total: str) -> Label[int]:
    return case((table.c[name] == total, 0), else_=1).label(f"by_{name}")
