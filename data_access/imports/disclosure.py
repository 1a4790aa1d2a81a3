"""What is published and must be safe, tables as an attacker kept them, and the refusal of what gives away."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from data_access.contract.model import Contract
from data_access.domain.confidentiality import SmallCellRule
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


@dataclass(frozen=True)
class Publication:
    """What is being published, and how it is judged.

    Attributes:
        number: of the batch.
        rule: thresholds of the audience.
        definitions: of the contract.
        anew: every table is judged, not only those that the batch touched.
        file_name: for a refusal; None where nothing new is published, so that nothing is refused.
    """

    number: int
    rule: SmallCellRule
    definitions: Contract
    anew: bool
    file_name: str | None

    @property
    def touched(self) -> int | None:
        """The batch whose tables are judged; None for all that there are."""
        return None if self.anew else self.number

    def check(
        self, leaks: Sequence[Leak[Stamped[Key]]], code: str, period: str, name: Callable[[Key], str]
    ) -> None:
        """Let a table pass that gives nothing away.

        Args:
            leaks: what can be worked out of it, the narrowest first.
            code: of the indicator or funnel.
            period: of the table, or of entry.
            name: names a cell.

        Raises:
            UserError: ``discloses``: the cell, what can be known of it, and the numbers that say so.
        """
        if leaks and self.file_name is not None:
            raise _refusal(leaks[0], self.file_name, code, period, name)


def _refusal(
    leak: Leak[Stamped[Key]], file_name: str, code: str, period: str, name: Callable[[Key], str]
) -> UserError:
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
