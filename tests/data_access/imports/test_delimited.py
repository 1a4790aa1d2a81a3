"""CSV in every separator and encoding that the offices use."""

from __future__ import annotations

import pytest

from data_access.domain.errors import UserError
from data_access.imports.delimited import find_separator, read_delimited
from tests.data_access.imports.files import checked, codes, csv_file, rate


@pytest.mark.parametrize("separator", [",", ";", "\t"])
@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "cp1252"])
@pytest.mark.parametrize(
    ("value", "counts"),
    [("43.4911", ("1234", "2838")), ("43,4911", ("1 234", "2\u00a0838")), ("43,4911", ("1.234", "2.838"))],
)
def test_the_same_row_is_read_from_every_kind_of_csv(
    separator: str, encoding: str, value: str, counts: tuple[str, str]
) -> None:
    # 1234 / 2838 = 43,48 %: the definition shows one decimal, and 43,4911 - 43,4813 is well within it.
    rows = [rate(NUMERATOR=counts[0], DENOMINATOR=counts[1], OBS_VALUE=value, SOURCE="Évaluation, « été »")]
    found = checked(csv_file(rows, separator=separator, encoding=encoding))
    assert found.report.problems == ()
    row = found.frames["observation"].iloc[0]
    assert (row["numerator"], row["denominator"], row["obs_value"]) == (1234, 2838, 43.4911)
    assert row["source"] == "Évaluation, « été »"


def test_a_header_in_lower_case_and_another_order_is_the_same_table() -> None:
    row = {name.lower(): value for name, value in reversed(rate().items())}
    assert codes([row]) == []


def test_rows_are_numbered_as_a_spreadsheet_does_whatever_is_empty_or_broken_over_lines() -> None:
    content = 'INDICATOR,TIME_PERIOD,OBS_VALUE,COMMENT\n\nOS1.01,2024,50,"two\nlines"\nOS1.01,2024-13,50,\n'
    (problem,) = checked(content.encode()).report.problems
    assert (problem.code, problem.row) == ("impossible_period", 4)


def test_a_row_that_is_too_long_is_reported_and_a_short_one_is_padded() -> None:
    content = (
        b"INDICATOR,TIME_PERIOD,OBS_VALUE,COMMENT\nOS1.01,2024,50\nOS1.01,2025,50,a,b\nOS1.01,2026,50,a,,\n"
    )
    (problem,) = checked(content).report.problems
    assert (problem.code, problem.row, problem.value, problem.expected) == ("row_too_long", 3, "5", "4")


def test_a_repeated_column_is_an_error_and_an_unnamed_one_with_data_is_named_by_its_letter() -> None:
    content = b"INDICATOR,TIME_PERIOD,OBS_VALUE,,obs_value\nOS1.01,2024,50,x,51\n"
    found = [(p.code, p.column, p.severity.value) for p in checked(content).report.problems]
    assert found == [("unnamed_column", "D", "left_out"), ("repeated_column", "obs_value", "error")]


def test_quotes_that_do_not_close_are_refused_at_their_row() -> None:
    with pytest.raises(UserError) as caught:
        read_delimited("x.csv", b'A,B\n1,2\n3,"4\n5,6\n')
    assert caught.value.code == "broken_quotes"
    assert caught.value.facts["row"] == 3


@pytest.mark.parametrize("content", ["A,B\n1,é\n".encode("utf-16"), b"A,B\n\x81\xff,\x8d\n", b"A\0B"])
def test_bytes_that_are_no_text_are_refused(content: bytes) -> None:
    with pytest.raises(UserError) as caught:
        read_delimited("x.csv", content)
    assert caught.value.code == "unreadable_text"


@pytest.mark.parametrize(
    ("header", "separator"),
    [("A;B,C;D", ";"), ('"A;B;C",D', ","), ("A\tB;C\tD", "\t"), ("A", ";"), ("\n\nA,B", ",")],
)
def test_the_separator_cuts_the_first_line_into_most_cells(header: str, separator: str) -> None:
    assert find_separator(header) == separator
