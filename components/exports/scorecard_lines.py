"""A scorecard row as the screen writes it, with the numbers behind the words: for slides and workbooks."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from components.exports.exhibit import Cell
from components.figures.theme import SYMBOLS
from components.i18n import formats
from components.i18n.translate import Translator
from components.values import change_text, goal_text, value_text
from data_access.contract.model import Indicator
from data_access.domain.change import Change
from data_access.domain.confidentiality import Availability
from data_access.domain.reading import Reading
from data_access.domain.status import Assessment, Note
from data_access.domain.target import Goal
from data_access.services.indicator_rows import IndicatorRow

VALUES = ("baseline", "year_before", "latest", "milestone", "target")


@dataclass(frozen=True)
class Line:
    """One row of a scorecard.

    Attributes:
        values: by name of ``VALUES``; the number is rounded as the screen rounds it, None for a band.
        whens: of the values: a period, or the year of a goal; empty without a value.
        status: symbol and word; ``extra`` is the reason or the reservation beside it.
        change: the difference in a year; ``change_word`` says whether it is for the better.
        alerts: what to know before using the value.
        vintage: batch and day of its publication.
    """

    row: IndicatorRow
    definition: Indicator
    values: Mapping[str, Cell]
    whens: Mapping[str, str]
    status: str
    extra: str
    change: Cell
    change_word: str
    alerts: tuple[str, ...]
    vintage: tuple[int, date] | None

    def both(self, name: str) -> str:
        """A value, and its period or year on a line of its own."""
        return f"{self.values[name].text}\n{self.whens[name]}".rstrip()


def make_line(row: IndicatorRow, definition: Indicator, t: Translator) -> Line:
    """The row in the words and numbers of the page."""
    assessment = row.assessment
    path = assessment.path
    goals = {
        "baseline": path.baseline if path else None,
        "milestone": assessment.milestone,
        "target": path.target if path else None,
    }
    readings = {"year_before": row.year_before, "latest": row.latest}
    found = {name: _goal(goal, definition, t) for name, goal in goals.items()}
    found |= {name: _reading(reading, definition, t) for name, reading in readings.items()}
    change, word = _change(row.change, definition, t)
    return Line(
        row=row,
        definition=definition,
        values={name: cell for name, (cell, _) in found.items()},
        whens={name: when for name, (_, when) in found.items()},
        status=status_text(assessment, t),
        extra=extra_text(assessment, t),
        change=change,
        change_word=word,
        alerts=tuple(_alerts(row, t)),
        vintage=row.vintage,
    )


def status_text(assessment: Assessment, t: Translator) -> str:
    """``▲ En bonne voie``."""
    return f"{SYMBOLS[assessment.status]} {t(f'status.{assessment.status.value}')}"


def extra_text(assessment: Assessment, t: Translator) -> str:
    """Why there is no state, or with which reservation there is one."""
    if assessment.reason is not None:
        return t(f"reason.{assessment.reason.value}")
    return t("note.provisional") if Note.PROVISIONAL in assessment.notes else ""


def _reading(reading: Reading | None, definition: Indicator, t: Translator) -> tuple[Cell, str]:
    if reading is None or reading.value is None:
        hidden = reading is not None and reading.availability is Availability.HIDDEN
        return Cell(t("value.hidden.short" if hidden else "value.missing.short")), ""
    text = value_text(reading, definition, t.language)
    return Cell(text, rounded(reading.value, definition)), formats.period(reading.period, t.language)


def _goal(goal: Goal | None, definition: Indicator, t: Translator) -> tuple[Cell, str]:
    if goal is None:
        return Cell("—"), ""
    number = None if goal.value is None else rounded(goal.value, definition)
    return Cell(goal_text(goal, definition, t.language), number), str(goal.due.year)


def _change(change: Change | None, definition: Indicator, t: Translator) -> tuple[Cell, str]:
    if change is None:
        return Cell("—"), ""
    if not change.comparable:
        return Cell(t("change.break.short")), ""
    arrow = {"up": "↗", "down": "↘", "stable": "→"}[change.direction]
    verdict = {True: "better", False: "worse", None: "neutral"}[change.better]
    word = t(f"change.{'stable' if change.direction == 'stable' else verdict}")
    text = f"{arrow} {change_text(change, definition, t.language)}"
    return Cell(text, rounded(change.difference, definition)), word


def _alerts(row: IndicatorRow, t: Translator) -> list[str]:
    texts = [t(f"alert.{alert.value}") for alert in row.alerts]
    texts += [t("alert.target_changed")] if Note.TARGET_CHANGED in row.assessment.notes else []
    texts += [t("alert.demonstration")] if row.demonstration else []
    return texts


def rounded(value: float, definition: Indicator) -> float:
    """The number that the screen writes."""
    return round(value, definition.decimals) + 0.0
