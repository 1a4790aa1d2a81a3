"""The funnels: stages that nest, outcomes that sum, groups that add up, cohorts that are still open."""

from __future__ import annotations

import pandas as pd
import pytest

from data_access.contract.load import contract

GROUPS = ["REF_AREA", "SEX", "AGE", "EDUCATION", "AUDIENCE"]
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


@pytest.mark.parametrize("dimension", ["REF_AREA", "SEX", "AGE", "EDUCATION"])
def test_groups_add_up_exactly_to_the_total(dimension: str, cohorts: pd.DataFrame) -> None:
    home = {name: "BRU" if name == "REF_AREA" else "_T" for name in GROUPS}
    others = [name for name in GROUPS if name != dimension]
    key = ["FUNNEL", "COHORT", "OPERATOR", "STAGE", "OUTCOME"]
    plain = (cohorts[others] == pd.Series(home)[others]).all(axis=1)
    totals = cohorts[plain & (cohorts[dimension] == home[dimension])].set_index(key)["COUNT"]
    sums = cohorts[plain & (cohorts[dimension] != home[dimension])].groupby(key)["COUNT"].sum()
    assert len(sums) == 15 * 56 * 5  # every stage of the funnels, those of F-SI for two operators
    assert (sums == totals.reindex(sums.index)).all()


@pytest.mark.parametrize(("pair", "sizes"), [(("SEX", "AGE"), (2, 4)), (("REF_AREA", "AGE"), (19, 4))])
def test_crossings_add_up_exactly_to_both_of_their_margins(
    pair: tuple[str, str], sizes: tuple[int, int], cohorts: pd.DataFrame
) -> None:
    home = {name: "BRU" if name == "REF_AREA" else "_T" for name in GROUPS}
    rest = [name for name in GROUPS if name not in pair]
    plain = cohorts[(cohorts[rest] == pd.Series(home)[rest]).all(axis=1)]
    crossed = plain[(plain[list(pair)] != pd.Series(home)[list(pair)]).all(axis=1)]
    assert tuple(crossed[name].nunique() for name in pair) == sizes
    assert set(crossed["FUNNEL"]) == {"F-PREV", "F-ABS-E"}
    for kept, gone in (pair, pair[::-1]):
        key = ["FUNNEL", "COHORT", "STAGE", "OUTCOME", kept]
        sums = crossed.groupby(key)["COUNT"].sum()
        margin = plain[(plain[gone] == home[gone]) & (plain["OPERATOR"] == "_T")].set_index(key)["COUNT"]
        assert (sums == margin.reindex(sums.index)).all(), (kept, gone)


def test_the_poorest_communes_have_younger_entrants(cohorts: pd.DataFrame) -> None:
    """Else nothing would be left to standardise: Molenbeek and Saint-Josse beside Uccle and Auderghem."""
    entry = cohorts[(cohorts["FUNNEL"] == "F-PREV") & (cohorts["STAGE"] == "P1")]
    people = entry.groupby(["REF_AREA", "AGE"])["COUNT"].sum()
    old = {
        nis: people[nis, "Y_GE50"] / sum(people[nis, age] for age in ("Y_LT25", "Y25T29", "Y30T49", "Y_GE50"))
        for nis in ("21012", "21014", "21016", "21002")
    }
    assert max(old["21012"], old["21014"]) < min(old["21016"], old["21002"]) - 0.02


def test_publics_overlap_and_none_is_larger_than_the_total(cohorts: pd.DataFrame) -> None:
    """A public that holds everybody is no group: long-term unemployed in F-ABS, under thirty in F-KIT-J."""
    key = ["FUNNEL", "COHORT", "OPERATOR", "STAGE", "OUTCOME"]
    alone = cohorts[cohorts["AUDIENCE"] != "_T"]
    whole = cohorts[(cohorts[GROUPS] == ["BRU", "_T", "_T", "_T", "_T"]).all(axis=1)].set_index(key)["COUNT"]
    assert (alone["COUNT"].to_numpy() <= whole.loc[list(map(tuple, alone[key].to_numpy()))].to_numpy()).all()
    publics = alone.groupby("FUNNEL")["AUDIENCE"].unique().map(set)
    assert set(publics.index) == {f.code for f in contract().funnels}
    assert "PP3" not in publics["F-ABS-E"] | publics["F-ABS-S"] | publics["F-KIT-L"]
    assert "PP2" not in publics["F-KIT-J"]


def test_obstacles_are_told_at_the_stage_that_records_them_and_every_case_has_one_or_none(
    obstacles: pd.DataFrame, cohorts: pd.DataFrame
) -> None:
    assert set(zip(obstacles["FUNNEL"], obstacles["STAGE"], strict=True)) == {
        ("F-ABS-E", "A3"), ("F-ABS-S", "A3")
    }  # fmt: skip
    key = ["FUNNEL", "COHORT", "STAGE", "SEX", "AGE", "OUTCOME"]
    plain = cohorts[(cohorts["REF_AREA"] == "BRU") & (cohorts[["EDUCATION", "AUDIENCE"]] == "_T").all(axis=1)]
    of_stage = plain[plain["STAGE"] == "A3"].set_index(key)["COUNT"]
    by_item = obstacles.pivot_table(index=key, columns="OBSTACLE", values="COUNT")
    assert len(by_item.columns) == 11
    cases = of_stage.reindex(by_item.index)
    named = by_item.drop(columns="NONE")
    assert (named.max(axis=1) <= cases - by_item["NONE"]).all()
    assert (named.sum(axis=1) >= cases - by_item["NONE"]).all()


@pytest.mark.parametrize("dimension", ["SEX", "AGE"])
def test_cases_with_an_obstacle_add_up_over_sexes_and_over_ages(
    dimension: str, obstacles: pd.DataFrame
) -> None:
    key = ["FUNNEL", "COHORT", "OUTCOME", "OBSTACLE"]
    whole = obstacles[(obstacles[["SEX", "AGE"]] == "_T").all(axis=1)].set_index(key)["COUNT"]
    sums = obstacles[obstacles[dimension] != "_T"].groupby(key)["COUNT"].sum()
    assert len(sums) == 2 * 15 * 5 * 11
    assert (sums == whole.reindex(sums.index)).all()


def test_younger_cohorts_have_more_pending(counts: pd.DataFrame) -> None:
    """F-ABS-E: jobs are followed for 24 months, so the share still waiting for one grows from 2025 on."""
    region = counts.xs(
        ("F-ABS-E", "_T", "BRU", "_T", "_T", "_T", "_T", "A7"), level=["FUNNEL", "OPERATOR", *GROUPS, "STAGE"]
    )
    waiting = region["pending"] / region.sum(axis=1)
    assert waiting["2026-Q3"] > waiting["2025-Q3"] > waiting["2023-Q1"]
    assert (waiting.loc["2025-Q1":].diff().dropna() > 0).all()


def test_the_reform_raises_other_exits_and_not_jobs(counts: pd.DataFrame) -> None:
    """F-ABS-S, first stage: its window of 12 months lies wholly before or after 1 January 2026."""
    region = counts.xs(
        ("F-ABS-S", "_T", "BRU", "_T", "_T", "_T", "_T", "A1"), level=["FUNNEL", "OPERATOR", *GROUPS, "STAGE"]
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
            cell = ("F-SI", "2024-Q2", operator, "BRU", "_T", "_T", "_T", "_T", stage)
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
