"""What is confidential stays so in every file of every recipe: planted numbers are looked for in its bytes.

The same numbers are published twice on top of the shipped data: first open, to see that exports would show
them, then hidden (a count of a few persons is missing from a total, or the producer marks them confidential).
"""

from __future__ import annotations

import io
import json
import re
import zipfile
from collections.abc import Iterator, Mapping
from contextlib import nullcontext, suppress
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from dash import Dash
from pypdf import PdfReader
from sqlalchemy import Table, select

from components.addresses import address
from components.exports.asked import Asked
from components.exports.delimited import exhibit_csv
from components.exports.exhibit import Drawing, Exhibit
from components.exports.recipes import RECIPES
from components.exports.sheet import sheet_job
from components.exports.typeset import exhibit_pdf
from components.exports.workbook import exhibit_xlsx
from components.i18n.translate import LANGUAGES
from data_access.contract.load import contract
from data_access.contract.model import Funnel, Unit
from data_access.db.engine import get_engine
from data_access.db.tables import DIMENSIONS, cohort, observation_current
from data_access.domain.confidentiality import SmallCellRule
from data_access.domain.errors import UserError
from data_access.services.data_state import get_data_state
from tests.components.exports.meetings import freeze
from tests.conftest import application
from tests.data_access.builders import publish

DAY = date(2026, 10, 31)
TOP, WHOLE, VALUE = 70913, 70915, 73933.7  # two persons are missing; a value that nothing else has
COHORT, RECORDED = "2023-Q2", "2023-Q3"  # in which a step is hidden, and an obstacle
PASSED, MONTHLY, CASES, OBSTACLE, BAND = 70917, 50923, 80021, 60911, 73951
SECRETS = (TOP, WHOLE, VALUE, PASSED, MONTHLY, OBSTACLE, BAND)
TOTALS = dict.fromkeys(DIMENSIONS, "_T")
OPEN = SmallCellRule(0, 0, 0, 0)  # publication adds nothing to what is planted, nor refuses it
Cell = tuple[str, str, str, str]
AREAS = "2024-Q4"
AREA_RATE = {"measure": "OS1.01", "period": AREAS}
CHOICES: list[tuple[str, dict[str, str]]] = [
    ("indicator", {"code": "OS2.03"}),
    ("indicator", {"code": "OS1.02", "with": "OS1.01"}),
    ("indicator", {"code": "BV-3"}),
    ("revisions", {"code": "OS2.03"}),
    ("breakdown", {"code": "OS2.03", "by": "AGE", "period": "2026-Q2"}),
    ("breakdown", {"code": "OS1.01", "by": "REF_AREA", "period": AREAS}),
    *(("scorecard", {"objective": f"OS{n}"}) for n in range(1, 6)),
    ("overview", {}),
    ("attention", {}),
    ("decisions", {}),
    ("training", {}),
    ("changes", {}),
    ("map", AREA_RATE),
    ("dots", AREA_RATE),
    ("funnel-plot", AREA_RATE),
    ("map-years", AREA_RATE),
    ("commune", {"nis": "21016"}),
    ("commune", {"nis": "21001", "with": "21016"}),
    ("gap-lines", AREA_RATE),
    ("gap-points", AREA_RATE),
    ("gap-split", {**AREA_RATE, "by": "AGE"}),
    ("gap-communes", AREA_RATE),
    ("gap-all", {}),
    *(
        (name, {"funnel": f, "cohort": COHORT})
        for f in ("F-PREV", "F-ABS-E")
        for name in ("funnel", "incidence")
    ),
    ("funnel", {"funnel": "F-PREV", "cohort": COHORT, "figure": "plain"}),
    ("funnel", {"funnel": "F-SI.BF", "cohort": COHORT}),
    ("equal-months", {"funnel": "F-ABS-E", "months": "12"}),
    ("funnel-cohorts", {"funnel": "F-PREV"}),
    ("obstacles", {"funnel": "F-ABS-E", "cohort": COHORT}),
    ("obstacles", {"funnel": "F-ABS-E", "cohort": RECORDED}),
    *(("leaks", {"funnel": f}) for f in ("F-PREV", "F-ABS-E")),
    ("other-paths", {"funnel": "F-PREV", "cohort": COHORT}),
    ("sessions", {"funnel": "F-SI.BF", "cohort": COHORT}),
    ("session-quarters", {"funnel": "F-SI.BF"}),
    ("commune-facts", {"nis": "21016"}),
    ("ltu-stock", {}),
    ("ltu-share", {}),
    ("ltu-crossing", {}),
]
UNSEEN = {"overview", "map-years", "gap-lines", "gap-points", "gap-split", "gap-communes", "gap-all"}
UNSEEN |= {
    "leaks",
    "other-paths",
    "session-quarters",
    "incidence",
    "equal-months",
    "funnel-cohorts",
    "ltu-crossing",
}  # rates, differences, states
SEEN = [(name, query) for name, query in CHOICES if name not in UNSEEN]
# Without what is hidden nothing is left to show.
NOTHING = [
    c for c in CHOICES if c[0] in {"gap-split", "gap-communes", "incidence"} or COHORT in c[1].values()
]
RATES_DRAWN = [c for c in CHOICES if c[0] == "commune" or {"REF_AREA", RECORDED} & set(c[1].values())]
# A row that a hidden number is in, and the places of the numbers that do not depend on it.
RATES: list[tuple[str, dict[str, str], str, tuple[int, ...]]] = [
    ("gap-lines", AREA_RATE, "T4\u00a02024", ()),
    ("gap-points", AREA_RATE, "T4\u00a02024", ()),
    ("funnel-cohorts", {"funnel": "F-PREV"}, "T2\u00a02023", (0, 1, 4, 5, 6)),  # not to P3, nor from it
    ("equal-months", {"funnel": "F-ABS-E", "months": "12"}, "T2\u00a02023", ()),
    ("session-quarters", {"funnel": "F-SI.BF"}, "T2\u00a02023", (0, 1, 2)),  # not the difference
    ("ltu-crossing", {}, "T2\u00a02023", (0,)),  # who entered
]


