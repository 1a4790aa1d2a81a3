"""With published figures only, no file calls itself fictitious; one row makes it so."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Iterator
from contextlib import suppress
from datetime import date
from pathlib import Path

import pytest
from dash import Dash

from components.exports.asked import Asked
from components.exports.delimited import exhibit_csv
from components.exports.exhibit import Exhibit
from components.exports.recipes import RECIPES
from components.exports.workbook import exhibit_xlsx
from components.i18n.translate import LANGUAGES
from data_access.actions.prepare import prepare_database
from data_access.contract.load import contract
from data_access.db.engine import get_engine, make_engine
from data_access.domain.confidentiality import SmallCellRule
from data_access.domain.errors import UserError
from data_access.services.data_state import get_data_state
from tests.components.exports.test_recipes import ASKED
from tests.conftest import NOW, application
from tests.data_access.builders import observation, publish

DAY = date(2026, 10, 31)
LABEL = {"fr": "Données fictives de démonstration", "nl": "Fictieve demonstratiegegevens"}
# What the tables that Actiris and others have published are enough for.
PUBLISHED = {"indicator", "scorecard", "overview", "attention", "training", "map", "ltu-stock"}
CHOICES = [*ASKED, ("indicator", {"code": "OS2.01"}), ("indicator", {"code": "OS5.07"})]


@pytest.fixture(scope="module")
def tables(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A DATA_DIR without the demonstration."""
    folder: Path = tmp_path_factory.mktemp("published")
    database = make_engine(f"sqlite:///{folder}/dashboard.sqlite3")
    prepare_database(database, contract(), tables="published", data_dir=folder, now=NOW)
    database.dispose()
    return folder


@pytest.fixture
def published(tables: Path, tmp_path: Path) -> Iterator[Dash]:
    with application(tables, tmp_path) as app:
        yield app


def make(name: str, query: dict[str, str], language: str) -> Exhibit:
    state = get_data_state()
    return RECIPES[name].make(Asked(language, query, state.version, state.cutoff, SmallCellRule()))


def words_of(exhibit: Exhibit) -> str:
    """Everything that the CSV and the workbook say."""
    with zipfile.ZipFile(io.BytesIO(exhibit_xlsx(exhibit, DAY))) as archive:
        book = "\n".join(archive.read(name).decode() for name in archive.namelist())
    return book + exhibit_csv(exhibit).decode()


@pytest.mark.parametrize("language", LANGUAGES)
def test_what_is_published_is_not_called_fictitious(published: Dash, language: str) -> None:
    found = set()
    for name, query in CHOICES:
        with suppress(UserError):
            exhibit = make(name, query, language)
            assert not exhibit.demonstration, (name, query)
            assert LABEL[language] not in words_of(exhibit), (name, query)
            found.add(name)
    assert found >= PUBLISHED


@pytest.mark.parametrize("language", LANGUAGES)
def test_one_fictitious_value_is_told_where_it_is_and_only_there(published: Dash, language: str) -> None:
    value = observation(indicator="OS2.01", freq="M", time_period="2026-10", obs_value=51234.0)
    value |= {"numerator": float("nan"), "denominator": float("nan")}
    publish(get_engine(), value, provenance="demonstration")
    told = {
        (name, query.get("objective", query.get("code", ""))): make(name, query, language)
        for name, query in CHOICES
        if name in {"indicator", "scorecard", "overview"} and query.get("code") not in {"OS2.03", "os1.01"}
    }
    flags = {key: exhibit.demonstration for key, exhibit in told.items()}
    assert flags == {key: key[1] in {"", "OS2", "OS2.01"} for key in told}
    assert {key: LABEL[language] in words_of(exhibit) for key, exhibit in told.items()} == flags
