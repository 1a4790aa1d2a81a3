"""The remarks that ship: across the objectives, in two languages with gaps on purpose, by no person."""

from __future__ import annotations

import re

import pandas as pd
import pytest
from pydantic import ValidationError

from data_access.contract.load import contract
from data_access.tables.demonstration.remarks import Said, load_remarks, remark_rows
from data_access.tables.demonstration.timeline import CUTOFF


def test_two_dozen_indicators_across_the_five_objectives_have_a_comment(remarks: pd.DataFrame) -> None:
    commented = set(remarks.loc[remarks["KIND"] == "finding", "INDICATOR"])
    assert len(commented) >= 24
    assert {code[:3] for code in commented} >= {"OS1", "OS2", "OS3", "OS4", "OS5"}


def test_real_series_of_context_carry_no_fictitious_remark(remarks: pd.DataFrame) -> None:
    assert not remarks["INDICATOR"].str.startswith("CTX").any()


def test_some_translations_are_awaited_in_each_language_and_of_each_sort(remarks: pd.DataFrame) -> None:
    drawn = remarks["KIND"] == "annotation"
    for column in ("TEXT_FR", "TEXT_NL"):
        awaited = remarks[column] == ""
        assert (awaited & drawn).any()
        assert (awaited & ~drawn).any()
        assert awaited.mean() < 0.15
    assert not ((remarks["TEXT_FR"] == "") & (remarks["TEXT_NL"] == "")).any()


def test_comments_are_written_once_the_data_are_in_or_earlier_the_same_year(remarks: pd.DataFrame) -> None:
    written = remarks.loc[remarks["KIND"] != "annotation", "DAY"]
    assert set(written) == {"2026-05-11", "2026-11-09"}
    assert max(written) > CUTOFF.isoformat()
    assert (remarks.loc[remarks["KIND"] == "annotation", "DAY"] <= CUTOFF.isoformat()).all()


def test_actions_have_deadlines_during_the_contract_and_nothing_else_has(remarks: pd.DataFrame) -> None:
    due = remarks.loc[remarks["DUE"] != "", "DUE"]
    assert set(remarks.loc[due.index, "KIND"]) == {"action"}
    assert ((due > "2026-11-09") & (due <= contract().end.isoformat())).all()


def test_what_is_said_of_the_world_stands_in_the_contract(remarks: pd.DataFrame) -> None:
    """The waves of the reform are those of breaks.toml: 1 January, 1 March and 1 July 2026."""
    reform = remarks["TEXT_FR"].str.contains("fins de droit|Limitation des allocations")
    days = set(remarks.loc[reform & (remarks["KIND"] == "annotation"), "DAY"])
    assert days == {"2026-01-01", "2026-03-01", "2026-07-01"}


def test_french_and_dutch_are_typeset(remarks: pd.DataFrame) -> None:
    for text in remarks["TEXT_FR"]:
        assert not re.search(r" [;:!?»%]|« |'", text), text
    for text in remarks["TEXT_NL"]:
        assert not re.search(r" %|'", text), text


def test_ranks_count_from_one_within_their_key(remarks: pd.DataFrame) -> None:
    groups = remarks.groupby(["INDICATOR", "OPERATOR", "KIND", "DAY"])["RANK"]
    assert groups.agg(list).map(lambda ranks: ranks == [str(n + 1) for n in range(len(ranks))]).all()
    assert groups.size().max() > 1


def test_every_role_is_used_and_the_rows_are_those_of_the_file(remarks: pd.DataFrame) -> None:
    found = load_remarks()
    assert {each.role for each in (*found.comments, *found.annotations)} == set(found.roles)
    assert list(remark_rows(contract())) == list(remarks.itertuples(index=False, name=None))


def test_a_text_in_no_language_is_refused() -> None:
    with pytest.raises(ValidationError, match="in French, in Dutch or in both"):
        Said()
