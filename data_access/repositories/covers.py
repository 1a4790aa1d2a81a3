"""What publication hid of a cohort for the sake of others, as a condition of a query over cohorts."""

from __future__ import annotations

from sqlalchemy import ColumnElement, Connection, select

from data_access.contract.partitions import TOTAL
from data_access.db.tables import COHORT_KEY, suppressed_cohort
from data_access.repositories.versions import is_read


def is_covered(connection: Connection, **key: ColumnElement[str] | str) -> ColumnElement[bool]:
    """Whether a count is hidden for the sake of others, at the version that the connection reads.

    Args:
        connection: to read with.
        key: codes, or columns of the query around it, by column of ``suppressed_cohort``; the total of those
            not named.
    """
    table = suppressed_cohort
    assert key.keys() <= set(COHORT_KEY), "another key would ask for the total"
    same = (table.c[name] == key.get(name, TOTAL) for name in COHORT_KEY)
    return select(table.c.id).where(*same, is_read(table, connection)).exists()
