"""The numbers: exact rates, parts that add up, marks of breaks and immature cohorts, small cells."""

from __future__ import annotations

from datetime import date

import numpy as np
import pandas as pd
import pytest

from data_access.contract.load import contract
from data_access.contract.model import Unit
from data_access.domain.cohort import Maturity, Window, maturity
from data_access.domain.period import Period

EXCLUSIVE = {
    "SEX": ["F", "M"],
    "AGE": ["Y_LT25", "Y25T29", "Y30T49", "Y_GE50"],
    "EDUCATION": ["LOW", "MEDIUM", "HIGH"],
    "DURATION": ["M_LT12", "M12T23", "M24T59", "M_GE60"],
    "WORKPLACE": ["BRU", "VLA", "WAL", "_U"],
    "REF_AREA": [c.nis for c in contract().communes],
}
KEYS = [
    "INDICATOR",
    "TIME_PERIOD",
    "REF_AREA",
    "SEX",
    "AGE",
    "EDUCATION",
    "DURATION",
    "AUDIENCE",
    "OPERATOR",
    "WORKPLACE",
]
LEVELS = {i.code for i in contract().indicators if i.measure in ("median", "gap")}
# README: these describe the result, so that only the numerator is shared out.
OF_RESULT = {("OS2.02", "DURATION"), ("VD-6", "WORKPLACE"), ("VD-8", "WORKPLACE")}
CUTOFF = date(2026, 10, 31)


def test_a_rate_is_exactly_its_numerator_over_its_denominator(observations: pd.DataFrame) -> None:
    for code, mine in observations.dropna(subset=["NUMERATOR", "DENOMINATOR"]).groupby("INDICATOR"):
        scale = 100 if contract().indicator(str(code)).unit is Unit.PERCENT else 1
        exact = scale * mine["NUMERATOR"] / mine["DENOMINATOR"]
        assert np.allclose(mine["OBS_VALUE"], exact, atol=0.51e-4, rtol=0), code


def test_a_numerator_stays_within_its_denominator_where_the_definition_says_so(
    observations: pd.DataFrame,
) -> None:
    for code, mine in observations.dropna(subset=["DENOMINATOR"]).groupby("INDICATOR"):
        if contract().indicator(str(code)).numerator_within_denominator:
            assert not (mine["NUMERATOR"] > mine["DENOMINATOR"]).any(), code


def test_counts_are_whole_and_not_negative(observations: pd.DataFrame) -> None:
    for name in ("NUMERATOR", "DENOMINATOR"):
        numbers = observations[name].dropna()
        assert (numbers == numbers.round()).all()
        assert (numbers >= 0).all()


@pytest.mark.parametrize("dimension", EXCLUSIVE)
def test_parts_add_up_exactly_to_their_total(dimension: str, observations: pd.DataFrame) -> None:
    """Slow twin: pandas adds the parts again and joins them to the totals that are written."""
    counted = observations[~observations["INDICATOR"].isin(LEVELS)]
    others = [key for key in KEYS if key != dimension]
    parts = counted[counted[dimension].isin(EXCLUSIVE[dimension])]
    sums = parts.groupby(others)[["NUMERATOR", "DENOMINATOR"]].sum(min_count=1)
    home = "BRU" if dimension == "REF_AREA" else "_T"
    totals = counted[counted[dimension] == home].set_index(others)[["NUMERATOR", "DENOMINATOR"]]
    both = sums.add_suffix("_PARTS").join(totals.add_suffix("_TOTAL"), how="inner")
    both = both[both["NUMERATOR_TOTAL"].notna()]
    assert len(both) > 50
    assert (both["NUMERATOR_PARTS"] == both["NUMERATOR_TOTAL"]).all()
    of_result = [(code, dimension) in OF_RESULT for code in both.index.get_level_values("INDICATOR")]
    cases = both[~np.array(of_result)].dropna(subset=["DENOMINATOR_TOTAL"])
    assert (cases["DENOMINATOR_PARTS"] == cases["DENOMINATOR_TOTAL"]).all()


