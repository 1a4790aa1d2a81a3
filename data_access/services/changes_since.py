"""Which two editions are compared when nobody says, and the list of changes narrowed to some."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from data_access.contract.load import contract
from data_access.domain.confidentiality import SmallCellRule
from data_access.domain.edition import Edition
from data_access.services.edition_changes import Changed, Changes, get_changes
from data_access.services.editions import get_editions, get_view


@dataclass(frozen=True)
class Narrowed:
    """The changes that are shown.

    Attributes:
        objective, cause: by which the list was narrowed; empty for none.
    """

    shown: tuple[Changed, ...]
    objective: str
    cause: str


def get_previous() -> Edition | None:
    """The newest meeting before the edition that is viewed; before this moment when none is."""
    view = get_view()
    earlier = [e for e in get_editions() if view is None or e.meeting < view.edition.meeting]
    return earlier[0] if earlier else None


def get_changes_since(since: str, until: str, rule: SmallCellRule) -> Changes | None:
    """What changed between two meetings.

    Args:
        since: code of the older one; empty for the newest before what is looked at.
        until: code of the newer one; empty for the edition that is viewed, else the data of this moment.
        rule: small-cell thresholds of the audience.

    Returns:
        None when no edition was asked for and there is none to compare with.

    Raises:
        UserError: ``unknown_edition``.
    """
    view = get_view()
    older = get_previous()
    if not since and older is None:
        return None
    start = since or (older.code if older else "")
    return get_changes(start, until or (view.edition.code if view else None), rule)


def narrow(changes: Changes, query: Mapping[str, str]) -> Narrowed:
    """The changes of the objective and of the cause that a query names; a missing one narrows nothing."""
    objective, cause = query.get("objective", ""), query.get("cause", "")
    codes = {d.code for d in contract().of_objective(objective)}
    shown = tuple(
        one
        for one in changes.changed
        if (not objective or one.code in codes) and (not cause or cause in one.change.causes)
    )
    return Narrowed(shown, objective, cause)
