"""``confidentiality.is_hidden`` as a condition in SQL: what is hidden never leaves the database.

The conditions are for CASE WHEN, where an unknown number (NULL) compares as false.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping

from sqlalchemy import ColumnElement, FromClause, and_, case, false, or_, true

from data_access.domain.confidentiality import SmallCellRule

CONFIDENTIAL = ("C", "D")  # SDMX CL_CONF_STATUS: confidential, secondary confidentiality


def is_among(
    column: ColumnElement[str], codes: Collection[str], asked: Collection[str]
) -> ColumnElement[bool]:
    """Whether a column that holds only ``asked`` codes holds one of ``codes``; short when all or none do."""
    wanted = sorted(set(codes) & set(asked))
    if len(wanted) == len(set(asked)):
        return true()
    return column.in_(wanted) if wanted else false()


def smallest_shown(
    table: FromClause,
    rule: SmallCellRule,
    sensitive: ColumnElement[bool],
    items: Mapping[str, Collection[str]],
) -> ColumnElement[int]:
    """The smallest count shown in a row: the stricter one where it, or one of its items, is sensitive."""
    of_items = (table.c[name].in_(sorted(codes)) for name, codes in items.items() if codes)
    return case((or_(sensitive, *of_items), rule.min_count_sensitive), else_=rule.min_count)


def is_small(count: ColumnElement[float], smallest: ColumnElement[int]) -> ColumnElement[bool]:
    """A count of at least one person below the smallest shown."""
    return and_(count > 0, count < smallest)


def is_confidential(table: FromClause) -> ColumnElement[bool]:
    """What the producer marked as not to be shown."""
    return table.c.conf_status.in_(CONFIDENTIAL)


def is_hidden_observation(
    table: FromClause,
    rule: SmallCellRule,
    smallest: ColumnElement[int],
    *,
    persons: ColumnElement[bool],
    counts: ColumnElement[bool],
) -> ColumnElement[bool]:
    """Whether the three numbers of an observation are hidden.

    Args:
        table: ``observation`` or ``observation_current``.
        rule: gives the smallest denominator, and the smallest group that may be all alike.
        smallest: count shown in the row.
        persons: whether the row counts persons.
        counts: whether its value itself is a count.
    """
    top, bottom = table.c.numerator, table.c.denominator
    everybody = and_(bottom > 0, bottom < rule.min_group, or_(top == 0, top == bottom))
    few = or_(
        bottom < rule.min_denominator,
        everybody,
        is_small(top, smallest),
        is_small(bottom - top, smallest),
        and_(counts, is_small(table.c.obs_value, smallest)),
    )
    return or_(is_confidential(table), and_(persons, few))
