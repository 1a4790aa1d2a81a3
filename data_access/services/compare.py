"""A second series beside that of a sheet: another indicator of the same unit, or a part of the same one."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date

from sqlalchemy import Connection

from data_access.cache import cached
from data_access.contract.load import contract
from data_access.contract.model import CodeItem, Indicator, Text, Unit
from data_access.db.reading import reading
from data_access.domain.confidentiality import Availability, SmallCellRule
from data_access.domain.reading import Reading
from data_access.repositories.observations import load_known_items, load_observations
from data_access.services.indicator_rows import (
    TOTAL,
    by_indicator,
    get_indicator_rows,
    is_mature,
    sensitive_items,
    window_of,
)
from data_access.services.series import make_readings


@dataclass(frozen=True)
class Option:
    """Something that can stand beside the series: ``OS2.05`` or ``SEX.F``."""

    key: str
    label: Text
    is_part: bool


@dataclass(frozen=True)
class Compared:
    """The series chosen, in the unit of the sheet's own; immature cohorts are left out."""

    option: Option
    readings: tuple[Reading, ...]

    @property
    def demonstration(self) -> bool:
        """Whether any of its values is fictitious."""
        return any(r.demonstration for r in self.readings)


@cached
def get_options(version: int, code: str, operator: str) -> tuple[Option, ...]:
    """What can be compared with an indicator: parts that the data hold, then indicators of its unit."""
    definition = contract().indicator(code)
    with reading() as connection:
        known = load_known_items(connection, code, freq=definition.periodicity, operator=operator)
    parts = [
        Option(f"{item.dimension}.{item.code}", item.label, is_part=True)
        for item in contract().codelists
        if item.code in known.get(item.dimension.lower(), ())
    ]
    others = [
        Option(d.code, d.title, is_part=False)
        for d in contract().indicators
        if d.unit == definition.unit and d.code != code
    ]
    return (*parts, *others)


@cached
def get_compared(
    version: int, cutoff: date | None, code: str, operator: str, key: str, rule: SmallCellRule
) -> Compared | None:
    """The series behind one option; None for a key that is none of ``get_options``."""
    option = next((o for o in get_options(version, code, operator) if o.key == key), None)
    if option is None:
        return None
    if not option.is_part:
        row = get_indicator_rows(version, cutoff, (key,), rule)[0]
        window = window_of(contract().indicator(key))
        return Compared(option, tuple(r for r in row.readings if is_mature(r, window, cutoff or date.min)))
    dimension, item = key.split(".", 1)
    found = next(i for i in contract().codelists if i.dimension == dimension and i.code == item)
    with reading() as connection:
        readings = _part(connection, contract().indicator(code), found, operator, rule)
    window = window_of(contract().indicator(code))
    return Compared(option, tuple(r for r in readings if is_mature(r, window, cutoff or date.min)))


def _part(
    connection: Connection, definition: Indicator, item: CodeItem, operator: str, rule: SmallCellRule
) -> list[Reading]:
    """The series of one item, hidden whenever a sibling is: the total would give that one away."""
    name = item.dimension.lower()
    frame = load_observations(
        connection,
        indicators=(definition.code,),
        dimensions={"operator": operator, name: None},
        rule=rule,
        persons={definition.code} if definition.persons else set(),
        counts={definition.code} if definition.unit is Unit.COUNT else set(),
        sensitive={definition.code} if definition.sensitive else set(),
        sensitive_items=sensitive_items(),
    )
    records = [r for r in by_indicator(frame).get(definition.code, []) if r["freq"] == definition.periodicity]
    guarded = {r["time_period"] for r in records if r[name] != TOTAL and r["availability"] == "hidden"}
    readings = make_readings(r for r in records if r[name] == item.code)
    return [_hide(reading) if str(reading.period) in guarded else reading for reading in readings]


def _hide(reading: Reading) -> Reading:
    return replace(
        reading,
        value=None,
        availability=Availability.HIDDEN,
        half_width=None,
        numerator=None,
        denominator=None,
    )
