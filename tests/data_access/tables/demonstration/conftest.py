"""The demonstration tables, written once for all tests of this folder."""

from __future__ import annotations

from pathlib import Path

import pandas as pd
import pytest

from data_access.contract.load import contract
from data_access.tables.demonstration import write_demonstration


def read(path: Path) -> pd.DataFrame:
    """A table as text, empty cells as empty strings."""
    return pd.read_csv(path, dtype=str, keep_default_na=False, encoding="utf-8")


@pytest.fixture(scope="session")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The tables of the default seed."""
    target = tmp_path_factory.mktemp("demonstration")
    write_demonstration(target, contract())
    return target


@pytest.fixture(scope="session")
def observations(folder: Path) -> pd.DataFrame:
    """All observation tables; the numbers as floats, NaN where a cell is empty."""
    table = pd.concat(map(read, sorted(folder.glob("observations_*.csv"))), ignore_index=True)
    numbers = ["NUMERATOR", "DENOMINATOR", "OBS_VALUE"]
    return table.assign(**{name: pd.to_numeric(table[name]) for name in numbers})


@pytest.fixture(scope="session")
def targets(folder: Path) -> pd.DataFrame:
    """The target table, as text."""
    return read(folder / "targets.csv")


@pytest.fixture(scope="session")
def remarks(folder: Path) -> pd.DataFrame:
    """The remark table, as text."""
    return read(folder / "remarks.csv")


@pytest.fixture(scope="session")
def governance(folder: Path) -> pd.DataFrame:
    """The governance table, as text."""
    return read(folder / "governance.csv")


@pytest.fixture(scope="session")
def plan(folder: Path) -> pd.DataFrame:
    """The development plan, as text."""
    return read(folder / "plan.csv")


@pytest.fixture(scope="session")
def decisions(folder: Path) -> pd.DataFrame:
    """The decisions, as text."""
    return read(folder / "decisions.csv")


@pytest.fixture(scope="session")
def cohort_table(folder: Path) -> pd.DataFrame:
    """The cohort table; counts as integers."""
    table = read(folder / "cohorts.csv")
    return table.assign(COUNT=table["COUNT"].astype(int))


@pytest.fixture(scope="session")
def cohorts(cohort_table: pd.DataFrame) -> pd.DataFrame:
    """Its rows of the whole window and all cases."""
    return cohort_table[(cohort_table["MONTH"] == "_T") & (cohort_table["OBSTACLE"] == "_T")]


@pytest.fixture(scope="session")
def obstacles(cohort_table: pd.DataFrame) -> pd.DataFrame:
    """Its rows by obstacle."""
    return cohort_table[cohort_table["OBSTACLE"] != "_T"]


@pytest.fixture(scope="session")
def exits(cohort_table: pd.DataFrame) -> pd.DataFrame:
    """Its exits by month since entry."""
    return cohort_table[cohort_table["MONTH"] != "_T"]
