"""Two groups of a cohort as if both had the same ages: the gaps that composition does not explain."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from functools import partial

from data_access.cache import cached
from data_access.contract.load import contract
from data_access.db.reading import reading
from data_access.domain.cohort_funnel import Outcome
from data_access.domain.confidentiality import Availability, SmallCellRule
from data_access.domain.funnel_comparison import Gap, standardised_gap
from data_access.domain.standardisation import NotStandardised, Standardised, standardise
from data_access.repositories.cohorts import load_pooled_cohorts
from data_access.services.funnel import where_from
from data_access.services.funnel_choices import GroupKey
from data_access.services.indicator_rows import sensitive_items

BY = "AGE"
PASSED = Outcome.NEXT.value
Strata = Mapping[str, Mapping[str, int]]  # by item: cases by stage


class NoStandard(StrEnum):
    """Why a cohort is not standardised."""

    NO_CROSSING = "no_crossing"  # the tables do not hold the groups by age
    SAME_DIMENSION = "same_dimension"  # the groups are the ages
    HIDDEN = "hidden"  # a group has too few people of some age
    INCOMPLETE = "incomplete"  # a number is missing, or one group has nobody of some age


@dataclass(frozen=True)
class StandardGap:
    """One stage: what share of those who entered reaches it, of each group, weighed alike, and the gap."""

    stage: str
    a: Standardised
    b: Standardised
    gap: Gap


@cached
def get_standard_gaps(
    version: int,
    cohort: str,
    code: str,
    operator: str,
    a: GroupKey,
    b: GroupKey,
    rule: SmallCellRule,
) -> tuple[StandardGap, ...] | NoStandard:
    """Cumulative rates of two groups, both with the ages of everybody who entered the cohort.

    Direct standardisation (``domain.standardisation``); the standard is the two groups together.

    Args:
        version: data version (key of the cache).
        cohort: period of entry.
        code, operator: of the funnel.
        a: the group of interest; ``b`` is what it is compared with.
        rule: small-cell thresholds of the audience.

    Returns:
        A gap for every stage but the entry, in order; or why there are none.
    """
    if BY in (a.by, b.by):
        return NoStandard.SAME_DIMENSION
    definition = next(f for f in contract().funnels if f.code == code)
    stages = [stage.code for stage in definition.stages]
    sensitive = {stage.code for stage in definition.stages if stage.sensitive}
    sides = [_strata(code, operator, cohort, group, sensitive, rule) for group in (a, b)]
    for side in sides:
        if isinstance(side, NoStandard):
            return side
    return _gaps([side for side in sides if not isinstance(side, NoStandard)], stages)


def _gaps(sides: Sequence[Strata], stages: Sequence[str]) -> tuple[StandardGap, ...] | NoStandard:
    entry, *later = stages
    items = {item for side in sides for item in side}
    weights = {item: float(sum(side.get(item, {}).get(entry, 0) for side in sides)) for item in items}
    found = []
    for stage in later:
        a, b = (standardise(_counts(side, stage, entry), weights) for side in sides)
        if isinstance(a, NotStandardised) or isinstance(b, NotStandardised):
            return NoStandard.INCOMPLETE
        found.append(StandardGap(stage, a, b, standardised_gap(a, b)))
    return tuple(found)


def _counts(side: Strata, stage: str, entry: str) -> dict[str, tuple[float, float]]:
    return {item: (float(cases[stage]), float(cases[entry])) for item, cases in side.items()}


def _strata(
    code: str, operator: str, cohort: str, group: GroupKey, sensitive: set[str], rule: SmallCellRule
) -> Strata | NoStandard:
    """Cases of a group by age and stage; one small or missing number leaves none.

    A group of which a stage is hidden has none either: its rate at other ages would tell about how many they
    are.
    """
    place, dimensions = where_from(group)
    load = partial(
        load_pooled_cohorts,
        funnel=code,
        rule=rule,
        place=place,
        sensitive_stages=sensitive,
        sensitive=group.item in sensitive_items().get(group.by.lower(), ()),
        period=cohort,
    )
    own = {"operator": operator, **dimensions}
    found: dict[str, dict[str, int]] = {}
    items = [i for i in contract().codelists if i.dimension == BY and i.part_of_total]
    with reading() as connection:
        whole = load(connection, dimensions=own)
        if any(row.availability is Availability.HIDDEN for row in whole if row.outcome in {None, PASSED}):
            return NoStandard.HIDDEN
        for item in items:
            rows = load(connection, dimensions=own | {BY.lower(): item.code})
            cases = [row for row in rows if row.outcome is None]
            if any(row.availability is Availability.HIDDEN for row in cases):
                return NoStandard.HIDDEN
            counts = {row.stage: row.count for row in cases if row.count is not None}
            if len(counts) < len(cases):
                return NoStandard.INCOMPLETE
            if counts:
                found[item.code] = counts
    return found or NoStandard.NO_CROSSING
