"""Files into tables of cells, each traceable to file, sheet, row and column; nothing is guessed or run."""

from __future__ import annotations

import zipfile
from dataclasses import dataclass
from io import BytesIO
from pathlib import Path

from data_access.domain.errors import UserError
from data_access.imports.delimited import read_delimited
from data_access.imports.raw import RawTable
from data_access.imports.workbook import read_workbook

MEGABYTE = 1024 * 1024
_ZIP = b"PK\x03\x04"
# Old or encrypted Office files, gzip, PDF: plainly no text, whatever they are called.
_FOREIGN = (b"\xd0\xcf\x11\xe0", b"\x1f\x8b", b"%PDF", b"PK\x05\x06")
TYPES = "CSV, XLSX"


@dataclass(frozen=True)
class Limits:
    """Larger files are refused before they are read (bytes)."""

    file: int = 50 * MEGABYTE
    unpacked: int = 500 * MEGABYTE


def read_bytes(path: Path, limits: Limits) -> bytes:
    """The content of a file that is not too large.

    Raises:
        UserError: ``file_not_found``, ``file_is_folder``, ``file_too_large`` or ``file_not_opened``.
    """
    if path.is_dir():
        raise UserError("file_is_folder", file=str(path))
    if not path.is_file():
        raise UserError("file_not_found", file=str(path))
    _refuse_if_larger(path.name, path.stat().st_size, limits.file)
    try:
        return path.read_bytes()
    except OSError as error:
        raise UserError("file_not_opened", file=path.name) from error


def read_tables(name: str, content: bytes, limits: Limits) -> list[RawTable]:
    """Every table of a CSV or XLSX file; what it is shows in its first bytes, not in its name.

    Args:
        name: of the file, for the report.
        content: its bytes.

    Raises:
        UserError: ``file_too_large``, ``unknown_file_type``, ``unreadable_file``, ``unreadable_text``,
            ``broken_quotes``, ``sheet_too_large``.
    """
    if content.startswith(_ZIP):
        _refuse_if_larger(name, _unpacked_size(name, content), limits.unpacked)
        return read_workbook(name, content)
    if content.startswith(_FOREIGN):
        raise UserError("unknown_file_type", file=name, value=Path(name).suffix, expected=TYPES)
    return [read_delimited(name, content)]


def _unpacked_size(name: str, content: bytes) -> int:
    """What the directory of the archive announces; nothing is unpacked to know it."""
    try:
        with zipfile.ZipFile(BytesIO(content)) as archive:
            parts = {part.filename: part.file_size for part in archive.infolist()}
    except zipfile.BadZipFile as error:
        raise UserError("unreadable_file", file=name, value=str(error)) from error
    if "xl/workbook.xml" not in parts:
        raise UserError("unknown_file_type", file=name, value=Path(name).suffix, expected=TYPES)
    return sum(parts.values())


def _refuse_if_larger(name: str, size: int, limit: int) -> None:
    if size > limit:
        facts = {"value": round(size / MEGABYTE, 1), "expected": round(limit / MEGABYTE, 1)}
        raise UserError("file_too_large", file=name, **facts)
