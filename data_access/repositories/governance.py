"""What happened to the obligations of the contract, and the projects and actions of the development plan."""

from __future__ import annotations

import pandas as pd
from sqlalchemy import Connection, case, select

from data_access.db.tables import governance, plan
from data_access.repositories.frame import read_frame
from data_access.repositories.versions import is_read

STATES = ("preparation", "transmitted", "examined", "closed", "not_applicable")
STEPS = {
    "obligation": "str",
    "state": "str",
    "day": "object",
    "document_fr": "str",
    "document_nl": "str",
    "edition": "str",
    "provenance": "str",
    "origin_batch": "int64",
}
ACTIONS = {
    "action": "str",
    "year": "str",
    "level": "str",
    "parent": "str",
    "commitments": "str",
    "indicators": "str",
    "title_fr": "str",
    "title_nl": "str",
    "owner_fr": "str",
    "owner_nl": "str",
    "starts_on": "object",
    "ends_on": "object",
    "progress": "float64",
    "budget_run": "float64",
    "budget_change": "float64",
    "provenance": "str",
    "origin_batch": "int64",
}


def load_steps(connection: Connection) -> pd.DataFrame:
    """The states that obligations reached, at the version that the connection reads.

    Returns:
        ``STEPS``, also when empty: ``day`` holds ``datetime.date``; the documents are plain text, empty while
        a translation is awaited or where there is none; ``edition`` is a month (``2026-06``) or empty. Sorted
        by obligation, day, state.
    """
    order = case({name: place for place, name in enumerate(STATES)}, value=governance.c.state)
    query = (
        select(*(governance.c[name] for name in STEPS))
        .where(is_read(governance, connection))
        .order_by(governance.c.obligation, governance.c.day, order)
    )
    return read_frame(connection, query, STEPS)


def load_actions(connection: Connection) -> pd.DataFrame:
    """The rows of every plan, at the version that the connection reads.

    Returns:
        ``ACTIONS``, also when empty: ``year`` is that of an annual plan or ``_T``; ``level`` is
        ``project`` or ``action``; ``commitments`` and ``indicators`` list codes between spaces;
        ``starts_on`` and ``ends_on`` hold ``datetime.date``; ``progress`` is in per cent, the budgets in
        euro, NaN where not known. Sorted by year and code, the years before ``_T``.
    """
    query = (
        select(*(plan.c[name] for name in ACTIONS))
        .where(is_read(plan, connection))
        .order_by(plan.c.year, plan.c.action)
    )
    return read_frame(connection, query, ACTIONS)
