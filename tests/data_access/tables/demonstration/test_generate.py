"""The files as a whole: deterministic, fictitious, whole, and never in the way of a published figure."""

from __future__ import annotations

import csv
from hashlib import sha256
from pathlib import Path

import pandas as pd
import pytest

from data_access.contract.load import contract
from data_access.contract.model import Indicator
from data_access.tables.demonstration import write_demonstration
from data_access.tables.demonstration.generate import PUBLISHED
from data_access.tables.demonstration.tables import (
    COHORT_COLUMNS,
    DECISION_COLUMNS,
    GOVERNANCE_COLUMNS,
    OBSERVATION_COLUMNS,
    OBSERVATION_KEY,
    PLAN_COLUMNS,
    REMARK_COLUMNS,
    TARGET_COLUMNS,
)

DIMENSIONS = ["SEX", "AGE", "EDUCATION", "DURATION", "AUDIENCE", "OPERATOR", "WORKPLACE"]
WITHOUT_DATA = {"OS3.11"}  # README: a target and no data
TOTAL_PUBLISHED = {"OS2.01", "OS2.02"}  # README: the regional total is the published points only
NAMES = {
    *(f"observations_{family}.csv" for family in ("OS1", "OS2", "OS3", "OS4", "OS5", "BV", "VD")),
    "targets.csv",
    "cohorts.csv",
    "remarks.csv",
    "governance.csv",
    "plan.csv",
    "decisions.csv",
}
# By hand: no number is drawn.
WRITTEN = {"targets.csv", "remarks.csv", "governance.csv", "plan.csv", "decisions.csv"}


def digests(folder: Path) -> dict[str, str]:
    return {path.name: sha256(path.read_bytes()).hexdigest() for path in folder.iterdir()}


def ours() -> list[Indicator]:
    return [i for i in contract().indicators if not i.code.startswith("CTX")]


def test_the_same_seed_gives_the_same_bytes(folder: Path, tmp_path: Path) -> None:
    written = write_demonstration(tmp_path / "again", contract())
    assert {path.name for path in written} == NAMES
    assert digests(tmp_path / "again") == digests(folder)


def test_another_seed_gives_other_values_and_the_same_written_tables(folder: Path, tmp_path: Path) -> None:
    write_demonstration(tmp_path, contract(), seed=1)
    mine, others = digests(folder), digests(tmp_path)
    assert {name for name in NAMES if mine[name] == others[name]} == WRITTEN


def test_an_indicator_less_leaves_the_rows_of_the_others_alone(folder: Path, tmp_path: Path) -> None:
    fewer = tuple(i for i in contract().indicators if i.code != "OS3.06")
    write_demonstration(tmp_path, contract().model_copy(update={"indicators": fewer}))
    whole = (folder / "observations_OS3.csv").read_text("utf-8").splitlines()
    without = (tmp_path / "observations_OS3.csv").read_text("utf-8").splitlines()
    assert without == [line for line in whole if not line.startswith("OS3.06")]
    assert len(whole) - len(without) == 19
    assert digests(folder)["cohorts.csv"] == digests(tmp_path)["cohorts.csv"]


def test_files_are_utf8_with_line_feeds_and_the_columns_of_their_table(folder: Path) -> None:
    for path in folder.iterdir():
        data = path.read_bytes()
        assert b"\r" not in data
        header = next(csv.reader([data.decode("utf-8").split("\n", 1)[0]]))
        own = {
            "targets.csv": TARGET_COLUMNS,
            "cohorts.csv": COHORT_COLUMNS,
            "remarks.csv": REMARK_COLUMNS,
            "governance.csv": GOVERNANCE_COLUMNS,
            "plan.csv": PLAN_COLUMNS,
            "decisions.csv": DECISION_COLUMNS,
        }
        assert tuple(header) == own.get(path.name, OBSERVATION_COLUMNS)


