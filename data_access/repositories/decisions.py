"""What the Comité decided on signals, and the deviations that it accepted."""

from __future__ import annotations

import pandas as pd
from sqlalchemy import Connection, select

from data_access.db.tables import decision
from data_access.repositories.frame import read_frame
from data_access.repositories.versions import is_read

COLUMNS = {
    "decision": "str",
    "kind": "str",
    "indicator": "str",
    "operator": "str",
    "signal": "str",
    "status": "str",
    "meeting": "object",
    "point": "str",
    "text_fr": "str",
    "text_nl": "str",
    "reason_fr": "str",
    "reason_nl": "str",
    "role_fr": "str",
    "role_nl": "str",
    "due": "object",
    "state": "str",
    "closed_on": "object",
    "provenance": "str",
    "origin_batch": "int64",
    "first_batch": "int64",
}


def load_decisions(connection: Connection, indicator: str | None = None) -> pd.DataFrame:
    """The decisions at the version that the connection reads.

    Args:
        connection: to read with.
        indicator: of which; None for all, those about no indicator included.

    Returns:
        ``COLUMNS``, also when empty: ``meeting``, ``due`` and ``closed_on`` hold ``datetime.date``, the last
        two None where there is none; ``indicator`` is empty for a general decision, ``status`` where it was
        not noted; texts are plain text, empty while a translation is awaited; ``first_batch`` is the version
        since which the row holds. Sorted by meeting and code.
    """
    query = (
        select(*(decision.c[name] for name in COLUMNS))
        .where(is_read(decision, connection))
        .order_by(decision.c.meeting, decision.c.decision)
    )
    if indicator is not None:
        query = query.where(decision.c.indicator == indicator)
    return read_frame(connection, query, COLUMNS)


def load_codes(connection: Connection) -> frozenset[str]:
    """Every code that a decision ever had: none is given twice."""
    return frozenset(connection.scalars(select(decision.c.decision).distinct()).all())
