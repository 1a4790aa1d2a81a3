"""Which items of the code lists add up to which: what a reader of a table can subtract."""

from __future__ import annotations

from data_access.contract.model import QUARTER_SIDES, Contract
from data_access.domain.confidentiality.relations import Partition

AXES = ("ref_area", "sex", "age", "education", "duration", "audience", "workplace")
"""The dimensions of a table of one indicator, operator and period; a key is a measure and an item of each."""

REGION, TOTAL = "BRU", "_T"
OPTIONAL = frozenset({"_U", "X"})  # items that a source without such cases leaves out
# An item that is the sum of others, or that holds them all (the last field), by dimension.
_NESTED: tuple[tuple[str, str, tuple[str, ...], bool], ...] = (
    ("age", "Y25T49", ("Y25T29", "Y30T49"), False),
    ("duration", TOTAL, ("M_LT12", "M_GE12"), False),
    ("duration", "M_GE12", ("M12T23", "M_GE24"), False),
    ("duration", "M_GE24", ("M24T59", "M_GE60"), False),
    ("education", TOTAL, ("FOREIGN",), True),
    ("audience", TOTAL, ("AT_RISK", "NOT_AT_RISK"), True),
    ("audience", TOTAL, ("CPAS",), True),
    ("audience", TOTAL, ("PRIO",), True),
    *(("audience", "PRIO", (public,), True) for public in ("PP1", "PP2", "PP3", "PP4")),
)


def make_partitions(contract: Contract) -> tuple[Partition, ...]:
    """Every sum that holds in a table by area, sex, age, education, duration, audience and workplace.

    Operators are no partition: several may support the same person. Nor is the « croissant » of communes: it
    is added up from communes that are all shown, or not at all.
    """
    found = [
        Partition(1, REGION, tuple(commune.nis for commune in contract.communes)),
        Partition(1, REGION, QUARTER_SIDES),
    ]
    for axis, dimension in enumerate(AXES[1:], start=2):
        parts = tuple(
            item.code
            for item in contract.codelists
            if item.dimension.lower() == dimension and item.part_of_total and item.code != TOTAL
        )
        if parts:
            found.append(Partition(axis, TOTAL, parts, OPTIONAL))
    for dimension, whole, parts, rest in _NESTED:
        found.append(Partition(AXES.index(dimension) + 1, whole, parts, rest=rest))
    return tuple(found)
