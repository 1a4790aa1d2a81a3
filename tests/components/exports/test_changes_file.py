"""The file of what changed: named meetings and filters, and parts that add up; values by hand."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator
from datetime import date
from typing import Any

import openpyxl
import pytest

from components.exports.asked import Asked
from components.exports.delimited import exhibit_csv
from components.exports.exhibit import Exhibit
from components.exports.recipes.changes import make_changes
from components.exports.routes import file_name
from components.exports.workbook import exhibit_xlsx
from data_access.db import engine as engines
from data_access.db.engine import bind, make_engine
from data_access.db.migrate import upgrade
from data_access.domain.confidentiality import SmallCellRule
from data_access.domain.errors import UserError
from data_access.services.changes_since import get_previous
from data_access.services.data_state import get_data_state
from data_access.services.editions import viewing
from tests.components.exports.meetings import NOVEMBER, SEPTEMBER, freeze
from tests.data_access.builders import observation, publish, target

RULE = SmallCellRule()
PARTS = {"fr": ("Écart publié", "dont réel", "dont révision", "dont définition")}
PARTS["nl"] = ("Gepubliceerd verschil", "waarvan reëel", "waarvan herziening", "waarvan definitie")


@pytest.fixture(scope="module", autouse=True)
def meetings(tmp_path_factory: pytest.TempPathFactory) -> Iterator[None]:
    """In September 2024 was 50.0; in November it is 48.0 and 2025 is 55.0; then OS2.03 has a target."""
    before = list(engines._bound)
    engine = make_engine(f"sqlite:///{tmp_path_factory.mktemp('meetings')}/t.sqlite3")
    upgrade(engine)
    bind(engine)
    rate = {"indicator": "OS3.05"}
    publish(engine, observation(**rate))
    freeze(SEPTEMBER)
    later = {"time_period": "2025", "obs_value": 55.0, "numerator": 550.0}
    publish(engine, observation(**rate, obs_value=48.0, numerator=480.0), observation(**rate, **later))
    freeze(NOVEMBER)
    publish(engine, targets=(target(indicator="OS2.03", due=date(2027, 12, 31)),))
    yield
    engine.dispose()
    engines._bound[:] = before


def make(language: str = "fr", **query: str) -> Exhibit:
    state = get_data_state()
    return make_changes(Asked(language, query, state.version, state.cutoff, RULE))


def rows_of(exhibit: Exhibit) -> list[dict[str, str]]:
    """The table of the CSV by the names of its columns."""
    lines = list(csv.reader(io.StringIO(exhibit_csv(exhibit).decode("utf-8-sig")), delimiter=";"))
    start = lines.index([]) + 1
    return [dict(zip(lines[start], line, strict=True)) for line in lines[start + 1 :]]


@pytest.mark.parametrize("language", ["fr", "nl"])
def test_the_parts_add_up_to_the_published_difference(language: str) -> None:
    """+5.0 = +7.0 real (55 against 48) −2.0 revision (48 against 50) + 0 definition."""
    (row,) = rows_of(make(language, since="2026-09", until="2026-11"))
    assert [row[name] for name in PARTS[language]] == ["5,0", "7,0", "-2,0", "0,0"]
    before, after = {
        "fr": ("Séance du 25 septembre 2026", "Séance du 27 novembre 2026"),
        "nl": ("Zitting van 25 september 2026", "Zitting van 27 november 2026"),
    }[language]
    assert (row[before], row[after]) == ("50,0", "55,0")


def test_the_workbook_holds_the_same_as_numbers() -> None:
    found = openpyxl.load_workbook(io.BytesIO(exhibit_xlsx(make(since="2026-09", until="2026-11"), NOVEMBER)))
    rows: list[list[Any]] = [[c.value for c in row] for row in found.worksheets[0].iter_rows()]
    (head,) = [row for row in rows if "Écart publié" in row]
    (line,) = [row for row in rows if str(row[0]).startswith("OS3.05")]
    assert [line[head.index(name)] for name in PARTS["fr"]] == [5, 7, -2, 0]
    about = " ".join(str(c.value) for row in found.worksheets[1].iter_rows() for c in row)
    assert "version 2" in about, "of the newer meeting"


def test_without_a_choice_the_newest_meeting_is_compared_with_now() -> None:
    found = make()
    assert "27 novembre 2026 – Données actuelles" in found.title
    assert [row[0].text[:6] for row in found.table.rows] == ["OS2.03"]
    assert found.version == 3


def test_seen_as_of_a_meeting_it_is_compared_with_the_one_before() -> None:
    with viewing("2026-11"):
        found = make()
        previous = get_previous()
    assert previous is not None
    assert previous.code == "2026-09"
    assert "25 septembre 2026 – Séance du 27 novembre 2026" in found.title
    with viewing("2026-09"):
        assert get_previous() is None
        with pytest.raises(UserError, match="export_nothing"):
            make()


def test_the_filters_are_carried_and_named() -> None:
    whole = make(since="2026-09")
    assert [row[0].text[:6] for row in whole.table.rows] == ["OS3.05", "OS2.03"]
    found = make(since="2026-09", objective="OS2", cause="target")
    assert [row[0].text[:6] for row in found.table.rows] == ["OS2.03"]
    (said,) = [note for note in found.notes if "restreinte" in note]
    assert said == (
        "Liste restreinte\u00a0: objectif OS2, cause «\u00a0cible modifiée\u00a0». "
        "Séries affichées\u00a0: 1 des 2 modifiées."
    )
    assert said in exhibit_csv(found).decode()
    with pytest.raises(UserError, match="export_nothing"):
        make(since="2026-09", objective="OS1")


def test_the_file_is_named_by_its_meetings() -> None:
    found = make(since="2026-09", until="2026-11")
    assert file_name(found, "csv").endswith("changements-2026-09-2026-11-v2.csv")
    now = make("nl", since="2026-11", objective="OS2")
    assert file_name(now, "pdf").endswith("wijzigingen-OS2-2026-11-v3.pdf")
