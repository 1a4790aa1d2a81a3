"""In which versions of the data something stood."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass


@dataclass(frozen=True)
class Span:
    """Versions of the data: from ``first`` on, until ``last``, which is not one of them; None: up to now."""

    first: int
    last: int | None = None

    def holds(self, version: int) -> bool:
        """Whether a version is one of them."""
        return self.first <= version and (self.last is None or version < self.last)


def find_versions(spans: Iterable[Span]) -> list[int]:
    """Every version at which one of the spans begins or ends, the oldest first."""
    return sorted({version for span in spans for version in (span.first, span.last) if version is not None})
