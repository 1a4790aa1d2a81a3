"""One value on the screen: available, missing or hidden, and never one for another."""

from __future__ import annotations

from dash import html
from dash.development.base_component import Component

from components.attributes import aria
from components.i18n import formats
from components.i18n.translate import Translator
from data_access.contract.model import Indicator
from data_access.domain.change import Change
from data_access.domain.confidentiality import Availability
from data_access.domain.reading import Reading
from data_access.domain.target import Goal


def make_reading(reading: Reading | None, definition: Indicator, t: Translator) -> Component:
    """A value with its period under it; «n.d.» when missing, its own words when hidden."""
    if reading is None or reading.availability is Availability.MISSING or reading.value is None:
        hidden = reading is not None and reading.availability is Availability.HIDDEN
        return html.Abbr(
            t("value.hidden.short" if hidden else "value.missing.short"),
            title=t("value.hidden" if hidden else "value.missing"),
            className="value-hidden" if hidden else "value-missing",
        )
    return html.Span(
        [
            html.Span(value_text(reading, definition, t.language), className="value"),
            html.Small(formats.period(reading.period, t.language), className="period"),
        ]
    )


def value_text(reading: Reading, definition: Indicator, language: str) -> str:
    """The value and its unit; asks for an available reading."""
    assert reading.value is not None, "ask only for an available value"
    return formats.measure(reading.value, definition.unit, definition.decimals, language)


def make_goal(goal: Goal | None, definition: Indicator, t: Translator) -> Component:
    """A target, milestone or baseline with its year; a dash where none was decided."""
    if goal is None:
        return html.Span("—", className="value-missing", **aria(label=t("goal.none")))
    return html.Span(
        [
            html.Span(goal_text(goal, definition, t.language), className="value"),
            html.Small(str(goal.due.year), className="period"),
        ]
    )


def goal_text(goal: Goal, definition: Indicator, language: str) -> str:
    """A target value, or its band as ``90–110 %``."""
    if goal.value is not None:
        return formats.measure(goal.value, definition.unit, definition.decimals, language)
    edges = [formats.number(e, definition.decimals, language) for e in (goal.low, goal.high) if e is not None]
    sign = "≥ " if goal.high is None else "≤ " if goal.low is None else ""
    return sign + "–".join(edges) + formats.unit_mark(definition.unit, language)


def make_change(change: Change | None, definition: Indicator, t: Translator) -> Component:
    """The change in a year: an arrow, the difference, and in words whether it is for the better."""
    if change is None:
        return html.Span("—", className="value-missing", **aria(label=t("change.none")))
    if not change.comparable:
        return html.Abbr(t("change.break.short"), title=t("change.break"), className="value-missing")
    arrow = {"up": "↗", "down": "↘", "stable": "→"}[change.direction]
    verdict = {True: "better", False: "worse", None: "neutral"}[change.better]
    word = "stable" if change.direction == "stable" else verdict
    return html.Span(
        [
            html.Span(arrow, className="arrow", **aria(hidden="true")),
            html.Span(change_text(change, definition, t.language), className="value"),
            html.Small(t(f"change.{word}"), className="period"),
        ],
        className=f"change change-{verdict}",
    )


def change_text(change: Change, definition: Indicator, language: str) -> str:
    """The signed difference with its unit."""
    return formats.difference(change.difference, definition.unit, definition.decimals, language)
