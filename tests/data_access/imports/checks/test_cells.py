"""Rules about single cells: readable, filled, known, of this calendar."""

from __future__ import annotations

import pytest

from tests.data_access.imports.files import codes, count, csv_file, goal, only, problems, rate, stage


def semicolons(row: dict[str, str]) -> bytes:
    return csv_file([row], separator=";")


@pytest.mark.parametrize("cell", ["douze", "12,5 %", "1.2.3", "—", "#DIV/0!", ":"])
def test_a_number_must_be_a_number(cell: str) -> None:
    assert only(semicolons(count(OBS_VALUE=cell)))[:4] == ("unreadable_number", 2, "OBS_VALUE", cell)


@pytest.mark.parametrize("cell", ["1.234", "1,234", "12.345"])
def test_a_number_that_could_be_two_is_asked(cell: str) -> None:
    assert only(semicolons(count(OBS_VALUE=cell)))[0] == "ambiguous_number"


def test_a_second_decimal_mark_in_a_column_is_reported_where_it_is_rarer() -> None:
    rows = [
        count(TIME_PERIOD=f"2024-0{n}", OBS_VALUE=text) for n, text in enumerate(["1,5", "2,5", "3.5"], 1)
    ]
    assert only(csv_file(rows, separator=";"))[:4] == ("other_decimal_mark", 4, "OBS_VALUE", "3.5")


@pytest.mark.parametrize(
    ("cell", "expected"), [("2.5", "not_whole"), ("2147483648", "not_whole"), ("two", "unreadable_number")]
)
def test_people_are_counted_in_whole_numbers(cell: str, expected: str) -> None:
    assert codes(stage("P1", pending=cell)) == [expected]


def test_a_window_lasts_at_least_a_month() -> None:
    rows = [{**row, "WINDOW_MONTHS": "0"} for row in stage("P1", pending=3)[-1:]]
    assert only(rows) == ("negative", 2, "WINDOW_MONTHS", "0", "≥ 1")


@pytest.mark.parametrize("cell", ["2027-02-29", "31.12.2027", "décembre 2027"])
def test_a_day_must_be_a_day(cell: str) -> None:
    assert only([goal(DUE=cell)])[:4] == ("unreadable_date", 2, "DUE", cell)


@pytest.mark.parametrize("column", ["INDICATOR", "TIME_PERIOD"])
def test_an_observation_says_what_and_when(column: str) -> None:
    assert ("empty_cell", column) in [(p.code, p.column) for p in problems([rate(**{column: ""}), rate()])]


@pytest.mark.parametrize("column", ["DECIDED_ON", "DECISION_REF", "DECIDING_BODY", "REASON"])
def test_a_target_without_its_decision_is_refused(column: str) -> None:
    assert only([goal(**{column: ""})])[:3] == ("missing_decision", 2, column)


@pytest.mark.parametrize(
    "column", ["DECIDED_ON", "DECISION_REF", "DECIDING_BODY", "REASON", "DUE", "VALID_FROM"]
)
def test_a_target_table_without_a_column_of_the_decision_is_refused(column: str) -> None:
    row = {name: cell for name, cell in goal().items() if name != column}
    expected = ["unknown_table"] if column == "DUE" else ["missing_column"]
    # Without DUE and KIND the table is no target table; with INDICATOR alone it is none of ours.
    assert codes([row]) == expected


def test_an_observation_table_without_any_value_is_refused() -> None:
    row = {name: cell for name, cell in rate().items() if name not in {"OBS_VALUE", "NUMERATOR"}}
    assert only([row])[:3] == ("missing_column", None, "OBS_VALUE")


