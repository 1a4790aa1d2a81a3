"""Two groups of a cohort compared as if they were of the same ages, where the tables cross them with age."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from data_access.cache import cached
from data_access.contract.load import contract
from data_access.contract.model import Funnel
from data_access.db.engine import get_engine
from data_access.domain.confidentiality import Availability, SmallCellRule
from data_access.domain.funnel_comparison import Gap, NotComparable
from data_access.domain.period import Period
from data_access.domain.standardisation import NotStandardised
from data_access.domain.standardised_gap import standardised_gap
from data_access.repositories.cohorts import PooledCount, load_pooled_cohorts
from data_access.services.breakdown_choices import (
    AREA,
    CROISSANT,
    INSIDE,
    default_croissant,
    items_of,
    parts_of,
)
from data_access.services.funnel_choices import GroupKey
from data_access.services.indicator_rows import REGION, sensitive_items

AGE = "AGE"
CROSSED = ("SEX", CROISSANT)  # what a table may cross with age
Stages = dict[str, PooledCount]
StepGap = Gap | NotComparable | NotStandardised


@dataclass(frozen=True)
class StandardisedSteps:
    """The gaps of the steps, by the stage that they lead to, with the ages of both groups together.

    Attributes:
        ages: items of AGE, the strata.
        gaps: of the base of each stage; a hidden stratum leaves none.
    """

    ages: tuple[str, ...]
    gaps: Mapping[str, StepGap]


@cached
def get_standardised_steps(
    version: int,
    cutoff: date | None,
    code: str,
    operator: str,
    group: GroupKey,
    against: GroupKey,
    cohort: Period,
    rule: SmallCellRule,
) -> StandardisedSteps | None:
    """The steps of two groups, ``group`` less ``against``; None where no table crosses them with age.

    Maturity is not judged here: show a step only where ``compare_funnels`` has its raw gap.

    Args:
        version: data version (key of the cache).
        cutoff: last day covered by the data (key of the cache).
        code: of the funnel.
        operator: item of its code list.
        group: two sexes or the two sides of the croissant; ``against`` is the other.
        against: see there.
        cohort: entry period of both.
        rule: small-cell thresholds of the audience; small strata are hidden in SQL.
    """
    if group.by not in CROSSED or against.by != group.by or group == against:
        return None
    definition = next(f for f in contract().funnels if f.code == code)
    sides = [_by_age(definition, operator, each, str(cohort), rule) for each in (group, against)]
    if not all(sides):
        return None
    ages = tuple(age for age in items_of(AGE) if any(age in side for side in sides))
    gaps: dict[str, StepGap] = {}
    for before, stage in zip(definition.stages, definition.stages[1:], strict=False):
        base = stage.within or before.code
        gaps[stage.code] = _gap(sides[0], sides[1], stage.code, base, rule)
    return StandardisedSteps(ages, gaps)


def _by_age(
    definition: Funnel, operator: str, group: GroupKey, cohort: str, rule: SmallCellRule
) -> dict[str, Stages]:
    """By age and stage, the cases of a group; ages without rows are left out."""
    areas: tuple[str, ...] = (REGION,)
    own = {"operator": operator}
    if group.by == CROISSANT:
        inside = set(default_croissant().communes)
        areas = tuple(nis for nis in items_of(AREA) if (nis in inside) == (group.item == INSIDE))
    else:
        own[group.by.lower()] = group.item
    strict = sensitive_items()
    found: dict[str, Stages] = {}
    with get_engine().connect() as connection:
        for age in sorted(parts_of(AGE, items_of(AGE))):
            rows = load_pooled_cohorts(
                connection,
                definition.code,
                rule=rule,
                ref_areas=areas,
                dimensions={**own, "age": age},
                sensitive_stages={s.code for s in definition.stages if s.sensitive},
                period=cohort,
                sensitive=age in strict.get("age", ()) or group.item in strict.get(group.by.lower(), ()),
            )
            stages = {row.stage: row for row in rows if row.outcome is None}
            if stages:
                found[age] = stages
    return found


def _gap(
    a: Mapping[str, Stages], b: Mapping[str, Stages], stage: str, base: str, rule: SmallCellRule
) -> StepGap:
    sides = []
    for side in (a, b):
        counts = _counts(side, stage, base)
        if isinstance(counts, NotComparable):
            return counts
        if sum(n for _, n in counts.values()) < rule.min_denominator:
            return NotComparable.TOO_FEW
        sides.append(counts)
    return standardised_gap(sides[0], sides[1])


def _counts(
    side: Mapping[str, Stages], stage: str, base: str
) -> dict[str, tuple[float, float]] | NotComparable:
    found = {}
    for age, stages in side.items():
        pair = [stages.get(code) for code in (stage, base)]
        if any(row is not None and row.availability is Availability.HIDDEN for row in pair):
            return NotComparable.HIDDEN
        top, bottom = (None if row is None else row.count for row in pair)
        if top is None or bottom is None:
            return NotComparable.MISSING
        found[age] = (float(top), float(bottom))
    return found
