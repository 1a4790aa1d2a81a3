"""The rows of a history table that a data version knows."""

from __future__ import annotations

from sqlalchemy import ColumnElement, FromClause, and_, or_


def is_known(table: FromClause, as_of: int | None) -> ColumnElement[bool]:
    """The current rows, or those known at version ``as_of``."""
    if as_of is None:
        return table.c.last_batch.is_(None)
    return and_(table.c.first_batch <= as_of, or_(table.c.last_batch.is_(None), table.c.last_batch > as_of))
