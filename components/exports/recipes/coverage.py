"""The coverage of the commitments as a table: a row a commitment, the widest gap first."""

from __future__ import annotations

from components.exports.asked import Asked
from components.exports.exhibit import Cell, Column, Exhibit, Kind, Table
from components.exports.recipes.recipe import exhibit_of
from components.i18n.translate import Translator
from components.plan_words import commitment_text, coverage_sentence, progress_text, title_text
from data_access.contract.load import contract
from data_access.services.coverage import Covered, get_coverage

COLUMNS = {
    "commitment": Kind.TEXT,
    "text": Kind.TEXT,
    "gap": Kind.TEXT,
    "indicator_count": Kind.NUMBER,
    "indicators": Kind.TEXT,
    "action_count": Kind.NUMBER,
    "actions": Kind.TEXT,
}


def make_coverage(asked: Asked) -> Exhibit:
    """Every commitment with the indicators and the actions that serve it."""
    t = asked.t
    coverage = get_coverage(asked.version)
    said = coverage_sentence(coverage, t)
    columns = tuple(Column(t(f"coverage.column.{name}"), kind) for name, kind in COLUMNS.items())
    return exhibit_of(
        asked,
        name="coverage",
        subject=t("coverage.title"),
        title=t("coverage.title"),
        subtitle=said,
        source=t("coverage.source"),
        notes=[t("coverage.rule"), "" if coverage.planned else t("plan.none")],
        demonstration=coverage.demonstration,
        alt=said,
        drawing=None,
        table=Table(columns, tuple(_row(line, t) for line in coverage.lines)),
    )


def _row(line: Covered, t: Translator) -> tuple[Cell, ...]:
    titles = {code: contract().indicator(code).title.in_(t.language) for code in line.indicators}
    actions = [f"{a.code} {title_text(a, t)} ({progress_text(a.progress, t)})" for a in line.actions]
    return (
        Cell(line.commitment.code),
        Cell(commitment_text(line, t)),
        Cell(t(f"coverage.gap.{line.gap.value}")),
        _count(len(titles)),
        Cell(" · ".join(f"{code} {title}" for code, title in titles.items())),
        _count(len(actions)),
        Cell(" · ".join(actions)),
    )


def _count(number: int) -> Cell:
    return Cell(str(number), float(number))
