"""What a pack is asked for, and what makes two of them the same."""

from __future__ import annotations

import hashlib
import json
from dataclasses import asdict, dataclass

from data_access.domain.confidentiality import SmallCellRule


@dataclass(frozen=True)
class Order:
    """Everything that the bytes of a pack depend on.

    Attributes:
        kind: of the registry of packs (``annexe-a``).
        languages: ``fr``, ``nl`` or ``fr+nl``.
        version: data version.
        rule: small-cell thresholds of the audience.
        geometry: digest of the shapes of the communes.
        program: fingerprint of code, catalogues and templates.
        own_croissant: NIS codes of the operator's own list.
        edition: code of the edition that it is of; empty for the data of the moment.
        since: SHA-256 of the edition before it, with which it compares; empty for none.
    """

    kind: str
    languages: str
    version: int
    rule: SmallCellRule
    geometry: str
    program: str
    own_croissant: tuple[str, ...] = ()
    edition: str = ""
    since: str = ""

    @property
    def fingerprint(self) -> str:
        """The same for two orders exactly when they ask for the same bytes; it begins with the thresholds."""
        digest = hashlib.sha256(json.dumps(asdict(self), sort_keys=True).encode()).hexdigest()
        return f"{rule_mark(self.rule)}{digest}"[:64]


def rule_mark(rule: SmallCellRule) -> str:
    """How a fingerprint begins under these thresholds; no other thresholds begin so."""
    return f"{rule.min_count}.{rule.min_count_sensitive}.{rule.min_denominator}.{rule.min_group}:"


class Cancelled(Exception):
    """Whoever asked for a pack no longer wants it; raised by the progress callback."""
