"""The two tables of a cohort in every version since the first, and what is hidden in each."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace

from data_access.domain.confidentiality.cells import ConfStatus, Table, Vintage
from data_access.domain.confidentiality.cohort_exits import make_exit_table
from data_access.domain.confidentiality.cohort_rows import (
    EVERY_MONTH,
    TOTAL,
    CohortRow,
    Cover,
    FunnelShape,
)
from data_access.domain.confidentiality.cohort_stages import FIRST_AXIS, make_stage_table
from data_access.domain.confidentiality.primary import SmallCellRule
from data_access.domain.confidentiality.relations import Key
from data_access.domain.confidentiality.spans import Span, find_versions


@dataclass(frozen=True)
class CohortTable:
    """One of the tables of a cohort.

    Attributes:
        make: the table of the rows of one version.
        cover_of: what has to be hidden to hide a cell, by the items of its key.
    """

    make: Callable[[Iterable[CohortRow], FunnelShape, SmallCellRule], Table[Key]]
    cover_of: Callable[[tuple[str, ...]], Cover]


def cover_of_stage(items: tuple[str, ...]) -> Cover:
    """A stage, one of its outcomes, or an obstacle with those who do not have it."""
    stage, outcome, obstacle, *population = items
    return (stage, outcome, TOTAL, obstacle, *population)


def cover_of_curve(items: tuple[str, ...]) -> Cover:
    """All months of a population."""
    return (TOTAL, TOTAL, EVERY_MONTH, TOTAL, *items[FIRST_AXIS - 1 :])


STAGES = CohortTable(make_stage_table, cover_of_stage)
EXITS = CohortTable(make_exit_table, cover_of_curve)


def make_cohort_vintages(
    kind: CohortTable,
    rows: Sequence[CohortRow],
    covers: Mapping[Cover, Sequence[Span]],
    shape: FunnelShape,
    rule: SmallCellRule,
    *,
    anew: bool,
) -> list[Vintage[Key]]:
    """A table of a cohort as it was published in every version in which something changed, the oldest first.

    Args:
        kind: which table.
        rows: of one cohort and operator, in every version.
        covers: what was hidden for the sake of others, and in which versions.
        shape: of the funnel.
        rule: thresholds of the audience.
        anew: the newest without what is hidden for the sake of others, to be judged.
    """
    versions = find_versions(span for spans in ([r.known for r in rows], *covers.values()) for span in spans)
    found: list[Vintage[Key]] = []
    for version in versions:
        table = kind.make([row for row in rows if row.known.holds(version)], shape, rule)
        if not (anew and version == versions[-1]):
            hidden = {cover for cover, spans in covers.items() if any(span.holds(version) for span in spans)}
            table = _without(table, kind, hidden)
        if found and found[-1].table == table:  # a version that changed another table only
            found.pop()
        found.append(Vintage(table, whole_rows=False))
    return found


def last_covers(table: Table[Key], shape: FunnelShape) -> list[tuple[str, ...]]:
    """The items of the cells that are hidden only where nothing else is left: everybody's."""
    return [key[1:] for key in table.cells if key[FIRST_AXIS:] == shape.everybody]


def _without(table: Table[Key], kind: CohortTable, hidden: set[Cover]) -> Table[Key]:
    """The table with the covered cells marked; a producer's mark stays."""
    marked = {
        key: replace(cell, status=ConfStatus.SECONDARY)
        for key, cell in table.cells.items()
        if cell.status is ConfStatus.FREE and kind.cover_of(key[1:]) in hidden
    }
    return replace(table, cells={**table.cells, **marked})