@pytest.mark.parametrize(("union", "parts"), [("M_GE12", ["M12T23", "M24T59", "M_GE60"]), ("M_GE24", ["M24T59", "M_GE60"])])  # fmt: skip  # noqa: E501
def test_long_durations_are_the_sums_of_their_classes(
    union: str, parts: list[str], observations: pd.DataFrame
) -> None:
    counted = observations[~observations["INDICATOR"].isin(LEVELS)]
    others = [key for key in KEYS if key != "DURATION"]
    sums = counted[counted["DURATION"].isin(parts)].groupby(others)["NUMERATOR"].sum()
    unions = counted[counted["DURATION"] == union].set_index(others)["NUMERATOR"]
    assert len(unions) > 50
    assert (sums.reindex(unions.index) == unions).all()


def test_crossed_communes_add_up_in_both_directions(observations: pd.DataFrame) -> None:
    crossed = observations[
        (observations["REF_AREA"] != "BRU") & ((observations["SEX"] != "_T") | (observations["AGE"] != "_T"))
    ]
    assert set(crossed["INDICATOR"]) == {"OS1.01", "OS2.01", "OS2.03", "OS2.09", "OS3.02"}


@pytest.mark.parametrize("period", ["2024-01", "2024-09", "2025-09", "2026-02"])
def test_the_breakdowns_of_long_term_unemployment_add_up_to_the_published_stock(
    period: str, observations: pd.DataFrame
) -> None:
    published = {"2024-01": 54_883, "2024-09": 57_321, "2025-09": 58_804, "2026-02": 60_947}
    mine = observations[(observations["INDICATOR"] == "OS2.01") & (observations["TIME_PERIOD"] == period)]
    region = mine[mine["REF_AREA"] == "BRU"]
    for dimension in ("SEX", "AGE", "EDUCATION"):
        parts = region[region[dimension].isin(EXCLUSIVE[dimension])]
        assert parts["OBS_VALUE"].sum() == published[period]


def test_the_stock_is_the_numerator_of_its_share(observations: pd.DataFrame) -> None:
    keys = [key for key in KEYS if key != "INDICATOR"]
    stock = observations[observations["INDICATOR"] == "OS2.01"].set_index(keys)["OBS_VALUE"]
    share = observations[observations["INDICATOR"] == "OS2.02"].set_index(keys)["NUMERATOR"]
    assert len(share) > 1_000
    assert (stock.reindex(share.index) == share).all()


@pytest.mark.parametrize(
    ("child", "parent"),
    [("BV-5", "BV-4A"), ("VD-4", "VD-3A"), ("VD-7", "VD-6"), ("BV-1b", "BV-1a"), ("BV-1d", "BV-1a")],
)
def test_a_denominator_that_is_another_indicators_numerator_equals_it(
    child: str, parent: str, observations: pd.DataFrame
) -> None:
    keys = [key for key in KEYS if key != "INDICATOR"]
    cases = observations[observations["INDICATOR"] == child].set_index(keys)["DENOMINATOR"]
    counts = observations[observations["INDICATOR"] == parent].set_index(keys)["NUMERATOR"]
    both = pd.concat([cases, counts], axis=1, join="inner")
    assert len(both) >= 20
    assert (both["DENOMINATOR"] == both["NUMERATOR"]).all()


def test_immature_cohorts_are_provisional_and_clearly_lower(observations: pd.DataFrame) -> None:
    """OS1.01: mature until 2025-Q2; rates then fall as the cohorts get younger."""
    total = observations[(observations["INDICATOR"] == "OS1.01") & (observations["REF_AREA"] == "BRU")]
    total = total[(total[["SEX", "AGE", "EDUCATION", "DURATION", "AUDIENCE"]] == "_T").all(axis=1)]
    rates = total.set_index("TIME_PERIOD")["OBS_VALUE"]
    young = rates.loc["2025-Q3":]  # type: ignore[misc]
    assert set(total.set_index("TIME_PERIOD").loc["2025-Q3":, "OBS_STATUS"]) == {"P"}
    assert young.max() < 0.95 * rates["2025-Q2"]
    assert rates["2026-Q1"] > rates["2026-Q2"]


