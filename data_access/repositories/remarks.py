"""What people say about indicators: comments of their owners and annotations of figures."""

from __future__ import annotations

from collections.abc import Sequence

import pandas as pd
from sqlalchemy import Connection, case, select

from data_access.db.tables import remark
from data_access.repositories.frame import read_frame
from data_access.repositories.versions import is_read

COLUMNS = {
    "indicator": "str",
    "kind": "str",
    "day": "object",
    "operator": "str",
    "rank": "int64",
    "due": "object",
    "text_fr": "str",
    "text_nl": "str",
    "role_fr": "str",
    "role_nl": "str",
    "provenance": "str",
    "origin_batch": "int64",
}
KINDS = ("finding", "cause", "action", "annotation")  # as a comment is read


def load_remarks(connection: Connection, indicators: Sequence[str]) -> pd.DataFrame:
    """The remarks about some indicators, of all operators, at the version that the connection reads.

    Args:
        connection: to read with.
        indicators: their codes.

    Returns:
        ``COLUMNS``, also when empty; ``kind`` is ``finding``, ``cause``, ``action`` or ``annotation``;
        ``day`` (what an annotation points at, when a comment was written) and ``due`` hold
        ``datetime.date``, ``due`` None unless an action has a deadline; ``operator`` is ``_T`` where the
        remark is about the total; the texts are plain text, ``text_fr`` or ``text_nl`` empty while its
        translation is awaited. Sorted by indicator, operator, day, kind (``KINDS``),
        rank.
    """
    kind = case({name: place for place, name in enumerate(KINDS)}, value=remark.c.kind)
    query = (
        select(*(remark.c[name] for name in COLUMNS))
        .where(remark.c.indicator.in_(list(indicators)), is_read(remark, connection))
        .order_by(remark.c.indicator, remark.c.operator, remark.c.day, kind, remark.c.rank)
    )
    return read_frame(connection, query, COLUMNS)
