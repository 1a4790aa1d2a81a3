"""SDMX-CSV as Eurostat and the National Bank export it: headers and flags are theirs, values ours."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest

from data_access.contract.load import contract
from data_access.domain.errors import DefinitionError
from data_access.imports.columns import OBSERVATION, items_of
from data_access.imports.mapping import read_mapping, shipped_mappings
from data_access.imports.sdmx import status_of
from tests.data_access.imports.files import checked

HEADER = "DATAFLOW,LAST UPDATE,freq,unit,sex,age,geo,TIME_PERIOD,OBS_VALUE,OBS_FLAG,CONF_STATUS\r\n"
FLOW = "ESTAT:LFST_R_LFE2EMPRT(1.0),22/05/26 11:00:00"


def eurostat(*rows: str) -> bytes:
    return (HEADER + "".join(f"{FLOW},{row}\r\n" for row in rows)).encode()


def test_the_employment_rate_of_the_region_is_read_from_a_eurostat_file() -> None:
    found = checked(
        eurostat(
            "A,PC,T,Y20-64,BE10,2023,61.234,,",
            "A,PC,T,Y20-64,BE10,2024,62.5,b,",
            "A,PC,T,Y20-64,BE10,2025,:,u,",
        )
    )
    frame = found.frames["observation"]
    assert frame["indicator"].unique().tolist() == ["CTX.EMP_RATE"]
    assert frame["ref_area"].unique().tolist() == ["BRU"]
    assert frame["time_period"].tolist() == ["2023", "2024", "2025"]
    np.testing.assert_array_equal(frame["obs_value"], [61.234, 62.5, np.nan])
    assert frame["obs_status"].tolist() == ["A", "B", "M"]
    assert frame["comment"].tolist() == ["", "", "OBS_FLAG: u"]
    assert set(frame["source"]) == {
        "Eurostat, lfst_r_lfe2emprt (Statbel, enquête sur les forces de travail), 22/05/26 11:00:00"
    }


def test_other_rows_are_left_out_and_counted_by_the_code_that_keeps_them_out() -> None:
    found = checked(
        eurostat(
            "A,PC,T,Y20-64,BE21,2024,71.0,,",
            "A,PC,T,Y20-64,BE21,2025,72.0,,",
            "A,PC,F,Y20-64,BE10,2024,57.0,,",
            "A,PC,T,Y15-64,BE21,2024,60.0,,",
            "A,PC,T,Y20-64,BE10,2024,62.5,,",
        )
    )
    left = [(p.code, p.row, p.column, p.value, p.count) for p in found.report.problems]
    assert left == [
        ("row_not_mapped", 2, "geo", "BE21", 2),
        ("row_not_mapped", 4, "sex", "F", 1),
        ("row_not_mapped", 5, "age", "Y15-64", 1),
    ]
    assert {p.severity.value for p in found.report.problems} == {"left_out"}
    assert found.report.rows_left_out == 4
    assert len(found.frames["observation"]) == 1


def test_a_total_code_means_the_total_and_sexes_are_kept_where_the_mapping_says() -> None:
    rows = "".join(
        f"ESTAT:DEMO_R_D2JAN(1.0),03/07/26 23:00:00,A,NR,{sex},TOTAL,BE10,2025,{value},p,\r\n"
        for sex, value in {"T": 1_260_000, "F": 645_000, "M": 615_000}.items()
    )
    frame = checked((HEADER + rows).encode()).frames["observation"]
    assert dict(zip(frame["sex"], frame["obs_value"], strict=True)) == {
        "_T": 1_260_000,
        "F": 645_000,
        "M": 615_000,
    }
    assert frame["obs_status"].tolist() == ["P", "P", "P"]


NBB_MAPPING = """
dataflow = "BE2:DF_EXAMPLE"
source = "Banque nationale de Belgique"
flag = "OBS_STATUS"
[area]
column = "BE_AREA"
codes = { BRU = "BRU" }
[[series]]
indicator = "CTX.DEI"
where = { INDICATOR_CODE = ["UNEMP"] }
[[series]]
indicator = "CTX.RATE"
where = { INDICATOR_CODE = ["RATE"] }
"""


def nbb(tmp_path: Path) -> Path:
    path = tmp_path / "nbb.toml"
    path.write_text(NBB_MAPPING, "utf-8")
    return path


def test_one_file_may_feed_two_indicators_in_units_of_ten_to_a_power(tmp_path: Path) -> None:
    content = (
        "DATAFLOW,FREQ,INDICATOR_CODE,BE_AREA,TIME_PERIOD,OBS_VALUE,OBS_STATUS,UNIT_MULT,DECIMALS\n"
        "BE2:DF_EXAMPLE(1.0),M,UNEMP,BRU,2026-01,92.5,E,3,1\n"
        "BE2:DF_EXAMPLE(1.0),M,RATE,BRU,2026-01,15.2,A,0,1\n"
        "BE2:DF_EXAMPLE(1.0),M,RATE,VLA,2026-01,6.2,A,0,1\n"
    )
    found = checked(content.encode(), mapping=nbb(tmp_path))
    frame = found.frames["observation"]
    assert list(zip(frame["indicator"], frame["obs_value"], frame["obs_status"], strict=True)) == [
        ("CTX.DEI", 92500.0, "E"),
        ("CTX.RATE", 15.2, "A"),
    ]
    assert [(p.code, p.column, p.value) for p in found.report.problems] == [
        ("unknown_column", "DECIMALS", ""),
        ("row_not_mapped", "BE_AREA", "VLA"),
    ]


def test_an_export_with_labels_is_read_by_its_codes(tmp_path: Path) -> None:
    content = (
        "STRUCTURE,STRUCTURE_ID,FREQ: Fréquence,INDICATOR_CODE: Indicateur,BE_AREA: Région,"
        "TIME_PERIOD: Période,OBS_VALUE,OBS_STATUS: Statut\n"
        "dataflow,BE2:DF_EXAMPLE(1.0),M: Mensuel,RATE: Taux,BRU: Bruxelles,2026-01,15.2,P: Provisoire\n"
    )
    found = checked(content.encode(), mapping=nbb(tmp_path))
    assert found.report.problems == ()
    assert found.frames["observation"][["indicator", "obs_status"]].iloc[0].tolist() == ["CTX.RATE", "P"]


def test_communes_keep_their_nis_code_and_the_region_may_be_04000(tmp_path: Path) -> None:
    content = (
        "DATAFLOW,INDICATOR_CODE,BE_AREA,TIME_PERIOD,OBS_VALUE\n"
        "BE2:DF_EXAMPLE,UNEMP,04000,2026-01,92500\nBE2:DF_EXAMPLE,UNEMP,21012,2026-01,9000\n"
        "BE2:DF_EXAMPLE,UNEMP,21020,2026-01,1\n"
    )
    found = checked(content.encode(), mapping=nbb(tmp_path))
    assert found.frames["observation"]["ref_area"].tolist() == ["BRU", "21012"]
    assert [(p.column, p.value) for p in found.report.problems] == [("BE_AREA", "21020")]


def test_a_value_that_is_no_number_is_an_error_at_its_place() -> None:
    (problem,) = checked(eurostat("A,PC,T,Y20-64,BE10,2024,soixante,,")).report.problems
    assert (problem.code, problem.row, problem.column, problem.value) == (
        "unreadable_number",
        2,
        "OBS_VALUE",
        "soixante",
    )


def test_a_row_that_is_too_long_is_an_error_here_too() -> None:
    found = checked(eurostat("A,PC,T,Y20-64,BE10,2024,62.5,,,x", "A,PC,T,Y20-64,BE10,2025,62.5,,")).report
    assert [(p.severity.value, p.code, p.row) for p in found.problems] == [("error", "row_too_long", 2)]


def test_a_dataflow_that_nobody_reads_is_refused_with_those_that_are_known() -> None:
    content = HEADER + "ESTAT:UNE_RT_M(1.0),1,M,PC,T,TOTAL,BE,2026-01,6.0,,\n"
    (problem,) = checked(content.encode()).report.problems
    assert (problem.code, problem.value) == ("unknown_dataflow", "ESTAT:UNE_RT_M")
    assert "ESTAT:LFST_R_LFE2EMPRT" in problem.expected


def test_a_file_without_a_column_that_the_mapping_reads_is_refused() -> None:
    header = "DATAFLOW,freq,unit,sex,geo,TIME_PERIOD,OBS_VALUE\n"
    content = header + "ESTAT:LFST_R_LFE2EMPRT(1.0),A,PC,T,BE10,2024,62.5\n"
    (problem,) = checked(content.encode()).report.problems
    assert (problem.severity.value, problem.code, problem.column) == ("error", "missing_column", "AGE")


def test_a_file_of_which_nothing_is_wanted_is_refused() -> None:
    found = checked(eurostat("A,PC,T,Y20-64,BE21,2024,71.0,,")).report
    assert [(p.severity.value, p.code) for p in found.problems] == [
        ("error", "nothing_mapped"),
        ("left_out", "row_not_mapped"),
    ]


@pytest.mark.parametrize(
    ("flag", "status"),
    [
        ("", "A"),
        ("b", "B"),
        ("p", "P"),
        ("e", "E"),
        ("s", "E"),
        ("f", "E"),
        ("bp", "B"),
        ("u", "A"),
        ("M", "M"),
        ("I", "E"),
        ("c", "A"),
    ],
)
def test_flags_become_the_status_that_ours_can_say(flag: str, status: str) -> None:
    assert status_of(flag, {}) == status


def test_a_mapping_may_say_what_a_flag_means() -> None:
    assert status_of("u", {"u": "E"}) == "E"


def test_a_confidential_value_is_loaded_as_confidential() -> None:
    found = checked(eurostat("A,PC,T,Y20-64,BE10,2024,:,c,", "A,PC,T,Y20-64,BE10,2025,62.5,,C"))
    assert found.frames["observation"]["conf_status"].tolist() == ["C", "C"]


def test_every_shipped_mapping_feeds_known_indicators_with_known_codes() -> None:
    known = {i.code: i for i in contract().indicators}
    columns = {column.name: column for column in OBSERVATION}
    assert len(shipped_mappings()) >= 2
    for mapping in shipped_mappings().values():
        for series in mapping.series:
            assert set(mapping.dimensions) <= set(known[series.indicator].dimensions)
        for name, meanings in mapping.accepted.items():
            assert set(meanings.values()) <= set(items_of(columns[name], contract()))


@pytest.mark.parametrize(
    ("text", "field"),
    [
        ("dataflow = 'X'", "source"),
        (NBB_MAPPING.replace("indicator =", "indikator ="), "series.0.indicator"),
        (NBB_MAPPING + "factor = 0", "series.1.factor"),
        ("dataflow = [", ""),
    ],
)
def test_a_wrong_mapping_names_its_field(tmp_path: Path, text: str, field: str) -> None:
    path = tmp_path / "wrong.toml"
    path.write_text(text, "utf-8")
    with pytest.raises(DefinitionError) as caught:
        read_mapping(path)
    assert caught.value.code == "mapping_invalid"
    assert (caught.value.facts["file"], caught.value.facts["field"]) == ("wrong.toml", field)


def test_a_mapping_that_is_not_there_is_refused(tmp_path: Path) -> None:
    with pytest.raises(DefinitionError, match="mapping_invalid"):
        read_mapping(tmp_path / "absent.toml")


def test_the_readme_explains_every_field_of_a_mapping() -> None:
    from data_access.imports.mapping import FOLDER, SdmxMapping, Series

    text = (FOLDER / "README.md").read_text("utf-8")
    fields = {*SdmxMapping.model_fields, *(f"series.{name}" for name in Series.model_fields)}
    assert [name for name in fields if f"`{name}`" not in text and f"[{name}" not in text] == []
