"""Exits of a cohort by months since entry, in steps wide enough that none speaks of a few persons."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import groupby
from typing import Any

from sqlalchemy import (
    BindParameter,
    ColumnElement,
    Connection,
    Integer,
    Select,
    and_,
    case,
    cast,
    func,
    literal,
    null,
    select,
)

from data_access.db.tables import DIMENSIONS, cohort
from data_access.domain.cohort_funnel import Outcome
from data_access.domain.confidentiality import Availability, SmallCellRule
from data_access.domain.confidentiality.cohort_rows import EVERY_MONTH
from data_access.domain.exit_steps import EXITS, MONTHS, STEPS, choose_steps
from data_access.repositories.cohorts import TOTAL
from data_access.repositories.covers import is_covered
from data_access.repositories.disclosure import is_confidential, is_small
from data_access.repositories.versions import is_read

Counts = tuple[tuple[int, Mapping[Outcome, int]], ...]


@dataclass(frozen=True)
class CohortExits:
    """Exits of one cohort and group.

    Attributes:
        availability: hidden where even a year holds too few people, or the producer keeps a count back.
        step: months in each count; 0 where hidden.
        counts: by the last month of each step, the exits in it; from the first month on, without a gap.
    """

    cohort: str
    availability: Availability
    step: int
    counts: Counts
    provenance: str


def load_exits(
    connection: Connection,
    funnel: str,
    *,
    rule: SmallCellRule,
    operator: str = TOTAL,
    dimension: str | None = None,
    item: str = TOTAL,
    sensitive_items: Collection[str] = (),
) -> list[CohortExits]:
    """The exits of one funnel and group of the Region by months since entry, oldest cohort first.

    Months are read one by one where none of a cohort holds a small count of any exit; else in quarters, half
    years or years since entry, the narrowest in which none is small. One step serves a whole cohort and all
    items of a dimension (``domain.exit_steps``). Small counts are hidden in SQL, and so are curves that
    publication hid for the sake of others. A step of which a month or an exit is missing ends the counts.

    Args:
        connection: to read with.
        funnel: its code.
        rule: small-cell thresholds of the audience.
        operator: item of its code list.
        dimension: column of the group; None for everybody.
        item: of the dimension.
        sensitive_items: items of the dimension under the stricter threshold.

    Returns:
        One record a cohort that has rows of the group by month.
    """
    by = literal(TOTAL) if dimension is None else cohort.c[dimension]
    at: dict[str, str] = {"funnel": funnel, "operator": operator, "ref_area": "BRU"}
    others = {name: TOTAL for name in DIMENSIONS if name not in {"operator", dimension}}
    wanted = [
        cohort.c.month != TOTAL,
        cohort.c.obstacle == TOTAL,
        *(cohort.c[name] == code for name, code in (at | others).items()),
        *([] if dimension is None else [by != TOTAL]),
        is_read(cohort, connection),
    ]
    own = {} if dimension is None else {dimension: by}
    covered = is_covered(connection, **at, **own, cohort=cohort.c.cohort, month=EVERY_MONTH)
    smallest = case((by.in_(sorted(sensitive_items)), rule.min_count_sensitive), else_=rule.min_count)
    found: dict[str, dict[str, dict[int, CohortExits]]] = {}
    kept_back: set[str] = set()
    for step in STEPS:
        rows = map(tuple, connection.execute(_stepped(wanted, step, by, item, smallest, covered)))
        for (period, each), group in groupby(rows, key=lambda row: (str(row[0]), str(row[1]))):
            windows = list(group)
            found.setdefault(period, {}).setdefault(each, {})[step] = _exits(period, step, windows)
            kept_back |= {period} if each == item and windows[0][-2] else set()
        groups = [by_step[step] for items in found.values() for by_step in items.values()]
        if all(exits.availability is not Availability.HIDDEN for exits in groups):
            break
    return [
        _chosen(found[period], item, covered=period in kept_back)
        for period in sorted(found)
        if item in found[period]
    ]


def _chosen(items: Mapping[str, Mapping[int, CohortExits]], item: str, *, covered: bool) -> CohortExits:
    """The exits of a group, in the step that suits all groups of its dimension."""
    hidden = {
        each: [step for step, exits in by_step.items() if exits.availability is Availability.HIDDEN]
        for each, by_step in items.items()
    }
    step = choose_steps(hidden)[item]
    exits = items[item][step or STEPS[-1]]
    return replace(exits, availability=Availability.HIDDEN, step=0, counts=()) if covered else exits


def _stepped(
    wanted: Sequence[ColumnElement[bool]],
    step: int,
    by: ColumnElement[str],
    item: str,
    smallest: ColumnElement[int],
    covered: ColumnElement[bool],
) -> Select[tuple[Any, ...]]:
    """A window a row: cohort, item, last month, exit, availability, count of the item asked for and so on.

    A curve that is hidden for the sake of others has a part in the choice of the step, as it had when the
    tables were judged; its counts stay in the database.
    """
    last = (cast(cohort.c.month, Integer) + (step - 1)) // step * step
    total = func.sum(cohort.c["count"])
    confidential = func.max(case((is_confidential(cohort), 1), else_=0)) == 1
    incomplete = func.count(cohort.c["count"]) < step
    small = is_small(total, func.max(smallest))
    availability = case(
        (confidential, Availability.HIDDEN.value),
        (incomplete, Availability.MISSING.value),
        (small, Availability.HIDDEN.value),
        else_=Availability.AVAILABLE.value,
    )
    shown = and_(by == item, ~confidential, ~covered, ~incomplete, ~small)
    keys = (cohort.c.cohort, *(() if isinstance(by, BindParameter) else (by,)), last, cohort.c.outcome)
    return (
        select(
            cohort.c.cohort,
            by.label("item"),
            last.label("last"),
            cohort.c.outcome,
            availability,
            case((shown, total), else_=null()),
            covered.label("covered"),
            func.max(cohort.c.provenance),
        )
        .where(*wanted)
        .group_by(*keys)
        .order_by(*keys)
    )


def _exits(period: str, step: int, rows: Sequence[tuple[Any, ...]]) -> CohortExits:
    """The steps from the first on that hold every exit; hidden as soon as one of them does.

    Of a group that is not asked for only the availability is told.
    """
    cells = {(int(row[2]), row[3]): (row[4], row[5]) for row in rows}
    provenance = max(row[-1] for row in rows)
    counts: list[tuple[int, Mapping[Outcome, int]]] = []
    for last in range(step, MONTHS + 1, step):
        here = {e: cells.get((last, e.value), (Availability.MISSING.value, None)) for e in EXITS}
        states = {state for state, _ in here.values()}
        if Availability.HIDDEN.value in states:
            return CohortExits(period, Availability.HIDDEN, 0, (), provenance)
        if Availability.MISSING.value in states:
            break
        counts.append((last, {e: int(count or 0) for e, (_, count) in here.items()}))
    state = Availability.AVAILABLE if counts else Availability.MISSING
    return CohortExits(period, state, step, tuple(counts), provenance)
