"""The cells of one breakdown by key and period: croissant added, nothing given away by subtraction."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from functools import cached_property

import pandas as pd
from sqlalchemy import Connection

from data_access.contract.load import contract
from data_access.contract.model import INSIDE, OUTSIDE, QUARTER_SIDES, Indicator, Unit
from data_access.db.reading import reading
from data_access.domain import comparison
from data_access.domain.comparison import MISSING, Cell, Guard
from data_access.domain.confidentiality import Availability, SmallCellRule
from data_access.domain.period import Period
from data_access.domain.reading import Reading
from data_access.repositories.observations import load_observations
from data_access.services.breakdown_choices import (
    AREA,
    CROISSANT,
    default_croissant,
    items_of,
    kind_of,
    parts_of,
)
from data_access.services.indicator_rows import REGION, TOTAL, by_indicator, sensitive_items
from data_access.services.series import Record, make_readings

Key = tuple[str, str]  # an item of each dimension, ``_T`` for the total; with one dimension (``_T``, item)


class Cells:
    """The cells of one breakdown and of its margins.

    Args:
        definition: of the indicator.
        by: first dimension.
        then: second dimension, None for one only.
        rule: small-cell thresholds of the audience.
        fixed: the items of other dimensions that all cells share, by name; the total of those not named.

    Attributes:
        kind: how values follow from counts.
        readings: the series as loaded, by key.
        cells: by key, then period; what may not be shown has no numbers.
        demonstration: whether any value is fictitious.
    """

    def __init__(
        self,
        definition: Indicator,
        by: str,
        then: str | None,
        rule: SmallCellRule,
        fixed: Mapping[str, str] | None = None,
    ) -> None:
        self.definition, self.by, self.then, self.rule = definition, by, then, rule
        self._fixed = fixed or {}
        self._axes = {1: by} if then is None else {0: by, 1: then}
        self.kind = kind_of(definition)
        series = _load(definition, by, then, rule, self._fixed)
        self.readings = {key: make_readings(records) for key, records in series.items()}
        self.demonstration = any(r.demonstration for series in self.readings.values() for r in series)
        self.cells = {key: {r.period: _cell(r) for r in found} for key, found in self.readings.items()}
        self._hide_complements()
        for axis, dimension in self._axes.items():
            if dimension == CROISSANT:
                self._add_croissant(axis)
                self._hide_complements()

    @cached_property
    def periods(self) -> tuple[Period, ...]:
        """Those of the whole and of the groups, newest first."""
        return tuple(sorted({p for cells in self.cells.values() for p in cells}, reverse=True))

    @cached_property
    def outer(self) -> tuple[str, ...]:
        """The items of the first of two dimensions, the total alone for one."""
        return (TOTAL,) if self.then is None else self._items(self.by, 0)

    @cached_property
    def inner(self) -> tuple[str, ...]:
        """The items of the dimension of the groups."""
        return self._items(self.then or self.by, 1)

    @property
    def total(self) -> tuple[Reading, ...]:
        """The series of the whole; empty when none is delivered."""
        return tuple(self.readings.get((TOTAL, TOTAL), ()))

    @cached_property
    def breaks(self) -> tuple[date, ...]:
        """The breaks that the definition names and those that the data mark."""
        named = {b.day for b in contract().breaks if b.code in self.definition.breaks}
        marked = {r.period.start for found in self.readings.values() for r in found if r.starts_break}
        return tuple(sorted(named | marked))

    def newest(self, immature: frozenset[Period]) -> Period | None:
        """The newest mature period that has groups and, if there is one, the whole that they are parts of."""
        mature = [p for p in self.periods if p not in immature]
        grouped = [
            p for p in mature if any(self.at((o, i), p).available for o in self.outer for i in self.inner)
        ]
        whole = [p for p in grouped if self.at((TOTAL, TOTAL), p).available]
        return next(iter(whole or grouped or mature or self.periods), None)

    def at(self, key: Key, period: Period) -> Cell:
        """The cell of a key; missing where nothing was delivered."""
        return self.cells.get(key, {}).get(period, MISSING)

    def series(self, key: Key) -> tuple[Reading, ...]:
        """The series as shown: what was hidden or added after loading included."""
        marks = {r.period: r.starts_break for r in self.readings.get(key, ())}
        return tuple(
            Reading(p, c.value, c.availability, c.provisional, starts_break=marks.get(p, False))
            for p, c in sorted(self.cells.get(key, {}).items())
        )

    def _items(self, dimension: str, axis: int) -> tuple[str, ...]:
        found = {key[axis] for key in self.cells} - {TOTAL}
        return tuple(item for item in items_of(dimension) if item in found)

    def guard(self, key: Key) -> Guard:
        """What decides whether a sum or rest of this key's group may be shown."""
        strict = sensitive_items()
        sensitive = any(key[axis] in strict.get(d.lower(), ()) for axis, d in self._axes.items())
        sensitive |= any(item in strict.get(name.lower(), ()) for name, item in self._fixed.items())
        return Guard(self.kind, self.definition.persons, self.definition.sensitive or sensitive, self.rule)

    def _hide_complements(self) -> None:
        """No hidden group can be computed from a total and the other groups."""
        for period in {period for cells in self.cells.values() for period in cells}:
            known = {key: cells[period] for key, cells in self.cells.items() if period in cells}
            if all(cell.availability is not Availability.HIDDEN for cell in known.values()):
                continue
            for key, cell in comparison.suppress_complements(known, self._sums(known)).items():
                self.cells[key] = {**self.cells[key], period: cell}

    def _sums(self, known: Mapping[Key, Cell]) -> list[list[Key]]:
        """The lines of the table, in both directions: each with its total, which may be hidden itself."""
        lines: list[list[Key]] = []
        for axis, dimension in self._axes.items():
            parts = parts_of(dimension, {key[axis] for key in known})
            for across in sorted({key[1 - axis] for key in known}):
                line = [key for key in known if key[1 - axis] == across and key[axis] in parts]
                total = _key_of(axis, TOTAL, across)
                if line and total in known and known[total].availability is not Availability.MISSING:
                    lines.append([total, *line])
        return lines

    def _add_croissant(self, axis: int) -> None:
        """The communes of the definition together, and the others; the communes themselves leave."""
        communes, inside = set(items_of(AREA)), set(default_croissant().communes)
        made: dict[Key, dict[Period, Cell]] = {}
        for across in sorted({key[1 - axis] for key in self.cells}):
            for item, members in ((INSIDE, inside), (OUTSIDE, communes - inside)):
                keys = [_key_of(axis, commune, across) for commune in sorted(members)]
                made[_key_of(axis, item, across)] = self._pooled(keys, self.guard(keys[0]))
        kept = {key: found for key, found in self.cells.items() if key[axis] not in communes}
        self.cells = kept | {key: found for key, found in made.items() if found}

    def _pooled(self, keys: Sequence[Key], guard: Guard) -> dict[Period, Cell]:
        periods = {period for key in keys for period in self.cells.get(key, {})}
        return {p: comparison.pooled([self.at(key, p) for key in keys], guard) for p in periods}


