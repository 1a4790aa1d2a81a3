"""Which tables of a file are ours, of which kind, and which columns of theirs are read."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from data_access.imports.columns import SIGNATURES, TABLES, VALUES, recognise
from data_access.imports.raw import RawTable
from data_access.imports.report import Problem, Severity

_SHOWN = 8  # headers named in a message


@dataclass(frozen=True)
class Sorted:
    """The tables that can be converted, by kind, and what was wrong with the others."""

    known: tuple[tuple[str, RawTable], ...]
    problems: tuple[Problem, ...]


def sort_tables(file: str, raws: Sequence[RawTable], *, already: bool) -> Sorted:
    """Recognise tables by their header.

    A sheet that is none of ours, or that has no rows, is left out as long as another one can be loaded.

    Args:
        already: whether something was reported of a table that is not among these.
    """
    problems: list[Problem] = []
    known: list[tuple[str, RawTable]] = []
    aside: list[Problem] = []
    for raw in raws:
        kind = recognise(raw.frame.columns)
        if kind is None or not len(raw.frame):
            aside.append(_unknown(raw) if kind is None else _empty(raw))
            continue
        missing = list(_missing_columns(raw, kind))
        problems += [*missing, *raw.problems, *_unread_columns(raw, kind)]
        known += [] if missing else [(kind, raw)]
    if not known and not problems and not already:
        return Sorted((), tuple(_as_errors(file, aside)))
    return Sorted(tuple(sorted(known, key=lambda found: found[0])), (*problems, *aside))


def _as_errors(file: str, aside: Sequence[Problem]) -> Iterator[Problem]:
    for problem in aside:
        yield Problem(
            Severity.ERROR, problem.code, file, problem.sheet, value=problem.value, expected=problem.expected
        )
    if not aside:
        yield Problem(Severity.ERROR, "unknown_table", file, expected=_headers())


def _unknown(raw: RawTable) -> Problem:
    header = ", ".join(list(raw.labels.values())[:_SHOWN])
    return Problem(Severity.LEFT_OUT, "unknown_table", raw.file, raw.sheet, value=header, expected=_headers())


def _headers() -> str:
    return " | ".join(
        ", ".join(c.name for c in TABLES[kind] if c.name in SIGNATURES[kind]) for kind in SIGNATURES
    )


def _empty(raw: RawTable) -> Problem:
    return Problem(Severity.LEFT_OUT, "empty_table", raw.file, raw.sheet)


def _missing_columns(raw: RawTable, kind: str) -> Iterator[Problem]:
    names = set(raw.frame.columns)
    wanted = [column.name for column in TABLES[kind] if column.required and column.name not in names]
    if not names & set(VALUES[kind]):
        wanted.append(VALUES[kind][0])
    for name in wanted:
        yield Problem(Severity.ERROR, "missing_column", raw.file, raw.sheet, column=name, expected=name)


def _unread_columns(raw: RawTable, kind: str) -> Iterator[Problem]:
    ours = {column.name for column in TABLES[kind]}
    for name, label in raw.labels.items():
        if name not in ours:
            yield Problem(Severity.LEFT_OUT, "unknown_column", raw.file, raw.sheet, column=label)
