"""What is refused before it is read."""

from __future__ import annotations

import io
import zipfile
from pathlib import Path

import pytest

from data_access.domain.errors import UserError
from data_access.imports.readers import Limits, read_bytes, read_tables
from tests.data_access.imports.files import csv_file, rate, table_of, xlsx_file


def refused(content: bytes, limits: Limits = Limits()) -> UserError:
    with pytest.raises(UserError) as caught:
        read_tables("x", content, limits)
    return caught.value


@pytest.mark.parametrize("size", [99, 100, 101])
def test_a_file_above_the_limit_is_refused_before_it_is_read(tmp_path: Path, size: int) -> None:
    path = tmp_path / "x.csv"
    path.write_bytes(b"x" * size)
    if size <= 100:
        assert len(read_bytes(path, Limits(file=100))) == size
    else:
        with pytest.raises(UserError, match="file_too_large"):
            read_bytes(path, Limits(file=100))


def test_a_workbook_that_unpacks_to_more_than_the_limit_is_refused_by_its_directory_alone() -> None:
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("xl/workbook.xml", "")
        archive.writestr("xl/worksheets/sheet1.xml", b" " * 5_000_000)
    content = packed.getvalue()
    assert len(content) < 20_000
    assert refused(content, Limits(unpacked=1_000_000)).facts == {"file": "x", "value": 4.8, "expected": 1.0}


def test_a_file_that_does_not_exist_names_its_path(tmp_path: Path) -> None:
    with pytest.raises(UserError, match="file_not_found"):
        read_bytes(tmp_path / "absent.csv", Limits())


@pytest.mark.parametrize("content", [b"\xd0\xcf\x11\xe0rest", b"\x1f\x8brest", b"%PDF-1.7"])
def test_old_workbooks_archives_and_documents_are_refused_whatever_they_are_called(content: bytes) -> None:
    assert refused(content).code == "unknown_file_type"


def test_an_archive_that_is_no_workbook_is_refused() -> None:
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w") as archive:
        archive.writestr("content.xml", "")
    assert refused(packed.getvalue()).code == "unknown_file_type"


def test_the_kind_of_a_file_shows_in_its_bytes_not_in_its_name() -> None:
    assert [t.sheet for t in read_tables("x.csv", xlsx_file(A=table_of([rate()])), Limits())] == ["A"]
    assert [t.sheet for t in read_tables("x.xlsx", csv_file([rate()]), Limits())] == [""]