def _load(
    definition: Indicator, by: str, then: str | None, rule: SmallCellRule, fixed: Mapping[str, str]
) -> dict[Key, list[Record]]:
    """The records of a breakdown, its margins and its total, by key."""
    columns = [AREA if d == CROISSANT else d for d in (by, then) if d is not None]
    asked: dict[str, str | None] = {column.lower(): None for column in columns if column != AREA}
    asked |= {name.lower(): item for name, item in fixed.items()}
    with reading() as connection:
        areas = (REGION, *items_of(AREA)) if AREA in columns else (REGION,)
        frame = _read(connection, definition, areas, asked, rule)
    series: dict[Key, list[Record]] = {}
    for record in by_indicator(frame).get(definition.code, []):
        if record["freq"] == definition.periodicity:
            series.setdefault(_key(record, columns), []).append(record)
    return series


def load_sides(definition: Indicator, operator: str, rule: SmallCellRule) -> dict[str, dict[Period, Cell]]:
    """Both sides of the croissant as delivered by quarters; one is not shown where the other is hidden."""
    with reading() as connection:
        frame = _read(connection, definition, QUARTER_SIDES, {"operator": operator}, rule)
    found: dict[str, dict[Period, Cell]] = {}
    for area, side in zip(QUARTER_SIDES, (INSIDE, OUTSIDE), strict=True):
        own = [r for r in by_indicator(frame).get(definition.code, []) if r["ref_area"] == area]
        found[side] = {
            r.period: _cell(r) for r in make_readings(own) if r.period.freq == definition.periodicity
        }
    for period in {p for cells in found.values() for p in cells}:
        at = {side: cells[period] for side, cells in found.items() if period in cells}
        for side, cell in comparison.suppress_complements(at, [list(at)]).items():
            found[side][period] = cell
    return found if any(found.values()) else {}


def _read(
    connection: Connection,
    definition: Indicator,
    areas: Sequence[str],
    asked: Mapping[str, str | None],
    rule: SmallCellRule,
) -> pd.DataFrame:
    return load_observations(
        connection,
        indicators=(definition.code,),
        ref_areas=areas,
        dimensions=asked,
        rule=rule,
        persons={definition.code} if definition.persons else (),
        counts={definition.code} if definition.unit is Unit.COUNT else (),
        sensitive={definition.code} if definition.sensitive else (),
        sensitive_items=sensitive_items(),
    )


def _key(record: Record, columns: Sequence[str]) -> Key:
    items = [record[column.lower()] for column in columns]
    items = [TOTAL if c == AREA and i == REGION else i for c, i in zip(columns, items, strict=True)]
    return (TOTAL, items[0]) if len(items) == 1 else (items[0], items[1])


def _key_of(axis: int, item: str, across: str) -> Key:
    return (item, across) if axis == 0 else (across, item)


def _cell(reading: Reading) -> Cell:
    if reading.availability is not Availability.AVAILABLE:
        return Cell(reading.availability)
    about = (reading.value, reading.numerator, reading.denominator, reading.provisional)
    return Cell(Availability.AVAILABLE, *about)
