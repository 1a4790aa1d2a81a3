"""Every figure that has an address is complete, says what its page says, and refuses what does not exist."""

from __future__ import annotations

import json
import re
from dataclasses import fields

import pytest
from dash import Dash

from components.exports.asked import Asked
from components.exports.exhibit import Cell, Drawing, Exhibit, Image, Kind, Table
from components.exports.recipes import RECIPES
from components.i18n.translate import LANGUAGES, translator
from data_access.domain.errors import UserError
from data_access.services.data_state import get_data_state
from data_access.services.scorecard import get_scorecard

CHOICES = [
    ("indicator", {"code": "OS2.03"}),
    ("indicator", {"code": "os1.01", "limits": "1", "from": "2023"}),
    ("indicator", {"code": "OS1.02"}),
    ("scorecard", {"objective": "OS1"}),
    ("scorecard", {"objective": "os5"}),
    ("breakdown", {"code": "OS1.01", "by": "AGE"}),
    ("breakdown", {"code": "OS1.01", "by": "AGE", "then": "CROISSANT"}),
    ("overview", {}),
    ("attention", {}),
    ("training", {}),
    ("map", {}),
    ("map", {"measure": "OS1.01", "sex": "F"}),
    ("dots", {"measure": "OS1.01"}),
    ("funnel-plot", {"measure": "OS1.01"}),
    ("gap-lines", {}),
    ("gap-points", {"measure": "OS1.01"}),
    ("gap-split", {"measure": "OS1.01", "by": "age"}),
    ("gap-communes", {}),
    ("gap-all", {}),
    ("map-years", {}),
    ("commune", {"nis": "21012"}),
    ("commune", {"nis": "21016", "with": "21001"}),
    ("funnel", {}),
    ("funnel-cohorts", {"funnel": "F-PREV"}),
    ("obstacles", {"funnel": "F-ABS-E"}),
    ("obstacles", {"funnel": "F-ABS-E", "group": "SEX.F", "against": "SEX.M"}),
    ("funnel", {"funnel": "F-PREV", "figure": "plain", "cohort": "2023-Q4"}),
    ("incidence", {"funnel": "F-PREV"}),
    ("equal-months", {"funnel": "F-PREV", "months": "12"}),
    ("ltu-stock", {}),
    ("ltu-share", {}),
    ("ltu-crossing", {}),
]
NAMES = [f"{name}-{'-'.join(query.values())}" for name, query in CHOICES]
TABLES_ONLY = {"scorecard", "overview", "attention", "training", "equal-months", "gap-all"}


def ask(app: Dash, language: str, name: str, query: dict[str, str]) -> Exhibit:
    """The exhibit as the address makes it."""
    state, config = get_data_state(), app.server.config
    rule, own = config["SMALL_CELLS"], config["OWN_CROISSANT"]
    return RECIPES[name].make(Asked(language, query, state.version, state.cutoff, rule, own))


def cell(table: Table, row: str, column: str) -> Cell:
    """The cell of the first row that begins with some words, in the column of a label."""
    place = next(i for i, c in enumerate(table.columns) if c.label == column)
    found = next(cells for cells in table.rows if cells[0].text.startswith(row))
    return found[place]


def test_every_recipe_is_tried() -> None:
    assert {name for name, _ in CHOICES} == set(RECIPES)


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize(("name", "query"), CHOICES, ids=NAMES)
def test_an_exhibit_is_complete(app: Dash, language: str, name: str, query: dict[str, str]) -> None:
    found = ask(app, language, name, query)
    assert (found.name, found.language) == (name, language)
    for field in ("subject", "title", "subtitle", "source", "vintage", "alt"):
        assert getattr(found, field).strip(), field
    assert found.version == get_data_state().version
    assert f"{found.version}" in found.vintage
    assert found.demonstration, "each of these choices shows demonstration data"
    assert found.title[0] == found.title[0].upper()
    assert all(note.strip() for note in found.notes)
    words = json.dumps([getattr(found, f.name) for f in fields(found) if f.name not in ("table", "drawing")])
    assert "None" not in words


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize(("name", "query"), CHOICES, ids=NAMES)
def test_a_table_is_whole_and_its_values_are_those_that_its_words_write(
    app: Dash, language: str, name: str, query: dict[str, str]
) -> None:
    table = ask(app, language, name, query).table
    assert table.rows
    assert {len(row) for row in table.rows} == {len(table.columns)}
    assert all(row[0].text for row in table.rows), "the first column names the rows"
    assert all(column.label for column in table.columns)
    numbers = [
        (c, column) for row in table.rows for c, column in zip(row, table.columns, strict=True) if c.value
    ]
    assert numbers or name == "attention"
    for each, column in numbers:
        assert isinstance(each.value, float)
        assert column.kind is not Kind.TEXT
        digits = re.sub(r"\D", "", each.text)
        assert digits.lstrip("0").startswith(re.sub(r"\D", "", f"{abs(each.value):g}").lstrip("0")[:3])


@pytest.mark.parametrize(("name", "query"), CHOICES, ids=NAMES)
def test_only_tables_come_without_a_drawing(app: Dash, name: str, query: dict[str, str]) -> None:
    drawing = ask(app, "fr", name, query).drawing
    if name in TABLES_ONLY or "then" in query:
        assert drawing is None
        return
    assert drawing is not None
    assert min(drawing.width, drawing.height) > 100
    if isinstance(drawing, Image):
        assert drawing.svg.startswith("<svg")
    else:
        assert isinstance(drawing, Drawing)
        assert drawing.figure["data"]
        assert not {"width", "height", "template"} & set(drawing.figure["layout"])


@pytest.mark.parametrize("name", [n for n, spec in RECIPES.items() if spec.parameters])
def test_a_choice_that_does_not_exist_is_named(app: Dash, name: str) -> None:
    """A file is never of something else than was asked for."""
    usual = next(query for each, query in CHOICES if each == name)
    for parameter in RECIPES[name].parameters:
        with pytest.raises(UserError) as raised:
            ask(app, "fr", name, {**usual, parameter: "no-such-thing"})
        facts = raised.value.facts
        assert raised.value.code == "export_parameter", parameter
        assert (facts["name"], facts["value"]) == (parameter, "no-such-thing")
        assert facts["allowed"]


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_numbers_of_a_scorecard_are_those_of_the_service(app: Dash, language: str) -> None:
    t, state = translator(language), get_data_state()
    table = ask(app, language, "scorecard", {"objective": "OS1"}).table
    card = get_scorecard(state.version, state.cutoff, "OS1", app.server.config["SMALL_CELLS"])
    shown = 0
    for row in card.rows:
        if row.latest is None or row.latest.value is None:
            continue
        found = cell(table, f"{row.code} ", t("column.latest"))
        assert found.value == pytest.approx(row.latest.value, abs=0.051 if row.latest.value < 1000 else 0.51)
        shown += 1
    assert shown > 10
