"""The files of the contract as plain data, each field with the way back to its file, line and column."""

from __future__ import annotations

import csv
import io
import re
import tomllib
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from data_access.contract.layout import CSV_FILES, INDICATORS, TOML_FILES
from data_access.contract.problem import Finding, Loc, Problem, make_problem

_TOML_LINE = re.compile(r"at line (\d+)")

Locate = Callable[[Finding], Problem]


@dataclass
class Folder:
    """Everything read from a folder.

    Attributes:
        data: the fields of ``Contract`` as read, unchecked.
        locate: per field of ``Contract``, from a finding to the problem at its place.
        problems: what could not be read.
        absent: fields that are missing because their file could not be read.
    """

    data: dict[str, Any] = field(default_factory=dict)
    locate: dict[str, Locate] = field(default_factory=dict)
    problems: list[Problem] = field(default_factory=list)
    absent: set[str] = field(default_factory=set)


def read_folder(root: Path) -> Folder:
    """Read every file once.

    Args:
        root: a folder laid out as ``data_access/contract``.
    """
    folder = Folder()
    for file, keys in TOML_FILES.items():
        _read_toml_file(root, file, keys, folder)
    for file, columns in CSV_FILES.items():
        _read_csv_file(root, file, columns, folder)
    _read_indicators(root, folder)
    return folder


def _read_toml_file(root: Path, file: str, keys: Iterable[str], folder: Folder) -> None:
    document = _toml(root, file, folder.problems)
    if document is None:
        folder.absent.update(keys)
        document = {}
    for key in keys:
        folder.locate[key] = lambda finding: make_problem(file, finding, field=_path(document, finding.loc))
        if key in document:
            folder.data[key] = document[key]
    for key in document.keys() - set(keys):
        finding = Finding((key,), "unknown_field", expected=", ".join(keys))
        folder.problems.append(make_problem(file, finding, field=key))


def _read_csv_file(root: Path, file: str, columns: Mapping[str, tuple[str, ...]], folder: Folder) -> None:
    key = file.removesuffix(".csv")
    rows = _rows(root, file, tuple(columns), folder.problems)
    if rows is None:
        folder.absent.add(key)
        return
    lines = [line for line, _ in rows]

    def locate(finding: Finding) -> Problem:
        _, row, *path = finding.loc
        column = next((c for c, target in columns.items() if target[: len(path)] == tuple(path)), "")
        return make_problem(file, finding, field=column, line=lines[int(row)])

    folder.data[key] = [_nested(cells, columns) for _, cells in rows]
    folder.locate[key] = locate


def _read_indicators(root: Path, folder: Folder) -> None:
    found: list[tuple[str, dict[str, Any]]] = []
    for path in sorted((root / INDICATORS).rglob("*.toml"), key=lambda p: _annexe_order(p.stem)):
        file = path.relative_to(root).as_posix()
        document = _toml(root, file, folder.problems)
        if document is None:
            continue
        found.append((file, document))
        code = document.get("code")
        if isinstance(code, str) and code != path.stem:
            finding = Finding(("code",), "wrong_file_name", value=code, expected=f"{code}.toml")
            folder.problems.append(make_problem(file, finding, field="code"))

    def locate(finding: Finding) -> Problem:
        _, index, *path = finding.loc
        file, document = found[int(index)]
        return make_problem(file, finding, field=_path(document, tuple(path)))

    folder.data[INDICATORS] = [document for _, document in found]
    folder.locate[INDICATORS] = locate


def _annexe_order(code: str) -> tuple[int, str]:
    """Objectives, then Annexe I §2 and §3, then the context; codes sort as the annex lists them."""
    return next((n for n, prefix in enumerate(("OS", "BV-", "VD-")) if code.startswith(prefix)), 3), code


def _text(root: Path, file: str, problems: list[Problem]) -> str | None:
    """The content of a file; None, and a problem, when there is none to read."""
    try:
        return (root / file).read_bytes().decode("utf-8-sig")
    except FileNotFoundError:
        problems.append(make_problem(file, Finding((), "missing_file")))
    except UnicodeDecodeError as error:
        problems.append(make_problem(file, Finding((), "not_utf8", value=f"byte {error.start}")))
    return None


def _toml(root: Path, file: str, problems: list[Problem]) -> dict[str, Any] | None:
    text = _text(root, file, problems)
    if text is None:
        return None
    try:
        return tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        line = _TOML_LINE.search(str(error))
        finding = Finding((), "toml_syntax", value=str(error))
        problems.append(make_problem(file, finding, line=int(line[1]) if line else None))
    return None


def _rows(
    root: Path, file: str, header: tuple[str, ...], problems: list[Problem]
) -> list[tuple[int, list[str]]] | None:
    """Line number and cells of each row; None, and a problem, when the file is no table of these columns."""
    text = _text(root, file, problems)
    if text is None:
        return None
    reader = csv.reader(io.StringIO(text, newline=""), strict=True)
    try:
        found, *rows = [(reader.line_num, cells) for cells in reader] or [(1, [])]
    except csv.Error as error:
        problems.append(make_problem(file, Finding((), "csv_syntax", str(error)), line=reader.line_num))
        return None
    if tuple(found[1]) != header:
        finding = Finding((), "wrong_header", ",".join(found[1]), ",".join(header))
        problems.append(make_problem(file, finding, line=1))
        return None
    return list(_whole(file, rows, len(header), problems))


def _whole(
    file: str, rows: Iterable[tuple[int, list[str]]], width: int, problems: list[Problem]
) -> Iterator[tuple[int, list[str]]]:
    """The rows with as many cells as the header; an empty line is no row, another width is a problem."""
    for line, cells in rows:
        if len(cells) == width:
            yield line, cells
        elif cells:
            finding = Finding((), "wrong_cells", str(len(cells)), str(width))
            problems.append(make_problem(file, finding, line=line))


def _nested(cells: list[str], columns: Mapping[str, tuple[str, ...]]) -> dict[str, Any]:
    """A row as nested fields; an empty cell is no field at all."""
    data: dict[str, Any] = {}
    for cell, target in zip(cells, columns.values(), strict=True):
        if cell.strip():
            home = data
            for step in target[:-1]:
                home = home.setdefault(step, {})
            home[target[-1]] = cell
    return data


def _path(document: object, loc: Loc) -> str:
    """A path that a person finds again in the file: items of a list by their code, else by their rank."""
    path, here = "", document
    for step in loc:
        if isinstance(step, int):
            here = here[step] if isinstance(here, list) and step < len(here) else None
            code = here.get("code") if isinstance(here, dict) else None
            path += f"[{code if isinstance(code, str) else step + 1}]"
        else:
            here = here.get(step) if isinstance(here, dict) else None
            path += f".{step}" if path else step
    return path
