"""The six states on the screen: a symbol and a word, then their distribution."""

from __future__ import annotations

from collections.abc import Mapping

from dash import html
from dash.development.base_component import Component

from components.attributes import aria
from components.figures.theme import STATUS_ORDER, SYMBOLS
from components.i18n import formats
from components.i18n.translate import Translator
from data_access.domain.status import Assessment, Note, Status


def make_status(status: Status, t: Translator, *, extra: str = "") -> Component:
    """Symbol and word of a state; ``extra`` follows in small type (a reason, «provisoire»)."""
    return html.Span(
        [
            html.Span(SYMBOLS[status], className="status-symbol", **aria(hidden="true")),
            html.Span(t(f"status.{status.value}"), className="status-word"),
            html.Small(extra, className="status-extra") if extra else None,
        ],
        className=f"status status-{status.value}",
    )


def make_assessment(assessment: Assessment, t: Translator) -> Component:
    """The state of one indicator with its reason or its reservation."""
    extra = ""
    if assessment.reason is not None:
        extra = t(f"reason.{assessment.reason.value}")
    elif Note.PROVISIONAL in assessment.notes:
        extra = t("note.provisional")
    return make_status(assessment.status, t, extra=extra)


def make_distribution(counts: Mapping[Status, int], t: Translator, *, compact: bool = False) -> Component:
    """A bar of one cell per indicator, grouped by state, and the counts in words under it."""
    present = [status for status in STATUS_ORDER if counts.get(status)]
    cells = [
        html.Span(SYMBOLS[status], className=f"cell status-{status.value}")
        for status in present
        for _ in range(counts[status])
    ]
    words = [
        html.Li(
            [
                html.Span(SYMBOLS[s], className="status-symbol", **aria(hidden="true")),
                html.Strong(str(counts[s])),
                html.Span(t(f"status.{s.value}"), className="status-word"),
            ],
            className=f"status status-{s.value}",
        )
        for s in present
    ]
    return html.Div(
        [
            html.Div(cells, className="distribution-bar", **aria(hidden="true")),
            html.Ul(words, className="distribution-words"),
        ],
        className="distribution distribution-compact" if compact else "distribution",
    )


def distribution_sentence(counts: Mapping[Status, int], t: Translator) -> str:
    """The finding in one sentence, from the counts."""
    scored = sum(n for status, n in counts.items() if status is not Status.CONTEXT)
    good = counts.get(Status.ATTAINED, 0) + counts.get(Status.ON_TRACK, 0)
    return t.plural(
        "distribution.sentence",
        scored,
        good=good,
        watch=counts.get(Status.TO_WATCH, 0),
        off=counts.get(Status.OFF_TRACK, 0),
        none=counts.get(Status.NOT_ASSESSABLE, 0),
    )


def not_assessable_sentence(share: float | None, t: Translator) -> str:
    """Which share of the scored indicators cannot be assessed."""
    if share is None:
        return t("distribution.nothing_scored")
    return t("distribution.not_assessable", share=formats.percentage(share, t.language))