def test_every_cohort_that_is_still_open_is_provisional_and_says_why(observations: pd.DataFrame) -> None:
    seen = 0
    for code, mine in observations.groupby("INDICATOR"):
        cohort = contract().indicator(str(code)).cohort
        if cohort is not None:
            window = Window(cohort.window_months, cohort.lag_months)
            still = [
                maturity(Period.parse(p), window, CUTOFF) is not Maturity.MATURE for p in mine["TIME_PERIOD"]
            ]
            assert set(mine.loc[still, "OBS_STATUS"]) <= {"P"}
            assert mine.loc[still, "COMMENT"].str.startswith("Cohorte immature").all()
            seen += sum(still)
    assert seen > 1_000


def test_the_first_period_after_the_reform_carries_the_break_where_the_definition_names_it(
    observations: pd.DataFrame,
) -> None:
    for code, mine in observations.groupby("INDICATOR"):
        definition = contract().indicator(str(code))
        expected = {"M": {"2026-01"}, "Q": {"2026-Q1"}, "S": {"2026-S1"}, "A": set()}[definition.periodicity]
        if not definition.breaks or definition.cohort is not None:
            expected = set()
        assert set(mine.loc[mine["OBS_STATUS"] == "B", "TIME_PERIOD"]) == expected, code


def test_a_gap_between_years_is_missing_and_not_zero(observations: pd.DataFrame) -> None:
    missing = observations[observations["OBS_STATUS"] == "M"]
    assert set(zip(missing["INDICATOR"], missing["TIME_PERIOD"], strict=True)) == {
        ("OS5.07", "2023"), ("OS5.08", "2023"), ("OS5.09", "2022"), ("OS5.09", "2024"),
    }  # fmt: skip
    assert missing["OBS_VALUE"].isna().all()
    zero = observations[(observations["INDICATOR"] == "OS5.05") & (observations["TIME_PERIOD"] == "2022")]
    assert zero["OBS_VALUE"].tolist() == [0.0]
    assert zero["OBS_STATUS"].tolist() == ["A"]


def test_some_cells_of_small_communes_are_small_and_few_are(observations: pd.DataFrame) -> None:
    small = observations["NUMERATOR"].between(1, 3)
    assert 100 < small.sum() < 0.03 * len(observations)
    assert (observations.loc[small, "REF_AREA"] != "BRU").mean() > 0.5


def test_the_croissant_does_worse_than_the_rest(observations: pd.DataFrame) -> None:
    """OS1.11 is what pooling the communes of OS1.01 again gives, and it is negative."""
    inside = next(d.communes for d in contract().croissants if d.default)
    rates = observations[(observations["INDICATOR"] == "OS1.01") & (observations["REF_AREA"] != "BRU")]
    rates = rates[(rates["SEX"] == "_T") & (rates["AGE"] == "_T")]
    sums = rates.groupby(["TIME_PERIOD", rates["REF_AREA"].isin(inside)])[["NUMERATOR", "DENOMINATOR"]].sum()
    pooled = 100 * sums["NUMERATOR"] / sums["DENOMINATOR"]
    gaps = observations[observations["INDICATOR"] == "OS1.11"]
    total = gaps[(gaps["SEX"] == "_T") & (gaps["AGE"] == "_T")].set_index("TIME_PERIOD")["OBS_VALUE"]
    assert len(total) == 18
    assert np.allclose(total, pooled.xs(key=True, level=1) - pooled.xs(key=False, level=1), atol=0.051)
    assert (total < 0).all()
