"""The funnels: stages that nest, outcomes that sum, groups that add up, cohorts that are still open."""

from __future__ import annotations

import pandas as pd
import pytest

from data_access.contract.load import contract

GROUPS = ["REF_AREA", "SEX", "AGE", "EDUCATION"]
CELL = ["FUNNEL", "COHORT", "OPERATOR", *GROUPS]


@pytest.fixture(scope="module")
def counts(cohorts: pd.DataFrame) -> pd.DataFrame:
    """One row per stage, outcomes as columns."""
    return cohorts.pivot_table(index=[*CELL, "STAGE"], columns="OUTCOME", values="COUNT", aggfunc="sum")


def test_every_stage_has_its_five_outcomes_and_none_is_negative(counts: pd.DataFrame) -> None:
    assert set(counts.columns) == {"next", "employment", "training", "other_exit", "pending"}
    assert counts.notna().all(axis=None)
    assert (counts >= 0).all(axis=None)


def test_every_funnel_and_stage_of_the_contract_is_there(cohorts: pd.DataFrame) -> None:
    expected = {(f.code, s.code) for f in contract().funnels for s in f.stages}
    assert set(zip(cohorts["FUNNEL"], cohorts["STAGE"], strict=True)) == expected
    assert cohorts["COHORT"].nunique() == 15
    assert set(cohorts.loc[cohorts["FUNNEL"] == "F-SI", "OPERATOR"]) == {"BF", "VDAB"}


def test_the_next_of_a_nested_stage_is_the_count_of_the_one_after_it(counts: pd.DataFrame) -> None:
    size = counts.sum(axis=1)
    for funnel in contract().funnels:
        for before, after in zip(funnel.stages, funnel.stages[1:], strict=False):
            ahead = counts["next"].xs((funnel.code, before.code), level=("FUNNEL", "STAGE"))
            reached = size.xs((funnel.code, after.code), level=("FUNNEL", "STAGE"))
            if after.nested:
                assert (ahead == reached).all(), (funnel.code, after.code)
            else:
                within = size.xs((funnel.code, after.within), level=("FUNNEL", "STAGE"))
                assert (ahead <= reached).all()
                assert (reached <= within).all(), (funnel.code, after.code)


def test_nothing_goes_on_after_the_last_stage(counts: pd.DataFrame) -> None:
    for funnel in contract().funnels:
        last = counts["next"].xs((funnel.code, funnel.stages[-1].code), level=("FUNNEL", "STAGE"))
        assert (last == 0).all()


@pytest.mark.parametrize("dimension", GROUPS)
def test_groups_add_up_exactly_to_the_total(dimension: str, cohorts: pd.DataFrame) -> None:
    home = {name: "BRU" if name == "REF_AREA" else "_T" for name in GROUPS}
    others = [name for name in GROUPS if name != dimension]
    key = ["FUNNEL", "COHORT", "OPERATOR", "STAGE", "OUTCOME"]
    plain = (cohorts[others] == pd.Series(home)[others]).all(axis=1)
    totals = cohorts[plain & (cohorts[dimension] == home[dimension])].set_index(key)["COUNT"]
    sums = cohorts[plain & (cohorts[dimension] != home[dimension])].groupby(key)["COUNT"].sum()
    assert len(sums) >= 15 * 16 * 5
    assert (sums == totals.reindex(sums.index)).all()


def test_younger_cohorts_have_more_pending(counts: pd.DataFrame) -> None:
    """F-ABS-E: jobs are followed for 24 months, so the share still waiting for one grows from 2025 on."""
    region = counts.xs(
        ("F-ABS-E", "_T", "BRU", "_T", "_T", "_T", "A7"), level=["FUNNEL", "OPERATOR", *GROUPS, "STAGE"]
    )
    waiting = region["pending"] / region.sum(axis=1)
    assert waiting["2026-Q3"] > waiting["2025-Q3"] > waiting["2023-Q1"]
    assert (waiting.loc["2025-Q1":].diff().dropna() > 0).all()


def test_the_reform_raises_other_exits_and_not_jobs(counts: pd.DataFrame) -> None:
    """F-ABS-S, first stage: its window of 12 months lies wholly before or after 1 January 2026."""
    region = counts.xs(
        ("F-ABS-S", "_T", "BRU", "_T", "_T", "_T", "A1"), level=["FUNNEL", "OPERATOR", *GROUPS, "STAGE"]
    )
    shares = region.div(region.sum(axis=1), axis=0)
    before, after = shares.loc["2024-Q3"], shares.loc["2025-Q3"]
    assert after["other_exit"] > before["other_exit"] + 0.05
    assert after["employment"] < before["employment"]


def test_information_sessions_are_those_of_the_shared_indicators(
    counts: pd.DataFrame, observations: pd.DataFrame
) -> None:
    """S1 to S4 of 2024-Q2 are the sums of April, May and June of BV-1a to BV-1d, operator by operator."""
    size = counts.sum(axis=1)
    for operator in ("BF", "VDAB"):
        for stage, code in {"S1": "BV-1a", "S2": "BV-1b", "S3": "BV-1c", "S4": "BV-1d"}.items():
            mine = observations[(observations["INDICATOR"] == code) & (observations["OPERATOR"] == operator)]
            mine = mine[mine["TIME_PERIOD"].isin(["2024-04", "2024-05", "2024-06"])]
            total = mine[(mine["REF_AREA"] == "BRU") & (mine[["SEX", "AGE", "AUDIENCE"]] == "_T").all(axis=1)]
            assert len(total) == 3
            cell = ("F-SI", "2024-Q2", operator, "BRU", "_T", "_T", "_T", stage)
            assert size[cell] == total["NUMERATOR"].sum()


def test_windows_and_dates_are_the_contracts_and_the_cut_off(cohorts: pd.DataFrame) -> None:
    assert set(cohorts["OBSERVED_THROUGH"]) == {"2026-10-31"}
    windows = {
        (f.code, s.code): s.window_months or f.window_months for f in contract().funnels for s in f.stages
    }
    found = cohorts.groupby(["FUNNEL", "STAGE"])["WINDOW_MONTHS"].unique()
    assert {key: [int(text) for text in texts] for key, texts in found.items()} == {
        key: [window] for key, window in windows.items()
    }
