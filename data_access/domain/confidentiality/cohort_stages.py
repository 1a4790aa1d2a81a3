"""One cohort as linked counts: each stage by outcome, whole and by obstacle, of every group that is shown."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import pairwise

from data_access.domain.cohort_funnel import Outcome
from data_access.domain.confidentiality.cells import Cell, ConfStatus, Relation, Table
from data_access.domain.confidentiality.cohort_rows import TOTAL, CohortRow, FunnelShape, Items
from data_access.domain.confidentiality.primary import SmallCellRule
from data_access.domain.confidentiality.relations import Key, Partition, make_table
from data_access.domain.confidentiality.rows import Measure

FIRST_AXIS = 4  # a key is a measure, a stage, an outcome, an obstacle, then the items
Place = tuple[
    str, str, str, Items
]  # a stage, an outcome (``_T``: the whole stage), an obstacle, a population


def make_stage_table(rows: Iterable[CohortRow], shape: FunnelShape, rule: SmallCellRule) -> Table[Key]:
    """What the pages of a funnel show of one cohort in one version, and the sums that a reader can subtract.

    A stage is the sum of its outcomes; a nested one also is all that the stage before passed on; one within
    an earlier stage is no larger. Communes are added up into the sides of the croissant. Cases with an
    obstacle and those without it are the stage. All of it holds in every group, and groups add up by the
    partitions.

    Args:
        rows: of one cohort and operator in one version; those by month are left aside.
        shape: of the funnel.
        rule: thresholds of the audience.
    """
    sums = _sum_up((row for row in rows if row.month == TOTAL), shape)
    strict = {stage.code for stage in shape.stages if stage.sensitive}
    cells: dict[Key, Cell] = {}
    for place, parts in sums.items():
        stage, _, obstacle, items = place
        if obstacle == TOTAL:
            smallest = shape.smallest(items, rule, sensitive=stage in strict)
            if (cell := _cell(parts, _areas(items, shape), smallest)) is not None:
                cells[_key(place)] = cell
    relations = [*_stages(sums, cells), *_flow(cells, shape), *_obstacles(sums, cells, shape, rule)]
    return make_table(cells, shift(shape.partitions), relations)


def shift(partitions: Iterable[Partition]) -> list[Partition]:
    """The partitions of items as those of keys, in which a measure and three codes come first."""
    return [Partition(p.axis + FIRST_AXIS, p.whole, p.parts, p.optional, p.rest) for p in partitions]


def _sum_up(rows: Iterable[CohortRow], shape: FunnelShape) -> dict[Place, list[CohortRow]]:
    """The rows that each count is the sum of."""
    found: dict[Place, list[CohortRow]] = {}
    for row in rows:
        items = row.items if shape.is_group(row.items) else shape.side_of(row.items)
        if items is not None:
            for outcome in (row.outcome, TOTAL):
                found.setdefault((row.stage, outcome, row.obstacle, items), []).append(row)
    return found


def _areas(items: Items, shape: FunnelShape) -> int:
    return len(shape.sides.get(items[0], (items[0],)))


def _cell(rows: Sequence[CohortRow], areas: int, smallest: int) -> Cell | None:
    """The sum of rows as ``repositories.cohorts`` shows it; None where something is missing."""
    total = _total(rows) if len({row.items[0] for row in rows}) == areas else None
    if any(row.confidential for row in rows):
        return Cell(total, ConfStatus.CONFIDENTIAL, smallest)
    if total is None:
        return None
    return Cell(total, ConfStatus.CONFIDENTIAL if 0 < total < smallest else ConfStatus.FREE, smallest)


def _total(rows: Iterable[CohortRow]) -> int | None:
    counts = [row.count for row in rows]
    return None if None in counts else sum(count for count in counts if count is not None)


def _key(place: Place, measure: Measure = Measure.COUNT) -> Key:
    *codes, items = place
    return (measure, *codes, *items)


def _stages(sums: Mapping[Place, object], cells: Mapping[Key, Cell]) -> Iterator[Relation[Key]]:
    """A stage is its outcomes."""
    outcomes: dict[Place, list[str]] = {}
    for stage, outcome, obstacle, items in sums:
        if obstacle == TOTAL and outcome != TOTAL:
            outcomes.setdefault((stage, TOTAL, obstacle, items), []).append(outcome)
    for place, named in outcomes.items():
        stage, _, obstacle, items = place
        if _key(place) in cells:
            parts = tuple(_key((stage, outcome, obstacle, items)) for outcome in sorted(named))
            yield Relation(_key(place), parts)


def _flow(cells: Mapping[Key, Cell], shape: FunnelShape) -> Iterator[Relation[Key]]:
    """A nested stage is what the one before passed on; one within another is a part of it."""
    groups = {key[FIRST_AXIS:] for key in cells}
    for before, stage in pairwise(shape.stages):
        for items in sorted(groups):
            whole = _key((stage.code, TOTAL, TOTAL, items))
            if stage.nested:
                passed = _key((before.code, Outcome.NEXT.value, TOTAL, items))
                if whole in cells and passed in cells:
                    yield Relation(whole, (passed,))
            elif stage.within is not None:
                holder = _key((stage.within, TOTAL, TOTAL, items))
                if whole in cells and holder in cells:
                    yield Relation(holder, (whole,), rest=True)


def _obstacles(
    sums: Mapping[Place, Sequence[CohortRow]],
    cells: dict[Key, Cell],
    shape: FunnelShape,
    rule: SmallCellRule,
) -> Iterator[Relation[Key]]:
    """Those with an obstacle and those without it are the stage; both join the cells, hidden together."""
    for place, rows in sums.items():
        stage, outcome, obstacle, items = place
        if obstacle == TOTAL or outcome != TOTAL:
            continue
        everybody = sums.get((stage, TOTAL, TOTAL, items), ())
        whole = _key((stage, TOTAL, TOTAL, items))
        if whole not in cells or len(rows) < len(Outcome) or len(everybody) < len(Outcome):
            continue
        smallest = shape.smallest(items, rule, sensitive=obstacle in shape.sensitive_obstacles)
        count, total = _total(rows), _total(everybody)
        without = None if count is None or total is None else total - count
        confidential = any(row.confidential for row in (*rows, *everybody))
        if without is None and not confidential:
            continue
        small = any(n is not None and 0 < n < smallest for n in (count, without))
        status = ConfStatus.CONFIDENTIAL if confidential or small else ConfStatus.FREE
        parts = (_key(place), _key(place, Measure.COMPLEMENT))
        for part, number in zip(parts, (count, without), strict=True):
            cells[part] = Cell(number, status, smallest, parts[0])
        yield Relation(whole, parts)
