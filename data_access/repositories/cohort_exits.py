"""Exits of a cohort by months since entry, in steps wide enough that none speaks of a few persons."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import ColumnElement, Connection, Integer, Select, and_, case, cast, func, null, select

from data_access.db.tables import DIMENSIONS, cohort
from data_access.domain.cohort_funnel import Outcome
from data_access.domain.confidentiality import Availability, SmallCellRule
from data_access.repositories.cohorts import TOTAL
from data_access.repositories.disclosure import is_confidential, is_small
from data_access.repositories.versions import is_read

STEPS = (1, 3, 6, 12)  # months added up into one count
EXITS = (Outcome.EMPLOYMENT, Outcome.TRAINING, Outcome.OTHER_EXIT)
Counts = tuple[tuple[int, Mapping[Outcome, int]], ...]


@dataclass(frozen=True)
class CohortExits:
    """Exits of one cohort and group.

    Attributes:
        availability: hidden where even a year holds too few people, or the producer keeps a count back.
        step: months in each count; 0 unless available.
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
    ref_areas: Sequence[str],
    dimensions: Mapping[str, str],
    sensitive: bool = False,
) -> list[CohortExits]:
    """The exits of one funnel and group by months since entry, areas added up, oldest cohort first.

    Months are read one by one where none of a cohort holds a small count of any exit; else in quarters, half
    years or years since entry, the narrowest in which none is small. One step serves a whole cohort, so
    that no two widths tell a month by their difference. Small counts are hidden in SQL. A step of which a
    month, an exit or an area is missing ends the counts.

    Args:
        connection: to read with.
        funnel: its code.
        rule: small-cell thresholds of the audience.
        ref_areas: the areas to add up.
        dimensions: item by dimension; the total of those not named.
        sensitive: the group is under the stricter threshold.

    Returns:
        One record a cohort that has rows by month.
    """
    fixed = dict.fromkeys(DIMENSIONS, TOTAL) | dict(dimensions)
    wanted = [
        cohort.c.funnel == funnel,
        cohort.c.month != TOTAL,
        cohort.c.obstacle == TOTAL,
        cohort.c.ref_area.in_(list(ref_areas)),
        *(cohort.c[name] == item for name, item in fixed.items()),
        is_read(cohort, connection),
    ]
    smallest = rule.min_count_sensitive if sensitive else rule.min_count
    found: dict[str, CohortExits] = {}
    for step in STEPS:
        query = _stepped(wanted, step, len(ref_areas), smallest)
        for period, rows in _by_cohort(map(tuple, connection.execute(query))).items():
            if period not in found or found[period].availability is Availability.HIDDEN:
                found[period] = _exits(period, step, rows)
        if all(each.availability is not Availability.HIDDEN for each in found.values()):
            break
    return [found[period] for period in sorted(found)]


def _stepped(
    wanted: Sequence[ColumnElement[bool]], step: int, areas: int, smallest: int
) -> Select[tuple[Any, ...]]:
    """Cohort, last month of the step, outcome, availability, count, provenance."""
    last = (cast(cohort.c.month, Integer) + (step - 1)) // step * step
    total = func.sum(cohort.c["count"])
    confidential = func.max(case((is_confidential(cohort), 1), else_=0)) == 1
    incomplete = func.count(cohort.c["count"]) < step * areas
    small = is_small(total, smallest)  # type: ignore[arg-type]
    availability = case(
        (confidential, Availability.HIDDEN.value),
        (incomplete, Availability.MISSING.value),
        (small, Availability.HIDDEN.value),
        else_=Availability.AVAILABLE.value,
    )
    shown = and_(~confidential, ~incomplete, ~small)
    return (
        select(
            cohort.c.cohort,
            last.label("last"),
            cohort.c.outcome,
            availability,
            case((shown, total), else_=null()),
            func.max(cohort.c.provenance),
        )
        .where(*wanted)
        .group_by(cohort.c.cohort, last, cohort.c.outcome)
        .order_by(cohort.c.cohort, last, cohort.c.outcome)
    )


def _by_cohort(rows: Iterable[tuple[Any, ...]]) -> dict[str, list[tuple[Any, ...]]]:
    found: dict[str, list[tuple[Any, ...]]] = {}
    for row in rows:
        found.setdefault(row[0], []).append(row)
    return found


def _exits(period: str, step: int, rows: Sequence[tuple[Any, ...]]) -> CohortExits:
    """The steps from the first on that hold every exit; hidden as soon as one of them does."""
    cells = {(int(row[1]), row[2]): (row[3], row[4]) for row in rows}
    provenance = max(row[-1] for row in rows)
    counts: list[tuple[int, Mapping[Outcome, int]]] = []
    for last in range(step, 61, step):
        here = {e: cells.get((last, e.value), (Availability.MISSING.value, None)) for e in EXITS}
        states = {state for state, _ in here.values()}
        if Availability.HIDDEN.value in states:
            return CohortExits(period, Availability.HIDDEN, 0, (), provenance)
        if Availability.MISSING.value in states:
            break
        counts.append((last, {e: int(count) for e, (_, count) in here.items()}))
    state = Availability.AVAILABLE if counts else Availability.MISSING
    return CohortExits(period, state, step if counts else 0, tuple(counts), provenance)
