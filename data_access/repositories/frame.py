"""From a query to a frame with the same columns and types, rows or no rows."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import pandas as pd
from sqlalchemy import Connection, Select


def read_frame(
    connection: Connection,
    query: Select[*tuple[Any, ...]],
    dtypes: Mapping[str, str],
    fixed: Mapping[str, object] | None = None,
) -> pd.DataFrame:
    """Run a query and return its rows.

    Column by column: handing whole rows to pandas costs more than reading them.

    Args:
        connection: to read with.
        query: selects the columns of ``dtypes`` that are not ``fixed``, in that order.
        dtypes: the columns of the frame.
        fixed: columns known to hold one value; not worth fetching once a row.
    """
    constants = fixed or {}
    rows = connection.execute(query).all()
    selected = [name for name in dtypes if name not in constants]
    columns = zip(*rows, strict=True) if rows else ([] for _ in selected)
    read = dict(zip(selected, columns, strict=True))
    index = pd.RangeIndex(len(rows))
    return pd.DataFrame(
        {
            name: pd.Series(constants[name] if name in constants else read[name], index=index, dtype=dtype)
            for name, dtype in dtypes.items()
        }
    )