def test_every_row_says_that_it_is_fictitious(
    observations: pd.DataFrame,
    cohort_table: pd.DataFrame,
    targets: pd.DataFrame,
    remarks: pd.DataFrame,
    decisions: pd.DataFrame,
) -> None:
    assert observations["SOURCE"].str.startswith("Données fictives de démonstration").all()
    assert cohort_table["SOURCE"].str.startswith("Données fictives de démonstration").all()
    assert targets["DECISION_REF"].str.contains("ficti").all()
    assert targets["DECIDING_BODY"].str.contains("démonstration").all()
    assert targets["COMMENT"].str.startswith("Données fictives de démonstration").all()
    assert remarks["ROLE_FR"].str.endswith("(démonstration)").all()
    assert remarks["ROLE_NL"].str.endswith("(demonstratie)").all()
    assert decisions["ROLE_FR"].str.endswith("(démonstration)").all()
    assert decisions["ROLE_NL"].str.endswith("(demonstratie)").all()
    assert decisions["POINT"].str.endswith("(démonstration / demonstratie)").all()


def test_no_key_is_shared_with_a_published_table_or_written_twice(observations: pd.DataFrame) -> None:
    published = pd.concat(
        [pd.read_csv(path, dtype=str, keep_default_na=False) for path in PUBLISHED.glob("*.csv")]
    )
    keys = pd.concat([observations, published])[list(OBSERVATION_KEY)]
    assert not keys.duplicated().any()


def test_the_whole_set_stays_small_enough_for_a_first_start(
    observations: pd.DataFrame, cohort_table: pd.DataFrame, targets: pd.DataFrame
) -> None:
    assert 200_000 <= len(observations) + len(cohort_table) + len(targets) <= 300_000


@pytest.mark.parametrize("definition", ours(), ids=lambda i: i.code)
def test_every_indicator_has_its_periods_at_its_total_or_is_without_on_purpose(
    definition: Indicator, observations: pd.DataFrame
) -> None:
    mine = observations[observations["INDICATOR"] == definition.code]
    if definition.code in WITHOUT_DATA:
        assert mine.empty
        return
    assert set(mine["FREQ"]) == {definition.periodicity}
    others = [name for name in DIMENSIONS if name != "OPERATOR"]
    total = mine[(mine["REF_AREA"] == "BRU") & (mine[others] == "_T").all(axis=1)]
    if definition.annex is None:
        total = total[total["OPERATOR"] == "_T"]
    if definition.code in TOTAL_PUBLISHED:
        assert total.empty
        return
    last = {"M": "2026-10", "Q": "2026-Q3", "S": "2026-S1", "A": "2025"}[definition.periodicity]
    if definition.cohort is None:
        assert total["TIME_PERIOD"].max() == last
    assert total["TIME_PERIOD"].nunique() >= 4


def test_shared_measures_by_operator_have_no_row_that_sums_them(observations: pd.DataFrame) -> None:
    by_operator = {i.code for i in ours() if i.annex is not None and "OPERATOR" in i.dimensions}
    mine = observations[observations["INDICATOR"].isin(by_operator)]
    assert "_T" not in set(mine["OPERATOR"])


def test_only_the_dimensions_and_items_of_the_contract_are_used(observations: pd.DataFrame) -> None:
    items = {(i.dimension, i.code) for i in contract().codelists}
    for code, mine in observations.groupby("INDICATOR"):
        used = {name for name in DIMENSIONS if (mine[name] != "_T").any()}
        used |= {"REF_AREA"} if (mine["REF_AREA"] != "BRU").any() else set()
        assert used <= set(contract().indicator(str(code)).dimensions), code
    for name in DIMENSIONS:
        assert {(name, item) for item in observations[name].unique()} <= items
    assert set(observations["REF_AREA"]) == {"BRU"} | {c.nis for c in contract().communes}


def test_a_decision_is_never_taken_after_it_holds_nor_a_baseline_set_after_the_target(
    targets: pd.DataFrame,
) -> None:
    assert (targets["DECIDED_ON"] <= targets["VALID_FROM"]).all()
    assert set(targets["REASON"]) == {"annex", "avenant", "annual_evaluation"}
    assert (targets.loc[targets["KIND"] == "baseline", "DUE"] < "2027-12-31").all()
    assert (targets.loc[targets["KIND"] == "target", "DUE"] == "2027-12-31").all()


def test_about_two_thirds_of_the_scored_indicators_have_a_target(targets: pd.DataFrame) -> None:
    scored = [i.code for i in ours() if i.scored]
    with_target = set(targets["INDICATOR"])
    assert with_target <= set(scored)
    assert 0.6 <= len(with_target) / len(scored) <= 0.75