@pytest.mark.parametrize(
    ("cells", "code"),
    [
        ({"INDICATOR": "OS9.99"}, "unknown_indicator"),
        ({"INDICATOR": "os1.01"}, "unknown_indicator"),
        ({"REF_AREA": "21020"}, "unknown_ref_area"),
        ({"REF_AREA": "BE10"}, "unknown_ref_area"),
        ({"SEX": "Femme"}, "unknown_item"),
        ({"AGE": "Y20-64"}, "unknown_item"),
        ({"OBS_STATUS": "X"}, "unknown_item"),
        ({"CONF_STATUS": "S"}, "unknown_item"),
        ({"FREQ": "Y"}, "unknown_item"),
    ],
)
def test_codes_must_stand_in_their_list(cells: dict[str, str], code: str) -> None:
    found = problems([rate(**cells)])
    assert (code, next(iter(cells))) in [(p.code, p.column) for p in found]
    assert {p.severity.value for p in found} == {"error"}


@pytest.mark.parametrize(("column", "cell"), [("KIND", "goal"), ("REASON", "whim"), ("OPERATOR", "FOREM")])
def test_codes_of_targets_must_stand_in_their_list(column: str, cell: str) -> None:
    assert only([goal(**{column: cell})])[:4] == ("unknown_item", 2, column, cell)


@pytest.mark.parametrize(
    ("column", "cell", "code"),
    [
        ("FUNNEL", "F-X", "unknown_funnel"),
        ("STAGE", "A1", "unknown_stage"),
        ("OUTCOME", "emploi", "unknown_item"),
        ("COHORT", "2024-Q5", "impossible_period"),
    ],
)
def test_codes_of_cohorts_must_stand_in_their_list(column: str, cell: str, code: str) -> None:
    rows = [{**row, column: cell} for row in stage("P1", pending=4)[-1:]]
    assert only(rows)[:4] == (code, 2, column, cell)


@pytest.mark.parametrize(
    "period", ["2024-13", "2024-Q0", "2024-S3", "2024M01", "24", "1899", "mars 2024", "2024-3"]
)
def test_a_period_must_be_of_the_calendar(period: str) -> None:
    assert only([count(TIME_PERIOD=period)])[:4] == ("impossible_period", 2, "TIME_PERIOD", period)


@pytest.mark.parametrize(
    ("freq", "period"), [("A", "2024-Q1"), ("Q", "2024-03"), ("M", "2024"), ("S", "2024-Q1")]
)
def test_a_frequency_must_be_that_of_the_period(freq: str, period: str) -> None:
    assert only([rate(FREQ=freq, TIME_PERIOD=period)])[:4] == ("frequency_disagrees", 2, "FREQ", freq)


@pytest.mark.parametrize("status", ["A", "P", "E", "B"])
def test_a_value_that_is_not_there_must_be_declared_missing(status: str) -> None:
    row = rate(NUMERATOR="", DENOMINATOR="", OBS_VALUE="", OBS_STATUS=status)
    assert only([row])[:3] == ("value_missing", 2, "OBS_VALUE")


def test_a_numerator_alone_does_not_make_a_rate() -> None:
    assert codes([rate(DENOMINATOR="", OBS_VALUE="")]) == ["value_missing"]


def test_a_value_declared_missing_cannot_be_there() -> None:
    assert only([rate(OBS_STATUS="M")])[:4] == ("missing_with_value", 2, "OBS_VALUE", "50.0")


def test_a_count_may_be_kept_back_only_when_it_is_confidential() -> None:
    rows = [{**row, "CONF_STATUS": "F"} for row in stage("P1", pending="")]
    assert codes(rows) == ["value_missing"]
    assert codes([{**row, "CONF_STATUS": "C"} for row in rows]) == []


@pytest.mark.parametrize(
    ("cells", "code"),
    [
        ({"SEX": "F"}, []),
        ({"OPERATOR": "BF"}, ["dimension_not_defined"]),
        ({"WORKPLACE": "VLA"}, ["dimension_not_defined"]),
    ],
)
def test_a_breakdown_that_the_definition_does_not_name_is_loaded_with_a_warning(
    cells: dict[str, str], code: list[str]
) -> None:
    found = problems([rate(**cells)])
    assert [p.code for p in found] == code
    assert {p.severity.value for p in found} <= {"warning"}
