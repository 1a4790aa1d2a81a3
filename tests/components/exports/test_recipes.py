"""Every recipe in both languages: complete, labelled as its page, with the numbers of the page."""

from __future__ import annotations

import json
import re
from collections import Counter
from datetime import date
from typing import Any

import pytest
from dash import Dash, html

from components.exports.asked import Asked
from components.exports.exhibit import Drawing, Exhibit, Kind, Table
from components.exports.recipes import RECIPES
from components.exports.shown_table import table_of
from components.i18n.translate import translator
from data_access.domain.confidentiality import SmallCellRule
from data_access.domain.errors import UserError
from data_access.services.data_state import get_data_state
from data_access.services.funnel import get_funnel_sheet
from data_access.services.funnel_choices import EVERYBODY
from data_access.services.scorecard import get_scorecard
from tests.components.exports.meetings import freeze, revise

ASKED: list[tuple[str, dict[str, str]]] = [
    ("indicator", {"code": "OS2.03"}),
    ("indicator", {"code": "os1.01", "with": "OS1.02", "limits": "1", "from": "2024"}),
    ("breakdown", {"code": "OS2.03"}),
    ("breakdown", {"code": "OS2.03", "by": "SEX"}),
    *(("scorecard", {"objective": f"OS{n}"}) for n in range(1, 6)),
    ("overview", {}),
    ("attention", {}),
    ("training", {}),
    ("governance", {}),
    ("coverage", {}),
    ("revisions", {"code": "OS2.03"}),
    ("changes", {}),
    ("changes", {"since": "2026-09", "cause": "revision"}),
    ("plan", {}),
    ("decisions", {}),
    ("decisions", {"objective": "OS2", "state": "open"}),
    ("plan", {"year": "2026", "commitment": "OS2-E1a"}),
    ("map", {}),
    ("map", {"measure": "OS2.01"}),
    ("dots", {"measure": "OS2.03", "view": "gap"}),
    ("funnel-plot", {}),
    ("gap-lines", {}),
    ("gap-points", {}),
    ("gap-split", {"measure": "OS1.01", "by": "AGE"}),
    ("gap-communes", {}),
    ("gap-all", {}),
    ("map-years", {}),
    ("commune", {"nis": "21012"}),
    ("commune", {"nis": "21016", "with": "21001"}),
    ("funnel", {}),
    ("funnel", {"funnel": "F-SI.BF", "figure": "plain"}),
    ("funnel", {"funnel": "F-ABS-E", "cohort": "2026-Q1", "group": "SEX.F"}),
    ("incidence", {"against": "SEX.F"}),
    ("equal-months", {"months": "12"}),
    ("funnel-cohorts", {"funnel": "F-PREV"}),
    ("obstacles", {"funnel": "F-ABS-E"}),
    ("obstacles", {"funnel": "F-ABS-E", "group": "SEX.F", "against": "SEX.M"}),
    ("leaks", {}),
    ("leaks", {"funnel": "F-ABS-E"}),
    ("other-paths", {"funnel": "F-PREV"}),
    ("sessions", {"funnel": "F-SI.BF", "cohort": "2025-Q2"}),
    ("session-quarters", {"funnel": "F-SI.VDAB"}),
    ("commune-facts", {"nis": "21012"}),
    ("commune-facts", {"nis": "21016", "with": "21001"}),
    ("ltu-stock", {}),
    ("ltu-share", {}),
    ("ltu-crossing", {}),
]
RULE = SmallCellRule()


@pytest.fixture(scope="module", autouse=True)
def meeting(app: Dash, tmp_path_factory: pytest.TempPathFactory) -> None:
    """A meeting in the past, so that there is something to compare with."""
    with app.server.app_context():
        freeze()
        revise(tmp_path_factory.mktemp("later"))


def make(name: str, query: dict[str, str], language: str = "fr") -> Exhibit:
    state = get_data_state()
    return RECIPES[name].make(Asked(language, query, state.version, state.cutoff, RULE))


def test_every_recipe_is_asked_here() -> None:
    assert {name for name, _ in ASKED} == set(RECIPES)


@pytest.mark.parametrize("language", ["fr", "nl"])
@pytest.mark.parametrize(
    ("name", "query"), ASKED, ids=lambda v: v if isinstance(v, str) else "-".join(v.values())
)
def test_an_exhibit_is_complete(app: Dash, name: str, query: dict[str, str], language: str) -> None:
    with app.server.app_context():
        found = make(name, query, language)
    assert found.name == name
    for words in (found.title, found.subtitle, found.source, found.vintage, found.alt, found.subject):
        assert words.strip(), found
    assert found.title[0] == found.title[0].upper()
    assert found.language == language
    assert found.table.rows
    assert all(len(row) == len(found.table.columns) for row in found.table.rows)
    fictitious = name != "commune-facts"  # published by Statbel, ONEM, Actiris
    assert found.demonstration is fictitious, "the shipped data hold fictitious values in each of the others"
    if isinstance(found.drawing, Drawing):
        assert found.drawing.figure["data"]
        json.dumps(found.drawing.figure)


