"""Rows of a cohort as the judgement of disclosure reads them, and what links the counts of its funnel."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from data_access.domain.confidentiality.primary import SmallCellRule
from data_access.domain.confidentiality.relations import Partition
from data_access.domain.confidentiality.spans import Span

TOTAL = "_T"
EVERY_MONTH = "01T60"
Items = tuple[str, ...]  # an area, then an item of each other dimension
Cover = tuple[str, ...]  # a stage, an outcome, months, an obstacle, then the items: what is hidden as one


@dataclass(frozen=True)
class CohortRow:
    """Cases of a stage as they stood in some versions.

    Attributes:
        month: of the exit, since entry, 01 … 60; ``_T`` for the whole window.
        obstacle: one of several that a case may have; ``_T`` for every case.
        count: None where it was not delivered.
        confidential: by the producer's mark.
        known: versions in which it stood.
    """

    stage: str
    outcome: str
    month: str
    obstacle: str
    items: Items
    count: int | None
    confidential: bool
    known: Span


@dataclass(frozen=True)
class StageShape:
    """One stage of a funnel; the fields are those of its definition."""

    code: str
    nested: bool
    within: str | None
    sensitive: bool


@dataclass(frozen=True)
class FunnelShape:
    """What links the counts of a funnel, and which of them are sensitive.

    Attributes:
        stages: in order; the first is the entry.
        everybody: the items of everybody of the Region.
        sides: communes of each side of the croissant, the only areas that are shown beside the Region.
        partitions: of the items; an axis is a position in ``everybody``.
        sensitive_items: positions with an item under the stricter threshold.
        sensitive_obstacles: obstacles under it.
    """

    stages: tuple[StageShape, ...]
    everybody: Items
    sides: Mapping[str, frozenset[str]]
    partitions: tuple[Partition, ...]
    sensitive_items: frozenset[tuple[int, str]]
    sensitive_obstacles: frozenset[str]

    @property
    def facts(self) -> tuple[object, ...]:
        """All of it in a fixed order, for a digest."""
        sides = sorted((side, sorted(communes)) for side, communes in self.sides.items())
        strict = (sorted(self.sensitive_items), sorted(self.sensitive_obstacles))
        partitions = [partition.facts for partition in self.partitions]
        return (self.stages, self.everybody, sides, partitions, strict)

    def is_group(self, items: Items) -> bool:
        """Whether a page shows this population: everybody of the Region, or an item of one dimension."""
        pairs = zip(items[1:], self.everybody[1:], strict=True)
        return items[0] == self.everybody[0] and sum(item != whole for item, whole in pairs) <= 1

    def side_of(self, items: Items) -> Items | None:
        """The side of the croissant into which a row of a commune is added up; None for any other row."""
        if items[1:] != self.everybody[1:]:
            return None
        side = next((side for side, communes in self.sides.items() if items[0] in communes), None)
        return None if side is None else (side, *items[1:])

    def smallest(self, items: Items, rule: SmallCellRule, *, sensitive: bool) -> int:
        """The smallest count shown of a population, of a sensitive stage or obstacle or not."""
        strict = sensitive or any(pair in self.sensitive_items for pair in enumerate(items))
        return rule.min_count_sensitive if strict else rule.min_count
