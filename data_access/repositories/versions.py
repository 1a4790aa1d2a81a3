"""The rows of a history table that a data version knows."""

from __future__ import annotations

from sqlalchemy import ColumnElement, Connection, FromClause, and_, case, or_, select

from data_access.db.reading import known_version
from data_access.db.tables import SERIES_ORDER, observation, observation_current, suppressed

SECONDARY = "D"  # SDMX CL_CONF_STATUS: hidden for the sake of another cell


def is_known(table: FromClause, as_of: int | None) -> ColumnElement[bool]:
    """The current rows, or those known at version ``as_of``."""
    if as_of is None:
        return table.c.last_batch.is_(None)
    return and_(table.c.first_batch <= as_of, or_(table.c.last_batch.is_(None), table.c.last_batch > as_of))


def is_read(table: FromClause, connection: Connection) -> ColumnElement[bool]:
    """The rows of a history table that are known at the version which a connection reads."""
    return is_known(table, known_version(connection))


def read_observations(connection: Connection) -> FromClause:
    """The observations at the version that a connection reads: the read table, or the history as of then.

    The columns of ``observation_current``.
    """
    return observations_as_of(known_version(connection))


def observations_as_of(version: int | None) -> FromClause:
    """The observations now (None), or known at a data version; the columns of ``observation_current``.

    What publication hid for the sake of other cells bears D in ``conf_status``.
    """
    if version is None:
        return observation_current
    columns = {column.name: observation.c[column.name] for column in observation_current.columns}
    covered = and_(suppressed.c.id.is_not(None), observation.c.conf_status == "F")
    status = case((covered, SECONDARY), else_=observation.c.conf_status).label("conf_status")
    same = and_(
        *(suppressed.c[name] == observation.c[name] for name in SERIES_ORDER), is_known(suppressed, version)
    )
    known = (
        select(*(columns | {"conf_status": status}).values())
        .select_from(observation.outerjoin(suppressed, same))
        .where(is_known(observation, version))
    )
    return known.subquery("observation_as_of")