def test_the_numbers_of_a_funnel_are_those_of_the_service(app: Dash) -> None:
    with app.server.app_context():
        state = get_data_state()
        view = get_funnel_sheet(state.version, state.cutoff, "F-PREV", "_T", EVERYBODY, RULE).cohort(
            "2024-Q2"
        )
        found = make("funnel", {"cohort": "2024-Q2"}).table
    assert view is not None
    assert view.funnel is not None
    assert [row[1].value for row in found.rows] == [s.count for s in view.funnel.stages]
    going = [row[2].value for row in found.rows]
    assert going[:-1] == [s.count for s in view.funnel.stages[1:]], (
        "each stage passes on the next, nested as it is"
    )


@pytest.mark.parametrize("language", ["fr", "nl"])
@pytest.mark.parametrize(
    ("name", "query"), ASKED, ids=lambda v: v if isinstance(v, str) else "-".join(v.values())
)
def test_a_source_is_said_once(app: Dash, name: str, query: dict[str, str], language: str) -> None:
    with app.server.app_context():
        found = make(name, query, language)
    said = " ".join([found.title, found.subtitle, *found.notes])
    for source in found.source.split(" · "):
        assert source not in said
    assert {"fr": "source\u00a0:", "nl": "bron:"}[language] not in said.lower()


@pytest.mark.parametrize("objective", ["OS1", "OS2", "OS3", "OS4", "OS5"])
def test_the_scorecard_has_the_values_of_the_service(app: Dash, objective: str) -> None:
    with app.server.app_context():
        state = get_data_state()
        card = get_scorecard(state.version, state.cutoff, objective, RULE)
        found = make("scorecard", {"objective": objective}, "nl").table
    place = [c.label for c in found.columns].index("N")
    shown = {row[0].text.split(" ")[0]: row[place].value for row in found.rows}
    for row in card.rows:
        if row.latest is not None and row.latest.value is not None:
            decimals = next(c.decimals for c in found.columns if c.label == "N")
            assert shown[row.code] == pytest.approx(row.latest.value, abs=0.5 if decimals == 0 else 0.06)
        else:
            assert shown[row.code] is None


@pytest.mark.parametrize(
    ("name", "query", "wrong"),
    [
        ("indicator", {"code": "OS9.99"}, "code"),
        ("indicator", {}, "code"),
        ("indicator", {"code": "OS2.03", "operator": "XX"}, "operator"),
        ("indicator", {"code": "OS2.03", "from": "soon"}, "from"),
        ("indicator", {"code": "OS2.03", "with": "OS9.99"}, "with"),
        ("scorecard", {"objective": "OS6"}, "objective"),
        ("changes", {"since": "2031-01"}, "since"),
        ("changes", {"objective": "OS6"}, "objective"),
        ("breakdown", {"code": "OS2.03", "by": "SHOE"}, "by"),
        ("map", {"measure": "OS9.99"}, "measure"),
        ("map", {"period": "1999"}, "period"),
        ("map", {"croissant": "D9"}, "croissant"),
        ("gap-lines", {"with": "1999"}, "with"),
        ("funnel", {"cohort": "1999-Q1"}, "cohort"),
        ("funnel", {"group": "SEX.Z"}, "group"),
        ("equal-months", {"months": "7"}, "months"),
    ],
)
def test_a_file_is_never_of_something_else(app: Dash, name: str, query: dict[str, str], wrong: str) -> None:
    with app.server.app_context(), pytest.raises(UserError) as caught:
        make(name, query)
    assert caught.value.code == "export_parameter"
    assert caught.value.facts["name"] == wrong
    assert caught.value.facts["allowed"]


def cell(*children: Any) -> html.Td:
    return html.Td(list(children))


def shown(language: str, *cells: html.Td) -> Any:
    head = html.Thead(html.Tr([html.Th("Nom"), html.Th("Valeur")]))
    body = html.Tbody([html.Tr([html.Th(f"r{i}"), c]) for i, c in enumerate(cells)])
    return table_of(html.Table([head, body]), translator(language))


