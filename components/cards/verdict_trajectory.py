"""The second verdict: progress against what was expected by now, and its formulas."""

from __future__ import annotations

from dash import html
from dash.development.base_component import Component

from components.cards.rules import percent, percent_number
from components.cards.verdict_arithmetic import (
    Band,
    Numbers,
    make_bands,
    make_calculation,
    method_links,
    sentence,
)
from components.cards.verdict_outlook import make_outlook, outlook_arithmetic
from components.cards.verdict_progress import make_progress
from components.i18n import formats
from components.i18n.translate import Translator
from components.status import make_assessment, make_status
from data_access.contract.model import Indicator
from data_access.domain.assessment import Assessment, Note, Status, Thresholds
from data_access.domain.polarity import Polarity
from data_access.services.sheet import Sheet

JUDGED = (Status.ATTAINED, Status.ON_TRACK, Status.TO_WATCH, Status.OFF_TRACK)


def make_trajectory(
    sheet: Sheet, definition: Indicator, thresholds: Thresholds, t: Translator
) -> list[Component | None]:
    """The state with its numbers and reservations, the required pace, the projection."""
    found = sheet.row.assessment
    links = [("thresholds", t("rule.thresholds")), ("projection", t("methods.projection.title"))]
    return [
        html.P(make_assessment(found, t), className="verdict-line"),
        *(html.P(text) for text in _sentences(found, definition, t)),
        _notes(found, thresholds, t),
        *make_outlook(sheet, definition, t),
        make_calculation(
            [*_arithmetic(found, definition, thresholds, t), *outlook_arithmetic(sheet, definition, t)],
            t("verdict.trajectory.source"),
            method_links(links, t),
            t,
        ),
    ]


def _sentences(found: Assessment, definition: Indicator, t: Translator) -> list[str]:
    """Observed and expected value, then progress and lag; or the reason for no state."""
    numbers = Numbers.fit(definition, t.language)
    said = [sentence(t(f"rule.reason.{found.reason.value}"))] if found.reason else []
    if found.reading is None or found.reading.value is None:
        return said
    period = formats.period(found.reading.period, t.language)
    value = numbers.shown(found.reading.value)
    if found.expected is not None:
        key = "gap" if definition.polarity is Polarity.ZERO_GAP else "values"
        expected = numbers.shown(found.expected)
        said.append(t(f"verdict.trajectory.{key}", value=value, period=period, expected=expected))
    elif found.status in JUDGED:
        said.append(t("verdict.trajectory.value", value=value, period=period))
    if found.progress is not None and found.expected_progress is not None:
        said.append(_lag(found.progress, found.expected_progress, numbers, t))
    return said


def _lag(progress: float, expected: float, numbers: Numbers, t: Translator) -> str:
    lag = expected - progress
    side = "behind" if lag > 0.0005 else "ahead" if lag < -0.0005 else "level"
    return t(
        f"verdict.trajectory.{side}",
        progress=numbers.share(progress),
        expected=numbers.share(expected),
        lag=numbers.share(abs(lag)),
    )


def _notes(found: Assessment, thresholds: Thresholds, t: Translator) -> Component | None:
    facts = {"tolerance": percent(thresholds.tolerance, t.language)}
    items = [html.Li(t(f"verdict.note.{note.value}", **facts)) for note in found.notes]
    return html.Ul(items, className="notes") if items else None


def _arithmetic(
    found: Assessment, definition: Indicator, thresholds: Thresholds, t: Translator
) -> list[Component]:
    """The formulas of the difference rule, as far as they were used, and its thresholds."""
    formulas = make_progress(found, definition, thresholds, t)
    return [*formulas, _thresholds(found, thresholds, t)] if found.status in JUDGED else formulas


def _thresholds(found: Assessment, thresholds: Thresholds, t: Translator) -> Component:
    facts = {
        "on_track": percent_number(thresholds.on_track, t.language),
        "to_watch": percent_number(thresholds.to_watch, t.language),
    }
    bands = [Band(make_status(s, t), t(f"rule.{s.value}", **facts), s is found.status) for s in JUDGED]
    moved = Note.MOVING_AWAY in found.notes
    return make_bands(t("verdict.trajectory.rule_guard" if moved else "verdict.trajectory.rule"), bands, t)
