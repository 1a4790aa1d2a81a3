"""What an export is asked for: the same things as a page, without a page."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date

from components.exports.exhibit import Exhibit
from components.i18n.translate import Translator, translator
from data_access.domain.confidentiality import SmallCellRule


@dataclass(frozen=True)
class Asked:
    """One request.

    Attributes:
        language: ``fr`` or ``nl``.
        query: the filters, by the names that the pages use in their addresses.
        version, cutoff: data version and the last day that it covers.
        rule: small-cell thresholds of the audience.
        own_croissant: NIS codes of the operator's own list, as the settings give it.
        today: the reader's day, for what the calendar of the contract says; None where nothing asks for it.
    """

    language: str
    query: Mapping[str, str]
    version: int
    cutoff: date | None
    rule: SmallCellRule
    own_croissant: tuple[str, ...] = ()
    today: date | None = None

    @property
    def t(self) -> Translator:
        """The translator of the language."""
        return translator(self.language)


Recipe = Callable[[Asked], Exhibit]
"""Makes one exhibit.

Raises:
    UserError: ``export_parameter`` with ``name``, ``value`` and ``allowed`` when a filter is not one that
        exists; ``export_nothing`` when there is nothing to show.
"""
