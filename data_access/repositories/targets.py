"""Targets, milestones and baselines with their decisions."""

from __future__ import annotations

from collections.abc import Sequence

import pandas as pd
from sqlalchemy import Connection, select

from data_access.db.tables import target
from data_access.repositories.frame import read_frame
from data_access.repositories.versions import is_read

COLUMNS = {
    "indicator": "str",
    "kind": "str",
    "due": "object",
    "ref_area": "str",
    "operator": "str",
    "valid_from": "object",
    "value": "float64",
    "low": "float64",
    "high": "float64",
    "decided_on": "object",
    "decision_ref": "str",
    "deciding_body": "str",
    "reason": "str",
    "comment": "str",
    "provenance": "str",
    "origin_batch": "int64",
}


def load_targets(connection: Connection, indicators: Sequence[str], *, ref_area: str = "BRU") -> pd.DataFrame:
    """The targets of some indicators for one area, at the version that the connection reads.

    Returns:
        ``COLUMNS``, also when empty; ``kind`` is ``baseline``, ``milestone`` or ``target``; ``due``,
        ``valid_from`` and ``decided_on`` hold ``datetime.date``; ``value``, ``low`` and ``high`` are NaN
        where not set; sorted by indicator, operator, valid_from, due, kind.
    """
    order = ("indicator", "operator", "valid_from", "due", "kind")
    query = (
        select(*(target.c[name] for name in COLUMNS))
        .where(target.c.indicator.in_(list(indicators)), target.c.ref_area == ref_area)
        .where(is_read(target, connection))
        .order_by(*(target.c[name] for name in order))
    )
    return read_frame(connection, query, COLUMNS)
