"""What can be put on the map of the communes: the series, the populations, the ways of looking."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum

from data_access.cache import cached
from data_access.contract.load import contract
from data_access.db.reading import reading
from data_access.domain.comparison import Kind
from data_access.repositories.territory import Held, load_held
from data_access.services.breakdown_choices import items_of, kind_of
from data_access.services.indicator_rows import TOTAL

OWN = "OWN"  # the operator's own list of communes
QUARTERS = "D1"  # the definition by quarters: its sides are delivered, no commune is a member


class View(StrEnum):
    """What of a series the map shows."""

    LEVEL = "level"
    CHANGE = "change"  # on the same period a year before
    GAP = "gap"  # to the Region
    COUNT = "count"  # of persons or cases, as circles


@dataclass(frozen=True)
class MapSeries:
    """A series that exists by commune, of one operator.

    Attributes:
        sexes, ages: the items that can be chosen, the total first.
        quarters: whether both sides of the croissant are delivered by quarters (D1), for the total.
        countable: numerators are there, so that communes can be added up.
    """

    code: str
    operator: str
    kind: Kind
    sexes: tuple[str, ...]
    ages: tuple[str, ...]
    areas: int
    countable: bool
    quarters: bool = False

    @property
    def key(self) -> str:
        """What the address calls it: ``OS2.03``, ``BV-1a.BF``."""
        return self.code if self.operator == TOTAL else f"{self.code}.{self.operator}"

    @property
    def views(self) -> tuple[View, ...]:
        """The ways of looking that make sense for the kind of measure."""
        if self.kind is Kind.COUNT:
            return (View.COUNT, View.CHANGE)
        if self.countable and self.kind is Kind.SHARE:
            return (View.LEVEL, View.CHANGE, View.GAP, View.COUNT)
        return (View.LEVEL, View.CHANGE, View.GAP)

    def has(self, sex: str, age: str) -> bool:
        """Whether the population can be chosen: by sex or by age, never both at once.

        Of the two together the margins are too many for one hidden cell to stay hidden behind another.
        """
        return TOTAL in (sex, age) and sex in self.sexes and age in self.ages


@dataclass(frozen=True)
class Selection:
    """What a reader asks of the map, settled: everything in it exists.

    Attributes:
        period: SDMX period; empty for the newest that can be compared.
        croissant: code of a definition at the level of communes, or ``OWN``.
        members: the communes that it names.
    """

    series: MapSeries
    view: View
    sex: str
    age: str
    period: str
    croissant: str
    members: tuple[str, ...]


@cached
def get_map_series(version: int) -> tuple[MapSeries, ...]:
    """The series that exist by commune, in the order of the contract; one query."""
    with reading() as connection:
        held = load_held(connection)
    by_code: dict[str, list[Held]] = {}
    for row in held:
        by_code.setdefault(row.indicator, []).append(row)
    found = []
    for definition in contract().indicators:
        rows = [r for r in by_code.get(definition.code, []) if r.freq == definition.periodicity and r.areas]
        found += [_series(definition.code, op, rows) for op in sorted({r.operator for r in rows})]
    return tuple(found)


def _series(code: str, operator: str, rows: list[Held]) -> MapSeries:
    own = [r for r in rows if r.operator == operator]
    whole = [r for r in own if (r.sex, r.age) == (TOTAL, TOTAL)] or own
    return MapSeries(
        code=code,
        operator=operator,
        kind=kind_of(contract().indicator(code)),
        sexes=_listed("SEX", {r.sex for r in own if r.age == TOTAL}),
        ages=_listed("AGE", {r.age for r in own if r.sex == TOTAL}),
        areas=max(r.areas for r in whole),
        countable=all(r.countable for r in own),
        quarters=any(r.quarters for r in own if (r.sex, r.age) == (TOTAL, TOTAL)),
    )


def _listed(dimension: str, found: set[str]) -> tuple[str, ...]:
    return tuple(item for item in (TOTAL, *items_of(dimension)) if item in found or item == TOTAL)


def croissant_members(own: tuple[str, ...] = ()) -> dict[str, tuple[str, ...]]:
    """The definitions that consist of whole communes, the default first; the operator's own list last."""
    definitions = [d for d in contract().croissants if d.level == "commune"]
    found = {d.code: d.communes for d in sorted(definitions, key=lambda d: not d.default)}
    return found | ({OWN: own} if own else {})


def settle_selection(
    series: tuple[MapSeries, ...],
    query: Mapping[str, str],
    own: tuple[str, ...] = (),
    *,
    quarters: bool = False,
) -> Selection | None:
    """What was asked for as far as it exists, else the nearest that does; None when nothing is known.

    Args:
        series: of ``get_map_series``.
        query: ``measure``, ``view``, ``sex``, ``age``, ``period`` and ``croissant``, as in the address.
        own: the communes of the operator's own list of the croissant (a setting).
        quarters: whether the definition by quarters may be chosen, where its sides are delivered.
    """
    if not series:
        return None
    folded = {s.key.casefold(): s for s in series}
    chosen = folded.get(query.get("measure", "").casefold()) or series[0]
    way = next((v for v in chosen.views if v.value == query.get("view")), chosen.views[0])
    sex, age = query.get("sex", TOTAL), query.get("age", TOTAL)
    sex = sex if sex in chosen.sexes else TOTAL
    age = age if age in chosen.ages and chosen.has(sex, age) else TOTAL
    definitions = croissant_members(own)
    if quarters and chosen.quarters and (sex, age) == (TOTAL, TOTAL):
        definitions = {**definitions, QUARTERS: ()}
    code = query.get("croissant", "").upper()
    code = code if code in definitions else next(iter(definitions))
    return Selection(chosen, way, sex, age, query.get("period", ""), code, definitions[code])
