"""Which data version is read, how far its data reach, and whether any of it is fictitious."""

from __future__ import annotations

from data_access.db.reading import reading, version_read
from data_access.repositories.batches import DataState, load_data_state

__all__ = ["DataState", "get_data_state"]


def get_data_state() -> DataState:
    """The state of the data that are read: of the edition that is viewed, else of this moment.

    Asked anew at every request, so that a load is seen at once.
    """
    with reading() as connection:
        return load_data_state(connection, version_read())
