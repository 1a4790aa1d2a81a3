"""Numbers as people write them; expected values are read off by hand."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from data_access.imports.numbers import DOUBTFUL, decimal_mark, read_numbers


def read(*texts: object, lean: str = "", decimal: str = "") -> list[float | str | None]:
    """A single column: its numbers, the code where there is a problem, None where empty."""
    values, wrong = read_numbers({"x": np.array(texts, dtype=object)}, lean=lean, decimal=decimal)["x"]
    return [
        code or (None if np.isnan(value) else float(value)) for value, code in zip(values, wrong, strict=True)
    ]


@pytest.mark.parametrize(
    ("text", "mark"),
    [
        ("1234", ""),
        ("-12", ""),
        ("1e3", ""),
        ("12.5", "."),
        ("12,5", ","),
        ("12,50", ","),
        ("12,5000", ","),
        ("0.125", "."),
        (",125", ","),
        ("1234.567", "."),
        ("1.234e2", "."),
        ("1.234", DOUBTFUL),
        ("123,456", DOUBTFUL),
        ("-1.234", DOUBTFUL),
        ("1.234.567", ","),
        ("1,234,567", "."),
        ("1.234,5", ","),
        ("1,234.567", "."),
        ("1 234", ""),
        ("1 234,567", ","),
        ("1'234.5", "."),
        ("12.", None),
        ("1.23.4", None),
        ("1 23", None),
        ("1 234.567.8", None),
        ("1.234.5", None),
        ("12,5 %", None),
        ("n.d.", None),
        ("nan", None),
        ("1_000", None),
        ("--5", None),
    ],
)
def test_what_a_number_says_of_its_decimal_mark(text: str, mark: str | None) -> None:
    assert decimal_mark(text) == mark


@pytest.mark.parametrize("space", [" ", "\u00a0", "\u202f", "\u2009", "'", "’"])
def test_spaces_and_apostrophes_separate_thousands(space: str) -> None:
    assert read(f"1{space}234{space}567", f"1{space}234,5") == [1234567.0, 1234.5]


def test_a_doubtful_number_follows_the_other_cells_of_its_column() -> None:
    assert read("1.234", "12,5") == [1234.0, 12.5]
    assert read("1.234", "12.5") == [1.234, 12.5]
    assert read("1,234", "1.234.567") == [1.234, 1234567.0]


def test_a_doubtful_number_follows_the_other_columns_when_its_own_says_nothing() -> None:
    columns = {"n": np.array(["1.234", "56"], object), "v": np.array(["14,8", None], object)}
    assert read_numbers(columns)["n"][0].tolist() == [1234.0, 56.0]


def test_columns_that_disagree_settle_nothing_for_a_third() -> None:
    columns = {
        "n": np.array(["1.234"], object),
        "v": np.array(["14,8"], object),
        "w": np.array(["14.8"], object),
    }
    assert read_numbers(columns)["n"][1].tolist() == ["ambiguous_number"]


def test_a_doubtful_number_that_nothing_settles_is_asked() -> None:
    assert read("1.234", "5") == ["ambiguous_number", 5.0]


def test_a_file_separated_by_commas_has_decimal_dots_when_nothing_says_otherwise() -> None:
    assert read("1.234", lean=".") == [1.234]
    assert read("1,234", lean=".") == ["ambiguous_number"]


def test_the_rarer_decimal_mark_of_a_column_is_an_error_and_doubt_stays_doubt() -> None:
    assert read("1,5", "2,5", "3.5", "1.234") == [1.5, 2.5, "other_decimal_mark", "ambiguous_number"]


def test_a_format_that_fixes_the_mark_leaves_no_doubt() -> None:
    assert read("1.234", "12,5", decimal=".") == [1.234, "other_decimal_mark"]


def test_empty_typed_and_unreadable_cells() -> None:
    assert read(None, 12.5, 3, "−4", "x") == [None, 12.5, 3.0, -4.0, "unreadable_number"]


STYLES = [(".", ""), (".", ","), (".", " "), (".", "'"), (",", ""), (",", "."), (",", "\u202f")]


@given(
    st.lists(st.decimals(-10_000_000, 10_000_000, places=3, allow_nan=False), min_size=1, max_size=20),
    st.sampled_from(STYLES),
)
def test_any_column_written_in_one_style_with_one_sure_cell_reads_back(
    values: list[object], style: tuple[str, str]
) -> None:
    mark, thousands = style
    texts = [f"{value:,}".replace(",", "_").replace(".", mark).replace("_", thousands) for value in values]
    assert read(*texts, f"0{mark}5")[:-1] == [float(str(value)) for value in values]
