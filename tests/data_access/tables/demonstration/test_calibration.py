"""The levels: they rest on published values, which are read again here from the published tables."""

from __future__ import annotations

import csv

import pandas as pd
import pytest

from data_access.contract.load import contract
from data_access.tables.demonstration.calibration import load_model
from data_access.tables.demonstration.generate import PUBLISHED
from data_access.tables.demonstration.targets import load_targets

GAP = "OS1.11"  # computed from OS1.01


def published(name: str, **wanted: str) -> dict[str, float]:
    """Values by area of one published table."""
    with (PUBLISHED / name).open(encoding="utf-8", newline="") as file:
        rows = [row for row in csv.DictReader(file) if all(row[key] == text for key, text in wanted.items())]
    return {row["REF_AREA"]: float(row["OBS_VALUE"]) for row in rows}


def test_the_communes_rest_on_the_published_claimants_and_rates_of_2024() -> None:
    claimants = published("onem_cci_de.csv", TIME_PERIOD="2024")
    rates = published("var_taux_chomage.csv", TIME_PERIOD="2024")
    communes = load_model().communes
    assert {nis: facts.claimants for nis, facts in communes.items()} == {
        nis: count for nis, count in claimants.items() if nis != "BRU"
    }
    assert {nis: facts.rate for nis, facts in communes.items()} == rates


def test_every_indicator_of_the_contract_is_calibrated_and_no_other() -> None:
    codes = {i.code for i in contract().indicators if not i.code.startswith("CTX")} - {GAP}
    assert set(load_model().indicators) == codes


def test_every_population_is_a_composition() -> None:
    for population in load_model().populations.values():
        for dimension, shares in population.shares.items():
            if dimension != "AUDIENCE":  # publics overlap
                assert sum(shares.values()) == pytest.approx(1.0)


def test_a_break_is_named_by_the_definition_before_it_moves_a_level() -> None:
    for code, calibration in load_model().indicators.items():
        if any(line.shift for line in calibration.lines.values()):
            definition = contract().indicator(code)
            assert definition.breaks, code


# Indicator, operator, dates, published value, tolerance in the unit of the value: four standard errors of
# the number of cases, and what the years between may have changed.
PUBLISHED_LEVELS = [
    ("OS1.05", "_T", "2022-0[89]|2022-1", 46.0, 2.0),  # OECD: 46 % in September 2022
    ("OS1.07", "_T", "2022", 35_063 / 12, 300),  # Actiris: 2 922 a month in 2019, 2 664 in 2020
    ("BV-3", "BF", "2021|2023", (68.3 + 74.9) / 2, 4.0),  # Bruxelles Formation: around 2022 and 2024
    ("BV-4A", "BF", "2023|2025", 62.7, 8.0),  # Bruxelles Formation 2024; 2025 is immature
    ("VD-6", "_T", "2021|2022|2023|2024", 59.7, 5.0),  # VDAB: 244 of 409
    ("OS5.07", "_T", "2021", 7.0, 0.3),  # a little more than 7 in 2019
    ("OS5.08", "_T", "2021", 6.6, 0.3),
    ("OS5.11", "_T", "2022", 16.9, 0.5),  # Court of Audit: 2021
]


@pytest.mark.parametrize("known", PUBLISHED_LEVELS, ids=lambda known: known[0])
def test_a_generated_mean_lies_near_the_published_value(
    known: tuple[str, str, str, float, float], observations: pd.DataFrame
) -> None:
    code, operator, periods, level, tolerance = known
    mine = observations[(observations["INDICATOR"] == code) & (observations["OPERATOR"] == operator)]
    mine = mine[
        (mine["REF_AREA"] == "BRU")
        & (mine[["SEX", "AGE", "EDUCATION", "DURATION", "WORKPLACE"]] == "_T").all(axis=1)
    ]
    chosen = mine[mine["TIME_PERIOD"].str.match(periods)]
    assert len(chosen) >= 1
    assert chosen["OBS_VALUE"].mean() == pytest.approx(level, abs=tolerance)


def test_the_entries_lie_within_those_published(observations: pd.DataFrame) -> None:
    """Actiris: 7 500 to 11 700 entries a month between 2023 and 2026."""
    mine = observations[(observations["INDICATOR"] == "OS1.05") & (observations["SEX"] != "_T")]
    entries = mine.groupby("TIME_PERIOD")["DENOMINATOR"].sum()
    assert 7_000 < entries.quantile(0.1) < entries.quantile(0.9) < 12_000


def test_targets_name_indicators_that_are_scored_and_operators_that_deliver() -> None:
    for each in load_targets():
        assert contract().indicator(each.indicator).scored
        assert each.operator in load_model().indicators[each.indicator].lines or each.indicator == "OS3.11"
