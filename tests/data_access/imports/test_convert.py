"""From cells to rows: defaults, days, and what is filled in."""

from __future__ import annotations

from datetime import date

import numpy as np
import pytest

from data_access.db.tables import cohort, observation, remark, target
from data_access.imports.convert import read_days
from tests.data_access.imports import files
from tests.data_access.imports.files import (
    checked,
    codes,
    count,
    csv_file,
    goal,
    only,
    rate,
    stage,
    table_of,
    xlsx_file,
)

VERSIONS = {"id", "provenance", "origin_batch", "first_batch", "last_batch"}


@pytest.mark.parametrize(
    ("kind", "rows", "table"),
    [
        ("observation", [rate()], observation),
        ("target", [goal()], target),
        ("cohort", stage("P1", pending=3), cohort),
        ("remark", [files.remark()], remark),
    ],
)
def test_the_rows_to_store_have_the_columns_of_their_table(
    kind: str, rows: list[dict[str, str]], table: object
) -> None:
    frame = checked(rows).frames[kind]
    assert set(frame.columns) == {column.name for column in table.columns} - VERSIONS  # type: ignore[attr-defined]


def test_absent_columns_mean_the_total_the_region_and_a_normal_free_value() -> None:
    row = {"INDICATOR": "OS2.01", "TIME_PERIOD": "2024-12", "OBS_VALUE": "1000"}
    found = checked([row]).frames["observation"].iloc[0].to_dict()
    dimensions = ("sex", "age", "education", "duration", "audience", "operator", "workplace")
    assert {found[name] for name in dimensions} == {"_T"}
    assert [
        found[name] for name in ("freq", "ref_area", "obs_status", "conf_status", "source", "comment")
    ] == [
        "M",
        "BRU",
        "A",
        "F",
        "",
        "",
    ]


def test_an_empty_area_in_a_table_that_has_areas_is_not_the_region() -> None:
    assert only([count(REF_AREA="21001"), count(REF_AREA="")])[:3] == ("empty_cell", 3, "REF_AREA")


@pytest.mark.parametrize(
    ("period", "freq"), [("2024", "A"), ("2024-S1", "S"), ("2024-Q3", "Q"), ("2024-03", "M")]
)
def test_the_frequency_follows_from_the_period(period: str, freq: str) -> None:
    assert checked([rate(TIME_PERIOD=period)]).frames["observation"]["freq"].tolist() == [freq]


@pytest.mark.parametrize(
    ("row", "value"),
    [
        (rate(NUMERATOR="1", DENOMINATOR="8", OBS_VALUE=""), 12.5),
        (rate(INDICATOR="OS5.07", NUMERATOR="15", DENOMINATOR="2", OBS_VALUE=""), 7.5),
        (rate(INDICATOR="OS2.01", NUMERATOR="15", DENOMINATOR="", OBS_VALUE=""), 15.0),
        (rate(NUMERATOR="1", DENOMINATOR="8", OBS_VALUE="12.5"), 12.5),
    ],
)
def test_a_value_left_empty_is_computed_from_its_counts(row: dict[str, str], value: float) -> None:
    assert checked([row]).frames["observation"]["obs_value"].tolist() == [value]


@pytest.mark.parametrize(
    "row",
    [
        rate(OBS_VALUE="", OBS_STATUS="M"),
        rate(NUMERATOR="0", DENOMINATOR="0", OBS_VALUE=""),
        rate(NUMERATOR="", DENOMINATOR="", OBS_VALUE="", CONF_STATUS="C"),
    ],
)
def test_missing_confidential_and_nobody_stay_empty_and_never_become_zero(row: dict[str, str]) -> None:
    found = checked([row])
    assert found.report.problems == ()
    assert np.isnan(found.frames["observation"]["obs_value"].iloc[0])


def test_a_window_left_empty_is_that_of_the_stage_in_the_contract() -> None:
    rows = [*stage("P1", next=5), *stage("P2", pending=5)]
    frame = checked(rows).frames["cohort"]
    assert dict(zip(frame["stage"], frame["window_months"], strict=True)) == {"P1": 12, "P2": 1}


@pytest.mark.parametrize(
    ("cell", "day"),
    [
        ("2027-12-31", date(2027, 12, 31)),
        ("31/12/2027", date(2027, 12, 31)),
        ("1/2/2027", date(2027, 2, 1)),
        (date(2027, 12, 31), date(2027, 12, 31)),
        ("12/31/2027", None),
        ("2027-02-30", None),
        ("31-12-2027", None),
        ("31/12/27", None),
        (46387.0, None),
    ],
)
def test_days_are_read_the_belgian_way_or_reported(cell: object, day: date | None) -> None:
    values, problems = read_days(np.array([cell, None], dtype=object))
    assert values.tolist() == [day, None]
    assert problems.tolist() == ["unreadable_date" if day is None else None, None]


def test_the_style_of_numbers_is_settled_sheet_by_sheet() -> None:
    content = xlsx_file(
        A=table_of([rate(NUMERATOR="1.234", DENOMINATOR="2468", OBS_VALUE="50,0")]),
        B=table_of([rate(TIME_PERIOD="2025", NUMERATOR="1,234", DENOMINATOR="2468", OBS_VALUE="50.0")]),
    )
    assert checked(content).frames["observation"]["numerator"].tolist() == [1234, 1234]


def test_a_code_typed_as_a_number_is_the_same_code() -> None:
    rows = table_of([count(REF_AREA=21001.0), count(REF_AREA="21002")])
    assert checked(xlsx_file(A=rows)).frames["observation"]["ref_area"].tolist() == ["21001", "21002"]


def test_codes_are_not_corrected() -> None:
    assert codes(csv_file([count(REF_AREA="bru")])) == ["unknown_ref_area"]
