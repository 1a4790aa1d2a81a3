"""Which cohorts can be followed: the funnels that hold data, their operators, and the groups of each."""

from __future__ import annotations

from dataclasses import dataclass

from data_access.cache import cached
from data_access.contract.load import contract
from data_access.contract.model import INSIDE, OUTSIDE
from data_access.db.reading import reading
from data_access.repositories.cohorts import load_cohort_groups
from data_access.services.breakdown_choices import AREA, CROISSANT, items_of
from data_access.services.indicator_rows import REGION, TOTAL

BY = ("SEX", "AGE", "EDUCATION", "AUDIENCE")
OPERATOR = "OPERATOR"  # no group of a funnel's cohorts: each operator has cohorts of its own


@dataclass(frozen=True)
class GroupKey:
    """A part of a cohort: everybody, an item of one dimension, or a side of the croissant."""

    by: str = TOTAL
    item: str = TOTAL

    @property
    def key(self) -> str:
        """What the address calls it; empty for everybody."""
        return "" if self.by == TOTAL else f"{self.by}.{self.item}"


EVERYBODY = GroupKey()


@dataclass(frozen=True)
class FunnelChoice:
    """A funnel that holds data, of one operator, and the groups that it can be followed for."""

    code: str
    operator: str
    groups: tuple[GroupKey, ...]

    @property
    def key(self) -> str:
        """What the address calls it: ``F-PREV``, ``F-SI.BF``."""
        return self.code if self.operator == TOTAL else f"{self.code}.{self.operator}"

    def group(self, key: str) -> GroupKey:
        """The group of a key as far as it exists, else everybody."""
        return next((g for g in self.groups if g.key.casefold() == key.casefold()), EVERYBODY)


@cached
def get_funnel_choices(version: int) -> tuple[FunnelChoice, ...]:
    """Every funnel that holds data, in the order of the contract; one query."""
    with reading() as connection:
        held = load_cohort_groups(connection)
    found = []
    for funnel in contract().funnels:
        operators = sorted({row["operator"] for row in held if row["funnel"] == funnel.code})
        for operator in operators:
            rows = [r for r in held if (r["funnel"], r["operator"]) == (funnel.code, operator)]
            found.append(FunnelChoice(funnel.code, operator, _groups(rows)))
    return tuple(found)


def _groups(rows: list[dict[str, str]]) -> tuple[GroupKey, ...]:
    """Everybody, then the items of each dimension that is split alone, then both sides of the croissant."""
    groups = [EVERYBODY]
    for dimension in BY:
        others = [name.lower() for name in BY if name != dimension]
        own = {
            row[dimension.lower()]
            for row in rows
            if row["ref_area"] == REGION and all(row[name] == TOTAL for name in others)
        }
        groups += [GroupKey(dimension, item) for item in items_of(dimension) if item in own]
    whole = [row for row in rows if all(row[name.lower()] == TOTAL for name in BY)]
    communes = {row["ref_area"] for row in whole}
    if set(items_of(AREA)) <= communes:
        groups += [GroupKey(CROISSANT, INSIDE), GroupKey(CROISSANT, OUTSIDE)]
    return tuple(groups)
