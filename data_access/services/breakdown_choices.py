"""By what an indicator can be broken down: the dimensions, alone or in pairs, that hold data."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from data_access.cache import cached
from data_access.contract.load import contract
from data_access.contract.model import INSIDE, OUTSIDE, CroissantDefinition, Indicator, Measure, Unit
from data_access.db.reading import reading
from data_access.domain.comparison import Kind
from data_access.repositories.breakdowns import load_breakdowns
from data_access.services.indicator_rows import TOTAL

AREA, CROISSANT = "REF_AREA", "CROISSANT"
DIMENSIONS = (AREA, CROISSANT, "SEX", "AGE", "EDUCATION", "DURATION", "AUDIENCE", "OPERATOR", "WORKPLACE")


@dataclass(frozen=True)
class Choices:
    """The breakdowns that hold data: alone, and in pairs in either order."""

    single: tuple[str, ...]
    pairs: frozenset[tuple[str, str]]

    @property
    def first(self) -> tuple[str, ...]:
        """What may be chosen first."""
        return tuple(d for d in DIMENSIONS if d in self.single or any(d == by for by, _ in self.pairs))

    def second(self, by: str) -> tuple[str, ...]:
        """What may be chosen after ``by``."""
        return tuple(d for d in DIMENSIONS if (by, d) in self.pairs)


@cached
def get_choices(version: int, code: str) -> Choices:
    """The breakdowns of an indicator that its definition names and that hold data; one query.

    Raises:
        UnknownIndicator: no definition bears the code.
    """
    definition = contract().indicator(code)
    with reading() as connection:
        found = load_breakdowns(connection, code, definition.periodicity)
    named = {d.lower() for d in definition.dimensions}
    kept = {c: about for c, about in found.items() if len(c) <= 2 and c <= named}
    single, pairs = set(), set()
    for combination, (areas, countable) in kept.items():
        names = [d for d in DIMENSIONS if d.lower() in combination]
        variants = [names]
        if AREA in names and _can_pool(definition, areas, countable):
            variants.append([CROISSANT, *(d for d in names if d != AREA)])
        for variant in variants:
            single |= {variant[0]} if len(variant) == 1 else set()
            pairs |= {tuple(variant), tuple(reversed(variant))} if len(variant) == 2 else set()
    return Choices(tuple(d for d in DIMENSIONS if d in single), frozenset((a, b) for a, b in pairs))


def _can_pool(definition: Indicator, areas: int, countable: bool) -> bool:
    """Whether communes may be added up: all there, with counts; an average of rates is never made."""
    kind = kind_of(definition)
    return areas == len(contract().communes) and (
        kind is Kind.COUNT or (countable and kind is not Kind.UNRELATED)
    )


def kind_of(definition: Indicator) -> Kind:
    """How the values of an indicator may be added and compared."""
    if definition.measure in {Measure.MEDIAN, Measure.GAP}:
        return Kind.UNRELATED
    if definition.unit is Unit.COUNT:
        return Kind.COUNT
    if definition.unit is not Unit.PERCENT:
        return Kind.RATIO
    return Kind.SHARE if definition.numerator_within_denominator else Kind.RATE


def settle(choices: Choices, by: str | None, then: str | None) -> tuple[str, str | None] | None:
    """The breakdown asked for as far as it exists, else the nearest that does; None when there is none."""
    if not choices.first:
        return None
    first = by if by in choices.first else (*choices.single, *choices.first)[0]
    assert first is not None  # one of the choices
    second = choices.second(first)
    if then in second:
        return first, then
    return first, None if first in choices.single else second[0]


def default_croissant() -> CroissantDefinition:
    """The definition of the croissant that is used unless another is named."""
    return contract().default_croissant


def items_of(dimension: str) -> tuple[str, ...]:
    """The items of a dimension in the order of its list, without the total."""
    if dimension == CROISSANT:
        return INSIDE, OUTSIDE
    if dimension == AREA:
        return tuple(c.nis for c in contract().communes)
    listed = (i.code for i in contract().codelists if i.dimension == dimension)
    return tuple(code for code in listed if code != TOTAL)


def parts_of(dimension: str, items: Iterable[str]) -> set[str]:
    """Those of some items that share nobody and add up to the total."""
    if dimension in {AREA, CROISSANT}:
        return set(items) - {TOTAL}
    parts = {i.code for i in contract().codelists if i.dimension == dimension and i.part_of_total}
    return parts & set(items)
