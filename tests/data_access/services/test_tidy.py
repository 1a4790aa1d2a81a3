"""All observations at once give nothing away: row by row, and by subtraction."""

from __future__ import annotations

from itertools import product
from typing import Any

from dash import Dash
from sqlalchemy import text

from data_access.contract.load import contract
from data_access.contract.model import Unit
from data_access.db.engine import get_engine
from data_access.domain.comparison import HIDDEN, Cell
from data_access.domain.confidentiality import Availability, SmallCellRule, is_hidden
from data_access.services.area_cells import get_area_cells
from data_access.services.breakdown_cells import Cells
from data_access.services.data_state import get_data_state
from data_access.services.indicator_rows import sensitive_items
from data_access.services.tidy import AXES, COLUMNS, WHOLE, cover, get_tidy

RULE = SmallCellRule()
KEY = ("indicator", "time_period", *AXES)


def by_key(rule: SmallCellRule = RULE) -> dict[tuple[Any, ...], dict[str, Any]]:
    rows = [dict(zip(COLUMNS, row, strict=True)) for row in get_tidy(get_data_state().version, rule).rows]
    return {tuple(row[name] for name in KEY): row for row in rows}


def test_each_row_hides_what_the_rule_hides(app: Dash) -> None:
    """Against the rule in Python, row by row, from the table itself."""
    found, strict = by_key(), sensitive_items()
    with get_engine().connect() as connection:
        raw = [dict(row) for row in connection.execute(text("select * from observation_current")).mappings()]
    definitions = contract().by_code
    hidden = 0
    for row in raw:
        definition = definitions[row["indicator"]]
        if row["freq"] != definition.periodicity:
            continue
        sensitive = definition.sensitive or any(row[n] in items for n, items in strict.items())
        shown = found[tuple(row[name] for name in KEY)]
        if is_hidden(
            numerator=row["numerator"],
            denominator=row["denominator"],
            value=row["obs_value"],
            conf_status=row["conf_status"],
            persons=definition.persons,
            is_count=definition.unit is Unit.COUNT,
            sensitive=sensitive,
            rule=RULE,
        ):
            hidden += 1
            assert shown["availability"] == "hidden"
        if shown["availability"] == "hidden":
            assert (shown["numerator"], shown["denominator"], shown["obs_value"]) == (None, None, None)
        elif shown["availability"] == "available":
            assert shown["obs_value"] == row["obs_value"]
    assert hidden > 100


def test_no_hidden_row_is_left_alone_between_a_total_and_its_parts(app: Dash) -> None:
    """Of both sexes and their total, one is never hidden alone, unless the others count nobody."""
    found = by_key()
    place = KEY.index("sex")
    checked = 0
    for key in found:
        if key[place] != "F":
            continue
        line = [found.get((*key[:place], sex, *key[place + 1 :])) for sex in ("F", "M", "_T")]
        states = [cell["availability"] for cell in line if cell is not None]
        if states.count("hidden") == 1 and len(states) == 3:
            left = [c for c in line if c is not None and c["availability"] == "available"]
            assert all(not (c["denominator"] or c["obs_value"]) for c in left), key
        checked += 1
    assert checked > 1000


def test_what_a_page_hides_is_hidden_here(app: Dash) -> None:
    """The breakdowns of a page hide covers of their own; the map of the communes does too."""
    found = by_key()
    version = get_data_state().version
    pages = 0
    for definition, (by, then) in product(
        contract().of_objective("OS1"),
        [("SEX", None), ("AGE", None), ("REF_AREA", None), ("REF_AREA", "SEX")],
    ):
        cells = Cells(definition, by, then, RULE)
        for key, at in cells.cells.items():
            for period, cell in at.items():
                if cell.availability is not Availability.HIDDEN:
                    continue
                items = dict(zip(AXES, WHOLE, strict=True))
                for dimension, item in zip((then and by, then or by), key, strict=True):
                    if dimension and item != "_T":
                        items[dimension.lower()] = item
                row = found[(definition.code, str(period), *items.values())]
                assert row["availability"] == "hidden"
                pages += 1
    assert pages > 10
    assert get_area_cells(version, "OS1.01", "_T", "_T", "_T", RULE).cells


def test_the_smallest_part_covers_a_hidden_one() -> None:
    def key(sex: str) -> tuple[str, ...]:
        return ("BRU", sex, *["_T"] * 6)

    def cell(n: float) -> Cell:
        return Cell(Availability.AVAILABLE, 100 * n / (2 * n), n, 2 * n)

    cells = {key("_T"): cell(500), key("F"): cell(200), key("M"): cell(297), key("X"): HIDDEN}
    shown = cover(cells)
    assert {k[1] for k, c in shown.items() if c.availability is Availability.HIDDEN} == {"F", "X"}
    assert cover({key("_T"): cell(500), key("F"): cell(200)}) == {key("_T"): cell(500), key("F"): cell(200)}


def test_a_hidden_threshold_of_duration_is_not_the_difference_of_two_others() -> None:
    def key(duration: str) -> tuple[str, ...]:
        return ("BRU", "_T", "_T", "_T", duration, "_T", "_T", "_T")

    def cell(n: float) -> Cell:
        return Cell(Availability.AVAILABLE, n, n)

    cells = {key("M_GE12"): cell(100), key("M12T23"): HIDDEN, key("M_GE24"): cell(97)}
    shown = cover(cells)
    hidden = {k[4] for k, c in shown.items() if c.availability is Availability.HIDDEN}
    assert hidden == {"M12T23", "M_GE24"}
