"""Loading: once, in the order of the annexes, looked up by code."""

from __future__ import annotations

from pathlib import Path

import pytest

from data_access.contract.load import DEFAULT, contract, load_contract
from data_access.domain.errors import UnknownIndicator

PREFIXES = ("OS1", "OS2", "OS3", "OS4", "OS5", "BV-", "VD-", "CTX")


def test_indicators_are_in_the_order_of_the_annexes() -> None:
    codes = [i.code for i in contract().indicators]
    ranks = [PREFIXES.index(code[:3]) for code in codes]
    assert ranks == sorted(ranks)
    for rank in range(len(PREFIXES)):
        same = [code for code, r in zip(codes, ranks, strict=True) if r == rank]
        assert same == sorted(same)


def test_shared_measures_are_in_the_order_of_annexe_one() -> None:
    # Annexe I §2 and §3, as the contract numbers them.
    assert " ".join(i.code for i in contract().shared()) == (
        "BV-1a BV-1b BV-1c BV-1d BV-1e BV-2 BV-3 BV-4A BV-4B BV-5 BV-6 "
        "VD-1 VD-2 VD-3A VD-3B VD-4 VD-5 VD-6 VD-7 VD-8"
    )


def test_the_default_contract_is_the_one_of_the_project_and_is_read_once() -> None:
    assert contract() is contract()
    assert contract() == load_contract(DEFAULT)


def test_each_file_is_read_once(monkeypatch: pytest.MonkeyPatch) -> None:
    read: list[Path] = []
    original = Path.read_bytes

    def noted(path: Path) -> bytes:
        read.append(path)
        return original(path)

    monkeypatch.setattr(Path, "read_bytes", noted)
    load_contract()
    expected = {*DEFAULT.glob("*.toml"), *DEFAULT.glob("*.csv"), *(DEFAULT / "indicators").rglob("*.toml")}
    expected -= {DEFAULT / "commune_borders.csv", DEFAULT / "geometry.toml"}  # read by contract/borders.py
    assert sorted(read) == sorted(expected)


def test_a_definition_is_found_by_its_code() -> None:
    for indicator in contract().indicators:
        assert contract().indicator(indicator.code) is indicator


def test_an_unknown_code_names_itself() -> None:
    with pytest.raises(UnknownIndicator) as caught:
        contract().indicator("OS9.99")
    assert (caught.value.code, caught.value.facts) == ("unknown_indicator", {"value": "OS9.99"})


def test_a_copy_with_other_definitions_finds_its_own() -> None:
    first, *others = contract().indicators
    assert contract().indicator(first.code) is first  # the look-up of the original is built
    copied = contract().model_copy(update={"indicators": tuple(others)})
    with pytest.raises(UnknownIndicator):
        copied.indicator(first.code)
    assert contract().indicator(first.code) is first
