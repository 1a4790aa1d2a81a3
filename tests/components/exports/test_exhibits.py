"""Tables in files are whole, drawings are bare, and no parameter of any recipe takes what does not exist."""

from __future__ import annotations

import re
from datetime import date

import pytest
from dash import Dash

from components.exports.asked import Asked
from components.exports.exhibit import Drawing, Exhibit, Image, Kind
from components.exports.recipes import RECIPES
from components.i18n.translate import LANGUAGES
from data_access.domain.errors import UserError
from data_access.services.data_state import get_data_state
from tests.components.exports.meetings import freeze, revise
from tests.components.exports.test_recipes import ASKED

CHOICES = [*ASKED, ("breakdown", {"code": "OS1.01", "by": "AGE", "then": "CROISSANT"})]
NAMES = [f"{name}-{'-'.join(query.values())}" for name, query in CHOICES]
TABLES_ONLY = {"scorecard", "overview", "attention", "training", "equal-months", "gap-all"}
TABLES_ONLY |= {"leaks", "other-paths", "sessions", "session-quarters", "commune-facts"}
TABLES_ONLY |= {"governance", "coverage", "plan", "decisions", "revisions", "changes"}


@pytest.fixture(scope="module", autouse=True)
def meeting(app: Dash, tmp_path_factory: pytest.TempPathFactory) -> None:
    """A meeting in the past, so that there is something to compare with."""
    with app.server.app_context():
        freeze()
        revise(tmp_path_factory.mktemp("later"))


def ask(app: Dash, language: str, name: str, query: dict[str, str]) -> Exhibit:
    """The exhibit as the address makes it."""
    state, config = get_data_state(), app.server.config
    rule, own = config["SMALL_CELLS"], config["OWN_CROISSANT"]
    return RECIPES[name].make(Asked(language, query, state.version, state.cutoff, rule, own))


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
        if isinstance(each.value, date):
            said = {int(number) for number in re.findall(r"\d+", each.text)}
            assert said == {each.value.day, each.value.month, each.value.year}
            continue
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
