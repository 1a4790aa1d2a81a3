"""Every current observation that an audience may see, one row each, for those who compute themselves."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import combinations
from math import isnan

from data_access.cache import cached
from data_access.contract.load import contract
from data_access.contract.model import QUARTER_SIDES, Unit
from data_access.db.reading import reading
from data_access.domain.comparison import HIDDEN, Cell, suppress_complements
from data_access.domain.confidentiality import Availability, SmallCellRule
from data_access.repositories.observations import load_observations
from data_access.services.breakdown_choices import parts_of
from data_access.services.indicator_rows import REGION, TOTAL, by_indicator, sensitive_items
from data_access.services.series import Record

AXES = ("ref_area", "sex", "age", "education", "duration", "audience", "operator", "workplace")
WHOLE = (REGION, *[TOTAL] * (len(AXES) - 1))
COLUMNS = (
    "indicator",
    "freq",
    "time_period",
    *AXES,
    "numerator",
    "denominator",
    "obs_value",
    "obs_status",
    "availability",
    "provenance",
    "origin_batch",
    "source",
    "comment",
)
NUMBERS = ("numerator", "denominator", "obs_value")
_OPERATOR = AXES.index("operator")
# Thresholds and bands of the same people: the whole first, then what it consists of.
_NESTED = (("_T", "M_LT12", "M_GE12"), ("M_GE12", "M12T23", "M_GE24"), ("M_GE24", "M24T59", "M_GE60"))

Key = tuple[str, ...]
Line = list[Key]


@dataclass(frozen=True)
class Tidy:
    """All observations; a row holds the values of ``COLUMNS``, its numbers None unless available."""

    rows: tuple[tuple[str | float | int | None, ...], ...]
    demonstration: bool


@cached
def get_tidy(version: int, rule: SmallCellRule) -> Tidy:
    """The current observations at the frequency of each indicator, in the order of the contract.

    Small cells are hidden in SQL, and with them those that would give one away by subtraction: a cell that
    any page hides for that reason is hidden here too.

    Args:
        version: data version (key of the cache).
        rule: small-cell thresholds of the audience.
    """
    del version  # part of the key only
    definitions = contract().indicators
    with reading() as connection:
        frame = load_observations(
            connection,
            indicators=[d.code for d in definitions],
            rule=rule,
            persons={d.code for d in definitions if d.persons},
            counts={d.code for d in definitions if d.unit is Unit.COUNT},
            sensitive={d.code for d in definitions if d.sensitive},
            sensitive_items=sensitive_items(),
            ref_areas=None,
            dimensions=dict.fromkeys(AXES[1:]),
        )
    records = by_indicator(frame)
    rows: list[tuple[str | float | int | None, ...]] = []
    for definition in definitions:
        own = [r for r in records.get(definition.code, ()) if r["freq"] == definition.periodicity]
        rows += _shown(own)
    provenance = COLUMNS.index("provenance")
    return Tidy(tuple(rows), any(row[provenance] == "demonstration" for row in rows))


def _shown(records: Sequence[Record]) -> Iterator[tuple[str | float | int | None, ...]]:
    """The rows of one indicator, covers hidden; the comment of a hidden row stays behind with its numbers."""
    by_period: dict[str, dict[Key, Cell]] = {}
    for record in records:
        by_period.setdefault(record["time_period"], {})[_key(record)] = _cell(record)
    shown = {period: cover(cells) for period, cells in by_period.items()}
    for record in records:
        found = shown[record["time_period"]][_key(record)]
        numbers = (found.numerator, found.denominator, found.value)
        told = {
            **record,
            **dict(zip(NUMBERS, numbers, strict=True)),
            "availability": found.availability.value,
            "comment": "" if found.availability is Availability.HIDDEN else record["comment"],
        }
        yield tuple(told[name] for name in COLUMNS)


def _key(record: Record) -> Key:
    return tuple(record[name] for name in AXES)


def _cell(record: Record) -> Cell:
    availability = Availability(record["availability"])
    if availability is not Availability.AVAILABLE:
        return Cell(availability)
    top, bottom, value = (_number(record[name]) for name in NUMBERS)
    return Cell(availability, value, top, bottom)


def _number(value: float | None) -> float | None:
    """A number of a frame; NaN is None."""
    return None if value is None or isnan(value) else float(value)


def cover(cells: Mapping[Key, Cell]) -> dict[Key, Cell]:
    """The cells of one indicator and period with every cover hidden.

    Each table that a page can show (one or two breakdowns, of one operator or by operator) is closed as the
    page closes it; what any of them hides is hidden. Then all sums together are closed once more.
    """
    found = dict(cells)
    if not any(cell.availability is Availability.HIDDEN for cell in found.values()):
        return found
    hidden = {key for table in _tables(found) for key in _hidden(table)}
    found |= dict.fromkeys(hidden, HIDDEN)
    return suppress_complements(found, _lines(found, range(len(AXES))))


def _hidden(table: Mapping[Key, Cell]) -> set[Key]:
    axes = {i for key in table for i, item in enumerate(key) if item != WHOLE[i]}
    closed = suppress_complements(table, _lines(table, sorted(axes)))
    return {key for key, cell in closed.items() if cell.availability is Availability.HIDDEN}


def _tables(cells: Mapping[Key, Cell]) -> Iterator[dict[Key, Cell]]:
    """What pages show at once: all keys that are split by no more than two dimensions, and their margins."""
    split = {tuple(i for i, item in enumerate(key) if item != WHOLE[i]) for key in cells}
    free = {pair for axes in split for size in (1, 2) for pair in combinations(axes, size)}
    for axes in sorted(free):
        margins = [
            k for k in cells if all(k[i] == WHOLE[i] or i in {*axes, _OPERATOR} for i in range(len(k)))
        ]
        if _OPERATOR in axes:
            yield {key: cells[key] for key in margins}
            continue
        for operator in sorted({key[_OPERATOR] for key in margins}):
            yield {key: cells[key] for key in margins if key[_OPERATOR] == operator}


def _lines(cells: Mapping[Key, Cell], axes: Iterable[int]) -> list[Line]:
    """The sums in a table: along each axis a total and its parts, the total left out where it is missing."""
    lines: list[Line] = []
    for axis in axes:
        across: dict[Key, dict[str, Key]] = {}
        for key in cells:
            across.setdefault((*key[:axis], "", *key[axis + 1 :]), {})[key[axis]] = key
        for line in across.values():
            lines += [[line[item] for item in items if item in line] for items in _sums(axis, line, cells)]
    return [line for line in lines if len(line) > 1]


def _sums(axis: int, line: Mapping[str, Key], cells: Mapping[Key, Cell]) -> Iterator[Sequence[str]]:
    total = WHOLE[axis]
    if total in line and cells[line[total]].availability is not Availability.MISSING:
        parts = parts_of(AXES[axis].upper(), set(line) - {REGION, *QUARTER_SIDES})
        yield [total, *sorted(parts)]
    if AXES[axis] == "ref_area":
        yield QUARTER_SIDES
    if AXES[axis] == "duration":
        yield from _NESTED
