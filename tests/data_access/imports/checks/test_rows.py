"""Rules about the numbers of one row."""

from __future__ import annotations

import pytest

from tests.data_access.imports.files import codes, count, goal, only, rate


@pytest.mark.parametrize(("numerator", "wrong"), [("999", False), ("1000", False), ("1001", True)])
def test_a_part_cannot_exceed_its_whole(numerator: str, *, wrong: bool) -> None:
    found = codes([rate(NUMERATOR=numerator, OBS_VALUE="")])
    assert found == (["numerator_above_denominator"] if wrong else [])


def test_a_numerator_may_exceed_where_the_definition_allows_it() -> None:
    # BV-2: places used per hundred planned may pass a hundred.
    assert codes([rate(INDICATOR="BV-2", NUMERATOR="1200", OBS_VALUE="120.0")]) == []


@pytest.mark.parametrize(
    ("value", "wrong"),
    [
        ("33.28", True),
        ("33.283", True),
        ("33.284", False),
        ("33.3", False),
        ("33.383", False),
        ("33.39", True),
    ],
)
def test_a_value_may_differ_from_its_counts_by_half_of_its_last_decimal(value: str, *, wrong: bool) -> None:
    # 1000 / 3000 is 33,333… %, shown with one decimal: 33,2833… to 33,3833… round to it.
    found = codes([rate(NUMERATOR="1000", DENOMINATOR="3000", OBS_VALUE=value)])
    assert found == (["value_disagrees"] if wrong else [])


def test_a_value_that_disagrees_says_what_the_counts_give() -> None:
    assert only([rate(NUMERATOR="1000", DENOMINATOR="3000", OBS_VALUE="3.333")]) == (
        "value_disagrees",
        2,
        "OBS_VALUE",
        "3.333",
        "33.33",
    )


def test_a_count_must_be_its_own_numerator() -> None:
    assert codes([count(NUMERATOR="999", OBS_VALUE="1000")]) == ["value_disagrees"]


def test_medians_and_gaps_do_not_follow_from_their_counts() -> None:
    assert codes([rate(INDICATOR="OS1.04", OBS_VALUE="87"), rate(INDICATOR="OS1.11", OBS_VALUE="-3.5")]) == []


@pytest.mark.parametrize(("value", "wrong"), [("0", False), ("100", False), ("100.1", True)])
def test_the_percentage_of_a_part_stays_within_a_hundred(value: str, *, wrong: bool) -> None:
    row = rate(NUMERATOR="", DENOMINATOR="", OBS_VALUE=value)
    assert codes([row]) == (["percentage_out_of_range"] if wrong else [])


@pytest.mark.parametrize(("value", "wrong"), [("0", False), ("10", False), ("10.1", True)])
def test_a_score_stays_within_ten(value: str, *, wrong: bool) -> None:
    row = rate(INDICATOR="OS5.07", NUMERATOR="", DENOMINATOR="", OBS_VALUE=value)
    assert codes([row]) == (["score_out_of_range"] if wrong else [])


@pytest.mark.parametrize(
    "row",
    [
        rate(NUMERATOR="", DENOMINATOR="", OBS_VALUE="-0.1"),
        rate(INDICATOR="OS5.07", NUMERATOR="", DENOMINATOR="", OBS_VALUE="-1"),
        rate(INDICATOR="OS1.04", NUMERATOR="", DENOMINATOR="", OBS_VALUE="-1"),
        count(OBS_VALUE="-1"),
    ],
)
def test_quantities_without_a_sign_are_not_negative(row: dict[str, str]) -> None:
    assert codes([row]) == ["negative"]


def test_a_gap_may_be_negative() -> None:
    assert codes([rate(INDICATOR="OS1.11", NUMERATOR="", DENOMINATOR="", OBS_VALUE="-12.5")]) == []


@pytest.mark.parametrize(
    ("cells", "wrong"),
    [
        ({"NUMERATOR": "0", "OBS_VALUE": ""}, False),
        ({"NUMERATOR": "0", "OBS_VALUE": "0"}, True),
        ({"NUMERATOR": "", "OBS_VALUE": "50"}, True),
    ],
)
def test_among_nobody_there_is_no_rate(cells: dict[str, str], *, wrong: bool) -> None:
    assert codes([rate(DENOMINATOR="0", **cells)]) == (["zero_denominator"] if wrong else [])


@pytest.mark.parametrize(
    ("cells", "code"),
    [
        ({"VALUE": ""}, ["target_without_value"]),
        ({"LOW": "55", "HIGH": "65"}, ["value_and_band"]),
        ({"VALUE": "", "LOW": "55", "HIGH": "65"}, ["value_expected"]),
        ({"VALUE": "", "HIGH": "65"}, ["value_expected"]),
        ({"VALUE": "100"}, []),
        ({"VALUE": "100.1"}, ["percentage_out_of_range"]),
        ({"VALUE": "-1"}, ["percentage_out_of_range"]),
        ({"INDICATOR": "OS5.07", "VALUE": "10.1"}, ["score_out_of_range"]),
        ({"VALID_FROM": "2023-12-13"}, ["valid_before_decision"]),
        ({"VALID_FROM": "2023-12-14"}, []),
        ({"DUE": "2028-01-01"}, ["due_outside_contract"]),
        ({"DUE": "2022-12-31"}, ["due_outside_contract"]),
        ({"KIND": "baseline", "DUE": "2022-12-31"}, []),
        ({"VALUE": "soixante"}, ["unreadable_number"]),
    ],
)
def test_a_target_is_a_value_decided_in_time(cells: dict[str, str], code: list[str]) -> None:
    assert codes([goal(**cells)]) == code


@pytest.mark.parametrize(
    ("cells", "code"),
    [
        ({"VALUE": "", "LOW": "90", "HIGH": "110"}, []),
        ({"VALUE": "", "LOW": "90"}, []),
        ({"VALUE": "", "LOW": "100", "HIGH": "100"}, []),
        ({"VALUE": "", "LOW": "110", "HIGH": "90"}, ["band_crossed"]),
        ({"VALUE": "100"}, ["band_expected"]),
        ({"VALUE": "100", "KIND": "baseline", "DUE": "2022-12-31"}, []),
    ],
)
def test_a_band_is_asked_where_the_definition_has_one(cells: dict[str, str], code: list[str]) -> None:
    assert codes([goal(INDICATOR="BV-2", **cells)]) == code
