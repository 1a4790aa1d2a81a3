"""A report in sentences: each problem with its place, what stands there, what was expected and what to do."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping
from typing import Any

import pandas as pd

from components.i18n.translate import Translator
from data_access.imports.load import LoadResult
from data_access.imports.report import ImportReport, Problem

NO_BREAK = "\u00a0\u202f"
SHOWN = 50  # problems of one code written out; the batch keeps them all
LONGEST = 100  # characters of a cell that a sentence repeats


def report_lines(report: ImportReport, t: Translator) -> Iterator[str]:
    """Every problem in a sentence; of many with one code, the first fifty and how many more."""
    seen = Counter[str]()
    for problem in report.problems:
        seen[problem.code] += 1
        if seen[problem.code] <= SHOWN:
            yield sentence(problem, t)
    for code, count in seen.items():
        if count > SHOWN:
            yield t("cli.more", count=count - SHOWN, code=code)


def sentence(problem: Problem, t: Translator) -> str:
    """Severity, place, and what is wrong with what to do about it."""
    place = make_place(t, problem.file, problem.sheet, problem.row, problem.column)
    return f"{t(f'severity.{problem.severity.value}')} · {place} · {explanation(problem, t)}"


def make_place(t: Translator, file: str, sheet: str, row: int | None, column: str) -> str:
    """File, sheet, row and column, as far as known."""
    parts = [file] if file else []
    if sheet:
        parts.append(t("place.sheet", sheet=sheet))
    if row is not None:
        parts.append(t("place.row", row=row))
    if column:
        parts.append(t("place.column", column=column))
    return ", ".join(parts)


def explanation(problem: Problem, t: Translator) -> str:
    """What stands there, what was expected and what to do."""
    facts = dict(problem.facts)
    if "first_row" in facts:
        facts["first"] = make_place(t, "", str(facts["first_sheet"]), int(facts["first_row"]), "")
    return t(
        f"problem.{problem.code}",
        **{
            "value": _shown(problem.value),
            "expected": _shown(problem.expected),
            "column": problem.column,
            "count": 1,
            **facts,
        },
    )


def _shown(cell: str) -> str:
    """A cell as a line can hold it: no line breaks, nothing that speaks to the terminal, not too long."""
    clean = "".join(letter if letter.isprintable() or letter in NO_BREAK else " " for letter in cell)
    return clean if len(clean) <= LONGEST else f"{clean[: LONGEST - 1]}…"


def outcome(result: LoadResult, t: Translator) -> str:
    """What a load did, in one sentence."""
    file = result.report.file
    if result.already_loaded is not None:
        return t("cli.already_loaded", file=file, batch=result.already_loaded.id)
    totals = Counter[str]()
    counts = result.batch.counts if result.batch else {}
    for kind in counts.values():
        totals.update(kind)
    number = result.batch.id if result.batch else ""
    facts = {name: totals[name] for name in ("read", "new", "revised", "unchanged")}
    return t("cli.loaded", file=file, batch=number, left_out=result.report.rows_left_out, **facts)


def batch_line(batch: Mapping[Any, Any], t: Translator) -> str:
    """A batch as one line of tab-separated cells: id, instant, provenance, rows read, file, by, state."""
    state = "withdrawal" if batch["action"] == "withdraw" else "in_force"
    if pd.notna(batch["withdrawn_at"]):
        state = "withdrawn"
    rows = sum(counts["read"] for counts in batch["counts"].values())
    cells = (
        batch["id"],
        f"{batch['published_at']:%Y-%m-%d %H:%M}",
        batch["provenance"],
        rows,
        batch["file_name"],
        batch["by"],
        t(f"batch.{state}"),
    )
    return "\t".join(map(str, cells))
