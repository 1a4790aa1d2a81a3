"""The exits of one cohort by month as linked counts: the curve of every group, in windows of any width."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from itertools import pairwise

from data_access.domain.cohort_funnel import Outcome
from data_access.domain.confidentiality.cells import Cell, ConfStatus, Relation, Table
from data_access.domain.confidentiality.cohort_rows import TOTAL, CohortRow, FunnelShape, Items
from data_access.domain.confidentiality.cohort_stages import shift
from data_access.domain.confidentiality.primary import SmallCellRule
from data_access.domain.confidentiality.relations import Key, make_table
from data_access.domain.confidentiality.rows import Measure
from data_access.domain.exit_steps import EXITS, MONTHS, STEPS, choose_steps

Window = tuple[int, int]  # months in it, and the last of them


@dataclass(frozen=True)
class Curve:
    """The exits of a group.

    Attributes:
        cells: by exit and window, up to the first window in which something is missing.
        hidden: widths at which some window must not be shown.
    """

    cells: Mapping[tuple[Outcome, Window], Cell]
    hidden: frozenset[int]


def make_exit_table(rows: Iterable[CohortRow], shape: FunnelShape, rule: SmallCellRule) -> Table[Key]:
    """Every sum of months that a reader sees, or could form, of one cohort in one version.

    A key is a measure, an exit, the months in the window, its last month, then the items. What is shown of a
    group is the windows of its step and of the wider ones; a narrower one that is small must not follow from
    them. The counts of a group are hidden together: they are one curve.

    Args:
        rows: of one cohort and operator in one version; only those by month are read.
        shape: of the funnel.
        rule: thresholds of the audience.
    """
    months: dict[Items, dict[tuple[str, int], CohortRow]] = {}
    for row in rows:
        if row.month != TOTAL and row.obstacle == TOTAL and shape.is_group(row.items):
            months.setdefault(row.items, {})[row.outcome, int(row.month)] = row
    curves = {
        items: _curve(by_month, shape.smallest(items, rule, sensitive=False))
        for items, by_month in months.items()
    }
    steps = _steps(curves, shape)
    cells = {
        (Measure.COUNT.value, outcome.value, f"{width:02}", f"{last:02}", *items): _shown(
            cell, items, step=steps[items], width=width
        )
        for items, curve in curves.items()
        for (outcome, (width, last)), cell in curve.cells.items()
    }
    return make_table(cells, shift(shape.partitions), _wider(cells))


def _curve(rows: Mapping[tuple[str, int], CohortRow], smallest: int) -> Curve:
    """The twin of what ``repositories.cohort_exits`` does in SQL."""
    cells: dict[tuple[Outcome, Window], Cell] = {}
    hidden: set[int] = set()
    for width in STEPS:
        for last in range(width, MONTHS + 1, width):
            span = range(last - width + 1, last + 1)
            own = {exit_: [rows.get((exit_.value, month)) for month in span] for exit_ in EXITS}
            found = {exit_: _window(parts, smallest) for exit_, parts in own.items()}
            if any(cell.hidden for cell in found.values()):
                hidden.add(width)
            if any(cell.status is ConfStatus.MISSING for cell in found.values()):
                break
            cells |= {(exit_, (width, last)): cell for exit_, cell in found.items()}
    return Curve(cells, frozenset(hidden))


def _window(rows: Iterable[CohortRow | None], smallest: int) -> Cell:
    """The exits of some months together."""
    listed = list(rows)
    counts = [None if row is None else row.count for row in listed]
    total = None if None in counts else sum(count for count in counts if count is not None)
    if any(row is not None and row.confidential for row in listed):
        return Cell(total, ConfStatus.CONFIDENTIAL, smallest)
    if total is None:
        return Cell(None, ConfStatus.MISSING, smallest)
    return Cell(total, ConfStatus.CONFIDENTIAL if 0 < total < smallest else ConfStatus.FREE, smallest)


def _steps(curves: Mapping[Items, Curve], shape: FunnelShape) -> dict[Items, int]:
    """The step of each group: everybody's own, and one for all items of a dimension."""
    families: dict[int | None, dict[Items, frozenset[int]]] = {}
    for items, curve in curves.items():
        differs = (axis for axis, item in enumerate(items) if item != shape.everybody[axis])
        families.setdefault(next(differs, None), {})[items] = curve.hidden
    return {items: step for family in families.values() for items, step in choose_steps(family).items()}


def _shown(cell: Cell, items: Items, *, step: int, width: int) -> Cell:
    """The cell as it is published: what is narrower than the step is not, be it small or not.

    That nobody left in some months is no secret, even of a curve that is hidden: it needs no interval.
    """
    if cell.hidden or (step and width % step == 0):
        return replace(cell, smallest=cell.smallest if cell.count != 0 else 0, row=items)
    return Cell(None, ConfStatus.MISSING, cell.smallest)


def _wider(cells: Mapping[Key, Cell]) -> Iterator[Relation[Key]]:
    """A window is the narrower ones in it."""
    for narrow, wide in pairwise(STEPS):
        for key in cells:
            measure, outcome, width, last, *items = key
            if int(width) == wide:
                parts = range(int(last) - wide + narrow, int(last) + 1, narrow)
                yield Relation(
                    key, tuple((measure, outcome, f"{narrow:02}", f"{month:02}", *items) for month in parts)
                )
