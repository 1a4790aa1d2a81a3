"""Every version of the remarks about an indicator: what was said before, published by whom, and when."""

from __future__ import annotations

import pandas as pd
from sqlalchemy import Connection, select

from data_access.db.reading import known_version
from data_access.db.tables import batch, remark
from data_access.repositories.frame import read_frame

COLUMNS = {
    "kind": "str",
    "day": "object",
    "rank": "int64",
    "due": "object",
    "text_fr": "str",
    "text_nl": "str",
    "role_fr": "str",
    "role_nl": "str",
    "first_batch": "int64",
    "published_at": "object",
    "by": "str",
}


def load_remark_versions(connection: Connection, indicator: str, operator: str) -> pd.DataFrame:
    """Every row ever published about an indicator of an operator, up to the version that is read.

    Returns:
        ``COLUMNS``, also when empty: ``day`` and ``due`` hold ``datetime.date``, ``published_at`` an instant;
        ``by`` who published it, empty for the reader at this machine. Sorted by kind, day and rank, of each
        the newest version first.
    """
    version = known_version(connection)
    said = [remark.c.indicator == indicator, remark.c.operator == operator]
    if version is not None:
        said.append(remark.c.first_batch <= version)
    columns = [remark.c[name] for name in COLUMNS if name in remark.c]
    query = (
        select(*columns, batch.c.published_at, batch.c.by)
        .join(batch, batch.c.id == remark.c.first_batch)
        .where(*said)
        .order_by(remark.c.kind, remark.c.day, remark.c.rank, remark.c.first_batch.desc())
    )
    return read_frame(connection, query, COLUMNS)
