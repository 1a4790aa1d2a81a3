"""Which data version is current, how far its data reach, and whether any of it is fictitious."""

from __future__ import annotations

from data_access.db.engine import get_engine
from data_access.repositories.batches import DataState, load_data_state

__all__ = ["DataState", "get_data_state"]


def get_data_state() -> DataState:
    """The current state of the data; asked anew at every request so that a load is seen at once."""
    with get_engine().connect() as connection:
        return load_data_state(connection)
