"""Published tables as an attacker kept them, and the refusal of a file that gives a small count away."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING

from data_access.domain.confidentiality.cells import Vintage
from data_access.domain.confidentiality.relations import Key
from data_access.domain.errors import UserError

if TYPE_CHECKING:
    from data_access.domain.confidentiality.audit import Leak
    from data_access.domain.confidentiality.vintages import Stamped

NAMED = 3  # numbers that a refusal names


@dataclass(frozen=True)
class PublishedTable:
    """One table in every version.

    Attributes:
        code: of the indicator or funnel.
        period: of the table, or of entry.
        vintages: the oldest first; None of a table that counts no whole persons.
        name: names a cell of it.
    """

    code: str
    period: str
    vintages: list[Vintage[Key]] | None
    name: Callable[[Key], str]


def refusal(
    leak: Leak[Stamped[Key]], file_name: str, code: str, period: str, name: Callable[[Key], str]
) -> UserError:
    """The error ``discloses``: the cell, what can be known of it, and the numbers that say so.

    Args:
        leak: what can be worked out.
        file_name: of what would be published.
        code: of the indicator or funnel.
        period: of the table, or of entry.
        name: names a cell.
    """
    totals = [name(key.key) for key in leak.published]
    more = [f"+ {len(totals) - NAMED}"] if len(totals) > NAMED else []
    return UserError(
        "discloses",
        value=file_name,
        indicator=code,
        period=period,
        cell=name(leak.key.key),
        low=leak.interval.low,
        high=leak.interval.high,
        totals=" ; ".join([*totals[:NAMED], *more]),
    )