def identify(choice: tuple[str, dict[str, str]]) -> str:
    return "-".join([choice[0], *choice[1].values()])


def rows_of(table: Table, **where: str) -> list[dict[str, Any]]:
    """The rows as an import brings them, without what a batch adds."""
    query = select(table).where(*(table.c[name] == item for name, item in where.items()))
    if table is cohort:
        query = query.where(cohort.c.last_batch.is_(None))
    added = {"id", "provenance", "origin_batch", "first_batch", "last_batch"}
    with get_engine().connect() as connection:
        found = connection.execute(query).mappings().all()
    return [{name: item for name, item in row.items() if name not in added} for row in found]


def newest(rows: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """Of each series, the newest row."""
    last: dict[tuple[str, ...], dict[str, Any]] = {}
    for row in sorted(rows, key=lambda row: row["time_period"]):
        last[tuple(row[name] for name in ("indicator", "freq", "operator", "duration"))] = row
    return list(last.values())


def planted_observations(mark: str) -> list[dict[str, Any]]:
    """The newest value of every series of the Region; an age of OS2.03, a duration, a commune of OS1.01."""
    whole = {k: v for k, v in TOTALS.items() if k != "operator"}
    rows = newest(rows_of(observation_current, ref_area="BRU", **whole))
    sorties = {"indicator": "OS2.03", "time_period": "2026-Q2"}
    rows += rows_of(observation_current, **sorties, ref_area="BRU", age="Y_LT25")
    rows += rows_of(observation_current, **sorties, ref_area="21016", age="_T")
    bands = rows_of(observation_current, indicator="OS2.01", freq="M", ref_area="BRU", sex="_T", age="_T")
    band = max((r for r in bands if r["duration"] == "M12T23"), key=lambda row: row["time_period"])
    planted = [_planted(row, mark) for row in rows]
    return [*planted, {**band, "obs_value": float(BAND), "conf_status": mark}, *planted_commune()]


def planted_commune() -> list[dict[str, Any]]:
    """Uccle, with an age of it and the Region that hold as many more, so that everything adds up."""
    about = {"indicator": "OS1.01", "time_period": AREAS, "sex": "_T"}
    (uccle,) = rows_of(observation_current, **about, ref_area="21016", age="_T")
    more = TOP - uccle["numerator"], WHOLE - uccle["denominator"]
    ages = rows_of(observation_current, **about, ref_area="21016")
    oldest = max((row for row in ages if row["age"] != "_T"), key=lambda row: row["age"])
    region = rows_of(observation_current, **about, ref_area="BRU")
    return [
        _with_more(row, *more)
        for row in (uccle, oldest, *(r for r in region if r["age"] in {"_T", oldest["age"]}))
    ]


def _with_more(row: Mapping[str, Any], top: float, bottom: float) -> dict[str, Any]:
    """The same cell with more persons."""
    top, bottom = row["numerator"] + top, row["denominator"] + bottom
    return {**row, "numerator": top, "denominator": bottom, "obs_value": 100 * top / bottom}


def _planted(row: Mapping[str, Any], mark: str) -> dict[str, Any]:
    """The secret; a rate of persons is hidden by the two who are missing from it, all else by its mark."""
    definition = contract().indicator(row["indicator"])
    small = definition.persons and row["denominator"] is not None and definition.unit is Unit.PERCENT
    numbers = {"obs_value": VALUE}
    numbers |= (
        {"numerator": float(TOP), "denominator": float(WHOLE)} if row["denominator"] is not None else {}
    )
    return {**row, **numbers, "conf_status": "F" if small else mark}


def cells_of(funnel: Funnel, period: str) -> Iterator[dict[Cell, dict[str, Any]]]:
    """Everybody's rows of a cohort by stage, outcome, month and obstacle; one mapping an operator."""
    rows = rows_of(cohort, funnel=funnel.code, cohort=period, ref_area="BRU", sex="_T", age="_T")
    whole = [row for row in rows if all(row[d] == "_T" for d in DIMENSIONS if d != "operator")]
    for operator in sorted({row["operator"] for row in whole}):
        own = [row for row in whole if row["operator"] == operator]
        yield {(r["stage"], r["outcome"], r["month"], r["obstacle"]): r for r in own}


def planted_steps(mark: str) -> Iterator[dict[str, Any]]:
    """In one cohort of each funnel: who went on at the second stage, and who left in the third month.

    The stages before and after hold as many more: what is hidden can be added up from the third.
    """
    for funnel in contract().funnels:
        first, second, third = (stage.code for stage in funnel.stages[:3])
        for cells in cells_of(funnel, COHORT):
            passed = cells[second, "next", "_T", "_T"]
            yield {**passed, "count": PASSED, "conf_status": mark}
            for cell in ((first, "next", "_T", "_T"), (third, "other_exit", "_T", "_T")):
                yield {**cells[cell], "count": cells[cell]["count"] + PASSED - passed["count"]}
            monthly = cells.get((first, "employment", "03", "_T"))
            if monthly is not None:
                yield {**monthly, "count": MONTHLY, "conf_status": mark}


def planted_obstacle(mark: str) -> Iterator[dict[str, Any]]:
    """In another cohort, one obstacle of many cases; every stage until there has as many."""
    funnel = next(f for f in contract().funnels if f.code == "F-ABS-E")
    before = [stage.code for stage in funnel.stages[: [bool(s.obstacles) for s in funnel.stages].index(True)]]
    (cells,) = cells_of(funnel, RECORDED)
    stage = funnel.stages[len(before)].code
    cases = sum(r["count"] for (s, _, m, o), r in cells.items() if (s, m, o) == (stage, "_T", "_T"))
    for code in before:
        passed = cells[code, "next", "_T", "_T"]
        yield {**passed, "count": passed["count"] + CASES - cases}
    rest = cells[stage, "other_exit", "_T", "_T"]
    yield {**rest, "count": rest["count"] + CASES - cases}
    named = min(o for s, _, _, o in cells if s == stage and o != "_T")
    for (s, outcome, _, obstacle), row in cells.items():
        if (s, obstacle) == (stage, named):
            yield {**row, "count": OBSTACLE if outcome == "other_exit" else 0, "conf_status": mark}


@dataclass(frozen=True)
class Readable:
    """What exports show where nothing is hidden: the secrets of each file, the numbers of some rows."""

    secrets: Mapping[str, Mapping[str, set[float]]]
    numbers: Mapping[str, list[float]]


@pytest.fixture(scope="module")
def readable(shipped: Path, tmp_path_factory: pytest.TempPathFactory) -> Readable:
    with application(shipped, tmp_path_factory.mktemp("open")):
        freeze(rule=OPEN)
        cohorts = (*planted_steps("F"), *planted_obstacle("F"))
        publish(get_engine(), *planted_observations("F"), cohorts=cohorts, rule=OPEN)
        files = {identify(choice): files_of(make(*choice, "nl", OPEN)) for choice in SEEN}
        secrets = {key: {k: secrets_in(text) for k, text in found.items()} for key, found in files.items()}
        return Readable(secrets, {name: numbers(name, query, row, OPEN) for name, query, row, _ in RATES})


@pytest.fixture(scope="module")
def secretive(shipped: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Dash]:
    """An application in which everything planted is hidden."""
    with application(shipped, tmp_path_factory.mktemp("hidden")) as app:
        freeze(rule=OPEN)
        cohorts = (*planted_steps("C"), *planted_obstacle("C"))
        publish(get_engine(), *planted_observations("C"), cohorts=cohorts, rule=OPEN)
        yield app


def make(name: str, query: dict[str, str], language: str, rule: SmallCellRule) -> Exhibit:
    state = get_data_state()
    return RECIPES[name].make(Asked(language, query, state.version, state.cutoff, rule))


def numbers(name: str, query: dict[str, str], row: str, rule: SmallCellRule) -> list[float]:
    """The numbers of one row of the table."""
    (cells,) = [cells for cells in make(name, query, "fr", rule).table.rows if cells[0].text == row]
    return [cell.value for cell in cells if isinstance(cell.value, float)]


def files_of(exhibit: Exhibit) -> dict[str, str]:
    """The text of each file; the picture as what is drawn from, the PDF where no browser draws for it."""
    with zipfile.ZipFile(io.BytesIO(exhibit_xlsx(exhibit, DAY))) as archive:
        book = "\n".join(archive.read(name).decode() for name in archive.namelist())
    found = {"csv": exhibit_csv(exhibit).decode(), "xlsx": book}
    if exhibit.drawing is not None:
        found["svg"] = json.dumps(sheet_job(exhibit, "16x9"), ensure_ascii=False)
    if not isinstance(exhibit.drawing, Drawing):
        pages = PdfReader(io.BytesIO(exhibit_pdf(exhibit, DAY))).pages
        found["pdf"] = "\n".join(page.extract_text() for page in pages)
    return found


def secrets_in(text: str) -> set[float]:
    """The planted numbers that a text writes, with or without spaces or dots between thousands.

    A rounded value counts; digits in the midst of others do not: coordinates have many.
    """
    text = re.sub(r" d=\\?[\"'][^\"']*[\"']|\b[0-9a-f]{12,}\b", "", text)
    found = set()
    for secret in SECRETS:
        ends = {int(secret), round(secret)}
        pattern = "|".join(rf"{n // 1000}[\s\u00a0\u202f.]?{n % 1000:03}" for n in ends)
        if re.search(rf"(?<![\d.,])(?:{pattern})(?!\d)", text):
            found.add(secret)
    return found


def test_every_recipe_is_asked_here() -> None:
    without_persons = {"governance", "coverage", "plan"}  # obligations, commitments, budgets
    assert {name for name, _ in CHOICES} == set(RECIPES) - without_persons


@pytest.mark.parametrize("choice", SEEN, ids=identify)
def test_open_the_planted_numbers_are_in_every_file(
    readable: Readable, choice: tuple[str, dict[str, str]]
) -> None:
    """Else the next test would find nothing, whatever is shown."""
    found = readable.secrets[identify(choice)]
    kinds = set(found) - ({"svg"} if choice in RATES_DRAWN else set())
    assert {kind for kind in kinds if not found[kind]} == set()


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize(("name", "query"), CHOICES, ids=map(identify, CHOICES))
def test_no_secret_is_in_any_file(secretive: Dash, language: str, name: str, query: dict[str, str]) -> None:
    files: dict[str, str] = {}
    with suppress(UserError) if (name, query) in NOTHING else nullcontext():
        files = files_of(make(name, query, language, secretive.server.config["SMALL_CELLS"]))
    assert files or (name, query) in NOTHING
    assert {kind: found for kind, text in files.items() if (found := secrets_in(text))} == {}


@pytest.mark.parametrize(("name", "query", "row", "kept"), RATES, ids=[name for name, *_ in RATES])
def test_what_is_worked_out_of_a_hidden_number_is_hidden_too(
    readable: Readable, secretive: Dash, name: str, query: dict[str, str], row: str, kept: tuple[int, ...]
) -> None:
    """Rates have few digits, so the row is looked at: only some of the numbers of the open one stay."""
    shown = readable.numbers[name]
    assert len(shown) > len(kept)
    assert numbers(name, query, row, secretive.server.config["SMALL_CELLS"]) == [shown[i] for i in kept]


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_page_of_hidden_cases_says_so(secretive: Dash, language: str) -> None:
    path = f"{address('long_term', language)}?funnel=F-ABS-E&cohort={COHORT}"
    answer = secretive.server.test_client().get(path)
    assert answer.status_code == 200
    assert secrets_in(re.sub(r"<svg.*?</svg>", "", answer.get_data(as_text=True), flags=re.DOTALL)) == set()
