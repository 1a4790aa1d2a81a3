"""The sources that current observations name."""

from __future__ import annotations

import pandas as pd
from sqlalchemy import Connection, select

from data_access.repositories.versions import read_observations


def load_sources(connection: Connection) -> pd.DataFrame:
    """Source by indicator of everything that is not fictitious.

    Returns:
        ``source`` and ``indicator`` (str), distinct, sorted by both.
    """
    table = read_observations(connection)
    query = (
        select(table.c.source, table.c.indicator)
        .where(table.c.provenance != "demonstration", table.c.source != "")
        .distinct()
        .order_by(table.c.source, table.c.indicator)
    )
    return pd.DataFrame(connection.execute(query).all(), columns=["source", "indicator"]).astype("str")
