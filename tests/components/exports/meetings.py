"""A meeting that was frozen, and a later load after which something differs from it."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date
from pathlib import Path
from typing import Any

from data_access.actions.create_edition import create_edition
from data_access.contract.load import contract
from data_access.db.engine import get_engine
from data_access.domain.confidentiality import SmallCellRule
from data_access.domain.edition import Edition
from data_access.imports.load import load_file
from data_access.services.data_state import get_data_state
from data_access.services.edition_results import make_draft
from tests.conftest import NOW
from tests.data_access.imports.files import csv_file

JUNE, SEPTEMBER, NOVEMBER = date(2026, 6, 26), date(2026, 9, 25), date(2026, 11, 27)
REVISED = {"2026-08": "99999", "2026-09": "98765"}  # job seekers of two months, unlike anything shipped


def freeze(meeting: date = SEPTEMBER, rule: SmallCellRule = SmallCellRule()) -> Edition:
    """The data of this moment as a meeting sees them."""
    draft = make_draft(meeting, get_data_state().version, rule)
    return create_edition(get_engine(), draft, by="tester", now=NOW)


def load(folder: Path, rows: Iterable[Mapping[str, Any]]) -> None:
    """A publication of official figures."""
    path = folder / "later.csv"
    path.write_bytes(csv_file([dict(row) for row in rows]))
    load_file(get_engine(), contract(), path, by="tester", now=NOW, provenance="official")


def revise(folder: Path) -> None:
    """The stock of job seekers of two months is another one than was known."""
    about = {"INDICATOR": "CTX.DEI", "FREQ": "M", "REF_AREA": "BRU"}
    load(folder, [{**about, "TIME_PERIOD": period, "OBS_VALUE": value} for period, value in REVISED.items()])
