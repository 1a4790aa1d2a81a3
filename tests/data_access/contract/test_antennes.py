"""The antennes: what the two sources say, and which mistakes are refused."""

from __future__ import annotations

import shutil
from datetime import date
from pathlib import Path

import pytest

from data_access.contract.load import DEFAULT, contract, load_contract
from data_access.domain.errors import DefinitionError


def test_eighteen_communes_had_an_antenne_in_2019_and_koekelberg_none() -> None:
    """Question écrite n° 34 (2019) of the Brussels parliament: all communes but Koekelberg."""
    antennes = contract().antennes
    assert [a.nis for a in antennes] == [c.nis for c in contract().communes]
    assert [a.nis for a in antennes if not a.present] == ["21011"]
    assert {a.known for a in antennes} == {2019}


def test_only_the_closing_in_auderghem_is_dated_and_no_opening_is() -> None:
    """Oral question in the council of Auderghem: closed on 15 December 2022."""
    dated = {a.nis: a.valid_to for a in contract().antennes if a.valid_to}
    assert dated == {"21002": date(2022, 12, 15)}
    assert [a for a in contract().antennes if a.valid_from] == []


@pytest.mark.parametrize(
    ("old", "new", "field", "reason"),
    [
        ("21002,1,2019,,2022-12-15", "21002,1,2019,2023-01-01,2022-12-15", "valid_to", "wrong_order"),
        ("21011,0,2019,,", "21011,0,2019,2019-01-01,", "present", "not_allowed"),
        ("21001,1", "21020,1", "nis", "not_allowed"),
        ("21001,1,2019", "21001,1,1919", "known", "not_allowed"),
        ("21001,1", "21001,maybe", "present", "wrong_type"),
    ],
)
def test_a_mistake_is_refused_at_its_place(
    tmp_path: Path, old: str, new: str, field: str, reason: str
) -> None:
    folder = tmp_path / "contract"
    shutil.copytree(DEFAULT, folder)
    file = folder / "antennes.csv"
    text = file.read_text("utf-8")
    assert text.count(old) == 1
    file.write_text(text.replace(old, new), "utf-8")
    with pytest.raises(DefinitionError) as caught:
        load_contract(folder)
    (problem,) = caught.value.facts["problems"]
    assert (problem["file"], problem["field"], problem["reason"]) == ("antennes.csv", field, reason)