def test_numbers_are_read_as_each_language_writes_them() -> None:
    fr = shown("fr", cell("1\u202f234,5\u00a0%"), cell("−0,5\u00a0%"), cell("n.d."))
    assert [row[1].value for row in fr.rows] == [1234.5, -0.5, None]
    assert (fr.columns[1].kind, fr.columns[1].decimals) == (Kind.PERCENT, 1)
    nl = shown("nl", cell("1.234,5%"), cell("12"))
    assert [row[1].value for row in nl.rows] == [1234.5, 12.0]
    assert [row[2].text for row in nl.rows] == ["%", ""], "two units: each stands beside its number"


def test_what_is_smaller_stands_beside_and_words_are_no_numbers() -> None:
    found = shown("fr", cell("31,4\u00a0%", html.Small("T2 2025")), cell("masqué"))
    assert [c.label for c in found.columns] == ["Nom", "Valeur", "Valeur\u00a0: précision"]
    assert [(row[1].value, row[2].text) for row in found.rows] == [(31.4, "T2 2025"), (None, "")]
    assert found.rows[1][1].text == "masqué"
    words = shown("fr", cell("2025-Q1"), cell("01/02/2026"))
    assert words.columns[1].kind is Kind.TEXT


def test_the_period_names_the_file(app: Dash) -> None:
    with app.server.app_context():
        assert make("funnel", {"cohort": "2024-Q2"}).period == "2024-Q2"
        assert isinstance(get_data_state().cutoff, date)


CHOICES: list[tuple[str, dict[str, str], str, str]] = [
    ("indicator", {"code": "OS2.03"}, "with", "OS1.02"),
    ("indicator", {"code": "BV-1a"}, "operator", "VDAB"),
    ("breakdown", {"code": "OS2.03"}, "period", "2024-Q4"),
    ("breakdown", {"code": "OS2.03"}, "by", "SEX"),
    ("map", {}, "period", "2024-Q4"),
    ("map", {}, "sex", "F"),
    ("map", {}, "view", "gap"),
    ("map", {}, "measure", "OS2.03"),
    ("gap-lines", {}, "period", "2024-Q4"),
    ("funnel", {}, "figure", "plain"),
    ("funnel", {}, "cohort", "2024-Q1"),
    ("funnel", {}, "group", "SEX.F"),
    ("funnel", {}, "funnel", "F-SI.BF"),
]


@pytest.mark.parametrize(("name", "query", "choice", "value"), CHOICES)
def test_a_choice_in_other_letters_is_refused_and_never_left_aside(
    app: Dash, name: str, query: dict[str, str], choice: str, value: str
) -> None:
    with app.server.app_context():
        usual, chosen = make(name, query), make(name, query | {choice: value})
        assert chosen != usual, "the choice makes a difference"
        with pytest.raises(UserError) as caught:
            make(name, query | {choice: value.swapcase()})
    assert caught.value.facts["name"] == choice


def states_of(table: Table) -> Counter[str]:
    """How many rows bear each state; of the overview, the sums of its columns."""
    labels = [column.label for column in table.columns]
    if "État" not in labels:
        sums = {label.split(" ", 1)[1]: i for i, label in enumerate(labels) if i}
        return Counter({name: int(sum(row[i].value or 0 for row in table.rows)) for name, i in sums.items()})
    words = [row[labels.index("État")].text for row in table.rows]
    known = ("Atteint", "En bonne voie", "À surveiller", "Hors trajectoire", "Non évaluable")
    return Counter(name for word in words for name in known if word.startswith(name))


LISTS = [(n, q) for n, q in ASKED if n in {"overview", "scorecard", "training"}]


@pytest.mark.parametrize(("name", "query"), LISTS, ids=[" ".join([n, *q.values()]) for n, q in LISTS])
def test_the_title_of_a_list_says_how_many_rows_are_in_each_state(
    app: Dash, name: str, query: dict[str, str]
) -> None:
    with app.server.app_context():
        found = make(name, query)
    n = states_of(found.table)
    good, watch, off = n["Atteint"] + n["En bonne voie"], n["À surveiller"], n["Hors trajectoire"]
    every = good + watch + off + n["Non évaluable"]
    assert [int(x) for x in re.findall(r"\d+", found.title)] == [every, good, watch, off, n["Non évaluable"]]


def test_the_title_of_the_points_of_attention_counts_them(app: Dash) -> None:
    with app.server.app_context():
        found = make("attention", {})
    every, *by_reason = (int(n) for n in re.findall(r"\d+", found.title))
    assert every == len(found.table.rows) == sum(by_reason)
    assert found.subtitle == "Ce qui demande attention"
