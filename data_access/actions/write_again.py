"""Try again when somebody else published between a look at the data and a write that is not theirs."""

from __future__ import annotations

from collections.abc import Callable
from typing import TypeVar

from data_access.domain.errors import UserError

TRIES = 5
T = TypeVar("T")


def write_again(write: Callable[[], T]) -> T:
    """What ``write`` gives, which looks at the data anew at each call.

    Whether somebody touched the very rows that are written is for ``write`` to see: it then raises another
    error, which is passed on.

    Raises:
        UserError: ``data_moved`` when others were faster every time.
    """
    for _ in range(TRIES - 1):
        try:
            return write()
        except UserError as error:
            if error.code != "data_moved":
                raise
    return write()
